"""Sound files with 16 bits per sample."""

import wave
from typing import NamedTuple

import numpy as np

from dlcourse.audio.clip_checks import checked_rate, checked_samples

__all__ = ["Clip", "read_wav", "write_wav"]

FULL_SCALE = 2**15


class Clip(NamedTuple):
    """A piece of sound.

    Args:
        samples: float32 (n,), from -1 to below 1.
        rate: samples per second.
    """

    samples: np.ndarray
    rate: int


def read_wav(path, rate=None):
    """Read a WAV file of 16 bits; of stereo sound, the mean of the channels.

    Args:
        path: str, path, or open binary file.
        rate: the sample rate it has to have; None for any.

    Returns:
        Clip.

    Raises:
        ValueError: it is no WAV file of 16 bits, it is empty, or it has another rate.
        OSError: it cannot be opened.

    Example:
        >>> import io
        >>> file = io.BytesIO()
        >>> write_wav(file, np.array([0.0, 0.25, -1.0]), 8000)
        >>> _ = file.seek(0)
        >>> read_wav(file)
        Clip(samples=array([ 0.  ,  0.25, -1.  ], dtype=float32), rate=8000)
    """
    try:
        with wave.open(path if hasattr(path, "read") else str(path), "rb") as file:
            width, channels, found = file.getsampwidth(), file.getnchannels(), file.getframerate()
            data = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        reason = str(error) or "it ends too early"
        raise ValueError(f"{path}: expected a WAV file with whole numbers: {reason}") from error
    if width != 2:
        raise ValueError(f"{path}: expected 16 bits per sample; got {8 * width}. Convert it first")
    if rate is not None and found != rate:
        raise ValueError(
            f"{path}: expected {rate} samples per second; got {found}. Read it without `rate` and "
            f"use resampled(samples, {found}, {rate})"
        )
    frames = np.frombuffer(data[: len(data) // (2 * channels) * 2 * channels], "<i2")
    frames = frames.reshape(-1, channels).astype(np.float32) / FULL_SCALE
    return Clip(checked_samples(frames.mean(axis=1), f"{path}"), found)


def write_wav(path, samples, rate):
    """Write a WAV file of 16 bits and one channel.

    Args:
        path: str, path, or open binary file.
        samples: floats (n,), from -1 to 1; they are rounded to steps of 1/32768, so what
            `read_wav` returned is written without loss.
        rate: samples per second.

    Raises:
        ValueError: samples are beyond full scale, or are no samples of one channel.
    """
    samples, rate = checked_samples(samples), checked_rate(rate)
    peak = np.abs(samples).max()
    if peak > 1:
        raise ValueError(
            f"samples: expected -1 to 1; the largest is {peak:.4g}. Divide by it, or make the clip "
            "quieter with matched_level: cut off at full scale it would be distorted"
        )
    rounded = np.rint(samples.astype(np.float64) * FULL_SCALE).clip(-FULL_SCALE, FULL_SCALE - 1)
    with wave.open(path if hasattr(path, "write") else str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(rounded.astype("<i2").tobytes())
