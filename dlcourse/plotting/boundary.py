"""Two classes in the plane: the points, and where a model draws the border between them."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["decision_boundary", "hidden_lines", "hidden_size_study", "planar_points"]

# blue and vermilion of Okabe and Ito, told apart in every kind of colour blindness; the marker
# says the same once more for a print without colours
COLORS = ("#0072b2", "#d55e00")
MARKERS = ("o", "^")
MARGIN = 0.08  # share of the range of the points that stays free around them


def planar_points(X, Y, ax=None, classes=("class 0", "class 1")):
    """Show labelled points of the plane.

    Args:
        X: coordinates, shape (2, m).
        Y: classes, shape (1, m), each 0 or 1.
        ax: matplotlib Axes to draw on; a new figure where None.
        classes: what the two classes are called in the legend.

    Returns:
        The Axes.

    Raises:
        ValueError: X does not have two rows.
    """
    if X.shape[0] != 2:
        raise ValueError(f"X: expected the two coordinates of m points, (2, m); got {X.shape}")
    if ax is None:
        _, ax = plt.subplots(figsize=(5, 4.5))
    for label, name in enumerate(classes):
        x1, x2 = X[:, np.ravel(Y) == label]
        ax.scatter(
            x1, x2, s=18, c=COLORS[label], marker=MARKERS[label], edgecolor="white",
            linewidth=0.4, label=name, zorder=2,
        )  # fmt: skip
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    ax.legend(loc="best", fontsize=8)
    return ax


def decision_boundary(predict, X, Y, ax=None, title=None, steps=200):
    """Colour the plane by what a model says everywhere, with the labelled points on top.

    Args:
        predict: function from points (2, k) to classes or probabilities of class 1, (1, k).
        X: coordinates, shape (2, m).
        Y: classes, shape (1, m), each 0 or 1.
        ax: matplotlib Axes to draw on; a new figure where None.
        title: text above the picture.
        steps: points of the grid in each direction.

    Returns:
        The Axes; the black line is where the prediction crosses one half.
    """
    ax = planar_points(X, Y, ax)
    x1, x2 = (np.linspace(*limits, steps) for limits in _limits(X))
    grid = np.array(np.meshgrid(x1, x2))
    prediction = np.reshape(predict(grid.reshape(2, -1)), grid.shape[1:])
    ax.contourf(x1, x2, prediction, levels=[-0.1, 0.5, 1.1], colors=COLORS, alpha=0.2, zorder=0)
    if prediction.min() <= 0.5 < prediction.max():
        ax.contour(x1, x2, prediction, levels=[0.5], colors="black", linewidths=1, zorder=1)
    ax.set_title(title or "")
    return ax


def hidden_size_study(models, X, Y, columns=3):
    """Put the borders of several models side by side, with the share of points each gets right.

    Args:
        models: dictionary from the number of hidden units to a predict function, see
            `decision_boundary`.
        X: coordinates, shape (2, m).
        Y: classes, shape (1, m), each 0 or 1.
        columns: pictures in a row.

    Returns:
        The Figure.
    """
    columns = min(columns, len(models))
    rows = -(-len(models) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(4 * columns, 3.6 * rows), squeeze=False, layout="constrained"
    )
    for (n_h, predict), ax in zip(models.items(), axes.flat, strict=False):
        accuracy = np.mean((predict(X) > 0.5) == (Y > 0.5))
        units = "hidden unit" if n_h == 1 else "hidden units"
        decision_boundary(predict, X, Y, ax, f"{n_h} {units}: {accuracy:.0%} right", steps=120)
    for ax in axes.flat[len(models) :]:
        ax.remove()
    return figure


def hidden_lines(W1, b1, X, Y, ax=None):
    """Draw where each hidden unit changes its sign: the line w·x + b = 0 that it contributes.

    Args:
        W1: weights of the hidden layer, shape (n_h, 2).
        b1: its biases, shape (n_h, 1).
        X: coordinates, shape (2, m).
        Y: classes, shape (1, m), each 0 or 1.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes, with one line per unit whose weights are not all zero; its arrow, which
        bears the number of the unit, points to where that unit is positive.
    """
    ax = planar_points(X, Y, ax)
    limits = _limits(X)
    centre, reach = np.mean(limits, axis=1), np.ptp(limits)
    for unit, (w, b) in enumerate(zip(W1, np.ravel(b1), strict=True), start=1):
        length = np.linalg.norm(w)
        if length == 0:  # the unit says the same everywhere: there is no line
            continue
        normal = w / length
        along = np.array([-normal[1], normal[0]])
        foot = centre - (normal @ centre + b / length) * normal  # its point nearest to the centre
        ax.axline(foot, foot + along, color="black", linewidth=1.2)
        # off the foot, because lines through one point would pile their arrows up there
        start = foot + 0.25 * reach * along
        ax.annotate(
            f"{unit}", start, start + 0.12 * reach * normal,
            ha="center", va="center", zorder=4,
            bbox={"boxstyle": "circle,pad=0.15", "facecolor": "white", "linewidth": 0.6},
            arrowprops={"arrowstyle": "<-", "shrinkB": 0},
        )  # fmt: skip
    ax.set(xlim=limits[0], ylim=limits[1])
    return ax


def _limits(X):
    low, high = X.min(axis=1), X.max(axis=1)
    space = MARGIN * np.maximum(high - low, 1e-9)
    return np.stack([low - space, high + space], axis=1)
