"""The four clocks of a recording, and how to read one on another.

A recording of 10 s at 44100 samples per second, with the numbers of the course:

    milliseconds          0 … 10000
    samples               0 … 441000    44.1 in a millisecond
    spectrogram columns   0 … 5511      one per 80 samples: windows of 200 that share 120
    label steps           0 … 1375      one per 4 columns: kernels of 15 with stride 4

A column needs a whole window, and a step a whole kernel, so both run out a little before the end;
and what a step says it can only know at the end of its kernel. On the embedded clips, 8000 samples
per second, a column lasts 10 ms and a step 40 ms.
"""

import numpy as np

from dlcourse.scratch.ranges import whole_number

__all__ = ["label_step", "label_steps", "samples_in", "spectrogram_columns", "step_times"]


def samples_in(milliseconds, rate):
    """How many samples last so long, to the nearest.

    Args:
        milliseconds: one number or an array.
        rate: samples per second.

    Returns:
        int64, shaped like milliseconds.

    Example:
        >>> int(samples_in(10_000, 44_100))
        441000
    """
    return np.rint(np.multiply(milliseconds, rate / 1000)).astype(np.int64)


def spectrogram_columns(n_samples, window_length=200, overlap=120):
    """How many windows fit into a recording.

    Args:
        n_samples: of the recording.
        window_length: samples in a window, ≥ 1.
        overlap: samples that neighbouring windows share, 0 to window_length - 1.

    Returns:
        int; 0 where the recording is shorter than a window.

    Raises:
        ValueError: a number is out of range.

    Example:
        >>> spectrogram_columns(441_000)
        5511
    """
    window_length = whole_number("window_length", window_length, 1)
    overlap = whole_number("overlap", overlap, 0)
    if overlap >= window_length:
        raise ValueError(
            f"overlap: expected less than window_length, {window_length}; got {overlap}: the "
            "windows would not move on"
        )
    return max((n_samples - overlap) // (window_length - overlap), 0)


def label_steps(columns, kernel=15, stride=4):
    """How many steps a convolution without padding makes of spectrogram columns.

    Args:
        columns: of the spectrogram.
        kernel: width of the kernel in columns, ≥ 1.
        stride: columns from step to step, ≥ 1.

    Returns:
        int; 0 where there are fewer columns than the kernel is wide.

    Raises:
        ValueError: a number is out of range.

    Example:
        >>> label_steps(5511)
        1375
    """
    kernel, stride = whole_number("kernel", kernel, 1), whole_number("stride", stride, 1)
    return max((columns - kernel) // stride + 1, 0)


def label_step(position, total, n_steps):
    """In which label step something happens, in proportion.

    Args:
        position: when, 0 to total, in samples or milliseconds; one number or an array.
        total: length of the recording in the same unit.
        n_steps: label steps of the recording.

    Returns:
        int64 from 0 to n_steps - 1, shaped like position.

    Raises:
        ValueError: a position is outside of the recording.

    Example:
        >>> int(label_step(9400, 10_000, 1375))
        1292
    """
    position = np.asarray(position)
    if np.any(position < 0) or np.any(position > total):
        raise ValueError(f"position: expected 0 to {total}; got {position!r}")
    return np.minimum((position * n_steps / total).astype(np.int64), n_steps - 1)


def step_times(steps, total, n_steps):
    """When label steps begin: the way back from `label_step`.

    Args:
        steps: one number or an array.
        total: length of the recording in any unit.
        n_steps: label steps of the recording.

    Returns:
        Floats in that unit.

    Example:
        >>> float(step_times(11, 10.0, 1375))
        0.08
    """
    return np.asarray(steps) * (total / n_steps)
