"""Why depth: XOR needs a hidden layer, and parity wants many small layers, not one huge layer."""

import numpy as np

from dlcourse.scratch.activations import step

__all__ = ["parity_by_counting", "parity_by_patterns", "parity_tree", "parity_units", "xor_network"]

_UNITS_PER_XOR = 3  # two hidden units and the output of `xor_network`
_LARGEST_LAYER = 20  # bits; half a million hidden units


def xor_network(X):
    """XOR of two bits by a network of three step units with weights chosen by hand.

    Args:
        X: pairs of bits, (2, m) of 0 and 1.

    Returns:
        Tuple (H, Y): the hidden units (2, m), "at least one bit is 1" and "both bits are 1", and
        the output (1, m), which fires for the first but not the second. All 0.0 or 1.0.

    Raises:
        ValueError: If X has not two rows.

    Reference:
        Minsky and Papert, "Perceptrons", 1969 (what a single unit cannot compute).

    Example:
        >>> H, Y = xor_network(np.array([[0, 0, 1, 1], [0, 1, 0, 1]]))
        >>> H.tolist()
        [[0.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 1.0]]
        >>> Y.tolist()
        [[0.0, 1.0, 1.0, 0.0]]
    """
    if np.shape(X)[:1] != (2,):
        raise ValueError(f"X: expected shape (2, m), one bit per row, got {np.shape(X)}")
    W1, b1 = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[-0.5], [-1.5]])
    W2, b2 = np.array([[1.0, -1.0]]), -0.5
    H = step(W1 @ X + b1)
    return H, step(W2 @ H + b2)


def parity_tree(X):
    """Parity of n bits by a binary tree of XORs, whose depth grows only like log2(n).

    Args:
        X: bits, (n, m) of 0 and 1 with n >= 1.

    Returns:
        Tuple (parity, depth): parity (1, m) of 0.0 (even number of ones) and 1.0 (odd), and the
        number of XOR levels, the smallest whole number >= log2(n).

    Example:
        >>> parity, depth = parity_tree(np.array([[1, 1], [0, 1], [1, 0], [1, 0]]))
        >>> parity.tolist(), depth
        ([[1.0, 0.0]], 2)
    """
    level, depth = np.asarray(X, dtype=float), 0
    while len(level) > 1:
        level, depth = _xor_of_pairs(level), depth + 1
    return level, depth


def _xor_of_pairs(level):
    """Halve the number of rows; a row without a partner waits for the next level."""
    pairs, m = len(level) // 2, level.shape[1]
    left, right = level[0 : 2 * pairs : 2], level[1 : 2 * pairs : 2]
    _, xor = xor_network(np.stack([left.ravel(), right.ravel()]))
    return np.concatenate([xor.reshape(pairs, m), level[2 * pairs :]])


def parity_by_patterns(X):
    """Parity of n bits by one hidden layer with a unit for each of the 2^(n-1) odd patterns.

    Args:
        X: bits, (n, m) of 0 and 1 with n >= 1; the layer is too large to build for n above 20.

    Returns:
        Tuple (parity, hidden): parity (1, m) of 0.0 and 1.0, and the number of hidden units.

    Raises:
        ValueError: If n is above 20.

    Example:
        >>> parity, hidden = parity_by_patterns(np.array([[1, 1], [0, 1], [1, 0], [1, 0]]))
        >>> parity.tolist(), hidden
        ([[1.0, 0.0]], 8)
    """
    n = len(X)
    if n > _LARGEST_LAYER:
        raise ValueError(
            f"X: expected at most {_LARGEST_LAYER} rows, got {n}, which would take {2 ** (n - 1)} "
            "hidden units"
        )
    patterns = np.arange(2**n)[:, None] >> np.arange(n) & 1
    odd = patterns[patterns.sum(axis=1) % 2 == 1]
    # weights +1 where the pattern has a 1 and -1 elsewhere: only the pattern itself reaches its sum
    W1, b1 = 2.0 * odd - 1, 0.5 - odd.sum(axis=1, keepdims=True)
    H = step(W1 @ X + b1)
    return step(H.sum(axis=0, keepdims=True) - 0.5), len(H)


def parity_by_counting(X):
    """Parity of n bits by one hidden layer of n step units, each with its own threshold.

    The exponential lower bound of the depth argument is about gates (and, or, not). A unit with a
    real threshold is stronger: unit k fires where at least k bits are 1, and an output with the
    weights +1, -1, +1, … tells odd from even.

    Args:
        X: bits, (n, m) of 0 and 1 with n >= 1.

    Returns:
        Tuple (parity, hidden): parity (1, m) of 0.0 and 1.0, and the number of hidden units, n.

    Example:
        >>> parity, hidden = parity_by_counting(np.array([[1, 1], [0, 1], [1, 0], [1, 0]]))
        >>> parity.tolist(), hidden
        ([[1.0, 0.0]], 4)
    """
    n = len(X)
    thresholds = np.arange(1, n + 1)[:, None] - 0.5
    H = step(np.ones((n, n)) @ X - thresholds)
    signs = (-1.0) ** np.arange(n)[None, :]
    return step(signs @ H - 0.5), len(H)


def parity_units(n):
    """How many step units parity of n bits takes: by a tree of XORs, and by one hidden layer.

    Args:
        n: number of bits, a whole number >= 2.

    Returns:
        Tuple (deep, shallow) of ints. Deep: n - 1 XORs of three units. Shallow: one hidden unit for
        each of the 2^(n-1) patterns with an odd number of ones, and the output unit.

    Raises:
        ValueError: If n is below 2.

    Reference:
        Håstad, "Almost optimal lower bounds for small depth circuits", 1986 (circuits of gates
        with bounded depth need exponentially many for parity).

    Example:
        >>> [parity_units(n) for n in (2, 4, 10, 20)]
        [(3, 3), (9, 9), (27, 513), (57, 524289)]
    """
    if n <= 1:
        raise ValueError(f"n: expected a whole number of at least 2, got {n}")
    return _UNITS_PER_XOR * (n - 1), 2 ** (n - 1) + 1
