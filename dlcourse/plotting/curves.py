"""A function of one number, and what models make of it."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["fitted_curves"]

# Okabe and Ito, after black for the truth; dashes repeat what the colours say
STYLES = (("#d55e00", "--"), ("#0072b2", "-."), ("#009e73", ":"), ("#cc79a7", (0, (5, 1, 1, 1))))


def fitted_curves(x, y, predictions, ax=None):
    """Draw a function and the curves that models fitted to it.

    Args:
        x: where, any shape, in rising order.
        y: the function at x, same size.
        predictions: dictionary from a model's name to its values at x; at most four.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: There are more than four models.

    Example:
        >>> x = np.linspace(0, 1, 5)
        >>> ax = fitted_curves(x, x**2, {"a straight line": x - 0.125})
    """
    if len(predictions) > len(STYLES):
        raise ValueError(f"predictions: expected at most {len(STYLES)}, got {len(predictions)}")
    if ax is None:
        _, ax = plt.subplots(figsize=(7, 3.5), layout="constrained")
    ax.plot(np.ravel(x), np.ravel(y), color="black", linewidth=1, label="the function")
    for (name, values), (color, dashes) in zip(predictions.items(), STYLES, strict=False):
        ax.plot(np.ravel(x), np.ravel(values), color=color, linestyle=dashes, label=name)
    ax.set(xlabel="x", ylabel="y")
    ax.legend(fontsize=8)
    return ax
