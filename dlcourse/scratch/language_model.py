"""The cost of a language model: how surprised it is by every next token.

The model gives scores for all tokens at every step; the cost is the cross-entropy of their softmax,
averaged over all real tokens. Its exponential, the perplexity, is the number of tokens among which
a model that hesitates as much would have to choose evenly.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.recurrent_shapes import checked_mask

__all__ = ["language_model_loss", "language_model_loss_backward", "perplexity"]


def language_model_loss(logits, tokens, mask=None):
    """Compute softmax cross-entropy over time.

    Args:
        logits: scores, shape (m, t, n) for a vocabulary of n tokens.
        tokens: the tokens that came, integers (m, t) in 0 … n - 1; at padding any of them.
        mask: booleans (m, t), True at real tokens; None: all tokens are real.

    Returns:
        (loss, cache): the mean of -log p(token) over the real tokens, in nats, a float at least 0;
        and what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit together, a token is not in the vocabulary, or there is
            no real token.

    Example:
        >>> loss, _ = language_model_loss(np.zeros((1, 2, 4)), np.array([[3, 0]]))
        >>> round(loss, 4)  # four tokens, no idea: log 4
        1.3863
    """
    logits = as_float(logits)
    tokens, weights = _checked_tokens(logits, tokens, mask)
    shifted = logits - logits.max(axis=-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    log_p_token = np.take_along_axis(log_p, tokens[..., np.newaxis], axis=-1)[..., 0]
    real = weights > 0  # chosen and not multiplied: 0 · log 0 at padding would be NaN
    return float(-weights[real] @ log_p_token[real]), (log_p, tokens, weights)


def language_model_loss_backward(cache):
    """Go back to the scores: (probabilities - one-hot tokens) / number of real tokens.

    Args:
        cache: of `language_model_loss`.

    Returns:
        Gradient of the loss with respect to logits, shape (m, t, n); zero at padding.

    Example:
        >>> _, cache = language_model_loss(np.zeros((1, 1, 4)), np.array([[3]]))
        >>> language_model_loss_backward(cache).tolist()
        [[[0.25, 0.25, 0.25, -0.75]]]
    """
    log_p, tokens, weights = cache
    d_logits = np.exp(log_p)
    index = tokens[..., np.newaxis]
    at_token = np.take_along_axis(d_logits, index, axis=-1)
    np.put_along_axis(d_logits, index, at_token - 1, axis=-1)
    return d_logits * weights[..., np.newaxis]


def perplexity(loss):
    """Turn a mean cross-entropy into a number of equally likely tokens.

    Args:
        loss: mean of -log p, in nats, at least 0.

    Returns:
        float: exp(loss), at least 1.

    Raises:
        ValueError: loss is negative or NaN.

    Example:
        >>> round(perplexity(np.log(27)), 6)
        27.0
    """
    if not loss >= 0:
        raise ValueError(f"loss: expected a mean of -log p, 0 or more; got {loss!r}")
    return float(np.exp(loss))


def _checked_tokens(logits, tokens, mask):
    tokens = np.asarray(tokens)
    if logits.ndim != 3 or tokens.shape != logits.shape[:2]:
        raise ValueError(
            "logits, tokens: expected shapes (m, t, n) and (m, t); got "
            f"{logits.shape} and {tokens.shape}"
        )
    mask = checked_mask(mask, tokens.shape)
    mask = np.ones(tokens.shape, bool) if mask is None else mask
    if not mask.any():
        raise ValueError("mask: expected at least one real token; got none")
    n = logits.shape[2]
    if tokens.dtype.kind not in "iu" or tokens.min() < 0 or tokens.max() >= n:
        raise ValueError(f"tokens: expected integers in 0 … {n - 1}; got {np.unique(tokens)}")
    return tokens, (mask / mask.sum()).astype(logits.dtype)
