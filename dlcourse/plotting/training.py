"""What `fit` returns, as curves: training against validation, one panel per number."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["loss_curves"]

TRAIN, VALIDATION = "#0072b2", "#d55e00"


def loss_curves(history):
    """Draw the loss and every metric of a training, with those of the validation beside them.

    Args:
        history: dictionary from names to one number per epoch, such as the `history` of what
            `fit` returns; "val_loss" goes into the panel of "loss", and so on.

    Returns:
        The Figure, one panel per name; the best epoch of a validation loss is marked.

    Raises:
        ValueError: there is nothing to draw.

    Example:
        >>> figure = loss_curves({"loss": [0.9, 0.4], "val_loss": [0.8, 0.6], "accuracy": [0.5, 1]})
        >>> [ax.get_ylabel() for ax in figure.axes]
        ['loss', 'accuracy']
    """
    names = list(dict.fromkeys(name.removeprefix("val_") for name in history))
    if not names:
        raise ValueError("history: expected at least one list of numbers; got none")
    figure, panels = plt.subplots(
        1, len(names), figsize=(4.2 * len(names), 3.2), squeeze=False, layout="constrained"
    )
    for ax, name in zip(panels[0], names, strict=True):
        _curve(ax, history.get(name), "training", TRAIN, "-")
        _curve(ax, history.get(f"val_{name}"), "validation", VALIDATION, "--")
        if name == "loss" and f"val_{name}" in history:
            _mark_lowest(ax, history[f"val_{name}"])
        ax.set(xlabel="epoch", ylabel=name)
        ax.xaxis.get_major_locator().set_params(integer=True)
        ax.legend(fontsize=8)
    return figure


def _curve(ax, values, label, color, dashes):
    if values is None:
        return
    marker = "o" if len(values) == 1 else None  # one epoch has no line to draw
    ax.plot(_epochs(values), values, color=color, linestyle=dashes, marker=marker, label=label)


def _mark_lowest(ax, values):
    if not np.isfinite(values).any():
        return
    best = int(np.nanargmin(values))
    ax.plot(best + 1, values[best], "v", color=VALIDATION, label=f"lowest: epoch {best + 1}")


def _epochs(values):
    return np.arange(1, len(values) + 1)
