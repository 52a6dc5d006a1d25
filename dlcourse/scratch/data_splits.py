"""Train, dev and test: three sets from one distribution, the smaller two just large enough.

Train fits the parameters, dev chooses between models, test measures the chosen one once. A dev set
has to be large enough to tell two models apart, which asks for a number of examples, not a share.
"""

import numpy as np

__all__ = ["split_examples", "split_sizes"]

ENOUGH = 2_000  # examples; an error rate measured on so many is good to about one per cent


def split_sizes(m):
    """Decide how many examples go to train, dev and test.

    Args:
        m: number of examples, 3 or more.

    Returns:
        Tuple of integers (train, dev, test) that sum to m. Dev and test get a fifth each, but no
        more than 2000, or a hundredth where that is more: 60/20/20 % of a thousand, 98/1/1 % of a
        million.

    Raises:
        ValueError: m is below 3.

    Example:
        >>> split_sizes(1_000), split_sizes(100_000), split_sizes(1_000_000)
        ((600, 200, 200), (96000, 2000, 2000), (980000, 10000, 10000))
    """
    if m < 3:
        raise ValueError(f"m: expected at least 3 examples, one for each set; got {m!r}")
    held_out = max(1, min(m // 5, ENOUGH), m // 100)
    return m - 2 * held_out, held_out, held_out


def split_examples(X, Y, sizes, rng):
    """Shuffle examples and labels together and deal them out.

    Args:
        X: examples as columns, shape (n_x, m).
        Y: labels as columns, shape (n_y, m).
        sizes: number of examples of each set, such as `split_sizes` gives; together m.
        rng: numpy.random.Generator.

    Returns:
        List of one pair (X, Y) for each size, copies; every example is in exactly one.

    Raises:
        ValueError: X or Y is not a matrix, they differ in their number of examples, or the sizes
            are negative or do not sum to it.

    Example:
        >>> X = np.arange(5.0).reshape(1, 5)
        >>> train, dev, test = split_examples(X, 10 * X, (3, 1, 1), np.random.default_rng(0))
        >>> train[0].shape, dev[0].shape, bool((train[1] == 10 * train[0]).all())
        ((1, 3), (1, 1), True)
    """
    _check(X, Y, sizes)
    order = rng.permutation(X.shape[1])
    # without the last boundary, which is the end of the data
    return [(X[:, part], Y[:, part]) for part in np.split(order, np.cumsum(sizes)[:-1])]


def _check(X, Y, sizes):
    if X.ndim != 2 or Y.ndim != 2:
        raise ValueError(
            f"X, Y: expected two matrices, an example per column; got shapes {X.shape}, {Y.shape}"
        )
    if X.shape[1] != Y.shape[1]:
        raise ValueError(f"Y: expected one column per example of X, {X.shape[1]}; got {Y.shape[1]}")
    if min(sizes, default=-1) < 0 or sum(sizes) != X.shape[1]:
        raise ValueError(
            f"sizes: expected sizes of 0 or more that sum to {X.shape[1]}; got {sizes!r}"
        )
