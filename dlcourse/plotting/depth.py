"""What a hidden layer does to XOR, and how wide parity makes a single one."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.ticker import MaxNLocator

from dlcourse.plotting.boundary import COLORS, MARKERS

__all__ = ["parity_growth", "xor_layers"]

BITS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])


def xor_layers(network, steps=150):
    """Show XOR as the input layer sees it, and as the output unit sees it.

    Args:
        network: function from inputs (2, m) to a tuple (H, Y): hidden units (2, m) and output
            (1, m).
        steps: points of the coloured grid in each direction.

    Returns:
        The Figure: on the left the plane of the inputs, coloured by the output; on the right the
        plane of the hidden units, where one line is enough (drawn if there is one).
    """
    H, Y = network(BITS)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    x = np.linspace(-0.5, 1.5, steps)
    _, output = network(np.array(np.meshgrid(x, x)).reshape(2, -1))
    left.contourf(x, x, np.reshape(output, (steps, steps)), levels=[-0.5, 0.5, 1.5],
                  colors=COLORS, alpha=0.2)  # fmt: skip
    _bits(left, BITS, Y)
    left.set(xlabel="$x_1$", ylabel="$x_2$", title="the inputs: no single line separates them")
    _bits(right, H, Y)
    _separating_line(right, H, Y)
    right.set(xlabel="$h_1$", ylabel="$h_2$", title="the hidden units: now one line does")
    right.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5))
    for ax in (left, right):
        ax.set(xticks=(0, 1), yticks=(0, 1))
    right.legend(loc="upper left", fontsize=8)
    return figure


def _bits(ax, places, Y):
    for label in (0, 1):
        chosen = np.ravel(Y) == label
        ax.scatter(*places[:, chosen], s=90, c=COLORS[label], marker=MARKERS[label],
                   label=f"XOR = {label}", zorder=2)  # fmt: skip
    # two inputs may lie on one point of the hidden plane: one note names them both
    notes = {}
    for bits, place in zip(BITS.T.astype(int), places.T, strict=True):
        notes.setdefault(tuple(place.tolist()), []).append("".join(map(str, bits)))
    for place, names in notes.items():
        ax.annotate(", ".join(names), place, xytext=(8, 8), textcoords="offset points")


def _separating_line(ax, H, Y):
    """The line halfway between both labels in the least-squares sense, if it separates them."""
    inputs = np.column_stack([np.transpose(H), np.ones(H.shape[1])])
    (w1, w2, b), *_ = np.linalg.lstsq(inputs, np.ravel(Y) - 0.5, rcond=None)
    separates = np.array_equal(inputs @ (w1, w2, b) > 0, np.ravel(Y) > 0.5)
    if not separates or (w1, w2) == (0, 0):
        return
    nearest = -b * np.array([w1, w2]) / (w1**2 + w2**2)  # to the origin
    ax.axline(nearest, nearest + (-w2, w1), color="black", linestyle="--", label="one line")


def parity_growth(n, deep, shallow, ax=None):
    """Number of units that parity takes, deep and shallow, on a logarithmic axis.

    Args:
        n: numbers of bits.
        deep: units of the tree for each n.
        shallow: units of the network with one hidden layer for each n.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(6, 3.5), layout="constrained")
    ax.plot(n, shallow, color=COLORS[1], marker=MARKERS[1], label="one hidden layer: $2^{n-1}+1$")
    ax.plot(n, deep, color=COLORS[0], marker=MARKERS[0], label="tree of XORs: $3(n-1)$")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set(yscale="log", xlabel="number of bits n", ylabel="units (logarithmic)")
    ax.legend(fontsize=8)
    return ax
