"""One neuron at work: its two activations, and its line on the way to the right place."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.ticker import MaxNLocator

from dlcourse.plotting.boundary import planar_points

__all__ = ["perceptron_training", "step_and_sigmoid_curves"]

MOST_LINES = 12  # more of them hide the points
MOST_DOTS = 40  # more of them run together


def step_and_sigmoid_curves(z, labels, probabilities, ax=None):
    """Put the perceptron's answer and the logistic neuron's answer over the same z.

    Args:
        z: values of w·x + b, any shape, in rising order.
        labels: the step of each z, same size.
        probabilities: the sigmoid of each z, same size.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Example:
        >>> z = np.array([[-1.0, 0.0, 1.0]])
        >>> ax = step_and_sigmoid_curves(z, z >= 0, 1 / (1 + np.exp(-z)))
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(6, 3), layout="constrained")
    ax.plot(np.ravel(z), np.ravel(labels), color="#0072b2", label="perceptron: step(z)")
    ax.plot(
        np.ravel(z), np.ravel(probabilities), color="#d55e00", linestyle="--",
        label="logistic neuron: sigmoid(z)",
    )  # fmt: skip
    ax.axvline(0, color="gray", linewidth=0.8)
    ax.set(xlabel="z = w·x + b", ylabel="output")
    ax.legend(loc="upper left", fontsize=8)
    return ax


def perceptron_training(
    X, Y, lines, corrections, classes=("class 0", "class 1"), features=("$x_1$", "$x_2$")
):
    """Show where the line was after each pass over the data, and how many corrections it took.

    Args:
        X: coordinates, shape (2, m).
        Y: labels, shape (1, m), each 0 or 1.
        lines: a pair (w, b) after every pass, w of shape (2, 1).
        corrections: number of corrections in every pass.
        classes: what the two classes are called in the legend.
        features: what the two axes are called.

    Returns:
        The Figure: on the left the points with the lines, the later the darker and the last one
        thick (a dozen of them where there are more); on the right the corrections.

    Raises:
        ValueError: There is not one line for every pass.
    """
    if len(lines) != len(corrections) or not lines:
        raise ValueError(
            f"lines: expected one for each of the {len(corrections)} passes (at least one), "
            f"got {len(lines)}"
        )
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    planar_points(X, Y, left, classes)
    limits = _with_margin(X[0]), _with_margin(X[1])
    shown = np.unique(np.linspace(0, len(lines) - 1, MOST_LINES).round().astype(int))
    for number in shown:
        share, last = (number + 1) / len(lines), number == shown[-1]
        style = {"alpha": 0.15 + 0.85 * share, "linewidth": 2.2 if last else 0.8}
        _line(left, *lines[number], limits[0], color="black", **style)
    left.set(xlim=limits[0], ylim=limits[1], title="the line after each pass (last: thick)")
    left.set(xlabel=features[0], ylabel=features[1])
    passes = range(1, len(corrections) + 1)
    marker = "o" if len(corrections) <= MOST_DOTS else ""
    right.plot(passes, corrections, color="#0072b2", marker=marker, ms=3, linewidth=0.8)
    right.set(xlabel="pass over the data", ylabel="corrections", title="corrections in each pass")
    right.set_ylim(bottom=0)
    right.xaxis.set_major_locator(MaxNLocator(integer=True))
    return figure


def _with_margin(coordinate):
    margin = 0.1 * np.ptp(coordinate) or 1.0
    return coordinate.min() - margin, coordinate.max() + margin


def _line(ax, w, b, x1_limits, **style):
    """The points where w₁x₁ + w₂x₂ + b = 0; nothing while both weights are zero."""
    w1, w2 = np.ravel(w)
    if w2 != 0:
        x1 = np.array(x1_limits)
        ax.plot(x1, -(w1 * x1 + b) / w2, **style)
    elif w1 != 0:
        ax.axvline(-b / w1, **style)
