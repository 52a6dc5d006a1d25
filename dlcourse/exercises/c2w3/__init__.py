"""The exercises of c2w3, one concept per file."""
