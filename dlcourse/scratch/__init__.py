"""Every derivation of the course in plain NumPy, each forward pass beside its backward pass."""
