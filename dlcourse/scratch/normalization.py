"""Input normalisation: every feature to mean 0 and standard deviation 1.

Mean and spread come from the training set alone, and the same two are used for dev and test: the
three must go through one transformation, and nothing may be learnt from the data that judge.
"""

import numpy as np

from dlcourse.scratch.floating import as_float

__all__ = ["denormalize", "fit_normalizer", "normalize"]


def fit_normalizer(X_train):
    """Learn mean and standard deviation of every feature from the training set.

    Args:
        X_train: training examples as columns, shape (n_x, m) with m of at least 1, finite.

    Returns:
        (mu, sigma), both of shape (n_x, 1). A feature that never changes gets sigma 1, so that it
        becomes 0 and not NaN.

    Raises:
        ValueError: X_train is not a matrix with at least one column, or not finite.

    Reference:
        LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998, section 4.3.

    Example:
        >>> mu, sigma = fit_normalizer(np.array([[1.0, 3.0], [5.0, 5.0]]))
        >>> mu.tolist(), sigma.tolist()
        ([[2.0], [5.0]], [[1.0], [1.0]])
    """
    X_train = as_float(X_train)
    if X_train.ndim != 2 or X_train.shape[1] == 0:
        raise ValueError(
            f"X_train: expected a matrix (n_x, m) with at least one example; got {X_train.shape}"
        )
    if not np.all(np.isfinite(X_train)):
        raise ValueError("X_train: expected finite numbers; got NaN or infinity")
    mu = np.mean(X_train, axis=1, keepdims=True)
    sigma = np.std(X_train, axis=1, keepdims=True)
    # rounding can leave the spread of equal numbers just above 0
    constant = np.ptp(X_train, axis=1, keepdims=True) == 0
    return mu, np.where(constant | (sigma == 0), X_train.dtype.type(1), sigma)


def normalize(X, mu, sigma):
    """Shift and scale every feature by what was learnt from the training set.

    Args:
        X: examples of any set as columns, shape (n_x, m).
        mu: means, shape (n_x, 1).
        sigma: standard deviations, shape (n_x, 1), above 0.

    Returns:
        (X − mu) / sigma, shape (n_x, m): divided by σ, not by σ².

    Raises:
        ValueError: the shapes do not fit together, or sigma is not above 0.

    Example:
        >>> normalize(np.array([[1.0, 4.0]]), np.array([[2.0]]), np.array([[0.5]])).tolist()
        [[-2.0, 4.0]]
    """
    X, mu, sigma = _checked("X", X, mu, sigma)
    return (X - mu) / sigma


def denormalize(X_normalized, mu, sigma):
    """Undo `normalize`.

    Args:
        X_normalized: normalised examples as columns, shape (n_x, m).
        mu: means, shape (n_x, 1).
        sigma: standard deviations, shape (n_x, 1), above 0.

    Returns:
        Examples in their own units, shape (n_x, m).

    Raises:
        ValueError: the shapes do not fit together, or sigma is not above 0.

    Example:
        >>> denormalize(np.array([[-2.0, 4.0]]), np.array([[2.0]]), np.array([[0.5]])).tolist()
        [[1.0, 4.0]]
    """
    X, mu, sigma = _checked("X_normalized", X_normalized, mu, sigma)
    return X * sigma + mu


def _checked(name, X, mu, sigma):
    X, mu, sigma = as_float(X), as_float(mu), as_float(sigma)
    if X.ndim != 2:
        raise ValueError(
            f"{name}: expected a matrix (n_x, m), an example per column; got {X.shape}"
        )
    for statistic, column in (("mu", mu), ("sigma", sigma)):
        # a rank-1 array would broadcast along the examples
        if column.shape != (len(X), 1):
            raise ValueError(
                f"{statistic}: expected a column {(len(X), 1)}, a row for each feature; "
                f"got {column.shape}"
            )
    if not np.all(sigma > 0):
        raise ValueError(f"sigma: expected numbers above 0; got {sigma.min()}")
    return X, mu, sigma
