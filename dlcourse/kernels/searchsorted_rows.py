"""Binary search in every row of a matrix at once.

`keras.ops.searchsorted` takes one sorted sequence only. TensorFlow and PyTorch have an operation
for a whole matrix, several times faster than what can be written in `keras.ops`, and JAX
vectorizes its own. Within XLA, TensorFlow's compares every value with every entry (at 4096 rows of
4096 it asks for 520 GiB), so there the portable way is taken.
"""

import keras
from keras import ops

__all__ = ["search_by_halving", "searchsorted_rows"]


def searchsorted_rows(sorted_rows, values, side="left"):
    """Where each value would have to be inserted into its row so that the row stays sorted.

    Args:
        sorted_rows: float tensor (B, N), ascending along the rows, N >= 1.
        values: tensor (B, M) of the same dtype.
        side: "left" counts the entries of the row below the value, "right" those not above it.

    Returns:
        int32 tensor (B, M), from 0 to N.

    Example:
        >>> rows = ops.array([[1.0, 2.0, 2.0], [5.0, 6.0, 7.0]])
        >>> searchsorted_rows(rows, ops.array([[2.0], [9.0]])).numpy().tolist()
        [[1], [3]]
    """
    sorted_rows, values = ops.convert_to_tensor(sorted_rows), ops.convert_to_tensor(values)
    return _WAYS.get(keras.backend.backend(), search_by_halving)(sorted_rows, values, side)


def search_by_halving(sorted_rows, values, side="left"):
    """`searchsorted_rows` in portable operations: all values halve their ranges together.

    Args:
        sorted_rows: float tensor (B, N), ascending along the rows, N >= 1.
        values: tensor (B, M) of the same dtype.
        side: as above.

    Returns:
        int32 tensor (B, M), from 0 to N.

    Example:
        >>> search_by_halving(ops.array([[1.0, 2.0]]), ops.array([[2.0]]), "right").numpy().tolist()
        [[2]]
    """
    m, n = ops.shape(sorted_rows)[0], ops.shape(sorted_rows)[1]
    flat = ops.reshape(sorted_rows, (-1,))
    first = n * ops.arange(m, dtype="int32")[:, None]
    is_before = ops.less if side == "left" else ops.less_equal

    def halve(widest, low, high):
        middle = (low + high) // 2
        entry = ops.take(flat, first + ops.minimum(middle, n - 1))
        # a range of width 0 has found its place, and must not look at the entry behind it
        above = ops.logical_and(is_before(entry, values), low < high)
        low, high = ops.where(above, middle + 1, low), ops.where(above, high, middle)
        return widest // 2, low, high

    low = ops.zeros_like(values, dtype="int32")
    start = ops.convert_to_tensor(n, "int32"), low, low + n
    return ops.while_loop(lambda widest, *_: widest > 0, halve, start)[1]


def _tensorflow(sorted_rows, values, side):
    import tensorflow as tf
    from tensorflow.python.ops.control_flow_util import GraphOrParentsInXlaContext

    if not tf.executing_eagerly() and GraphOrParentsInXlaContext(tf.compat.v1.get_default_graph()):
        return search_by_halving(sorted_rows, values, side)
    return tf.searchsorted(sorted_rows, values, side=side)


def _torch(sorted_rows, values, side):
    import torch

    return torch.searchsorted(
        sorted_rows.contiguous(), values.contiguous(), side=side, out_int32=True
    )


def _jax(sorted_rows, values, side):
    import jax

    # one search for all values of a row, not one for each
    search = jax.vmap(lambda row, wanted: jax.numpy.searchsorted(row, wanted, side=side))
    return search(sorted_rows, values)


_WAYS = {"tensorflow": _tensorflow, "torch": _torch, "jax": _jax}
