"""Rectifiers: activations that pass a positive z (nearly) unchanged, each beside its derivative.

Their derivative is 1 wherever a unit is active, so a deep stack of them does not shrink the
gradient the way saturating units (sigmoid, tanh) do.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.squashing import sigmoid

__all__ = [
    "elu",
    "elu_derivative",
    "leaky_relu",
    "leaky_relu_derivative",
    "relu",
    "relu_derivative",
    "softplus",
    "softplus_derivative",
]


def relu(z):
    """Rectified linear unit: max(0, z).

    Args:
        z: real array of any shape.

    Returns:
        Array of the shape of z, never negative.

    Reference:
        Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines", 2010.

    Example:
        >>> relu(np.array([-2.0, 0.0, 3.0])).tolist()
        [0.0, 0.0, 3.0]
    """
    return np.maximum(as_float(z), 0.0)


def relu_derivative(z):
    """Derivative of ReLU: 1 where z > 0, else 0 (at the kink 0, the usual convention).

    Args:
        z: real array of any shape.

    Returns:
        Array of the shape of z holding 0 and 1.

    Example:
        >>> relu_derivative(np.array([-2.0, 0.0, 3.0])).tolist()
        [0.0, 0.0, 1.0]
    """
    return np.heaviside(as_float(z), 0.0)


def leaky_relu(z, negative_slope=0.01):
    """ReLU that lets a little through when z is negative, so that no unit can die.

    Args:
        z: real array of any shape.
        negative_slope: slope for z < 0, a number in [0, 1).

    Returns:
        Array of the shape of z: z where z > 0, negative_slope * z elsewhere.

    Reference:
        Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models",
        2013.

    Example:
        >>> leaky_relu(np.array([-2.0, 0.0, 3.0])).tolist()
        [-0.02, 0.0, 3.0]
    """
    z = as_float(z)
    return np.where(z > 0, z, negative_slope * z)


def leaky_relu_derivative(z, negative_slope=0.01):
    """Derivative of leaky ReLU: 1 where z > 0, else negative_slope (also at the kink).

    Args:
        z: real array of any shape.
        negative_slope: slope for z < 0, as given to `leaky_relu`.

    Returns:
        Array of the shape of z holding negative_slope and 1.

    Example:
        >>> leaky_relu_derivative(np.array([-2.0, 3.0])).tolist()
        [0.01, 1.0]
    """
    z = as_float(z)
    return np.where(z > 0, z.dtype.type(1.0), z.dtype.type(negative_slope))


def elu(z, alpha=1.0):
    """Exponential linear unit: z where z > 0, alpha (exp(z) - 1) elsewhere.

    Args:
        z: real array of any shape.
        alpha: how far below zero it can go, a number >= 0.

    Returns:
        Array of the shape of z, never below -alpha.

    Reference:
        Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by
        exponential linear units", 2016.

    Example:
        >>> elu(np.array([-1e4, 0.0, 3.0])).tolist()
        [-1.0, 0.0, 3.0]
    """
    z = as_float(z)
    # where() computes both branches, so the exponential must not see the large positive z
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0.0)))


def elu_derivative(z, alpha=1.0):
    """Derivative of ELU: 1 where z > 0, alpha exp(z) elsewhere.

    Args:
        z: real array of any shape.
        alpha: as given to `elu`; with 1 the derivative has no jump at 0.

    Returns:
        Array of the shape of z, in [0, max(1, alpha)].

    Example:
        >>> elu_derivative(np.array([-1e4, 0.0, 3.0])).tolist()
        [0.0, 1.0, 1.0]
    """
    z = as_float(z)
    return np.where(z > 0, z.dtype.type(1.0), alpha * np.exp(np.minimum(z, 0.0)))


def softplus(z):
    """Smooth ReLU: log(1 + exp(z)).

    Args:
        z: real array of any shape.

    Returns:
        Array of the shape of z, never below max(0, z).

    Reference:
        Dugas et al., "Incorporating second-order functional knowledge for better option
        pricing", 2001.

    Example:
        >>> softplus(np.array([-1e4, 0.0, 1e4])).round(4).tolist()
        [0.0, 0.6931, 10000.0]
    """
    return np.logaddexp(as_float(z), 0.0)


def softplus_derivative(z):
    """Derivative of softplus: the sigmoid.

    Args:
        z: real array of any shape.

    Returns:
        Array of the shape of z, in [0, 1].

    Example:
        >>> softplus_derivative(np.array([0.0])).tolist()
        [0.5]
    """
    return sigmoid(z)
