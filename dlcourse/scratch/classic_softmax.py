"""Softmax and its loss for examples in rows, as in Keras, and what is left for two classes."""

import numpy as np

from dlcourse.scratch import fused_softmax
from dlcourse.scratch import softmax as columns
from dlcourse.scratch.named_arrays import parameter_array

__all__ = ["cross_entropy", "softmax", "softmax_cross_entropy", "two_classes"]


def softmax(Z):
    """Turn the scores of every row into probabilities: exp(z) divided by the sum of its row.

    Args:
        Z: scores, shape (m, C).

    Returns:
        Array (m, C) of probabilities; every row sums to 1.

    Raises:
        ValueError: there is no class.

    Example:
        >>> softmax(np.array([[5.0, 2.0, -1.0, 3.0]])).round(3).tolist()
        [[0.842, 0.042, 0.002, 0.114]]
    """
    return columns.softmax(Z, axis=1)


def cross_entropy(Y_hat, Y):
    """Loss of every example, minus the logarithm of the probability of its true class.

    Args:
        Y_hat: probabilities, shape (m, C), above 0 where Y is 1.
        Y: one-hot rows, shape (m, C).

    Returns:
        Array (m,).

    Raises:
        ValueError: the shapes differ, Y is not one-hot, or a true class has probability 0.

    Example:
        >>> cross_entropy(np.array([[0.3, 0.2, 0.1, 0.4]]), np.array([[0, 1, 0, 0]])).round(3)
        array([1.609])
    """
    return fused_softmax.cross_entropy(Y_hat, Y, axis=1)


def softmax_cross_entropy(Z, Y):
    """Cost of scores and its gradient, both straight from the scores.

    Args:
        Z: scores, shape (m, C), of any size.
        Y: one-hot rows, shape (m, C).

    Returns:
        (cost, dZ): the mean loss of the examples, and its gradient (ŷ - y) / m, shape (m, C).

    Raises:
        ValueError: the shapes differ, or Y is not one-hot.

    Example:
        >>> cost, dZ = softmax_cross_entropy(np.zeros((1, 2)), np.array([[1, 0]]))
        >>> round(float(cost), 3), dZ.tolist()
        (0.693, [[-0.5, 0.5]])
    """
    losses, cache = fused_softmax.softmax_cross_entropy_forward(Z, Y, axis=1)
    return np.mean(losses), fused_softmax.softmax_cross_entropy_backward(1 / len(losses), cache)


def two_classes(W, b):
    """The neuron that says the same as a softmax of two classes.

    Args:
        W: weights of the scores, shape (n_x, 2).
        b: biases of the scores, shape (2,).

    Returns:
        (w, b): weights (n_x, 1) and a number, such that the sigmoid of x w + b is the probability
        that softmax gives to class 1.

    Raises:
        ValueError: W does not have two columns of numbers, or b is not two numbers.

    Example:
        >>> w, b = two_classes(np.array([[1.0, 4.0]]), np.array([0.5, 0.0]))
        >>> w.tolist(), float(b)
        ([[3.0]], -0.5)
    """
    W, b = parameter_array("W", W, ("n_x", 2)), parameter_array("b", b, (2,))
    return W[:, 1:] - W[:, :1], b[1] - b[0]
