"""Exponentially weighted averages: curves through the noise, and what old values still count."""

import numpy as np
from matplotlib import pyplot as plt

from dlcourse.plotting.descent import COLORS, DASHES

__all__ = ["memory_curves", "smoothed_curves"]


def smoothed_curves(values, averages, ax=None, labels=("day", "temperature")):
    """Draw noisy values as dots and averages of them as curves.

    Args:
        values: numbers, shape (T,).
        averages: dictionary from a name to the averages, shape (T,).
        ax: matplotlib Axes to draw on; a new figure where None.
        labels: what the two axes are called.

    Returns:
        The Axes; values are counted from 1.

    Example:
        >>> ax = smoothed_curves([1.0, 3.0], {"β = 0.5": [0.5, 1.75]})
        >>> ax.lines[1].get_xydata().tolist()
        [[1.0, 0.5], [2.0, 1.75]]
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(8, 3.6), layout="constrained")
    days = np.arange(1.0, len(values) + 1)
    ax.plot(days, values, ".", color="#9aa5b1", markersize=3, label="values")
    for index, (name, curve) in enumerate(averages.items()):
        ax.plot(
            days, curve, label=name, linewidth=1.8,
            color=COLORS[index % len(COLORS)], linestyle=DASHES[index % len(DASHES)],
        )  # fmt: skip
    ax.set(xlabel=labels[0], ylabel=labels[1])
    ax.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    return ax


def memory_curves(weights, ax=None):
    """Draw what the values of the past count in an average today, each relative to today's.

    Args:
        weights: dictionary from a name to the weights, the oldest first, all above 0.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes; the dotted line is 1/e, where a memory is said to end.

    Example:
        >>> ax = memory_curves({"β = 0.5": [0.25, 0.5]})
        >>> ax.lines[0].get_xydata().tolist()
        [[0.0, 1.0], [1.0, 0.5]]
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(7, 3), layout="constrained")
    for index, (name, values) in enumerate(weights.items()):
        newest_first = np.asarray(values, dtype=float)[::-1]
        ax.plot(
            np.arange(len(newest_first)), newest_first / newest_first[0], label=name,
            color=COLORS[index % len(COLORS)], linestyle=DASHES[index % len(DASHES)],
        )  # fmt: skip
    ax.axhline(1 / np.e, color="black", linestyle=":", linewidth=0.8, label="1/e")
    ax.set(xlabel="steps ago", ylabel="weight, relative to the newest", ylim=(0, 1.05))
    ax.legend(fontsize=8)
    return ax
