"""One hour of noise under ten thousand hours of speech: people hear no difference, a network does.

Every mixture is new, but the noise is the same hour over and over, a vanishing part of all that
could be. The model learns that hour by heart; its training and dev error, measured with the same
noise, are excellent, and in the next car it fails.
"""

from dataclasses import dataclass

import numpy as np

from dlcourse.strategy.rates import count

__all__ = ["NoiseTrap", "measure_noise_trap", "noise_reuse"]

BANDS = 64  # frequency bands; the noise is loud in half of them, which is what can be learnt
LOUD, QUIET = 4.0, 0.3
MIXTURES = 2_000


@dataclass(frozen=True)
class NoiseTrap:
    """Error of one model with the noise that it was trained on and with noise of the same kind.

    Args:
        clips: different pieces of noise in the training data.
        reuse: how often each of them was used, on average.
        known_noise_error: error on new signals with the noise of training, in per cent.
        new_noise_error: error on new signals with new noise of the same kind, in per cent.
    """

    clips: int
    reuse: float
    known_noise_error: float
    new_noise_error: float


def noise_reuse(signal_hours, noise_hours):
    """Count how often every second of noise is heard when it is laid under all the signal.

    Args:
        signal_hours: hours of signal, above 0.
        noise_hours: hours of different noise, above 0.

    Returns:
        float: times.

    Raises:
        ValueError: a number is not above 0.

    Example:
        >>> noise_reuse(signal_hours=10_000, noise_hours=1)
        10000.0
    """
    for name, hours in {"signal_hours": signal_hours, "noise_hours": noise_hours}.items():
        if not hours > 0:
            raise ValueError(f"{name}: expected hours above 0; got {hours!r}")
    return signal_hours / noise_hours


def measure_noise_trap(clips, rng):
    """Spring the trap: train a linear detector on 2000 mixtures with few or many pieces of noise.

    The signal is a weak pattern over 64 frequency bands, present with sign + or -; noise is loud in
    half of the bands. The detector (least squares) can learn which bands not to listen to, if it
    hears enough noise.

    Args:
        clips: different pieces of noise to draw from, at least 1.
        rng: numpy.random.Generator.

    Returns:
        NoiseTrap.

    Raises:
        ValueError: clips is not a whole number of at least 1.

    Example:
        >>> few, many = (measure_noise_trap(n, np.random.default_rng(0)) for n in (20, 2_000))
        >>> few.known_noise_error, few.new_noise_error > 20
        (0.0, True)
        >>> many.known_noise_error < 5, many.new_noise_error < 5
        (True, True)
    """
    pool = _noise(count("clips", clips, 1), rng)
    detector = _fit(*_mixtures(pool, rng))
    return NoiseTrap(
        clips=clips,
        reuse=MIXTURES / clips,
        known_noise_error=_error(detector, *_mixtures(pool, rng)),
        new_noise_error=_error(detector, *_mixtures(_noise(MIXTURES, rng), rng)),
    )


def _noise(clips, rng):
    loudness = np.where(np.arange(BANDS) % 2, LOUD, QUIET)
    return loudness * rng.standard_normal((clips, BANDS))


def _mixtures(pool, rng):
    signs = rng.choice([-1.0, 1.0], MIXTURES)
    pattern = np.full(BANDS, 0.15)
    return signs[:, None] * pattern + pool[rng.integers(len(pool), size=MIXTURES)], signs


def _fit(mixtures, signs):
    return np.linalg.lstsq(mixtures, signs, rcond=None)[0]


def _error(detector, mixtures, signs):
    return float(100 * np.mean(np.sign(mixtures @ detector) != signs))
