"""Making training data that sounds like the data that counts: speech plus noise."""

import numpy as np

__all__ = ["add_noise", "signal_to_noise"]


def signal_to_noise(signal, noise):
    """Measure how much louder a signal is than noise: 10 log₁₀ of the ratio of their powers.

    Args:
        signal: samples, any shape, not all 0.
        noise: samples, any shape, not all 0.

    Returns:
        float: in decibels; 0 where both are equally loud, 20 where the signal has ten times the
        amplitude.

    Raises:
        ValueError: one of them is silent or empty.

    Example:
        >>> signal_to_noise(np.array([10.0, -10.0]), np.array([1.0, 1.0]))
        20.0
    """
    power = _power("signal", signal) / _power("noise", noise)
    return float(10 * np.log10(power))


def add_noise(signal, noise, decibels, rng):
    """Mix a signal with a random piece of a recording of noise, at a given ratio of loudness.

    Args:
        signal: samples, shape (n,), not all 0.
        noise: samples at the same rate, at least n of them.
        decibels: signal-to-noise ratio of the mixture; 20 is a quiet room, 0 is hard to understand.
        rng: numpy.random.Generator, which picks the piece.

    Returns:
        float64 array (n,): the signal as it is, plus the piece scaled. It may exceed the range of
        the signal, so scale before writing whole numbers to a file.

    Raises:
        ValueError: the noise is shorter than the signal, or one of them is silent or no vector.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> speech, hall = np.sin(np.arange(800)), rng.standard_normal(8000)
        >>> mixture = add_noise(speech, hall, decibels=10, rng=rng)
        >>> round(signal_to_noise(speech, mixture - speech), 6)
        10.0
    """
    signal, noise = np.asarray(signal, dtype=np.float64), np.asarray(noise, dtype=np.float64)
    if signal.ndim != 1 or noise.ndim != 1 or len(noise) < len(signal):
        raise ValueError(
            "noise: expected a vector at least as long as the signal, which is a vector too; "
            f"got shapes {noise.shape} and {signal.shape}"
        )
    start = rng.integers(len(noise) - len(signal) + 1)
    piece = noise[start : start + len(signal)]
    return signal + piece * 10 ** ((signal_to_noise(signal, piece) - decibels) / 20)


def _power(name, samples):
    samples = np.asarray(samples, dtype=np.float64)
    if not np.any(samples):
        raise ValueError(f"{name}: expected samples that are not all 0; got silence")
    return np.mean(np.square(samples))
