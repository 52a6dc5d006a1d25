"""Multi-head attention: project, attend in several small spaces at once, project back.

Nothing here is new but the order: linear maps around `scaled_dot_product_attention`. Weights are
laid out as in Keras: Wq (n, heads, d) maps n numbers to a query of d numbers for every head.
"""

import numpy as np

from dlcourse.scratch.attention import (
    scaled_dot_product_attention,
    scaled_dot_product_attention_backward,
)
from dlcourse.scratch.named_arrays import float_array, parameter_arrays

__all__ = ["multi_head_attention_backward", "multi_head_attention_forward"]

SHAPES = {
    "Wq": ("n_q", "heads", "d"),
    "bq": ("heads", "d"),
    "Wk": ("n_k", "heads", "d"),
    "bk": ("heads", "d"),
    "Wv": ("n_v", "heads", "d_v"),
    "bv": ("heads", "d_v"),
    "Wo": ("heads", "d_v", "n_out"),
    "bo": ("n_out",),
}


def multi_head_attention_forward(query, keys, values, parameters, mask=None):
    """Attend with several heads, each with its own projections, and mix their outputs.

    Args:
        query: shape (m, t_q, n_q). Self-attention passes one sequence as query, keys and values.
        keys: shape (m, t_k, n_k), t_k at least 1.
        values: shape (m, t_k, n_v).
        parameters: dictionary "Wq" (n_q, heads, d), "bq" (heads, d), "Wk" (n_k, heads, d), "bk"
            (heads, d), "Wv" (n_v, heads, d_v), "bv" (heads, d_v), "Wo" (heads, d_v, n_out), "bo"
            (n_out,).
        mask: True (or 1) where a query may look, broadcasts to (m, t_q, t_k), the same for every
            head; None where everywhere.

    Returns:
        (output, cache): output of shape (m, t_q, n_out), and a dictionary for the backward pass,
        whose "weights" (m, heads, t_q, t_k) are the attention maps.

    Raises:
        ValueError: the shapes do not fit, a parameter holds NaN, or there is no key.

    Reference:
        Vaswani et al., "Attention Is All You Need", 2017, §3.2.2.

    Example:
        >>> parameters = {"Wq": np.ones((1, 2, 1)), "bq": np.zeros((2, 1)),
        ...               "Wk": np.zeros((1, 2, 1)), "bk": np.zeros((2, 1)),
        ...               "Wv": np.ones((1, 2, 1)), "bv": np.zeros((2, 1)),
        ...               "Wo": np.ones((2, 1, 1)), "bo": np.zeros(1)}
        >>> x = np.array([[[1.0], [3.0]]])
        >>> output, cache = multi_head_attention_forward(x, x, x, parameters)
        >>> output.tolist(), cache["weights"].shape  # two heads, each with the average of 1 and 3
        ([[[4.0], [4.0]]], (1, 2, 2, 2))
    """
    inputs, parameters = _checked(query, keys, values, parameters)
    q, k, v = (_project(x, parameters[f"W{n}"], parameters[f"b{n}"]) for n, x in inputs.items())
    heads, weights = scaled_dot_product_attention(q, k, v, _for_every_head(mask))
    output = np.einsum("mhtd,hdo->mto", heads, parameters["Wo"]) + parameters["bo"]
    cache = {"inputs": inputs, "parameters": parameters, "projected": (q, k, v)}
    return output, cache | {"heads": heads, "weights": weights}


def multi_head_attention_backward(d_output, cache):
    """Gradients of `multi_head_attention_forward`.

    Args:
        d_output: gradient of the cost with respect to the output, shape (m, t_q, n_out).
        cache: as `multi_head_attention_forward` returned it.

    Returns:
        Dictionary "dquery", "dkeys", "dvalues", and "dWq", "dbq", … for every parameter, each
        shaped like what it belongs to. In self-attention the gradient of the sequence is the sum
        of the first three.

    Raises:
        ValueError: d_output does not have the shape of the output.

    Example:
        >>> weight, bias = np.ones((1, 1, 1)), np.zeros((1, 1))
        >>> parameters = {"Wq": weight, "bq": bias, "Wk": weight, "bk": bias,
        ...               "Wv": weight, "bv": bias, "Wo": weight, "bo": np.zeros(1)}
        >>> _, cache = multi_head_attention_forward(weight, weight, weight, parameters)
        >>> gradients = multi_head_attention_backward(2 * weight, cache)
        >>> gradients["dvalues"].item(), gradients["dkeys"].item()
        (2.0, 0.0)
    """
    inputs, parameters, heads = (cache[name] for name in ("inputs", "parameters", "heads"))
    shape = (len(heads), heads.shape[2], len(parameters["bo"]))
    d_output = float_array("d_output", d_output, shape)
    d_heads = np.einsum("mto,hdo->mhtd", d_output, parameters["Wo"])
    d_projected = scaled_dot_product_attention_backward(
        d_heads, *cache["projected"], cache["weights"]
    )
    gradients = {}
    names = {"q": "dquery", "k": "dkeys", "v": "dvalues"}
    for (name, x), d_projection in zip(inputs.items(), d_projected, strict=True):
        gradients[names[name]] = np.einsum("mhtd,ihd->mti", d_projection, parameters[f"W{name}"])
        gradients[f"dW{name}"] = np.einsum("mti,mhtd->ihd", x, d_projection)
        gradients[f"db{name}"] = np.sum(d_projection, axis=(0, 2))
    gradients["dWo"] = np.einsum("mhtd,mto->hdo", heads, d_output)
    gradients["dbo"] = np.sum(d_output, axis=(0, 1))
    return gradients


def _project(x, W, b):
    return np.einsum("mti,ihd->mhtd", x, W) + b[:, np.newaxis]


def _for_every_head(mask):
    if mask is None:
        return None
    mask = np.asarray(mask)
    # (m, t_q, t_k) against scores (m, heads, t_q, t_k); fewer axes broadcast by themselves
    return mask[:, np.newaxis] if mask.ndim == 3 else mask


def _checked(query, keys, values, parameters):
    sizes = {}
    inputs = {
        "q": float_array("query", query, ("m", "t_q", "n_q"), sizes),
        "k": float_array("keys", keys, ("m", "t_k", "n_k"), sizes),
        "v": float_array("values", values, ("m", "t_k", "n_v"), sizes),
    }
    return inputs, parameter_arrays(parameters, SHAPES, sizes)
