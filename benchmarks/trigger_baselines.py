"""What trigger-word detection is compared with: loudness, and likeness to known recordings."""

import numpy as np

from dlcourse.audio import decibels, model_inputs

__all__ = ["energy_scores", "template_scores"]


def energy_scores(inputs, columns):
    """Loudness of the last columns, at every column.

    Args:
        inputs: spectrograms of `model_inputs`, (m, T, F).
        columns: how many, about as long as a word.

    Returns:
        Floats (m, T): mean decibels, of the columns there are at the beginning.
    """
    loudness = decibels(np.sum(10.0**inputs, axis=-1))
    sums = np.cumsum(np.pad(loudness, ((0, 0), (1, 0))), axis=1)
    last = np.arange(1, inputs.shape[1] + 1)
    first = np.maximum(last - columns, 0)
    return (sums[:, last] - sums[:, first]) / (last - first)


def template_scores(inputs, words, rate):
    """Correlation of the last columns with the most similar of some words, at every column.

    Args:
        inputs: spectrograms of `model_inputs`, (m, T, F).
        words: recordings of the trigger word, list of floats (n,).
        rate: samples per second.

    Returns:
        Floats (m, T), -1 to 1; -1 where a word would have begun before the recording.
    """
    best = np.full(inputs.shape[:2], -1.0, np.float32)
    for word in words:
        template = model_inputs(word[None], rate)[0]
        template = _standardized(template.ravel())
        length = len(template) // inputs.shape[2]
        for row, scene in zip(best, inputs, strict=True):
            windows = np.lib.stride_tricks.sliding_window_view(scene, length, axis=0)
            windows = _standardized(np.swapaxes(windows, 1, 2).reshape(len(windows), -1))
            np.maximum(row[length - 1 :], windows @ template, out=row[length - 1 :])
    return best


def _standardized(x):
    x = x - x.mean(axis=-1, keepdims=True)
    return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-9)
