"""The exercises of c2w2, one concept per file."""
