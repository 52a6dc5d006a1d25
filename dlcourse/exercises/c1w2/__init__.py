"""The exercises of course 1, week 2: one concept a file."""
