"""Threshold, linear and S-shaped activations, each beside its derivative with respect to z."""

import numpy as np

from dlcourse.scratch.floating import as_float

__all__ = [
    "linear",
    "linear_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "step",
    "step_derivative",
    "tanh",
    "tanh_derivative",
]


def step(z):
    """Fire or not, as in the perceptron: 1 where z >= 0, else 0.

    Args:
        z: real array of any shape.

    Returns:
        Array of the shape of z holding 0 and 1.

    Reference:
        Rosenblatt, "The perceptron: a perceiving and recognizing automaton", 1957.

    Example:
        >>> step(np.array([-2.0, 0.0, 3.0])).tolist()
        [0.0, 1.0, 1.0]
    """
    return np.heaviside(as_float(z), 1.0)


def step_derivative(z):
    """Derivative of the step: 0 (at the jump it does not exist; 0 by convention).

    Args:
        z: real array of any shape.

    Returns:
        Zeros of the shape of z: no gradient, so a step cannot be trained by gradient descent.

    Example:
        >>> step_derivative(np.array([-2.0, 3.0])).tolist()
        [0.0, 0.0]
    """
    return np.zeros_like(as_float(z))


def linear(z):
    """Pass z through unchanged: the output unit of a regression.

    Args:
        z: real array of any shape.

    Returns:
        A copy of z.

    Example:
        >>> linear(np.array([-2.0, 3.0])).tolist()
        [-2.0, 3.0]
    """
    return np.array(as_float(z))


def linear_derivative(z):
    """Derivative of the identity: 1 everywhere.

    Args:
        z: real array of any shape.

    Returns:
        Ones of the shape of z.

    Example:
        >>> linear_derivative(np.array([-2.0, 3.0])).tolist()
        [1.0, 1.0]
    """
    return np.ones_like(as_float(z))


def sigmoid(z):
    """Squash z into (0, 1): 1 / (1 + exp(-z)), the probability of the positive class.

    Args:
        z: real array of any shape.

    Returns:
        Array of the shape of z, in [0, 1] (the ends are reached by rounding only).

    Example:
        >>> sigmoid(np.array([-1e4, 0.0, 1e4])).tolist()
        [0.0, 0.5, 1.0]
    """
    z = as_float(z)
    # exp of a number that is never positive cannot overflow; each sign has its own exact form
    decay = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, decay) / (1.0 + decay)


def sigmoid_derivative(z):
    """Derivative of the sigmoid: s (1 - s), largest at z = 0, where it is 0.25.

    Args:
        z: real array of any shape.

    Returns:
        Array of the shape of z, in [0, 0.25].

    Example:
        >>> sigmoid_derivative(np.array([0.0])).tolist()
        [0.25]
    """
    # 1 - s(z) = s(-z), and this form loses no digits where s is nearly 1
    return sigmoid(z) * sigmoid(-as_float(z))


def tanh(z):
    """Squash z into (-1, 1), centred at 0: the sigmoid rescaled, 2 sigmoid(2z) - 1.

    Args:
        z: real array of any shape.

    Returns:
        Array of the shape of z, in [-1, 1].

    Example:
        >>> tanh(np.array([-1e4, 0.0, 1e4])).tolist()
        [-1.0, 0.0, 1.0]
    """
    return np.tanh(as_float(z))


def tanh_derivative(z):
    """Derivative of tanh: 1 - a² with a = tanh(z), largest at z = 0, where it is 1.

    Args:
        z: real array of any shape.

    Returns:
        Array of the shape of z, in [0, 1].

    Example:
        >>> tanh_derivative(np.array([0.0])).tolist()
        [1.0]
    """
    return 1.0 - tanh(z) ** 2
