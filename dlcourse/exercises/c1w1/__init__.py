"""The exercises of course 1, week 1: one concept a file."""
