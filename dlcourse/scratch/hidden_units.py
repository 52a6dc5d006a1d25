"""Questions to a hidden layer: do its units differ, can they still learn, do they matter?"""

import numpy as np

from dlcourse.scratch.named_arrays import parameter_arrays

__all__ = ["compose_linear", "fraction_saturated", "hidden_unit_spread"]

# letters stand for sizes that have to agree
_HIDDEN = {"W1": ("n_h", "n_x"), "b1": ("n_h", 1), "W2": ("n_y", "n_h")}


def compose_linear(W1, b1, W2, b2):
    """The one linear layer that two linear layers without an activation between them amount to.

    Args:
        W1: weights of the first layer, shape (n_h, n_x).
        b1: its biases, shape (n_h, 1).
        W2: weights of the second layer, shape (n_y, n_h).
        b2: its biases, shape (n_y, 1).

    Returns:
        W, shape (n_y, n_x), and b, shape (n_y, 1), with W x + b = W2 (W1 x + b1) + b2 for every x.

    Raises:
        ValueError: the layers do not fit together, or one of the arrays holds NaN.

    Example:
        >>> two, one = np.array([[2.0]]), np.array([[1.0]])
        >>> W, b = compose_linear(two, one, two, one)
        >>> W.item(), b.item()
        (4.0, 3.0)
    """
    layers = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    W1, b1, W2, b2 = parameter_arrays(layers, {**_HIDDEN, "b2": ("n_y", 1)}).values()
    return W2 @ W1, W2 @ b1 + b2


def hidden_unit_spread(parameters):
    """How much the hidden units differ: 0.0 when all of them compute the same thing.

    A hidden unit is its weights in (a row of W1), its bias and its weights out (a column of W2).

    Args:
        parameters: dictionary with "W1" (n_h, n_x), "b1" (n_h, 1) and "W2" (n_y, n_h).

    Returns:
        The largest difference between two hidden units in any one of these numbers, a float >= 0.

    Raises:
        ValueError: an array is missing, does not fit the others, or holds NaN.

    Example:
        >>> hidden_unit_spread({"W1": np.array([[1.0, 2.0], [1.0, 5.0]]),
        ...                     "b1": np.zeros((2, 1)), "W2": np.ones((1, 2))})
        3.0
    """
    W1, b1, W2 = parameter_arrays(parameters, _HIDDEN).values()
    units = np.hstack([W1, b1, W2.T])
    return float(np.max(np.ptp(units, axis=0)))


def fraction_saturated(A, limit=0.99):
    """Share of tanh activations so near to -1 or 1 that hardly any gradient passes.

    Args:
        A: activations of a tanh layer, any non-empty shape, in [-1, 1].
        limit: an activation counts as saturated when its size is above this, in (0, 1).

    Returns:
        A float in [0, 1]. Above the default limit the derivative 1 - a² is less than 0.02.

    Example:
        >>> fraction_saturated(np.array([[-1.0, 0.5, 0.999, 0.0]]))
        0.5
    """
    if np.size(A) == 0:
        raise ValueError(f"A: expected at least one activation; got shape {np.shape(A)}")
    return float(np.mean(np.abs(A) > limit))
