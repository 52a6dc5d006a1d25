"""Elementwise functions of z, and what it saves to compute them without a loop."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["activation_curves", "timing_ratio"]

# Okabe and Ito: told apart in every kind of colour blindness; the dashes say it without colours
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)), (0, (8, 2)))


def activation_curves(z, curves, ax=None, marks=()):
    """Draw functions of z over each other, such as an activation and its derivative.

    Args:
        z: points, shape (n,).
        curves: dictionary from the name in the legend to the values at z, shape (n,).
        ax: matplotlib Axes to draw on; a new figure where None.
        marks: points (z, value) to mark with a dot and their value.

    Returns:
        The Axes.
    """
    ax = _axes(ax)
    for index, (name, values) in enumerate(curves.items()):
        color, dashes = COLORS[index % len(COLORS)], DASHES[index % len(DASHES)]
        ax.plot(z, values, label=name, color=color, linestyle=dashes)
    for x, y in marks:
        ax.plot(x, y, "o", color="black", markersize=5)
        ax.annotate(f"{y:g}", (x, y), xytext=(6, 6), textcoords="offset points")
    ax.axhline(0, color="grey", linewidth=0.6)
    ax.axvline(0, color="grey", linewidth=0.6)
    ax.set(xlabel="$z$", ylabel="value")
    ax.legend(fontsize=8)
    return ax


def timing_ratio(sizes, loop_seconds, array_seconds, ax=None):
    """Show how many times faster the array operation is than the loop, size by size.

    Args:
        sizes: numbers of elements, ascending.
        loop_seconds: time of the loop at each size, in seconds.
        array_seconds: time of the array operation at each size, in seconds.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes; above the line at 1 the array operation wins.
    """
    ax = _axes(ax)
    ratio = np.asarray(loop_seconds) / np.asarray(array_seconds)
    ax.plot(sizes, ratio, "o-", color=COLORS[0], label="measured here")
    ax.axhline(1, color="grey", linewidth=1, linestyle="--", label="equally fast")
    ax.set(
        xscale="log", yscale="log", xlabel="number of elements",
        ylabel="time of the loop / time without",
    )  # fmt: skip
    ax.legend(fontsize=8)
    return ax


def _axes(ax):
    return plt.subplots(figsize=(5.5, 3.6), layout="constrained")[1] if ax is None else ax
