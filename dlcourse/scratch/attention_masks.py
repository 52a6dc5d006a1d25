"""Attention masks: which tokens may be looked at. True means "look", False means "as if absent".

Masks have the shape (m, t_q, t_k) of the scores, or 1 where all share; `&` combines them:
`create_padding_mask(ids) & create_look_ahead_mask(t)` is (m, t, t).
"""

import numpy as np

from dlcourse.scratch.named_arrays import check_shape
from dlcourse.scratch.ranges import whole_number

__all__ = ["create_look_ahead_mask", "create_padding_mask"]


def create_padding_mask(token_ids, padding=0):
    """Hide the tokens that only fill short sequences up.

    Args:
        token_ids: sequences of numbers of tokens, shape (m, t).
        padding: the number that stands for padding.

    Returns:
        Booleans (m, 1, t): True where there is a token, for every query alike.

    Raises:
        ValueError: token_ids is not a matrix.

    Example:
        >>> create_padding_mask([[7, 6, 0], [1, 0, 0]]).tolist()
        [[[True, True, False]], [[True, False, False]]]
    """
    token_ids = np.asarray(token_ids)
    check_shape("token_ids", token_ids.shape, ("m", "t"))
    return (token_ids != padding)[:, np.newaxis]


def create_look_ahead_mask(sequence_length):
    """Hide the future: position i looks at the positions 0..i.

    Args:
        sequence_length: t, 0 or more.

    Returns:
        Booleans (1, t, t), True on and below the diagonal.

    Raises:
        ValueError: sequence_length is negative.

    Example:
        >>> create_look_ahead_mask(3).astype(int).tolist()
        [[[1, 0, 0], [1, 1, 0], [1, 1, 1]]]
    """
    sequence_length = whole_number("sequence_length", sequence_length, least=0)
    return np.tri(sequence_length, dtype=bool)[np.newaxis]
