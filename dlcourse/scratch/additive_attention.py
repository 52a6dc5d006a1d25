"""Additive attention: a tiny network with one hidden layer scores how well a key fits a query."""

import numpy as np

from dlcourse.scratch.attention import attention_weights, attention_weights_backward
from dlcourse.scratch.named_arrays import float_array, parameter_arrays

__all__ = ["additive_attention_backward", "additive_attention_forward"]

SHAPES = {"Wq": ("n_q", "units"), "Wk": ("n_k", "units"), "w": ("units",)}


def additive_attention_forward(query, keys, values, parameters, mask=None):
    """Attention with the scores w · tanh(query Wq + key Wk).

    Args:
        query: queries, such as the states of a decoder, shape (m, t_q, n_q).
        keys: what is compared with them, such as the states of an encoder, shape (m, t_k, n_k),
            t_k at least 1.
        values: what is averaged, shape (m, t_k, n_v); in translation the keys once more.
        parameters: dictionary "Wq" (n_q, units), "Wk" (n_k, units), "w" (units,).
        mask: True (or 1) where a query may look, broadcasts to (m, t_q, t_k); None where
            everywhere.

    Returns:
        (context, cache): context of shape (m, t_q, n_v), and a dictionary for the backward pass,
        whose "weights" (m, t_q, t_k) are the attention map.

    Raises:
        ValueError: the shapes do not fit, a parameter holds NaN, or there is no key.

    Reference:
        Bahdanau, Cho and Bengio, "Neural Machine Translation by Jointly Learning to Align and
        Translate", 2015, §3.1 and A.1.2.

    Example:
        >>> parameters = {"Wq": np.zeros((1, 2)), "Wk": np.eye(2), "w": np.zeros(2)}
        >>> keys = np.array([[[1.0, 2.0], [3.0, 4.0]]])
        >>> context, cache = additive_attention_forward(np.ones((1, 1, 1)), keys, keys, parameters)
        >>> context.tolist(), cache["weights"].tolist()
        ([[[2.0, 3.0]]], [[[0.5, 0.5]]])
    """
    query, keys, values, parameters = _checked(query, keys, values, parameters)
    # every query with every key: (m, t_q, 1, units) + (m, 1, t_k, units)
    hidden = np.tanh(
        (query @ parameters["Wq"])[:, :, np.newaxis] + (keys @ parameters["Wk"])[:, np.newaxis]
    )
    weights = attention_weights(hidden @ parameters["w"], mask)
    cache = {"query": query, "keys": keys, "values": values, "parameters": parameters}
    return weights @ values, cache | {"hidden": hidden, "weights": weights}


def additive_attention_backward(d_context, cache):
    """Gradients of `additive_attention_forward`.

    Args:
        d_context: gradient of the cost with respect to the context, shape (m, t_q, n_v).
        cache: as `additive_attention_forward` returned it.

    Returns:
        Dictionary "dquery", "dkeys", "dvalues", "dWq", "dWk", "dw", each shaped like what it
        belongs to. Where keys and values are the same array, its gradient is the sum of both.

    Raises:
        ValueError: d_context does not have the shape of the context.

    Example:
        >>> parameters = {"Wq": np.ones((1, 1)), "Wk": np.ones((1, 1)), "w": np.ones(1)}
        >>> one = np.ones((1, 1, 1))
        >>> _, cache = additive_attention_forward(one, one, one, parameters)
        >>> gradients = additive_attention_backward(one, cache)
        >>> gradients["dvalues"].item(), gradients["dquery"].item()  # one key: its weight is 1
        (1.0, 0.0)
    """
    query, keys, values, hidden = (cache[n] for n in ("query", "keys", "values", "hidden"))
    weights, parameters = cache["weights"], cache["parameters"]
    shape = (*query.shape[:2], values.shape[2])
    d_context = float_array("d_context", d_context, shape)
    d_weights = d_context @ np.swapaxes(values, 1, 2)
    d_scores = attention_weights_backward(d_weights, weights)
    d_sums = d_scores[..., np.newaxis] * parameters["w"] * (1 - hidden**2)
    # a query takes part in the sums with all keys, and a key in those with all queries
    d_query_part, d_key_part = np.sum(d_sums, axis=2), np.sum(d_sums, axis=1)
    return {
        "dquery": d_query_part @ parameters["Wq"].T,
        "dkeys": d_key_part @ parameters["Wk"].T,
        "dvalues": np.swapaxes(weights, 1, 2) @ d_context,
        "dWq": np.einsum("mti,mtu->iu", query, d_query_part),
        "dWk": np.einsum("mti,mtu->iu", keys, d_key_part),
        "dw": np.einsum("mqk,mqku->u", d_scores, hidden),
    }


def _checked(query, keys, values, parameters):
    sizes = {}
    query = float_array("query", query, ("m", "t_q", "n_q"), sizes)
    keys = float_array("keys", keys, ("m", "t_k", "n_k"), sizes)
    values = float_array("values", values, ("m", "t_k", "n_v"), sizes)
    return query, keys, values, parameter_arrays(parameters, SHAPES, sizes)
