"""Functions that return a `keras.Model`, and nothing else."""
