"""Which class is taken for which, as a table in shades."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["confusion_heatmap"]

MOST_NUMBERS = 20  # classes; beyond it the numbers would not fit into their cells


def confusion_heatmap(matrix, names=None, ax=None):
    """Shade every cell by the share of its true class, and write the count into it.

    Args:
        matrix: counts, shape (classes, classes): rows true, columns predicted.
        names: names of the classes; their numbers where None.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: the matrix is not square, or there are not as many names as classes.

    Example:
        >>> ax = confusion_heatmap([[8, 2], [1, 9]], ["cat", "dog"])
        >>> ax.get_xlabel(), ax.get_ylabel()
        ('predicted', 'true')
    """
    matrix = np.asarray(matrix)
    if matrix.ndim != 2 or len({*matrix.shape}) != 1:
        raise ValueError(f"matrix: expected shape (classes, classes); got {matrix.shape}")
    names = range(len(matrix)) if names is None else names
    if len(names) != len(matrix):
        raise ValueError(f"names: expected {len(matrix)}, one per class; got {len(names)}")
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1e-12)
    if ax is None:
        side = max(3.4, 2 + 0.45 * len(matrix))
        _, ax = plt.subplots(figsize=(side + 0.8, side), layout="constrained")
    picture = ax.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    if len(matrix) <= MOST_NUMBERS:
        _write_counts(ax, matrix, shares)
    ax.figure.colorbar(picture, ax=ax, label="share of the true class")
    ax.set(xlabel="predicted", ylabel="true")
    ax.set_xticks(range(len(names)), names, rotation=45 if _are_long(names) else 0)
    ax.set_yticks(range(len(names)), names)
    return ax


def _write_counts(ax, matrix, shares):
    for (row, column), value in np.ndenumerate(matrix):
        if value:  # empty cells say it better without a number
            dark = shares[row, column] > 0.5
            ax.text(
                column, row, f"{value:g}", ha="center", va="center", fontsize=8,
                color="white" if dark else "black",
            )  # fmt: skip


def _are_long(names):
    return max((len(str(name)) for name in names), default=0) > 3
