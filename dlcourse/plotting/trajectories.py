"""The ways that optimizers take across a cost of two parameters: contours with paths on them."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.colors import LinearSegmentedColormap

from dlcourse.plotting.descent import COLORS

__all__ = ["PathPanel", "draw_panel", "optimizer_paths", "path_styles"]

# on and off in points, told apart without colours too; an empty one is a solid line
DASHES = ((), (6, 2), (2, 1.5), (7, 2, 1.5, 2), (4, 1.5, 1, 1.5, 1, 1.5), (1, 1), (10, 3))
GRID = 120  # points along each side
LEVELS = 16
# pale, so that seven colours and their dashes stay the strongest thing in the picture
LAND = LinearSegmentedColormap.from_list("land", ["#ffffff", "#d5dbe1", "#aab4bf"])
PANEL_INCHES = (3.5, 3.3)


class PathPanel(NamedTuple):
    """A cost of two parameters, and paths on it.

    Attributes:
        height: function of x and y (arrays of one shape) that returns the cost.
        paths: dictionary from a name to its path, shape (steps + 1, 2), the start first.
        x_range: (smallest, largest) x that is shown.
        y_range: (smallest, largest) y that is shown.
        minima: list of the lowest points (x, y), marked with a star.
        labels: what the two axes are called.
    """

    height: Callable
    paths: Mapping
    x_range: tuple
    y_range: tuple
    minima: tuple = ()
    labels: tuple = ("x", "y")


def optimizer_paths(panels):
    """Draw paths of optimizers on the contours of their costs, one panel beside the other.

    Args:
        panels: dictionary from a title to its `PathPanel`; a path of one name has one colour in
            all of them.

    Returns:
        The Figure; a path begins at the circle and ends at its dot, a star is a minimum.

    Raises:
        ValueError: there is no panel.

    Example:
        >>> panel = PathPanel(lambda x, y: x**2 + y**2, {"a": [(1, 1), (0, 0)]}, (-2, 2), (-2, 2))
        >>> [ax.get_title() for ax in optimizer_paths({"bowl": panel}).axes]
        ['bowl']
    """
    if not panels:
        raise ValueError("panels: expected at least one; got none")
    width, height = PANEL_INCHES
    alone = len(panels) == 1  # then there is more room beside it than below
    size = (1.9 * width, 1.1 * height) if alone else (width * len(panels), height + 0.5)
    figure, axes = plt.subplots(1, len(panels), figsize=size, squeeze=False, layout="constrained")
    styles = path_styles(panels)
    for ax, (title, panel) in zip(axes[0], panels.items(), strict=True):
        draw_panel(ax, title, panel)
        for name, path in panel.paths.items():
            color, dashes = styles[name]
            points = np.asarray(path, dtype=float)
            # the line is found in the legend, the dot only says where it ends
            ax.plot(*points.T, color=color, dashes=dashes, linewidth=1.6, label=name)
            ax.plot(*points[-1], "o", color=color, markersize=6, markeredgecolor="white", zorder=3)
    lines = {line.get_label(): line for ax in axes[0] for line in ax.lines}
    shown = [lines[name] for name in styles]
    where = {"loc": "outside lower center", "ncols": len(styles)}
    where = {"loc": "outside right center"} if alone else where
    figure.legend(shown, styles, handlelength=3.5, fontsize=9, **where)
    return figure


def draw_panel(ax, title, panel):
    """Draw the contours of a panel, its minima and where its paths begin, but no path.

    Args:
        ax: matplotlib Axes.
        title: text above it.
        panel: `PathPanel`.
    """
    x, y = (np.linspace(*limits, GRID) for limits in (panel.x_range, panel.y_range))
    heights = np.asarray(panel.height(*np.meshgrid(x, y)), dtype=float)
    # as much land between two levels as between any other two: a cliff would take them all
    levels = np.unique(np.quantile(heights, np.linspace(0, 1, LEVELS)))
    if len(levels) > 1:
        # one shade more per level, however high the step between them
        shades = LAND(np.linspace(0, 1, len(levels) - 1))
        ax.contourf(x, y, heights, levels=levels, colors=shades)
        ax.contour(x, y, heights, levels=levels, colors="#66717d", linewidths=0.4, linestyles="-")
    for minimum in panel.minima:
        ax.plot(*minimum, "*", color="black", markersize=11, markeredgecolor="white", zorder=4)
    for start in {tuple(np.asarray(path, dtype=float)[0]) for path in panel.paths.values()}:
        ax.plot(*start, "o", color="white", markersize=7, markeredgecolor="black")
    ax.set(
        xlim=panel.x_range, ylim=panel.y_range, title=title,
        xlabel=panel.labels[0], ylabel=panel.labels[1],
    )  # fmt: skip


def path_styles(panels):
    """Colour and dashes for every name, in the order in which they first appear.

    Args:
        panels: dictionary from a title to its `PathPanel`.

    Returns:
        dict from the name of a path to (colour, dashes), the dashes as lengths on and off.
    """
    names = dict.fromkeys(name for panel in panels.values() for name in panel.paths)
    return {
        name: (COLORS[index % len(COLORS)], DASHES[index % len(DASHES)])
        for index, name in enumerate(names)
    }
