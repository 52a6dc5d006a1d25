"""Activations that return their value and their derivative together, sharing the work of both.

The forward pass needs the value and the backward pass the slope, and the slope is nearly free once
the value is known: 1 - a² for tanh, a + alpha for the left half of ELU.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.softmax import hardmax, softmax
from dlcourse.scratch.squashing import sigmoid

__all__ = [
    "elu_and_slope",
    "leaky_relu_and_slope",
    "softmax_and_hardmax",
    "softplus_and_slope",
    "tanh_and_slope",
]


def tanh_and_slope(z):
    """Hyperbolic tangent as a rescaled sigmoid, and its derivative 1 - a².

    Args:
        z: real array of any shape.

    Returns:
        a = 2 sigmoid(2z) - 1 and its derivative, both shaped like z.

    Example:
        >>> a, slope = tanh_and_slope(np.array([0.0, 1e4]))
        >>> a.tolist(), slope.tolist()
        ([0.0, 1.0], [1.0, 0.0])
    """
    a = 2.0 * sigmoid(2.0 * as_float(z)) - 1.0
    return a, 1.0 - a**2


def leaky_relu_and_slope(z, negative_slope=0.01):
    """Leaky ReLU and its derivative; with a negative slope of 0 it is ReLU itself.

    Args:
        z: real array of any shape.
        negative_slope: slope where z is not positive, a number in [0, 1).

    Returns:
        Value and derivative, both shaped like z; at z = 0 the derivative is negative_slope.

    Example:
        >>> a, slope = leaky_relu_and_slope(np.array([-2.0, 3.0]))
        >>> a.tolist(), slope.tolist()
        ([-0.02, 3.0], [0.01, 1.0])
    """
    z = as_float(z)
    slope = np.where(z > 0, z.dtype.type(1.0), z.dtype.type(negative_slope))
    return slope * z, slope


def elu_and_slope(z, alpha=1.0):
    """Exponential linear unit and its derivative.

    Args:
        z: real array of any shape.
        alpha: how far below zero it can go, a number >= 0.

    Returns:
        Value (z, or alpha (exp(z) - 1) where z <= 0) and derivative, both shaped like z.

    Example:
        >>> a, slope = elu_and_slope(np.array([-1e4, 3.0]))
        >>> a.tolist(), slope.tolist()
        ([-1.0, 3.0], [0.0, 1.0])
    """
    z = as_float(z)
    below = alpha * np.expm1(np.minimum(z, 0.0))
    return np.where(z > 0, z, below), np.where(z > 0, z.dtype.type(1.0), below + alpha)


def softplus_and_slope(z):
    """Softplus log(1 + exp(z)) and its derivative, the sigmoid.

    Args:
        z: real array of any shape.

    Returns:
        Value and derivative, both shaped like z and finite for any finite z.

    Example:
        >>> a, slope = softplus_and_slope(np.array([0.0, 1e4]))
        >>> a.round(4).tolist(), slope.tolist()
        ([0.6931, 10000.0], [0.5, 1.0])
    """
    z = as_float(z)
    return np.logaddexp(z, 0.0), sigmoid(z)


def softmax_and_hardmax(Z):
    """The smooth and the abrupt choice among the scores of every column.

    Args:
        Z: scores, shape (classes, m).

    Returns:
        Probabilities exp(Z) / sum(exp(Z)) per column, and a 1 at the largest score of each column
        (of equal ones, the first) with 0 elsewhere; both float arrays (classes, m).

    Example:
        >>> soft, hard = softmax_and_hardmax(np.array([[5.0], [2.0], [-1.0], [3.0]]))
        >>> soft.round(3).ravel().tolist(), hard.ravel().tolist()
        ([0.842, 0.042, 0.002, 0.114], [1.0, 0.0, 0.0, 0.0])
    """
    return softmax(Z), hardmax(Z)
