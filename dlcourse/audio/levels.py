"""How loud a clip is."""

import numpy as np

from dlcourse.audio.clip_checks import checked_samples

__all__ = ["level", "matched_level"]


def level(samples):
    """Level in dBFS: decibels of the root mean square, where 0 is a square wave of full scale.

    Args:
        samples: floats (..., n); full scale is 1. A level for each clip of a batch.

    Returns:
        Floats (...); -inf for silence. A sine of full scale has -3.01.

    Raises:
        ValueError: there are no samples.

    Example:
        >>> round(float(level(np.array([0.1, -0.1]))), 6)
        -20.0
    """
    samples = checked_samples(samples, batch=True)
    power = np.mean(np.square(samples, dtype=np.float64), axis=-1)
    with np.errstate(divide="ignore"):
        return 10 * np.log10(power)


def matched_level(samples, target=-20.0):
    """Make clips as loud as each other.

    Args:
        samples: floats (..., n).
        target: dBFS to get, usually below 0.

    Returns:
        Floats of the same shape. They may go beyond full scale where the clip has high peaks.

    Raises:
        ValueError: a clip is silent, which no factor makes audible, or target is not finite.

    Example:
        >>> np.round(matched_level(np.array([1.0, -1.0]), target=-20), 6)
        array([ 0.1, -0.1])
    """
    samples = checked_samples(samples, batch=True)
    if not np.isfinite(target):
        raise ValueError(f"target: expected a finite level in dBFS; got {target!r}")
    found = level(samples)
    if np.isneginf(found).any():
        raise ValueError("samples: expected a clip with sound; got silence, all samples are 0")
    factor = 10 ** ((target - found) / 20)
    return samples * np.asarray(factor, samples.dtype)[..., None]
