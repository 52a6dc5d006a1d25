"""NumPy for deep learning: whole-array operations beside the loops that they replace."""

import numpy as np

__all__ = [
    "as_column",
    "basic_sigmoid",
    "broadcast_shape",
    "dot",
    "dot_loops",
    "image2vector",
    "l1",
    "l2",
    "multiply_loops",
    "normalize_rows",
    "outer",
    "outer_loops",
    "percent_of_total",
]


def basic_sigmoid(x):
    """Sigmoid of a single number: what a neuron computes before there are any arrays.

    Args:
        x: a number, above about -709 (e to the power -x must fit into a float).

    Returns:
        1 / (1 + e^-x) as a float in (0, 1).

    Example:
        >>> basic_sigmoid(0)
        0.5
    """
    return 1.0 / (1.0 + float(np.exp(-x)))


def dot_loops(a, b):
    """Inner product of two vectors, one multiplication at a time.

    Args:
        a: numbers, shape (n,), (n, 1) or (1, n).
        b: as many numbers as in a.

    Returns:
        Sum of a_i * b_i as a float.

    Example:
        >>> dot_loops([1, 2, 3], [4, 5, 6])
        32.0
    """
    a, b = _same_length(a, b)
    total = 0.0
    for i in range(len(a)):
        total += float(a[i]) * float(b[i])
    return total


def dot(a, b):
    """Inner product of two vectors as one array operation; same contract as dot_loops.

    Args:
        a: numbers, shape (n,), (n, 1) or (1, n).
        b: as many numbers as in a.

    Returns:
        Sum of a_i * b_i as a float.

    Example:
        >>> dot(np.array([[1.0], [2.0]]), np.array([[3.0], [4.0]]))
        11.0
    """
    a, b = _same_length(a, b)
    return float(np.dot(a, b))


def multiply_loops(a, b):
    """Elementwise product of two matrices with a loop over rows and one over columns.

    Args:
        a: shape (n, m).
        b: shape (n, m).

    Returns:
        Array (n, m) of a_ij * b_ij; what `a * b` computes at once.

    Example:
        >>> multiply_loops(np.array([[1.0, 2.0]]), np.array([[3.0, 4.0]]))
        array([[3., 8.]])
    """
    product = np.zeros(np.shape(a))
    for i in range(product.shape[0]):
        for j in range(product.shape[1]):
            product[i, j] = a[i][j] * b[i][j]
    return product


def outer_loops(a, b):
    """All products of an element of a with an element of b, with two loops.

    Args:
        a: numbers, shape (n,) or (n, 1).
        b: numbers, shape (k,) or (1, k).

    Returns:
        Array (n, k) with a_i * b_j at row i, column j.

    Example:
        >>> outer_loops([1, 2], [10, 20, 30])
        array([[10., 20., 30.],
               [20., 40., 60.]])
    """
    a, b = np.ravel(a), np.ravel(b)
    product = np.zeros((a.size, b.size))
    for i in range(a.size):
        for j in range(b.size):
            product[i, j] = a[i] * b[j]
    return product


def outer(a, b):
    """All products of an element of a with an element of b: a column times a row.

    Args:
        a: numbers, shape (n,) or (n, 1).
        b: numbers, shape (k,) or (1, k).

    Returns:
        Array (n, k) with a_i * b_j at row i, column j.

    Example:
        >>> outer(np.array([1.0, 2.0]), np.array([10.0, 20.0, 30.0]))
        array([[10., 20., 30.],
               [20., 40., 60.]])
    """
    return as_column(a) * as_column(b).T


def image2vector(image):
    """Unroll an image into one column, row after row, channels innermost.

    Args:
        image: array of any shape, e.g. (height, width, channels).

    Returns:
        Array (height * width * channels, 1).

    Example:
        >>> image2vector(np.zeros((8, 8, 3))).shape
        (192, 1)
    """
    return np.reshape(image, (-1, 1))


