"""Gradient clipping: keep one exploding step from throwing the parameters away.

By value changes the direction of the step; by norm keeps each array's direction; by global norm
keeps the direction of the whole step.
"""

import numpy as np

from dlcourse.scratch.named_arrays import check_numbers
from dlcourse.scratch.parameter_trees import leaves, map_leaves, path_name

__all__ = ["clip_by_global_norm", "clip_by_norm", "clip_by_value", "global_norm"]


def clip_by_value(gradients, limit):
    """Cut every component to the range from −limit to limit.

    Args:
        gradients: an array or a (nested) dictionary of arrays, without NaN.
        limit: largest absolute value that stays, above 0.

    Returns:
        New tree of the same form.

    Raises:
        ValueError: limit is not above 0, or a gradient is NaN.

    Example:
        >>> clip_by_value({"dW": np.array([0.5, -8.0])}, 1.0)["dW"].tolist()
        [0.5, -1.0]
    """
    _check_positive("limit", limit)
    limit = float(limit)  # one of NumPy would turn float32 gradients into float64
    for path, leaf in leaves(gradients):
        check_numbers(path_name(path), leaf)
    return map_leaves(lambda leaf: np.clip(leaf, -limit, limit), gradients)


def global_norm(gradients):
    """Length of all the gradients as one long vector.

    Args:
        gradients: an array or a (nested) dictionary of arrays.

    Returns:
        float: √(sum of the squares of every component); 0 where there are none.

    Example:
        >>> global_norm({"dW": np.array([[3.0]]), "db": np.array([4.0])})
        5.0
    """
    lengths = np.array([_norm(leaf) for _, leaf in leaves(gradients)])
    return _norm(lengths)


def clip_by_norm(gradients, max_norm):
    """Shorten every array that is longer than max_norm, each on its own.

    Args:
        gradients: an array or a (nested) dictionary of arrays, finite.
        max_norm: largest Euclidean norm of one array, above 0.

    Returns:
        New tree of the same form.

    Raises:
        ValueError: max_norm is not above 0, or a gradient is NaN or infinite.

    Example:
        >>> clipped = clip_by_norm({"dW": np.array([3.0, 4.0]), "db": np.array([0.5])}, 1.0)
        >>> clipped["dW"].round(6).tolist(), clipped["db"].tolist()
        ([0.6, 0.8], [0.5])
    """
    _check_positive("max_norm", max_norm)
    _check_finite(gradients)
    return map_leaves(lambda leaf: leaf * _factor(_norm(leaf), max_norm), gradients)


def clip_by_global_norm(gradients, max_norm):
    """Shorten all the gradients by one common factor where together they are too long.

    Args:
        gradients: an array or a (nested) dictionary of arrays, finite.
        max_norm: largest norm of all of them as one vector, above 0.

    Returns:
        Tuple (clipped, norm): new tree of the same form, and the norm before clipping.

    Raises:
        ValueError: max_norm is not above 0, or a gradient is NaN or infinite.

    Reference:
        Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks",
        2013, algorithm 1.

    Example:
        >>> clipped, norm = clip_by_global_norm({"dW": np.array([3.0]), "db": np.array([4.0])}, 2.5)
        >>> clipped["dW"].tolist(), clipped["db"].tolist(), norm
        ([1.5], [2.0], 5.0)
    """
    _check_positive("max_norm", max_norm)
    _check_finite(gradients)
    norm = global_norm(gradients)
    factor = _factor(norm, max_norm)
    return map_leaves(lambda leaf: leaf * factor, gradients), norm


def _norm(array):
    array = array.astype(np.float64, copy=False)
    largest = np.max(np.abs(array), initial=0.0)
    if largest == 0 or not np.isfinite(largest):
        return float(largest)
    # an exploding gradient is the very case where its square overflows
    return float(largest * np.linalg.norm((array / largest).ravel()))


def _factor(norm, max_norm):
    # a float of Python, because one of NumPy would turn float32 gradients into float64
    return float(max_norm / norm) if norm > max_norm else 1.0


def _check_positive(name, value):
    if not value > 0:
        raise ValueError(f"{name}: expected a number above 0; got {value!r}")


def _check_finite(gradients):
    for path, leaf in leaves(gradients):
        if not np.all(np.isfinite(leaf)):
            raise ValueError(f"{path_name(path)}: expected finite gradients; got NaN or infinity")
