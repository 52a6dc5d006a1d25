"""The content of the course: one module per notebook, named like it."""
