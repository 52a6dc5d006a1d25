"""What every function here expects of samples."""

from numbers import Real

import numpy as np

__all__ = ["checked_rate", "checked_samples"]


def checked_samples(samples, name="samples", batch=False):
    """Return samples as an array of floats, or say what is wrong with them.

    Args:
        samples: floats (n,), full scale is 1; int16 belongs divided by 32768.
        name: how the caller's argument is called.
        batch: whether more axes may stand in front, (..., n).

    Returns:
        float32 where they were float32, else float64.

    Raises:
        ValueError: there are none, they are whole numbers, stereo, infinite or NaN.

    Example:
        >>> checked_samples([0.0, 0.5]).dtype
        dtype('float64')
    """
    found = np.asarray(samples)
    if found.dtype.kind not in "f":
        raise ValueError(
            f"{name}: expected floats with full scale at 1; got {found.dtype}. Divide samples of "
            "16 bits by 32768, as read_wav does"
        )
    if found.ndim == 0 or (found.ndim > 1 and not batch):
        raise ValueError(
            f"{name}: expected one channel, shape (n,); got {found.shape}. Average the channels of "
            "stereo sound first"
        )
    if found.size == 0:
        raise ValueError(f"{name}: expected at least one sample; got shape {found.shape}")
    if not np.isfinite(found).all():
        raise ValueError(f"{name}: expected finite numbers; some are infinite or NaN")
    return found if found.dtype == np.float32 else found.astype(np.float64)


def checked_rate(rate, name="rate"):
    """Return a sample rate, or say what is wrong with it.

    Args:
        rate: samples per second, a whole number > 0.
        name: how the caller's argument is called.

    Returns:
        int.

    Raises:
        ValueError: it is something else.

    Example:
        >>> checked_rate(8000.0)
        8000
    """
    if not (isinstance(rate, Real) and 0 < rate < np.inf and rate == int(rate)):
        raise ValueError(f"{name}: expected whole samples per second, at least 1; got {rate!r}")
    return int(rate)
