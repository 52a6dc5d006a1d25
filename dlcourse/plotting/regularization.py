"""What regularization changes: the border between two classes, the curves, the weights."""

import numpy as np
from matplotlib import pyplot as plt

from dlcourse.plotting.boundary import decision_boundary

__all__ = ["regularization_study", "train_dev_curves", "weight_sizes"]

TRAIN, DEV = "#0072b2", "#d55e00"  # blue and vermilion of Okabe and Ito
BARS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")


def regularization_study(models, train, dev):
    """Put the borders of models side by side, each with its accuracy on train and on dev.

    Args:
        models: dictionary from a title such as "λ = 1" to a function from points (2, k) to
            probabilities of class 1, (1, k).
        train: pair (X, Y) of shapes (2, m) and (1, m); its points are shown.
        dev: such a pair.

    Returns:
        The Figure, one panel per model.

    Raises:
        ValueError: there is no model.
    """
    if not models:
        raise ValueError("models: expected at least one; got none")
    figure, axes = plt.subplots(
        1, len(models), figsize=(4 * len(models), 3.8), squeeze=False, layout="constrained"
    )
    for (name, predict), ax in zip(models.items(), axes[0], strict=True):
        shares = [np.mean((predict(X) > 0.5) == (Y > 0.5)) for X, Y in (train, dev)]
        title = f"{name}\ntrain {shares[0]:.0%}, dev {shares[1]:.0%} right"
        decision_boundary(predict, *train, ax, title, steps=150)
    return figure


def train_dev_curves(steps, curves, best=None, stop=None):
    """Draw the cost on train and on dev of one or several trainings, in panels of one scale.

    Args:
        steps: where the costs were measured, k numbers.
        curves: dictionary from a title to a pair (train, dev) of k numbers each.
        best: step whose parameters are kept, marked in every panel; None for no mark.
        stop: step at which training ends, marked as well; None for no mark.

    Returns:
        The Figure, one panel per training.

    Raises:
        ValueError: there is no training.
    """
    if not curves:
        raise ValueError("curves: expected at least one training; got none")
    figure, axes = plt.subplots(
        1, len(curves), figsize=(4.6 * len(curves), 3.4), squeeze=False, sharey=True,
        layout="constrained",
    )  # fmt: skip
    for (name, (train, dev)), ax in zip(curves.items(), axes[0], strict=True):
        ax.plot(steps, train, color=TRAIN, linestyle="-", label="train")
        ax.plot(steps, dev, color=DEV, linestyle="--", label="dev")
        if best is not None:
            ax.axvline(best, color="black", linewidth=1, label=f"lowest on dev: step {best}")
        if stop is not None:
            ax.axvline(stop, color="gray", linestyle=":", label=f"stop: step {stop}")
        ax.set(xlabel="step", ylabel="cost", title=name, ylim=(0, None))
        ax.legend(fontsize=8)
    return figure


def weight_sizes(weights, names=None):
    """Draw the size of every weight of several models as groups of bars.

    Args:
        weights: dictionary from a model's name to its weights, any shape of n entries; at most
            four models.
        names: n names of the inputs; their numbers where None.

    Returns:
        The Axes, with the number of weights that are exactly 0 in the legend.

    Raises:
        ValueError: there are more than four models, or none.
    """
    if not 1 <= len(weights) <= len(BARS):
        raise ValueError(f"weights: expected 1 to {len(BARS)} models, got {len(weights)}")
    n = np.size(next(iter(weights.values())))
    _, ax = plt.subplots(figsize=(max(6, 0.32 * n), 3.6), layout="constrained")
    width = 0.8 / len(weights)
    for i, ((name, w), color) in enumerate(zip(weights.items(), BARS, strict=False)):
        zeros = int(np.sum(np.ravel(w) == 0))
        place = np.arange(n) + (i - (len(weights) - 1) / 2) * width
        ax.bar(place, np.abs(np.ravel(w)), width, color=color, label=f"{name}: {zeros} zeros")
    ax.set(ylabel="|weight|")
    ax.set_xticks(np.arange(n), range(n) if names is None else names, rotation=90, fontsize=7)
    ax.legend(fontsize=8)
    return ax
