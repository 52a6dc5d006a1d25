"""Mini-batches: many small steps per pass over the data instead of one large one.

A batch as large as the data is batch gradient descent, a batch of one is stochastic gradient
descent; in between a step is cheap and matrix products still pay.
"""

import numpy as np

from dlcourse.scratch.ranges import whole_number

__all__ = ["mini_batch_slices", "random_mini_batches"]


def mini_batch_slices(m, batch_size):
    """Cut m examples, in their order, into batches; the last one is short where m does not divide.

    Args:
        m: number of examples, at least 1.
        batch_size: examples per batch, at least 1.

    Returns:
        list of slices that cover range(m) once, all of batch_size but perhaps the last.

    Raises:
        ValueError: m or batch_size is not a whole number of at least 1.

    Example:
        >>> mini_batch_slices(5, 2)
        [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    m, batch_size = whole_number("m", m, 1), whole_number("batch_size", batch_size, 1)
    return [slice(k, min(k + batch_size, m)) for k in range(0, m, batch_size)]


def random_mini_batches(X, Y, batch_size, rng):
    """Shuffle the examples, each still with its label, and cut them into mini-batches.

    Call it again in every epoch: a new order makes every epoch's steps new.

    Args:
        X: examples as columns, shape (n_x, m), m at least 1.
        Y: labels as columns, shape (1, m) or (C, m).
        batch_size: examples per batch, at least 1: m gives batch, 1 stochastic gradient descent.
        rng: numpy Generator that the order is drawn from.

    Returns:
        list of pairs (X_batch, Y_batch), shapes (n_x, batch_size) and (1 or C, batch_size); the
        last pair has the m mod batch_size columns that are left, where that is not 0.

    Raises:
        ValueError: X or Y is no matrix, they differ in their number of examples, there is none,
            or batch_size is not a whole number of at least 1.

    Example:
        >>> X, Y = np.array([[1, 2, 3, 4, 5]]), np.array([[10, 20, 30, 40, 50]])
        >>> batches = random_mini_batches(X, Y, 2, np.random.default_rng(0))
        >>> [X_batch.shape for X_batch, _ in batches]
        [(1, 2), (1, 2), (1, 1)]
        >>> all((Y_batch == 10 * X_batch).all() for X_batch, Y_batch in batches)
        True
    """
    X, Y = np.asarray(X), np.asarray(Y)
    _check_columns(X, Y)
    slices = mini_batch_slices(X.shape[1], batch_size)
    # one order for both, or every example would get the label of another
    order = rng.permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    return [(X[:, part], Y[:, part]) for part in slices]


def _check_columns(X, Y):
    if X.ndim != 2 or X.shape[1] == 0:
        raise ValueError(f"X: expected (n_x, m), one column or more; got shape {X.shape}")
    if Y.ndim != 2 or Y.shape[1] != X.shape[1]:
        raise ValueError(
            f"Y: expected (1 or C, {X.shape[1]}), a column per example of X; got shape {Y.shape}"
        )