def normalize_rows(x):
    """Divide every row by its Euclidean length, so that each row has length one.

    Args:
        x: shape (n, m), no row all zero.

    Returns:
        Array (n, m) whose rows have length one.

    Example:
        >>> normalize_rows(np.array([[3.0, 4.0], [0.0, 2.0]]))
        array([[0.6, 0.8],
               [0. , 1. ]])
    """
    return x / np.linalg.norm(x, axis=1, keepdims=True)


def percent_of_total(table):
    """Share of every entry in the sum of its column, in percent.

    Args:
        table: shape (n, m), columns with a sum other than zero.

    Returns:
        Array (n, m) whose columns sum to 100.

    Example:
        >>> calories = np.array([[56, 0, 4.4, 68], [1.2, 104, 52, 8], [1.8, 135, 99, 0.9]])
        >>> float(percent_of_total(calories)[0, 0].round(1))
        94.9
    """
    return 100 * table / np.sum(table, axis=0, keepdims=True)


def l1(yhat, y):
    """L1 loss: sum of the absolute differences.

    Args:
        yhat: predictions, any shape.
        y: true values, the shape of yhat.

    Returns:
        Sum of |y_i - yhat_i| as a float.

    Example:
        >>> l1(np.array([0.5, 1.0]), np.array([1.0, 3.0]))
        2.5
    """
    return float(np.sum(np.abs(y - yhat)))


def l2(yhat, y):
    """L2 loss: sum of the squared differences.

    Args:
        yhat: predictions, any shape.
        y: true values, the shape of yhat.

    Returns:
        Sum of (y_i - yhat_i)^2 as a float.

    Example:
        >>> l2(np.array([0.5, 1.0]), np.array([1.0, 3.0]))
        4.25
    """
    return float(np.sum((y - yhat) ** 2))


def as_column(v):
    """Turn a vector of any layout into a column, whose transpose is then a row.

    An array of shape (5,) has rank one: it equals its own transpose, and adding it to a
    (5, 1) column silently makes a (5, 5) matrix.

    Args:
        v: n numbers: a list or an array of shape (n,), (n, 1) or (1, n).

    Returns:
        Array (n, 1).

    Raises:
        ValueError: if v is a matrix with more than one row and more than one column.

    Example:
        >>> as_column([1.0, 2.0, 3.0]).shape
        (3, 1)
    """
    v = np.asarray(v)
    if max(v.shape, default=1) != v.size:
        raise ValueError(f"v: expected shape (n,), (n, 1) or (1, n), received {v.shape}")
    return v.reshape(-1, 1)


def broadcast_shape(shape_a, shape_b):
    """Shape of a + b for arrays of two given shapes: the rule of broadcasting.

    Shapes are compared from the last axis backwards. An axis that is missing counts as one;
    two lengths fit when they are equal or when one of them is one, which is then repeated.

    Args:
        shape_a: tuple of axis lengths.
        shape_b: tuple of axis lengths.

    Returns:
        Tuple of axis lengths of the result.

    Raises:
        ValueError: if two lengths differ and neither is one.

    Reference:
        NumPy user guide, section "Broadcasting".

    Example:
        >>> broadcast_shape((3, 4), (4,))
        (3, 4)
        >>> broadcast_shape((5, 1), (5,))
        (5, 5)
    """
    rank = max(len(shape_a), len(shape_b))
    padded_a = (1,) * (rank - len(shape_a)) + tuple(shape_a)
    padded_b = (1,) * (rank - len(shape_b)) + tuple(shape_b)
    result = []
    for p, q in zip(padded_a, padded_b, strict=True):
        if p != q and 1 not in (p, q):
            raise ValueError(
                f"shape_b: expected a shape that fits {tuple(shape_a)}, received {tuple(shape_b)}"
            )
        result.append(q if p == 1 else p)
    return tuple(result)


def _same_length(a, b):
    a, b = np.ravel(a), np.ravel(b)
    if a.size != b.size:
        raise ValueError(f"b: expected {a.size} numbers as in a, received {b.size}")
    return a, b
