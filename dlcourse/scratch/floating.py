"""What counts as a number here: floats stay what they are, everything else becomes float64."""

import numpy as np

__all__ = ["as_float"]


def as_float(z):
    """Return z as a floating-point array without changing the precision of one that already is.

    Args:
        z: number, sequence or array of real numbers.

    Returns:
        Array of z's shape: z itself where it is a float array, else a float64 copy. Without this,
        integer input would let `np.zeros_like(z)` and in-place steps round their results.

    Example:
        >>> as_float([1, 2]).dtype.name, as_float(np.float32(1)).dtype.name
        ('float64', 'float32')
    """
    z = np.asarray(z)
    return z if np.issubdtype(z.dtype, np.floating) else z.astype(np.float64)
