"""Operations of one backend: each file says why, and stands behind a path for all of them."""
