"""What a probability costs when the label is known: likelihood, its logarithm, squared error."""

import numpy as np

__all__ = [
    "bernoulli_likelihood",
    "compute_cost",
    "negative_log_likelihood",
    "squared_error_cost",
]


def bernoulli_likelihood(A, Y):
    """Probability of observing the labels Y, if A holds the right probabilities.

    Args:
        A: probabilities of a one, shape (1, m), in [0, 1].
        Y: labels, shape (1, m), each 0 or 1.

    Returns:
        Product of a^y (1-a)^(1-y) over the examples, a float in [0, 1].

    Raises:
        ValueError: A and Y differ in shape, or hold no example.

    Example:
        >>> bernoulli_likelihood(np.array([[0.5, 0.25]]), np.array([[1, 0]]))
        0.375
    """
    _check_probabilities(A, Y)
    return float(np.prod(A**Y * (1 - A) ** (1 - Y)))


def negative_log_likelihood(A, Y):
    """Minus the logarithm of the Bernoulli likelihood: a sum, which does not underflow.

    An example that is certain and right (a = y) costs nothing, and one that is certain and
    wrong costs infinity; neither makes a NaN.

    Args:
        A: probabilities of a one, shape (1, m), in [0, 1].
        Y: labels, shape (1, m), each in [0, 1].

    Returns:
        Minus the sum of y log a + (1-y) log(1-a), a float, not negative.

    Raises:
        ValueError: A and Y differ in shape, or hold no example.

    Example:
        >>> round(negative_log_likelihood(np.array([[0.5, 1.0]]), np.array([[1, 1]])), 4)
        0.6931
    """
    _check_probabilities(A, Y)
    with np.errstate(divide="ignore"):  # log 0 is minus infinity, and meant here
        # a factor of zero must win over an infinite logarithm, so the logarithm becomes log 1
        ones = Y * np.log(np.where(Y > 0, A, 1.0))
        zeros = (1 - Y) * np.log(np.where(Y < 1, 1 - A, 1.0))
    return float(-np.sum(ones + zeros) + 0.0)


def compute_cost(A, Y):
    """Cross-entropy cost: the negative log-likelihood per example.

    Args:
        A: probabilities of a one, shape (1, m), in [0, 1].
        Y: labels, shape (1, m), each in [0, 1].

    Returns:
        -1/m of the sum of y log a + (1-y) log(1-a), a float, not negative.

    Raises:
        ValueError: A and Y differ in shape, or hold no example.

    Example:
        >>> round(compute_cost(np.array([[0.5, 0.5]]), np.array([[1, 0]])), 4)
        0.6931
    """
    return negative_log_likelihood(A, Y) / np.size(Y)


def squared_error_cost(A, Y):
    """Mean squared error of probabilities: behind a sigmoid it is not convex in w and b.

    Args:
        A: probabilities of a one, shape (1, m), in [0, 1].
        Y: labels, shape (1, m), each in [0, 1].

    Returns:
        Mean of (a - y)^2 as a float in [0, 1].

    Raises:
        ValueError: A and Y differ in shape, or hold no example.

    Example:
        >>> squared_error_cost(np.array([[0.5, 1.0]]), np.array([[1, 1]]))
        0.125
    """
    _check_probabilities(A, Y)
    return float(np.mean((A - Y) ** 2))


def _check_probabilities(A, Y):
    # (1, m) against (m, 1) would broadcast to all pairs without an error
    if np.shape(A) != np.shape(Y):
        raise ValueError(f"A: expected the shape of Y, {np.shape(Y)}, received {np.shape(A)}")
    if np.size(Y) == 0:
        raise ValueError(f"Y: expected at least one label, received shape {np.shape(Y)}")
