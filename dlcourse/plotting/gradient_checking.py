"""Pictures of gradient checking and clipping: the best step, and what clipping does to a step."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["clipped_steps", "difference_errors"]

# Okabe and Ito; dashes repeat what the colours say
STYLES = (("#0072b2", "-"), ("#d55e00", "--"), ("#009e73", "-."), ("#cc79a7", ":"))


def difference_errors(epsilons, errors_by_name):
    """Draw the error of measured derivatives against the size of the step.

    Args:
        epsilons: sizes of the step, shape (k,), above 0.
        errors_by_name: dictionary from a name to absolute errors, shape (k,); at most four.

    Returns:
        The Axes, logarithmic both ways; errors of exactly 0 are left out.
    """
    _, ax = plt.subplots(figsize=(7, 3.8), layout="constrained")
    for (name, errors), (color, dashes) in zip(errors_by_name.items(), STYLES, strict=False):
        seen = np.where(np.asarray(errors) > 0, errors, np.nan)
        ax.loglog(epsilons, seen, color=color, linestyle=dashes, label=name)
    ax.set(xlabel="step $\\epsilon$", ylabel="error of the derivative")
    ax.legend(fontsize=8)
    return ax


def clipped_steps(steps):
    """Draw steps of two components as arrows from the origin.

    Args:
        steps: dictionary from a name to (first, second); at most four.

    Returns:
        The Axes.
    """
    _, ax = plt.subplots(figsize=(5, 4), layout="constrained")
    for (name, (x, y)), (color, dashes) in zip(steps.items(), STYLES, strict=False):
        ax.plot([0, x], [0, y], color=color, linestyle=dashes, marker="o", markevery=[1])
        ax.annotate(name, (x, y), xytext=(6, -11), textcoords="offset points", color=color)
    ax.margins(0.25)
    ax.set(xlabel="component of dW", ylabel="component of db", aspect="equal")
    return ax
