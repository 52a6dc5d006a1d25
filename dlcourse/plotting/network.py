"""A network as a picture: its dimensions, what its first units look for, what it costs to train."""

from itertools import pairwise

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["draw_network", "first_layer_weights", "multiplication_growth"]

MAX_UNITS = 8  # a taller layer is drawn as this many units with a gap in the middle


def draw_network(layer_dims, ax=None):
    """Draw a network of dense layers, with the shape of every weight matrix.

    Args:
        layer_dims: sizes (n[0], n[1], …, n[L]), the inputs first.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.
    """
    tallest = min(max(layer_dims), MAX_UNITS)
    if ax is None:
        _, ax = plt.subplots(figsize=(2 + 1.6 * len(layer_dims), 2 + 0.25 * tallest))
    heights = [_unit_heights(n, tallest) for n in layer_dims]
    for layer, (left, right) in enumerate(pairwise(heights)):
        _connect(ax, layer, left, right)
    for layer, (n, height) in enumerate(zip(layer_dims, heights, strict=True)):
        _draw_layer(ax, layer, n, height, is_last=layer == len(layer_dims) - 1)
    for layer, (n_prev, n) in enumerate(pairwise(layer_dims)):
        ax.text(layer + 0.5, -0.66, f"W{layer + 1}\n({n}, {n_prev})", ha="center", va="top")
    ax.set_xlim(-0.5, len(layer_dims) - 0.5)
    ax.set_ylim(-0.9, 0.85)
    ax.axis("off")
    return ax


def first_layer_weights(W1, image_shape, largest=None):
    """Show the weights of each unit of the first layer as an image over the pixels it looks at.

    Args:
        W1: weights of the first layer, shape (n, height * width).
        image_shape: (height, width) of the images whose pixels are the inputs.
        largest: weight at the ends of the colour scale; the largest one present where None.

    Returns:
        The Figure: orange pixels speak for the unit, purple ones against it, white ones do not
        count.

    Raises:
        ValueError: W1 does not have height * width columns.
    """
    if W1.shape[1] != np.prod(image_shape):
        raise ValueError(f"W1: expected {np.prod(image_shape)} columns; got shape {W1.shape}")
    largest = np.abs(W1).max() if largest is None else largest
    columns = min(len(W1), 10)
    rows = -(-len(W1) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(1.1 * columns + 1, 1.3 * rows), squeeze=False, layout="constrained"
    )
    for unit, ax in enumerate(axes.flat):
        ax.axis("off")
        if unit < len(W1):
            image = ax.imshow(
                W1[unit].reshape(image_shape), cmap="PuOr_r", vmin=-largest, vmax=largest
            )
            ax.set_title(f"unit {unit + 1}", fontsize=8)
    figure.colorbar(image, ax=axes, label="weight", shrink=0.8)
    return figure


def multiplication_growth(depths, with_cache, without_cache, ax=None):
    """Compare how many multiplications the gradients take, with and without memoization.

    Args:
        depths: numbers of layers.
        with_cache: multiplications for each depth if every result is kept.
        without_cache: multiplications for each depth if nothing is kept.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes, whose vertical axis is logarithmic.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(6, 3.5))
    ax.semilogy(depths, without_cache, "o--", color="#d55e00", label="without a cache")
    ax.semilogy(depths, with_cache, "s-", color="#0072b2", label="with a cache (backpropagation)")
    ax.set(xlabel="layers", ylabel="multiplications for one example", xticks=depths)
    ax.legend()
    return ax


def _unit_heights(n, tallest):
    """Heights of the drawn units of a layer, from 0.5 to -0.5; nan stands for the ones left out."""
    if n == 1:
        return np.zeros(1)
    if n <= MAX_UNITS:
        half = 0.5 * (n - 1) / (tallest - 1)
        return np.linspace(half, -half, n)
    heights = np.linspace(0.5, -0.5, MAX_UNITS + 1)
    heights[MAX_UNITS // 2] = np.nan
    return heights


def _connect(ax, layer, left, right):
    for start in left[~np.isnan(left)]:
        for end in right[~np.isnan(right)]:
            ax.plot([layer, layer + 1], [start, end], color="0.8", linewidth=0.5, zorder=1)


def _draw_layer(ax, layer, n, heights, is_last):
    seen = heights[~np.isnan(heights)]
    color = "0.6" if layer == 0 else "#d55e00" if is_last else "#0072b2"
    ax.scatter(np.full(len(seen), layer), seen, s=120, color=color, edgecolor="black", zorder=2)
    if len(seen) < len(heights):
        ax.text(layer, 0, "⋮", ha="center", va="center", fontsize=16)
    name = "input" if layer == 0 else "output" if is_last else f"layer {layer}"
    ax.text(layer, 0.62, f"{name}\n{n}", ha="center", va="bottom")
