"""Who may look where: masks of padding and of the future, and a softmax that keeps to them."""

import functools

import keras
from keras import ops

__all__ = ["combined_mask", "masked_softmax", "without_padding"]

# far below every score, and still a number: rows without anything to see must not become NaN
HIDDEN = -1e30


def combined_mask(masks, shape=None):
    """Everything that hides keys from queries, as one mask.

    Args:
        masks: each None or booleans, True where a query may look, (m, t_q, t_k) or broadcasting to
            it: (m, 1, t_k) hides keys from everybody, (m, t_q, 1) blinds queries.
        shape: (t_q, t_k) if query i may look at keys 0 to i only; None if also at later ones.

    Returns:
        Booleans broadcasting to (m, t_q, t_k), or None if nothing is hidden.

    Example:
        >>> mask = combined_mask([[[True, False, True]]], shape=(2, 3))
        >>> ops.convert_to_numpy(mask).tolist()
        [[[True, False, False], [True, False, False]]]
    """
    masks = [ops.cast(mask, "bool") for mask in masks if mask is not None]
    if shape is not None:
        queries, keys = ops.arange(shape[0]), ops.arange(shape[1])
        masks.append((queries[:, None] >= keys)[None])
    return functools.reduce(ops.logical_and, masks) if masks else None


def masked_softmax(scores, mask=None):
    """Softmax over the keys that may be seen; hidden keys get exactly 0.

    Args:
        scores: how well keys fit queries, shape (..., t_q, t_k).
        mask: booleans, True where a query may look, broadcasting to scores; None for everywhere.

    Returns:
        Weights of the shape and type of scores; they sum to 1 over the last axis, or to 0 for a
        query that may look nowhere.

    Example:
        >>> scores = ops.array([[1.0, 1.0, 9.0]])
        >>> weights = masked_softmax(scores, ops.array([[True, True, False]]))
        >>> ops.convert_to_numpy(weights).tolist()
        [[0.5, 0.5, 0.0]]
    """
    # in half precision HIDDEN would be infinite, and the sum of many exponentials too rough
    wide = ops.cast(scores, keras.backend.result_type(scores.dtype, "float32"))
    if mask is None:
        return ops.cast(ops.softmax(wide, axis=-1), scores.dtype)
    weights = ops.softmax(ops.where(mask, wide, HIDDEN), axis=-1)
    # where nothing may be seen, the softmax has spread its weight over what is hidden
    return ops.cast(ops.where(mask, weights, 0.0), scores.dtype)


def without_padding(sequences, mask):
    """Zeros in place of padding, so that not even NaN or infinity gets out of it.

    Args:
        sequences: shape (m, t, d).
        mask: booleans (m, t), True at real steps; None if there is no padding.

    Returns:
        Tensor like sequences.

    Example:
        >>> sequences = ops.array([[[1.0], [float("nan")]]])
        >>> ops.convert_to_numpy(without_padding(sequences, ops.array([[True, False]]))).tolist()
        [[[1.0], [0.0]]]
    """
    if mask is None:
        return sequences
    return ops.where(ops.expand_dims(ops.cast(mask, "bool"), -1), sequences, 0)
