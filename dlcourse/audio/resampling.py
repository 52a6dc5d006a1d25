"""Another number of samples per second."""

import math

from scipy import signal

from dlcourse.audio.clip_checks import checked_rate, checked_samples

__all__ = ["resampled"]


def resampled(samples, rate, new_rate):
    """Describe the same sound with more or fewer samples per second.

    What a lower rate cannot hold, frequencies above its half, is filtered out first. Played at the
    old rate, the result is faster and higher, or slower and lower.

    Args:
        samples: floats (n,).
        rate: samples per second that they have.
        new_rate: samples per second to get.

    Returns:
        Floats (ceil(n · new_rate / rate),).

    Raises:
        ValueError: samples are not those of one channel, or a rate is not a whole number above 0.

    Example:
        >>> import numpy as np
        >>> resampled(np.zeros(441), 44100, 8000).shape
        (80,)
    """
    samples = checked_samples(samples)
    rate, new_rate = checked_rate(rate), checked_rate(new_rate, "new_rate")
    divisor = math.gcd(rate, new_rate)
    return signal.resample_poly(samples, new_rate // divisor, rate // divisor)
