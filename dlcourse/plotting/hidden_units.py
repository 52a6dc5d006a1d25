"""Pictures of what hidden units compute: activation functions and the values that they take."""

import numpy as np
from matplotlib import pyplot as plt

from dlcourse.plotting.elementwise import activation_curves

__all__ = ["activation_histograms", "values_and_slopes"]


def values_and_slopes(activations, reach=4.0, columns=4):
    """Draw activation functions, each with its derivative.

    Args:
        activations: dictionary from a name to a function that takes z, shape (k,), and returns
            the values and the slopes, both (k,).
        reach: z runs from -reach to reach.
        columns: pictures in a row.

    Returns:
        The Figure.
    """
    columns = min(columns, len(activations))
    rows = -(-len(activations) // columns)
    figure, axes = plt.subplots(
        rows, columns, figsize=(3 * columns, 2.5 * rows), squeeze=False, layout="constrained"
    )
    z = np.linspace(-reach, reach, 401)
    for (name, function), ax in zip(activations.items(), axes.flat, strict=False):
        a, slope = function(z)
        activation_curves(z, {"value": a, "slope": slope}, ax)
        ax.set(title=name, ylim=(-1.6, 2.6))
    for ax in axes.flat[len(activations) :]:
        ax.remove()
    return figure


def activation_histograms(layers, bins=40):
    """Show how the activations of a tanh layer spread over [-1, 1].

    Args:
        layers: dictionary from a title to activations of any shape, in [-1, 1].
        bins: number of bars.

    Returns:
        The Figure: one histogram per entry, with a common height axis.
    """
    figure, axes = plt.subplots(
        1, len(layers), figsize=(3.2 * len(layers), 2.8), squeeze=False, sharey=True,
        layout="constrained",
    )  # fmt: skip
    for (title, A), ax in zip(layers.items(), axes.flat, strict=True):
        values = np.ravel(A)
        share = np.full(values.size, 1 / values.size)
        ax.hist(values, bins=bins, range=(-1, 1), weights=share, color="#0072b2")
        ax.set(title=title, xlabel="activation $a$")
    axes[0, 0].set_ylabel("share of activations")
    return figure
