"""Sound over time: waveform, spectrogram, and what a trigger-word detector says."""

import numpy as np
from matplotlib import pyplot as plt

from dlcourse.plotting.descent import COLORS

__all__ = ["detection_panel", "sound_spectrum", "trigger_probabilities", "waveform"]

QUIET = -75  # dB, where the colours of a spectrogram begin
_HATCHES = "", "///", "..."


def waveform(samples, rate, ax=None):
    """Draw samples over seconds.

    Args:
        samples: floats (n,), full scale is 1.
        rate: samples per second.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Example:
        >>> waveform(np.zeros(80), rate=8000).get_xlabel()
        'time / s'
    """
    ax = _axes(ax)
    samples = np.asarray(samples)
    ax.plot(np.arange(len(samples)) / rate, samples, color=COLORS[0], linewidth=0.5)
    peak = max(float(np.abs(samples).max(initial=0)), 1e-3)
    ax.set(xlabel="time / s", ylabel="amplitude", xlim=(0, len(samples) / rate))
    ax.set_ylim(-1.1 * peak, 1.1 * peak)
    return ax


def sound_spectrum(spectrum, segments=None, ax=None):
    """Draw a spectrogram in decibels, with bars above what is known to be in it.

    Args:
        spectrum: `dlcourse.audio.Spectrogram` of one recording, or any triple (frequencies in Hz
            (F,), times in seconds (T,), power (F, T)).
        segments: dictionary from a name to rows (start, end) in seconds, or None.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes; each kind of segment has a row of bars of its own, and a place in the legend.

    Raises:
        ValueError: the power does not fit frequencies and times.

    Example:
        >>> spectrum = np.arange(3), np.arange(4), np.ones((3, 4))
        >>> sound_spectrum(spectrum, {"word": [(1, 2)]}).get_legend().get_texts()[0].get_text()
        'word'
    """
    frequencies, times, power = map(np.asarray, spectrum)
    if power.shape != (len(frequencies), len(times)):
        raise ValueError(
            f"spectrum: expected power ({len(frequencies)}, {len(times)}) for one recording; got "
            f"{power.shape}"
        )
    ax = _axes(ax)
    decibels = 10 * np.log10(np.maximum(power, 1e-20))
    image = ax.pcolormesh(
        times, frequencies, decibels, cmap="cividis", shading="nearest", rasterized=True,
        vmin=QUIET, vmax=max(decibels.max(), QUIET + 1),
    )  # fmt: skip
    ax.figure.colorbar(image, ax=ax, label="power per Hz / dB", pad=0.01)
    ax.set(xlabel="time / s", ylabel="frequency / Hz")
    if segments:
        _draw_segments(ax, segments, frequencies[-1])
    return ax


def trigger_probabilities(probabilities, seconds, ends=(), detections=(), ax=None):
    """Draw the probability at each label step, true ends of words, and detections.

    Args:
        probabilities: (n_steps,), from 0 to 1.
        seconds: length of the recording.
        ends: seconds at which trigger words end.
        detections: seconds of detections.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Example:
        >>> ax = trigger_probabilities([0, 1, 1, 0], seconds=2, ends=[0.5], detections=[0.5])
        >>> [text.get_text() for text in ax.get_legend().get_texts()]
        ['probability', 'word ends', 'detected']
    """
    ax = _axes(ax)
    probabilities = np.asarray(probabilities)
    edges = np.linspace(0, seconds, len(probabilities) + 1)
    ax.stairs(probabilities, edges, color=COLORS[0], baseline=None, label="probability")
    for number, end in enumerate(ends):
        label = None if number else "word ends"
        ax.axvline(end, color="black", linestyle="--", linewidth=1, label=label)
    if len(detections):
        ax.plot(detections, np.full(len(detections), 1.06), "v", color=COLORS[1], label="detected")
    ax.set(xlabel="time / s", ylabel="probability", xlim=(0, seconds), ylim=(-0.03, 1.45))
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1])  # above them is room for the legend
    ax.legend(fontsize=8, loc="upper right", ncols=3)
    return ax


def detection_panel(samples, rate, spectrum, segments, probabilities, detections):
    """Draw waveform, spectrogram and probabilities of one recording below each other.

    Args:
        samples: floats (n,).
        rate: samples per second.
        spectrum: see `sound_spectrum`.
        segments: dictionary from a name to rows (start, end) in seconds; the first are the trigger
            words.
        probabilities: (n_steps,).
        detections: seconds of detections.

    Returns:
        Figure with three Axes, and one for the colours.

    Example:
        >>> spectrum = np.arange(3), np.arange(4), np.ones((3, 4))
        >>> figure = detection_panel(np.zeros(8), 2, spectrum, {"trigger": [(1, 2)]}, [0, 1], [2])
        >>> len(figure.axes)
        4
    """
    figure, axes = plt.subplots(3, 1, figsize=(9, 6.5), sharex=True, layout="constrained")
    waveform(samples, rate, axes[0])
    sound_spectrum(spectrum, segments, axes[1])
    ends = [end for _, end in next(iter(segments.values()), [])]
    trigger_probabilities(probabilities, len(samples) / rate, ends, detections, axes[2])
    for ax in axes[:2]:
        ax.set_xlabel("")
    return figure


def _axes(ax):
    return plt.subplots(figsize=(8, 2.6), layout="constrained")[1] if ax is None else ax


def _draw_segments(ax, segments, top):
    """Bars in a strip above the spectrogram, a row for each kind."""
    for row, (name, pairs) in enumerate(segments.items()):
        spans = [(start, end - start) for start, end in pairs]
        ax.broken_barh(
            spans, (top * (1.03 + 0.09 * row), top * 0.07), label=name, edgecolor="black",
            facecolor=COLORS[row % len(COLORS)], hatch=_HATCHES[row % len(_HATCHES)],
        )  # fmt: skip
    ax.set_ylim(0, top * (1.03 + 0.09 * len(segments)))
    ax.legend(fontsize=8, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(segments))
