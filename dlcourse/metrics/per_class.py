"""Rates of every class, read off a confusion matrix (rows true, columns predicted).

Where a rate would divide by zero it is 0, as in scikit-learn.
"""

from keras import ops

__all__ = [
    "f1_per_class",
    "iou_per_class",
    "mean_over_present",
    "precision_per_class",
    "recall_per_class",
]


def precision_per_class(matrix):
    """Of all that was called a class, the share that is.

    Args:
        matrix: counts, (classes, classes).

    Returns:
        Tensor (classes,) in [0, 1].

    Example:
        >>> ops.convert_to_numpy(precision_per_class([[3.0, 1.0], [2.0, 3.0]])).tolist()
        [0.6000000238418579, 0.75]
    """
    hits, _, called = _sums(matrix)
    return ops.divide_no_nan(hits, called)


def recall_per_class(matrix):
    """Of all that is a class, the share that was called so.

    Args:
        matrix: counts, (classes, classes).

    Returns:
        Tensor (classes,) in [0, 1].

    Example:
        >>> ops.convert_to_numpy(recall_per_class([[3.0, 1.0], [2.0, 2.0]])).tolist()
        [0.75, 0.5]
    """
    hits, actual, _ = _sums(matrix)
    return ops.divide_no_nan(hits, actual)


def f1_per_class(matrix):
    """The harmonic mean of precision and recall of every class: 2 hits / (actual + called).

    Args:
        matrix: counts, (classes, classes).

    Returns:
        Tensor (classes,) in [0, 1].

    Reference:
        van Rijsbergen, "Information retrieval", 1979, chapter 7.

    Example:
        >>> ops.convert_to_numpy(f1_per_class([[3.0, 1.0], [1.0, 3.0]])).tolist()
        [0.75, 0.75]
    """
    hits, actual, called = _sums(matrix)
    return ops.divide_no_nan(2 * hits, actual + called)


def iou_per_class(matrix):
    """Intersection over union of every class: hits / (actual + called - hits), Jaccard's index.

    Args:
        matrix: counts (of pixels, say), (classes, classes).

    Returns:
        Tensor (classes,) in [0, 1].

    Reference:
        Jaccard, "The distribution of the flora in the alpine zone", 1912.

    Example:
        >>> ops.convert_to_numpy(iou_per_class([[3.0, 1.0], [1.0, 0.0]])).round(3).tolist()
        [0.6000000238418579, 0.0]
    """
    hits, actual, called = _sums(matrix)
    return ops.divide_no_nan(hits, actual + called - hits)


def mean_over_present(values, matrix):
    """Average over the classes that occur, be it in the truth or in the predictions.

    A class that is neither there nor predicted has nothing to be right or wrong about.

    Args:
        values: one rate per class, (classes,).
        matrix: the counts that the rates are from, (classes, classes).

    Returns:
        Scalar tensor: 0 where nothing was counted at all.

    Example:
        >>> float(mean_over_present([1.0, 0.5, 0.0], [[3, 0, 0], [1, 1, 0], [0, 0, 0]]))
        0.75
    """
    _, actual, called = _sums(matrix)
    values = ops.convert_to_tensor(values)
    present = ops.cast(actual + called != 0, values.dtype)
    return ops.divide_no_nan(ops.sum(values * present), ops.sum(present))


def _sums(matrix):
    """Hits, true members and predicted members of every class."""
    matrix = ops.convert_to_tensor(matrix)
    return ops.diagonal(matrix), ops.sum(matrix, axis=1), ops.sum(matrix, axis=0)
