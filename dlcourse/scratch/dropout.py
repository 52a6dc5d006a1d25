"""Inverted dropout: in training, switch units off at random and scale up those that stay.

Because the survivors are divided by keep_prob at once, the next layer's input keeps its expectation
and prediction needs no change at all: there, simply leave dropout out.
"""

import numpy as np

from dlcourse.scratch.floating import as_float

__all__ = ["dropout_backward", "dropout_forward"]


def dropout_forward(A, keep_prob, rng):
    """Switch off each activation with probability 1 − keep_prob, divide the others by keep_prob.

    Args:
        A: activations, any shape; (n, m) in the course. Every entry has its own coin, so that each
            example loses different units.
        keep_prob: probability that a unit stays, above 0 and at most 1.
        rng: numpy.random.Generator.

    Returns:
        (A_dropped, cache): A_dropped of the shape of A with the expectation A, and
        cache = (D, keep_prob) with D the boolean mask of the units that stay.

    Raises:
        ValueError: keep_prob is out of its range.

    Reference:
        Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, "Dropout", 2014, section 10
        (the scaling at training time).

    Example:
        >>> A_dropped, (D, _) = dropout_forward(np.ones((1, 5)), 0.8, np.random.default_rng(1))
        >>> D.astype(int).tolist(), A_dropped.tolist()
        ([[1, 0, 1, 0, 1]], [[1.25, 0.0, 1.25, 0.0, 1.25]])
    """
    if not 0 < keep_prob <= 1:
        raise ValueError(f"keep_prob: expected a probability above 0, at most 1; got {keep_prob!r}")
    A = as_float(A)
    D = rng.random(A.shape) < keep_prob
    return _apply(A, D, keep_prob), (D, keep_prob)


def dropout_backward(dA_dropped, cache):
    """Send the gradient back through the units that stayed, with the same scaling.

    Args:
        dA_dropped: gradient of the cost with respect to A_dropped, shape of A.
        cache: (D, keep_prob) of `dropout_forward`: the same mask, never a new one.

    Returns:
        dA, gradient of the cost with respect to A, shape of A.

    Raises:
        ValueError: dA_dropped has not the shape of the mask.

    Example:
        >>> dropout_backward(np.array([3.0, 3.0]), (np.array([True, False]), 0.5)).tolist()
        [6.0, 0.0]
    """
    D, keep_prob = cache
    dA_dropped = as_float(dA_dropped)
    if dA_dropped.shape != D.shape:
        raise ValueError(f"dA_dropped: expected the shape of A, {D.shape}; got {dA_dropped.shape}")
    return _apply(dA_dropped, D, keep_prob)


def _apply(array, D, keep_prob):
    # where, not a product: 0 · infinity would be NaN
    return np.where(D, array, array.dtype.type(0)) / array.dtype.type(keep_prob)
