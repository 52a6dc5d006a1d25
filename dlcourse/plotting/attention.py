"""Where a translator looks while it writes."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["attention_map"]


def attention_map(weights, source, target, ax=None):
    """Shade how much of its attention each token that was written gave to each that was read.

    Args:
        weights: shape (t, s), each from 0 to 1: a row for each token that was written.
        source: the s tokens that were read, such as the characters of a str.
        target: the t tokens that were written.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: weights do not have the shape that source and target say.

    Example:
        >>> ax = attention_map([[0.9, 0.1], [0.2, 0.8]], "ab", "xy")
        >>> ax.get_xlabel(), ax.get_ylabel()
        ('read', 'written')
    """
    weights = np.asarray(weights, float)
    if weights.shape != (len(target), len(source)):
        raise ValueError(
            f"weights: expected shape {(len(target), len(source))}, a row for each token of the "
            f"target and a column for each of the source; got {weights.shape}"
        )
    if ax is None:
        size = (2 + 0.28 * len(source), 1.2 + 0.28 * len(target))
        _, ax = plt.subplots(figsize=size, layout="constrained")
    picture = ax.imshow(weights, cmap="viridis", vmin=0, vmax=1, aspect="auto")
    ax.figure.colorbar(picture, ax=ax, label="attention")
    ax.set(xlabel="read", ylabel="written")
    ax.set_xticks(range(len(source)), [_visible(token) for token in source])
    ax.set_yticks(range(len(target)), [_visible(token) for token in target])
    return ax


def _visible(token):
    return "␣" if token == " " else token
