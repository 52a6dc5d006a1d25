"""The exercises of course 1, week 3: one concept a file."""
