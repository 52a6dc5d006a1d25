"""What word2vec learns from: the words of a text with the words around them."""

import numpy as np

from dlcourse.scratch.named_arrays import check_shape
from dlcourse.scratch.ranges import whole_number

__all__ = ["cbow_windows", "skip_gram_pairs"]


def cbow_windows(tokens, radius):
    """Every word with `radius` words on both sides: the surroundings predict the word.

    Args:
        tokens: the text as numbers of words, integers (t,).
        radius: how many words on each side, at least 1.

    Returns:
        (contexts, targets): integers (m, 2·radius) and (m,), with m = max(t - 2·radius, 0): words
        too close to an end have no full surroundings and are left out as targets.

    Raises:
        ValueError: tokens is not a vector of integers, or radius is below 1.

    Example:
        >>> contexts, targets = cbow_windows([7, 8, 9, 5], radius=1)
        >>> contexts.tolist(), targets.tolist()
        ([[7, 9], [8, 5]], [8, 9])
    """
    tokens = _checked(tokens, radius)
    centers = np.arange(radius, max(len(tokens) - radius, radius))
    offsets = np.concatenate([np.arange(-radius, 0), np.arange(1, radius + 1)])
    return tokens[centers[:, np.newaxis] + offsets], tokens[centers]


def skip_gram_pairs(tokens, radius):
    """Every word with each of its neighbours: the word predicts its surroundings.

    Args:
        tokens: the text as numbers of words, integers (t,).
        radius: how far a neighbour may be, at least 1; at the ends there are fewer neighbours.

    Returns:
        (centers, contexts): integers (pairs,) and (pairs,), in the order of the text.

    Raises:
        ValueError: tokens is not a vector of integers, or radius is below 1.

    Example:
        >>> centers, contexts = skip_gram_pairs([7, 8, 9], radius=1)
        >>> list(zip(centers.tolist(), contexts.tolist()))
        [(7, 8), (8, 7), (8, 9), (9, 8)]
    """
    tokens = _checked(tokens, radius)
    positions = np.arange(len(tokens))
    offsets = np.concatenate([np.arange(-radius, 0), np.arange(1, radius + 1)])
    neighbours = positions[:, np.newaxis] + offsets
    inside = (neighbours >= 0) & (neighbours < len(tokens))
    centers = np.broadcast_to(positions[:, np.newaxis], neighbours.shape)
    return tokens[centers[inside]], tokens[neighbours[inside]]


def _checked(tokens, radius):
    tokens = np.asarray(tokens)
    tokens = tokens if tokens.size else tokens.astype(np.intp)
    check_shape("tokens", tokens.shape, ("t",))
    if not np.issubdtype(tokens.dtype, np.integer):
        raise ValueError(f"tokens: expected integers; got {tokens.dtype.name}")
    whole_number("radius", radius, least=1)
    return tokens
