"""Binary search in every row of a matrix at once.

`keras.ops.searchsorted` takes one sorted sequence only; TensorFlow and PyTorch have an operation
for a whole matrix, ten times faster than a map over its rows, and JAX vectorizes its own.
"""

import keras
from keras import ops

__all__ = ["searchsorted_rows"]


def searchsorted_rows(sorted_rows, values, side="left"):
    """Where each value would have to be inserted into its row so that the row stays sorted.

    Args:
        sorted_rows: float tensor (B, N), ascending along the rows.
        values: tensor (B, M) of the same dtype.
        side: "left" counts the entries of the row below the value, "right" those not above it.

    Returns:
        int32 tensor (B, M), from 0 to N.

    Example:
        >>> rows = ops.array([[1.0, 2.0, 2.0], [5.0, 6.0, 7.0]])
        >>> searchsorted_rows(rows, ops.array([[2.0], [9.0]])).numpy().tolist()
        [[1], [3]]
    """
    return _WAYS.get(keras.backend.backend(), _portable)(sorted_rows, values, side)


def _tensorflow(sorted_rows, values, side):
    import tensorflow as tf

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


def _portable(sorted_rows, values, side):
    return ops.map(
        lambda pair: ops.cast(ops.searchsorted(pair[0], pair[1], side=side), "int32"),
        (sorted_rows, values),
    )


_WAYS = {"tensorflow": _tensorflow, "torch": _torch, "jax": _jax}
