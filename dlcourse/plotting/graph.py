"""A computation graph as boxes and arrows, with values and derivatives."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.lines import Line2D

__all__ = ["computation_graph"]

FORWARD, BACKWARD = "#0072b2", "#d55e00"  # blue and vermilion of Okabe and Ito
COLUMN_WIDTH = 2.2


def computation_graph(edges, values, derivatives=None, labels=None, ax=None):
    """Draw a computation graph from its inputs on the left to its result on the right.

    Args:
        edges: pairs (from, to) of node names; inputs stand below each other in the order in which
            they first appear.
        values: dictionary from every node's name to its number, shown in the box.
        derivatives: dictionary from names to the derivative of the result with respect to that
            node, shown below the box; none where None.
        labels: dictionary from names to what is written in the box in place of the name, such as
            {"u": "u = bc"}.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: The edges run in a circle, or a node has no value.

    Example:
        >>> edges = [("x", "y"), ("y", "z")]
        >>> ax = computation_graph(edges, {"x": 2, "y": 4, "z": 5}, {"x": 4, "y": 1, "z": 1})
    """
    places = _layout(edges)
    missing = [name for name in places if name not in values]
    if missing:
        raise ValueError(f"values: expected a number for every node; missing {', '.join(missing)}")
    if ax is None:
        _, ax = plt.subplots(figsize=_size(places))
    boxes = {}
    for name, (column, row) in places.items():
        text = f"{(labels or {}).get(name, name)}\n{values[name]:.4g}"
        box = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": FORWARD}
        written = ax.text(column, row, text, ha="center", va="center", bbox=box)
        boxes[name] = written.get_bbox_patch()
        if derivatives and name in derivatives:
            ax.text(
                column, row + 0.42, f"{derivatives[name]:.4g}", color=BACKWARD, ha="center",
                va="center", fontweight="bold",
            )  # fmt: skip
    for start, end in edges:
        ends = {"patchA": boxes[start], "patchB": boxes[end], "shrinkA": 3, "shrinkB": 3}
        # above the boxes, because their size is known only once they have been drawn
        ax.annotate(
            "", places[end], places[start], zorder=4,
            arrowprops={"arrowstyle": "-|>", "color": FORWARD, **ends},
        )  # fmt: skip
    _frame(ax, places, "result" if not derivatives else _result(edges), bool(derivatives))
    return ax


def _layout(edges):
    """Place of every node: columns by the longest way from an input, rows close to the parents."""
    parents = {}
    for start, end in edges:
        parents.setdefault(start, [])
        parents.setdefault(end, []).append(start)
    columns = _columns(parents)
    rows = {}
    for column in range(max(columns.values()) + 1):
        names = [name for name in parents if columns[name] == column]
        inputs = [name for name in parents if not parents[name]]
        wish = {
            name: np.mean([rows[p] for p in parents[name]]) if parents[name] else inputs.index(name)
            for name in names
        }
        rows.update(_apart(wish))
    return {name: (columns[name] * COLUMN_WIDTH, rows[name]) for name in parents}


def _columns(parents):
    columns = {}
    while len(columns) < len(parents):
        ready = [n for n in parents if n not in columns and all(p in columns for p in parents[n])]
        if not ready:
            raise ValueError("edges: expected a graph without circles")
        for name in ready:
            columns[name] = 1 + max((columns[p] for p in parents[name]), default=-1)
    return columns


def _apart(wish):
    """Rows as close to the wished ones as a distance of one allows."""
    order = sorted(wish, key=wish.get)
    rows = []
    for name in order:
        rows.append(max(wish[name], rows[-1] + 1) if rows else wish[name])
    shift = np.mean(rows) - np.mean(list(wish.values()))
    return {name: float(row - shift) for name, row in zip(order, rows, strict=True)}


def _result(edges):
    return next(end for _, end in edges if all(end != start for start, _ in edges))


def _size(places):
    width = max(x for x, _ in places.values()) / COLUMN_WIDTH + 1
    height = max(y for _, y in places.values()) - min(y for _, y in places.values()) + 1
    return 1.9 * width, 1.2 * height + 0.6


def _frame(ax, places, result, with_derivatives):
    rows = [row for _, row in places.values()]
    ax.set_xlim(-1, max(column for column, _ in places.values()) + 1)
    ax.set_ylim(max(rows) + 0.8, min(rows) - 0.9)  # the first row on top
    ax.axis("off")
    entries = [Line2D([], [], color=FORWARD, label="value (forward, left to right)")]
    if with_derivatives:
        label = f"derivative of {result} (backward, right to left)"
        entries.append(Line2D([], [], color=BACKWARD, label=label))
    ax.legend(handles=entries, loc="upper right", fontsize=8, frameon=False, ncols=2)
