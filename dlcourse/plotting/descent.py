"""How a training went: costs, learning rates, and the weights that it ended with."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["cost_curve", "learning_rate_curves", "weight_bars"]

# Okabe and Ito: told apart in every kind of colour blindness; the dashes say it without colours
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 3)), (0, (8, 2)))


def cost_curve(costs, ax=None, title=None, every=1):
    """Show how the cost falls while a model is trained.

    Args:
        costs: numbers, one per record.
        ax: matplotlib Axes to draw on; a new figure where None.
        title: text above the picture.
        every: iterations between two records.

    Returns:
        The Axes.
    """
    ax = _axes(ax)
    ax.plot(np.arange(len(costs)) * every, costs, color=COLORS[0])
    ax.set(xlabel="iteration", ylabel="cost", title=title or "", ylim=(0, None))
    return ax


def learning_rate_curves(costs_by_rate, ax=None, every=1):
    """Compare the costs of trainings that differ in their learning rate.

    Args:
        costs_by_rate: dictionary from the learning rate to the costs, which are positive; where
            a training ran off, its costs may be infinite or NaN, and the curve has a gap.
        ax: matplotlib Axes to draw on; a new figure where None.
        every: iterations between two records.

    Returns:
        The Axes; the cost has a logarithmic scale, because good rates differ far below one.
    """
    ax = _axes(ax)
    for index, (rate, costs) in enumerate(costs_by_rate.items()):
        finite = np.where(np.isfinite(costs), costs, np.nan)
        ax.plot(
            np.arange(len(finite)) * every, finite, label=f"α = {rate:g}",
            color=COLORS[index % len(COLORS)], linestyle=DASHES[index % len(DASHES)],
        )  # fmt: skip
    ax.set(xlabel="iteration", ylabel="cost", yscale="log")
    # beside the picture: somewhere every corner has a curve in it
    ax.legend(title="learning rate", fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    return ax


def weight_bars(weights, names, top=10, ax=None):
    """Show the weights that are furthest from zero, with the names of their features.

    Args:
        weights: one number per feature, shape (n,), (n, 1) or (1, n).
        names: the n names.
        top: how many to show.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes, the largest magnitude on top.
    """
    weights = np.ravel(weights)
    ax = _axes(ax)
    chosen = np.argsort(np.abs(weights))[::-1][:top][::-1]
    colors = [COLORS[1] if weights[i] > 0 else COLORS[0] for i in chosen]
    ax.barh([names[i] for i in chosen], weights[chosen], color=colors)
    ax.axvline(0, color="black", linewidth=0.8)
    ax.set(xlabel="weight", ylabel="feature")
    return ax


def _axes(ax):
    return plt.subplots(figsize=(5.5, 3.6), layout="constrained")[1] if ax is None else ax
