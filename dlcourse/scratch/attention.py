"""Attention: every query takes a weighted average of the values; its scores decide the weights.

Sequences are batch-first: queries (m, t_q, d), keys (m, t_k, d), values (m, t_k, d_v). Further
axes in front, such as heads, are batch axes too.
"""

import math

import numpy as np

from dlcourse.scratch.named_arrays import check_shape, float_array
from dlcourse.scratch.softmax import softmax

__all__ = [
    "attention_weights",
    "attention_weights_backward",
    "scaled_dot_product_attention",
    "scaled_dot_product_attention_backward",
]


def attention_weights(scores, mask=None):
    """Softmax of the scores over the keys, among those that the mask lets see.

    Args:
        scores: how well each key answers each query, shape (..., t_q, t_k), t_k at least 1.
        mask: True (or 1) where a query may look, broadcasts to scores; None where everywhere.

    Returns:
        Array of the shape of scores, in [0, 1]: exactly 0 where hidden, each row summing to 1.
        The row of a query that may look nowhere is all 0.

    Raises:
        ValueError: scores has no key, or the mask does not fit.

    Example:
        >>> attention_weights([[1.0, 1.0, 9.0]], mask=[[True, True, False]]).tolist()
        [[0.5, 0.5, 0.0]]
    """
    scores = float_array("scores", scores, (..., "t_q", "t_k"))
    if scores.shape[-1] == 0:
        raise ValueError(f"scores: expected at least one key to look at; got shape {scores.shape}")
    if mask is None:
        return softmax(scores, axis=-1)
    mask = _broadcast(mask, scores.shape)
    sighted = np.any(mask, axis=-1, keepdims=True)
    # a row of -inf alone has no softmax: the blind queries see all, and then lose their weights
    visible = np.where(mask | ~sighted, scores, scores.dtype.type(-np.inf))
    return softmax(visible, axis=-1) * sighted


def attention_weights_backward(d_weights, weights):
    """Gradient with respect to the scores; hidden places get 0, because their weight is 0.

    Args:
        d_weights: gradient of the cost with respect to the weights, shape (..., t_q, t_k).
        weights: result of `attention_weights`, the same shape.

    Returns:
        Gradient of the cost with respect to the scores, the same shape.

    Raises:
        ValueError: the shapes differ.

    Example:
        >>> attention_weights_backward([[1.0, 0.0]], [[0.5, 0.5]]).tolist()
        [[0.25, -0.25]]
    """
    weights, d_weights = np.asarray(weights), np.asarray(d_weights)
    check_shape("d_weights", d_weights.shape, weights.shape)
    return weights * (d_weights - np.sum(d_weights * weights, axis=-1, keepdims=True))


def scaled_dot_product_attention(q, k, v, mask=None):
    """Attention with the scores q · k / √d.

    Args:
        q: queries, shape (..., t_q, d), d at least 1.
        k: keys, shape (..., t_k, d), t_k at least 1.
        v: values, shape (..., t_k, d_v).
        mask: True (or 1) where a query may look, broadcasts to (..., t_q, t_k); None where
            everywhere.

    Returns:
        (output, weights): shapes (..., t_q, d_v) and (..., t_q, t_k).

    Raises:
        ValueError: the shapes do not fit, or there is nothing to look at.

    Reference:
        Vaswani et al., "Attention Is All You Need", 2017, §3.2.1.

    Example:
        >>> q, k = np.array([[0.0, 0.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])
        >>> output, weights = scaled_dot_product_attention(q, k, v=np.array([[2.0], [4.0]]))
        >>> output.tolist(), weights.tolist()
        ([[3.0]], [[0.5, 0.5]])
    """
    sizes = {}
    q = float_array("q", q, (..., "t_q", "d"), sizes)
    k = float_array("k", k, (..., "t_k", "d"), sizes)
    v = float_array("v", v, (..., "t_k", "d_v"), sizes)
    if 0 in (sizes["t_k"], sizes["d"]):
        raise ValueError(f"k: expected at least one key of one number; got shape {k.shape}")
    # products of d independent numbers have variance d, and large scores would freeze the softmax
    scores = q @ _transposed(k) / math.sqrt(sizes["d"])
    weights = attention_weights(scores, mask)
    return weights @ v, weights


def scaled_dot_product_attention_backward(d_output, q, k, v, weights):
    """Gradients of `scaled_dot_product_attention`; the mask speaks through the weights.

    Args:
        d_output: gradient of the cost with respect to the output, shape (..., t_q, d_v).
        q: queries of the forward pass, shape (..., t_q, d).
        k: keys of the forward pass, shape (..., t_k, d).
        v: values of the forward pass, shape (..., t_k, d_v).
        weights: weights that the forward pass returned, shape (..., t_q, t_k).

    Returns:
        (dq, dk, dv), shaped like q, k and v.

    Raises:
        ValueError: the shapes do not fit.

    Example:
        >>> q, k, v = np.ones((1, 1)), np.ones((2, 1)), np.array([[2.0], [4.0]])
        >>> _, weights = scaled_dot_product_attention(q, k, v)
        >>> gradients = scaled_dot_product_attention_backward(np.ones((1, 1)), q, k, v, weights)
        >>> [gradient.ravel().tolist() for gradient in gradients]
        [[0.0], [-0.5, 0.5], [0.5, 0.5]]
    """
    sizes = {}
    q = float_array("q", q, (..., "t_q", "d"), sizes)
    k = float_array("k", k, (..., "t_k", "d"), sizes)
    v = float_array("v", v, (..., "t_k", "d_v"), sizes)
    weights = float_array("weights", weights, (..., "t_q", "t_k"), sizes)
    d_output = float_array("d_output", d_output, (..., "t_q", "d_v"), sizes)
    d_scores = attention_weights_backward(d_output @ _transposed(v), weights)
    d_scores = d_scores / math.sqrt(sizes["d"])
    return d_scores @ k, _transposed(d_scores) @ q, _transposed(weights) @ d_output


def _transposed(matrices):
    return np.swapaxes(matrices, -1, -2)


def _broadcast(mask, shape):
    mask = np.asarray(mask, dtype=bool)
    try:
        return np.broadcast_to(mask, shape)
    except ValueError:
        raise ValueError(
            f"mask: expected a shape that broadcasts to the scores, {shape}; got {mask.shape}"
        ) from None
