"""The exercises of c2w1, one concept per file."""
