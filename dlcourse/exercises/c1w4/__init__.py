"""The exercises of course 1, week 4: one concept a file."""
