"""Euclidean distances between embeddings whose gradients stay finite, also at distance zero."""

import keras
from keras import ops

__all__ = [
    "euclidean_distance",
    "pairwise_distances",
    "pairwise_squared_distances",
    "safe_sqrt",
    "squared_distance",
]


def squared_distance(a, b):
    """Squared Euclidean distance |a - b|² between corresponding rows.

    Args:
        a: float tensor (..., D) of embeddings.
        b: float tensor (..., D), broadcast against a.

    Returns:
        Tensor (...), at least float32: in 16 bits a sum of D squares would soon overflow.

    Raises:
        ValueError: a and b differ in D.

    Example:
        >>> squared_distance(ops.array([[0.0, 3.0]]), ops.array([[4.0, 0.0]])).numpy().tolist()
        [25.0]
    """
    a, b = at_least_float32(a), at_least_float32(b)
    if a.shape[-1] != b.shape[-1]:
        raise ValueError(
            f"b: expected embeddings as long as those of a, {a.shape[-1]}; got {b.shape[-1]}"
        )
    return ops.sum(ops.square(a - b), axis=-1)


def euclidean_distance(a, b):
    """Euclidean distance |a - b| between corresponding rows; its gradient at a = b is zero.

    Args:
        a: float tensor (..., D) of embeddings.
        b: float tensor (..., D), broadcast against a.

    Returns:
        Tensor (...), at least float32.

    Raises:
        ValueError: a and b differ in D.

    Example:
        >>> euclidean_distance(ops.array([[0.0, 3.0]]), ops.array([[4.0, 0.0]])).numpy().tolist()
        [5.0]
    """
    return safe_sqrt(squared_distance(a, b))


def safe_sqrt(x):
    """Square root whose gradient at zero is zero instead of infinite.

    Args:
        x: float tensor of any shape, >= 0.

    Returns:
        Tensor of the shape of x.

    Example:
        >>> safe_sqrt(ops.array([0.0, 4.0])).numpy().tolist()
        [0.0, 2.0]
    """
    positive = x > 0
    # the root must not see the zero at all: 0 · ∞ in the backward pass would be NaN
    return ops.where(positive, ops.sqrt(ops.where(positive, x, ops.ones_like(x))), 0.0)


def pairwise_squared_distances(embeddings):
    """Squared Euclidean distances between all rows, by one matrix product.

    |a - b|² = |a|² - 2 a·b + |b|². The terms are large and their difference small when the
    embeddings lie far from the origin, so all are first moved by the first of them, which changes
    no distance.

    Args:
        embeddings: float tensor (B, D).

    Returns:
        Tensor (B, B), at least float32, >= 0, with zeros on the diagonal.

    Raises:
        ValueError: embeddings are not a matrix.

    Example:
        >>> pairwise_squared_distances(ops.array([[0.0, 3.0], [4.0, 0.0]])).numpy().tolist()
        [[0.0, 25.0], [25.0, 0.0]]
    """
    x = as_embeddings(embeddings)
    x = x - ops.stop_gradient(x[:1])
    squares = ops.sum(ops.square(x), axis=1, keepdims=True)
    # the operator, because ops.matmul works in float32 at most on PyTorch
    total = squares + (ops.transpose(squares) - 2 * (x @ ops.transpose(x)))
    # rounding may leave a tiny negative number, or a tiny distance from an example to itself
    itself = ops.eye(ops.shape(x)[0], dtype="bool")
    return ops.where(ops.logical_or(itself, total < 0), 0.0, total)


def pairwise_distances(embeddings, squared=True):
    """Distances between all rows, squared or not; see `pairwise_squared_distances`.

    Args:
        embeddings: float tensor (B, D).
        squared: whether to leave out the root.

    Returns:
        Tensor (B, B), at least float32, >= 0. The gradient at distance zero is zero.

    Raises:
        ValueError: embeddings are not a matrix.

    Example:
        >>> x = ops.array([[0.0, 3.0], [4.0, 0.0]])
        >>> pairwise_distances(x, squared=False).numpy().tolist()
        [[0.0, 5.0], [5.0, 0.0]]
    """
    distances = pairwise_squared_distances(embeddings)
    return distances if squared else safe_sqrt(distances)


def as_embeddings(embeddings):
    """The batch as a matrix of at least float32, or a ValueError that says what came."""
    x = at_least_float32(embeddings)
    if len(x.shape) != 2:
        raise ValueError(
            "embeddings: expected one row per example, shape (batch, dimensions); got shape "
            f"{tuple(x.shape)}; flatten or pool what the network puts out"
        )
    return x


def at_least_float32(x):
    """The tensor, in float32 if it had 16 bits or whole numbers."""
    x = ops.convert_to_tensor(x)
    keep = keras.backend.standardize_dtype(x.dtype) in ("float32", "float64")
    return x if keep else ops.cast(x, "float32")
