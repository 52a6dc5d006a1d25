"""Precision against recall at every threshold."""

import numpy as np
from matplotlib import pyplot as plt

from dlcourse.plotting.descent import COLORS, DASHES

__all__ = ["precision_recall_curves"]

F1_LINES = (0.2, 0.4, 0.6, 0.8)


def precision_recall_curves(curves, ax=None):
    """Draw precision over recall for one or several models, with lines of equal F1 behind them.

    Args:
        curves: dictionary from a name to a pair (precision, recall) of equally long arrays in
            [0, 1], in order of the threshold (either way).
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes; the legend tells the area under each curve, summed in steps as average precision
        is.

    Raises:
        ValueError: precision and recall of a curve differ in length.

    Example:
        >>> ax = precision_recall_curves({"model": ([0.5, 1.0, 1.0], [1.0, 0.5, 0.0])})
        >>> ax.get_legend().get_texts()[0].get_text()
        'model, area 0.75'
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(4.8, 4.4), layout="constrained")
    for f1 in F1_LINES:
        recall = np.linspace(f1 / (2 - f1), 1, 50)
        ax.plot(recall, f1 * recall / (2 * recall - f1), color="#bbbbbb", linewidth=0.8)
        _name_line(ax, f1)
    for index, (name, curve) in enumerate(curves.items()):
        precision, recall = _by_recall(name, *curve)
        area = np.sum(np.diff(recall, prepend=0) * precision)
        ax.step(
            recall, precision, where="pre", label=f"{name}, area {area:.2f}",
            color=COLORS[index % len(COLORS)], linestyle=DASHES[index % len(DASHES)],
        )  # fmt: skip
    ax.set(xlabel="recall", ylabel="precision", xlim=(0, 1.02), ylim=(0, 1.05))
    ax.legend(fontsize=8, loc="lower left")
    return ax


def _name_line(ax, f1):
    ax.annotate(
        f"F1 {f1}", (1, f1 / (2 - f1)), xytext=(0, 2), textcoords="offset points",
        ha="right", va="bottom", fontsize=7, color="#777777",
    )  # fmt: skip


def _by_recall(name, precision, recall):
    precision, recall = np.asarray(precision, dtype=float), np.asarray(recall, dtype=float)
    if precision.ndim != 1 or precision.shape != recall.shape:
        raise ValueError(
            f"curves[{name!r}]: expected two arrays of equal length; "
            f"got shapes {precision.shape} and {recall.shape}"
        )
    # both ends of a curve may be the lower recall, and points of equal recall keep their order
    falling = recall[0] > recall[-1]
    return (precision[::-1], recall[::-1]) if falling else (precision, recall)
