"""Embeddings in the plane: what the network puts near to what."""

import numpy as np
from matplotlib import patheffects
from matplotlib import pyplot as plt

from dlcourse.plotting.descent import COLORS

__all__ = ["embedding_scatter"]

MARKERS = "os^DvPX<>*"


def embedding_scatter(points, labels, names=None, ax=None):
    """Draw one mark per example, and the name of every class at the middle of its marks.

    Args:
        points: positions in the plane, shape (m, 2), say the first two principal components.
        labels: whole-number class of every example, shape (m,).
        names: names of the classes, indexed by label; the numbers themselves where None.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: points are not in the plane, or there is not one label each.

    Example:
        >>> ax = embedding_scatter(np.eye(2), [0, 1], ["cat", "dog"])
        >>> [text.get_text() for text in ax.texts]
        ['cat', 'dog']
    """
    points, labels = np.asarray(points), np.asarray(labels)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"points: expected shape (m, 2); got {points.shape}")
    if labels.shape != points.shape[:1]:
        raise ValueError(f"labels: expected shape {points.shape[:1]}; got {labels.shape}")
    if ax is None:
        _, ax = plt.subplots(figsize=(5.5, 5), layout="constrained")
    classes = np.unique(labels)
    for index, label in enumerate(classes):
        ax.scatter(
            *points[labels == label].T, s=14, alpha=0.6, linewidths=0,
            color=COLORS[index % len(COLORS)], marker=MARKERS[index % len(MARKERS)],
        )  # fmt: skip
    for label in classes:  # after all marks, so that none hides a name
        name = str(label if names is None else names[label])
        _write(ax, np.median(points[labels == label], axis=0), name)
    ax.set(xlabel="first direction", ylabel="second direction")
    return ax


def _write(ax, place, name):
    text = ax.text(*place, name, ha="center", va="center", fontsize=11, fontweight="bold")
    text.set_path_effects([patheffects.withStroke(linewidth=3, foreground="white")])
