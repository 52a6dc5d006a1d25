"""Pictures of a good and a bad start: valleys, activations and gradients by layer, trainings."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["cost_valleys", "costs_by_start", "layer_histograms", "sizes_by_layer"]

# Okabe and Ito; dashes and markers repeat what the colours say
STYLES = (
    ("#0072b2", "-", "o"),
    ("#d55e00", "--", "s"),
    ("#009e73", "-.", "^"),
    ("#cc79a7", ":", "D"),
    ("#e69f00", (0, (5, 1, 1, 1)), "v"),
    ("black", (0, (1, 1)), "x"),
)


def cost_valleys(valleys):
    """Put the cost of two weights side by side, before and after something was done to the data.

    Args:
        valleys: dictionary from a title to (w1, w2, costs, path): values of the weights, shapes
            (n,) and (k,), the costs, shape (k, n), and the weights after every step, (steps, 2).

    Returns:
        The Figure; a path begins at its circle and ends at its cross.
    """
    figure, axes = plt.subplots(
        1, len(valleys), figsize=(4.8 * len(valleys), 3.8), squeeze=False, layout="constrained"
    )
    for ax, (title, (w1, w2, costs, path)) in zip(axes[0], valleys.items(), strict=True):
        filled = ax.contourf(w1, w2, costs, levels=25, cmap="cividis")
        figure.colorbar(filled, ax=ax, label="cost")
        ax.plot(*np.transpose(path), ".-", color="white", linewidth=1, markersize=3)
        ax.plot(*path[0], "o", color="white", label="start")
        ax.plot(*path[-1], "x", color="white", markersize=9, label=f"after {len(path) - 1} steps")
        ax.set(xlabel="$w_1$", ylabel="$w_2$", title=title)
        ax.legend(fontsize=8, facecolor="#444444", labelcolor="white")
    return figure


def layer_histograms(networks, reach=None, bins=41):
    """Show how activations are spread in every layer: a row for each network.

    Args:
        networks: dictionary from a name to a dictionary from the number of a layer to its
            activations, any shape.
        reach: histograms go from −reach to reach; where None, each to its own largest value.
        bins: number of bars.

    Returns:
        The Figure, with the standard deviation above every histogram.
    """
    columns = max(len(layers) for layers in networks.values())
    figure, axes = plt.subplots(
        len(networks), columns, figsize=(2.1 * columns, 1.9 * len(networks)), squeeze=False,
        layout="constrained",
    )  # fmt: skip
    for row, (name, layers) in zip(axes, networks.items(), strict=True):
        for ax, (number, A) in zip(row, layers.items(), strict=False):
            _histogram(ax, np.ravel(A), reach, bins)
            ax.set_title(f"layer {number}: σ = {np.std(A):.2g}", fontsize=8)
        for ax in row[len(layers) :]:
            ax.remove()
        row[0].set_ylabel(name, fontsize=9)
    figure.supxlabel("activation $a$", fontsize=9)
    return figure


def sizes_by_layer(sizes_by_name, ylabel, ax=None):
    """Draw a size per layer on a logarithmic scale, where a constant factor is a straight line.

    Args:
        sizes_by_name: dictionary from a name to one size above 0 for every layer 0, 1, …; at most
            six.
        ylabel: what the sizes are.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: There are more than six.
    """
    ax = _axes(ax, sizes_by_name)
    for (name, sizes), (color, dashes, marker) in zip(sizes_by_name.items(), STYLES, strict=False):
        ax.semilogy(
            np.arange(len(sizes)), sizes, color=color, linestyle=dashes, marker=marker,
            markersize=4, markevery=max(1, len(sizes) // 10), label=name,
        )  # fmt: skip
    ax.axhline(1, color="gray", linewidth=0.8)
    ax.set(xlabel="layer", ylabel=ylabel)
    ax.legend(fontsize=8)
    return ax


def costs_by_start(costs_by_name, ax=None):
    """Draw the costs of trainings that began differently, on a logarithmic scale.

    Args:
        costs_by_name: dictionary from a start to its cost at every step; at most six.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: There are more than six.
    """
    ax = _axes(ax, costs_by_name)
    for (name, costs), (color, dashes, _) in zip(costs_by_name.items(), STYLES, strict=False):
        ax.semilogy(np.arange(len(costs)), costs, color=color, linestyle=dashes, label=name)
    ax.set(xlabel="step", ylabel="cost")
    ax.legend(fontsize=8)
    return ax


def _axes(ax, entries):
    if len(entries) > len(STYLES):
        raise ValueError(f"expected at most {len(STYLES)} lines, got {len(entries)}")
    return plt.subplots(figsize=(7, 3.8), layout="constrained")[1] if ax is None else ax


def _histogram(ax, values, reach, bins):
    # all values equal (a dead layer) still need an interval
    width = reach or np.abs(values).max() or 1.0
    ax.hist(
        values, bins=bins, range=(-width, width), weights=np.full(values.size, 1 / values.size),
        color="#0072b2",
    )  # fmt: skip
    ax.tick_params(labelsize=7)
    ax.set_yticks([])
