"""Several networks beside each other: how they learned, and what became of their weights."""

import numpy as np
from matplotlib import pyplot as plt

from dlcourse.plotting.descent import COLORS, DASHES

__all__ = ["compare_trainings", "weight_distributions"]


def compare_trainings(histories, names=("loss", "val_loss"), titles=("train", "dev")):
    """Draw what several trainings measured in every epoch, in panels of one scale.

    Args:
        histories: dictionary from a network's name to the `history` of its `fit`, a dictionary
            from names to one number per epoch, above 0.
        names: what to draw, a panel for each.
        titles: what stands above the panels.

    Returns:
        The Figure; its scale is logarithmic.

    Example:
        >>> figure = compare_trainings({"relu": {"loss": [0.9, 0.4], "val_loss": [0.8, 0.6]}})
        >>> figure.axes[1].lines[0].get_xydata().tolist()
        [[1.0, 0.8], [2.0, 0.6]]
    """
    figure, panels = plt.subplots(
        1, len(names), figsize=(4.6 * len(names), 3.6), squeeze=False, sharey=True,
        layout="constrained",
    )  # fmt: skip
    for ax, name, title in zip(panels[0], names, titles, strict=True):
        for index, (network, history) in enumerate(histories.items()):
            ax.plot(
                np.arange(1, len(history[name]) + 1), history[name], label=network,
                color=COLORS[index % len(COLORS)], linestyle=DASHES[index % len(DASHES)],
            )  # fmt: skip
        ax.set(xlabel="epoch", title=title, yscale="log")
        ax.xaxis.get_major_locator().set_params(integer=True)
    panels[0][0].set_ylabel(names[0])
    panels[0][-1].legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    return figure


def weight_distributions(networks, bins=60):
    """Show how the weights of every layer are spread before and after training.

    Args:
        networks: dictionary from a network's name to a list with a pair (before, after) of weights
            for each layer, arrays of any shape.
        bins: number of bars.

    Returns:
        The Figure, a row for each network, with the standard deviations above every histogram. The
        panels of a column have the same horizontal scale.

    Raises:
        ValueError: there is no network.
    """
    if not networks:
        raise ValueError("networks: expected at least one; got none")
    columns = max(len(layers) for layers in networks.values())
    figure, panels = plt.subplots(
        len(networks), columns, figsize=(3 * columns, 1.7 * len(networks)), squeeze=False,
        layout="constrained",
    )  # fmt: skip
    reach = [_reach(networks, column) for column in range(columns)]
    for row, (name, layers) in zip(panels, networks.items(), strict=True):
        for ax, (before, after), width in zip(row, layers, reach, strict=False):
            _pair(ax, np.ravel(before), np.ravel(after), width, bins)
        for ax in row[len(layers) :]:
            ax.remove()
        row[0].set_ylabel(name, fontsize=9)
    for column, ax in enumerate(panels[-1], start=1):
        ax.set_xlabel(f"weights of layer {column}", fontsize=9)
    panels[0][-1].legend(fontsize=7)
    return figure


def _reach(networks, column):
    """Half the width of a column: nearly all weights of all networks lie inside."""
    pairs = [layers[column] for layers in networks.values() if column < len(layers)]
    return max(np.quantile(np.abs(weights), 0.999) for pair in pairs for weights in pair) or 1.0


def _pair(ax, before, after, width, bins):
    ax.hist(after, bins, range=(-width, width), color=COLORS[0], label="after training")
    ax.hist(
        before, bins, range=(-width, width), color=COLORS[1], histtype="step", linewidth=1.2,
        label="before",
    )  # fmt: skip
    ax.set_title(f"σ: {np.std(before):.3f} → {np.std(after):.3f}", fontsize=8)
    ax.set_yticks([])
    ax.tick_params(labelsize=7)
