"""Positional encoding: waves of many lengths tell attention, which is blind to order, the place."""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.ranges import whole_number

__all__ = ["get_angles", "positional_encoding"]


def get_angles(pos, k, d):
    """Angles of the waves: pos / 10000^(2i/d), where each i serves two neighbouring columns.

    Args:
        pos: positions, such as a column (positions, 1).
        k: numbers of columns 0..d-1, such as a row (1, d); i is k // 2.
        d: size of the encoding, at least 1.

    Returns:
        Array of the shape that pos and k broadcast to, in radians.

    Raises:
        ValueError: d is below 1.

    Example:
        >>> get_angles(np.array([[0], [1]]), np.array([[0, 1, 2, 3]]), d=4).tolist()
        [[0.0, 0.0, 0.0, 0.0], [1.0, 1.0, 0.01, 0.01]]
    """
    d = whole_number("d", d, least=1)
    return as_float(pos) / 10000.0 ** (2 * (np.asarray(k) // 2) / d)


def positional_encoding(positions, d):
    """Encode the positions 0..positions-1: sines in the even columns, cosines in the odd ones.

    Args:
        positions: how many, 0 or more.
        d: size of the encoding, at least 1; that of the word vectors it is added to.

    Returns:
        Array (1, positions, d), in [-1, 1]; the first axis broadcasts over a batch. The encoding
        of pos + s is a rotation of that of pos, and the same rotation for every pos.

    Raises:
        ValueError: positions is negative, or d is below 1.

    Reference:
        Vaswani et al., "Attention Is All You Need", 2017, §3.5.

    Example:
        >>> positional_encoding(2, 4).round(3).tolist()
        [[[0.0, 1.0, 0.0, 1.0], [0.841, 0.54, 0.01, 1.0]]]
    """
    positions = whole_number("positions", positions, least=0)
    d = whole_number("d", d, least=1)
    encoding = get_angles(np.arange(positions)[:, np.newaxis], np.arange(d)[np.newaxis], d)
    encoding[:, 0::2] = np.sin(encoding[:, 0::2])
    encoding[:, 1::2] = np.cos(encoding[:, 1::2])
    return encoding[np.newaxis]
