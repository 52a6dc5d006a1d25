"""The exercise of the first notebook: two statistics of every feature."""

__all__ = ["mean_and_spread"]


def mean_and_spread(X):
    """Mean and standard deviation of every feature over the examples.

    Args:
        X: examples in columns, (n_x, m).

    Returns:
        Tuple (mean, spread), both (n_x, 1): the average of each row and the root of the average
        squared distance from it (divided by m, not m - 1).

    Example:
        >>> import numpy as np
        >>> mean, spread = mean_and_spread(np.array([[1.0, 3.0], [5.0, 5.0]]))
        >>> mean.tolist(), spread.tolist()
        ([[2.0], [5.0]], [[1.0], [0.0]])
    """
    # keepdims leaves a column, which broadcasts against X as in (X - mean) / spread
    return X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)
