"""The cost as a function of its parameters: valleys, hills, and the way down."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["cost_slices", "cost_surfaces"]

COLORS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7")  # Okabe and Ito


def cost_slices(w, costs_by_name):
    """Put costs as functions of a single weight side by side, with their valleys marked.

    Args:
        w: values of the weight, shape (n,), ascending.
        costs_by_name: dictionary from the name of a cost to its values at w, shape (n,).

    Returns:
        The Figure; a dot is a local minimum inside the range.
    """
    figure, axes = _side_by_side(len(costs_by_name))
    for index, (ax, name) in enumerate(zip(axes, costs_by_name, strict=True)):
        costs = np.asarray(costs_by_name[name])
        ax.plot(w, costs, color=COLORS[index % len(COLORS)])
        valleys = 1 + np.flatnonzero((costs[1:-1] < costs[:-2]) & (costs[1:-1] < costs[2:]))
        ax.plot(w[valleys], costs[valleys], "o", color="black", label="local minimum")
        ax.set(xlabel="$w$", ylabel="cost", title=name)
        if valleys.size:
            ax.legend(fontsize=8)
    return figure


def cost_surfaces(w, b, surfaces, paths=None):
    """Put costs as functions of a weight and a bias side by side, with the descents on them.

    Args:
        w: values of the weight, shape (n,).
        b: values of the bias, shape (k,).
        surfaces: dictionary from the name of a cost to its values, shape (k, n).
        paths: dictionary from the same names to a list of paths, each of shape (steps, 2) with
            w and b of every step; none where it is None.

    Returns:
        The Figure; a path begins at its circle and ends at its cross.
    """
    figure, axes = _side_by_side(len(surfaces))
    for ax, (name, values) in zip(axes, surfaces.items(), strict=True):
        filled = ax.contourf(w, b, values, levels=25, cmap="cividis")
        figure.colorbar(filled, ax=ax, label="cost")
        for path in (paths or {}).get(name, ()):
            _descent(ax, np.asarray(path))
        ax.set(xlabel="$w$", ylabel="$b$", title=name, xlim=(w[0], w[-1]), ylim=(b[0], b[-1]))
    return figure


def _side_by_side(count):
    figure, axes = plt.subplots(
        1, count, figsize=(4.8 * count, 3.6), squeeze=False, layout="constrained"
    )
    return figure, axes[0]


def _descent(ax, path):
    ax.plot(*path.T, color="white", linewidth=1.6)
    ax.plot(*path[0], "o", color="white", markersize=7, markeredgecolor="black")
    ax.plot(*path[-1], "X", color=COLORS[0], markersize=9, markeredgecolor="white")
