"""Spectrograms: how much of each frequency a sound holds at each time."""

from typing import NamedTuple

import numpy as np
from scipy import fft, signal

from dlcourse.audio.clip_checks import checked_rate, checked_samples
from dlcourse.audio.timeline import spectrogram_columns

__all__ = ["Spectrogram", "decibels", "model_inputs", "spectrogram"]

SCALINGS = ("density", "spectrum")
_FLOOR = 1e-7  # -70 dB: fainter than most rooms, while recordings at -20 dBFS reach -30 dB
_MIDDLE, _SPREAD = -60, 10  # dB; roughly, of such recordings


class Spectrogram(NamedTuple):
    """Power over frequency and time.

    Args:
        frequencies: Hz (F,), from 0 to half the rate.
        times: seconds (T,), middles of the windows.
        power: (..., F, T), ≥ 0.
    """

    frequencies: np.ndarray
    times: np.ndarray
    power: np.ndarray


def spectrogram(
    samples, rate, window_length=200, overlap=120, window="hann", scaling="density"
):  # fmt: skip
    """Cut a recording into windows, and each window into frequencies.

    Equal to `scipy.signal.spectrogram` with `detrend=False`, and to matplotlib's `specgram` with
    its window, `np.hanning(window_length)`.

    Args:
        samples: floats (..., n), one recording or a batch of equally long ones.
        rate: samples per second.
        window_length: samples in a window: longer ones tell frequencies better, shorter ones times.
        overlap: samples that neighbouring windows share, 0 to window_length - 1.
        window: name that `scipy.signal.get_window` knows, or an array (window_length,).
        scaling: "density" for power per Hz, whose sum over frequencies times their distance is the
            power of the window; "spectrum" for power, by which a sine of amplitude A reaches A²/2.

    Returns:
        Spectrogram with F = window_length // 2 + 1 and
        T = (n - overlap) // (window_length - overlap). Silence has power 0.

    Raises:
        ValueError: the recording is shorter than a window, or an argument is out of range.

    Reference:
        Welch, "The use of fast Fourier transform for the estimation of power spectra", 1967.

    Example:
        A tone of 1000 Hz and amplitude 0.1; its power is 0.1² / 2.

        >>> tone = 0.1 * np.sin(2 * np.pi * 1000 * np.arange(8000) / 8000)
        >>> found = spectrogram(tone, rate=8000, scaling="spectrum")
        >>> found.power.shape, float(found.frequencies[found.power[:, 0].argmax()])
        ((101, 98), 1000.0)
        >>> round(float(found.power.max()), 6)
        0.005
    """
    samples, rate = checked_samples(samples, batch=True), checked_rate(rate)
    if spectrogram_columns(samples.shape[-1], window_length, overlap) == 0:
        raise ValueError(
            f"samples: expected at least one window of {window_length} on the last axis; got "
            f"shape {samples.shape}"
        )
    weights = _window(window, window_length).astype(samples.dtype)
    hop = window_length - overlap
    windows = np.lib.stride_tricks.sliding_window_view(samples, window_length, axis=-1)
    power = np.square(np.abs(fft.rfft(windows[..., ::hop, :] * weights, axis=-1)))
    power *= _scale(weights, rate, scaling)
    # frequencies other than 0 and half the rate stand for their negative ones too
    power[..., 1 : (window_length + 1) // 2] *= 2
    times = (np.arange(power.shape[-2]) * hop + window_length / 2) / rate
    frequencies = fft.rfftfreq(window_length, 1 / rate)
    return Spectrogram(frequencies, times, np.swapaxes(power, -1, -2))


def decibels(power, floor=1e-12):
    """Power on a logarithmic scale, as ears hear it: 10 log10.

    Args:
        power: array, ≥ 0.
        floor: what is taken for anything below it, > 0, so that silence stays finite.

    Returns:
        Array of the same shape, at least 10 log10(floor).

    Raises:
        ValueError: floor is not above 0.

    Example:
        >>> decibels(np.array([1.0, 0.01, 0.0]))
        array([   0.,  -20., -120.])
    """
    if not floor > 0:
        raise ValueError(f"floor: expected a power above 0; got {floor!r}")
    return 10 * np.log10(np.maximum(power, floor))


def model_inputs(samples, rate, window_length=200, overlap=120):
    """Logarithmic spectrograms as a network takes them: time first, numbers near 0.

    Power below -70 dB counts as -70 dB. Without this floor the network learns how faint the
    training backgrounds are between the words, and fails with a background that is fainter.

    Args:
        samples: floats (m, n).
        rate: samples per second.
        window_length: samples in a window.
        overlap: samples that neighbouring windows share.

    Returns:
        float32 (m, T, F): decibels above -60, in units of 10. Silence is -1 everywhere.

    Raises:
        ValueError: see `spectrogram`.

    Example:
        >>> model_inputs(np.zeros((2, 24_000)), rate=8000).shape
        (2, 298, 101)
    """
    power = spectrogram(samples, rate, window_length, overlap).power
    return np.swapaxes((decibels(power, _FLOOR) - _MIDDLE) / _SPREAD, -1, -2).astype(np.float32)


def _window(window, length):
    if isinstance(window, str):
        return signal.get_window(window, length)
    weights = np.asarray(window, dtype=np.float64)
    if weights.shape != (length,):
        raise ValueError(
            f"window: expected a name or an array of window_length, {length}, numbers; got shape "
            f"{weights.shape}"
        )
    return weights


def _scale(weights, rate, scaling):
    if scaling not in SCALINGS:
        raise ValueError(f"scaling: expected one of {', '.join(SCALINGS)}; got {scaling!r}")
    return 1 / (rate * np.sum(weights**2) if scaling == "density" else np.sum(weights) ** 2)
