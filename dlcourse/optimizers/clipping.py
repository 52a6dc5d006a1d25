"""Gradient clipping for training loops of one's own; `clipnorm=…` of an optimizer does it inside.

By value changes the direction of the step; by norm keeps each tensor's direction; by global norm
keeps the direction of the whole step. A gradient of None, of a variable that the cost does not
depend on, stays None; one that knows only some rows (`tf.IndexedSlices`) becomes a full tensor.
"""

from keras import ops

from dlcourse.scratch.ranges import positive

__all__ = ["clip_by_global_norm", "clip_by_norm", "clip_by_value", "global_norm"]


def clip_by_value(gradients, limit):
    """Cut every component to the range from −limit to limit.

    Args:
        gradients: list of float tensors or None.
        limit: largest absolute value that stays, above 0.

    Returns:
        List of the same length.

    Raises:
        ValueError: limit is not above 0.

    Example:
        >>> [clipped] = clip_by_value([ops.array([0.5, -8.0])], 1.0)
        >>> ops.convert_to_numpy(clipped).tolist()
        [0.5, -1.0]
    """
    limit = positive("limit", limit)
    return _each(lambda g: ops.clip(g, -limit, limit), gradients)


def global_norm(gradients):
    """Length of all the gradients as one long vector.

    Args:
        gradients: list of float tensors or None, at least one tensor.

    Returns:
        Scalar: √(sum of the squares of every component), even where the squares would overflow.
        NaN where a component is NaN or infinite.

    Raises:
        ValueError: there is no tensor in the list.

    Example:
        >>> float(global_norm([ops.array([[3.0]]), None, ops.array([4.0])]))
        5.0
    """
    norms = [norm for norm in _each(_norm, gradients) if norm is not None]
    if not norms:
        raise ValueError(f"gradients: expected at least one tensor; got {gradients!r}")
    return _norm(ops.stack(norms))


def clip_by_norm(gradients, max_norm):
    """Shorten every tensor that is longer than max_norm, each on its own.

    Args:
        gradients: list of float tensors or None.
        max_norm: largest Euclidean norm of one tensor, above 0.

    Returns:
        List of the same length.

    Raises:
        ValueError: max_norm is not above 0.

    Example:
        >>> long, short = clip_by_norm([ops.array([3.0, 4.0]), ops.array([0.5])], 1.0)
        >>> ops.convert_to_numpy(long).round(3), ops.convert_to_numpy(short)
        (array([0.6, 0.8], dtype=float32), array([0.5], dtype=float32))
    """
    max_norm = positive("max_norm", max_norm)
    return _each(lambda g: g * _factor(_norm(g), max_norm), gradients)


def clip_by_global_norm(gradients, max_norm):
    """Shorten all the gradients by one common factor where together they are too long.

    Args:
        gradients: list of float tensors or None, at least one tensor.
        max_norm: largest norm of all of them as one vector, above 0.

    Returns:
        Tuple (clipped, norm): list of the same length, and the norm before clipping. Where a
        component is NaN or infinite, norm and all gradients are NaN: the step is lost anyway,
        and so it is seen.

    Raises:
        ValueError: max_norm is not above 0, or there is no tensor in the list.

    Reference:
        Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks",
        2013, algorithm 1.

    Example:
        >>> (a, b), norm = clip_by_global_norm([ops.array([3.0]), ops.array([4.0])], 2.5)
        >>> float(a[0]), float(b[0]), float(norm)
        (1.5, 2.0, 5.0)
    """
    max_norm = positive("max_norm", max_norm)
    norm = global_norm(gradients)
    factor = _factor(norm, max_norm)
    return _each(lambda g: g * factor, gradients), norm


def _each(function, gradients):
    return [None if g is None else function(ops.convert_to_tensor(g)) for g in gradients]


def _norm(tensor):
    # an exploding gradient is the very case where its square overflows
    largest = ops.max(ops.abs(tensor))
    unit = ops.where(largest == 0, ops.ones_like(largest), largest)
    return largest * ops.sqrt(ops.sum(ops.square(tensor / unit)))


def _factor(norm, max_norm):
    return max_norm / ops.maximum(norm, max_norm)
