"""Huffman's tree: frequent words get short codes, and the expected length is as small as can be."""

import heapq
import math

import numpy as np

from dlcourse.scratch.named_arrays import parameter_array

__all__ = ["expected_length", "huffman_merges", "huffman_tree", "kraft_sum"]


def huffman_merges(frequencies):
    """Join the two rarest nodes again and again, until a single one is left: the root.

    Args:
        frequencies: how often each word occurs, shape (V,), not negative.

    Returns:
        List of V - 1 pairs (left, right). A number below V is a word, V + i is the node that pair
        i made. Of equally rare nodes, the older is taken first.

    Raises:
        ValueError: frequencies is not a vector of finite numbers ≥ 0 with at least one entry.

    Reference:
        Huffman, "A Method for the Construction of Minimum-Redundancy Codes", 1952.

    Example:
        >>> huffman_merges([5, 1, 2])
        [(1, 2), (3, 0)]
    """
    frequencies = _checked(frequencies).tolist()
    heap = [(frequency, word) for word, frequency in enumerate(frequencies)]
    heapq.heapify(heap)
    merges = []
    while len(heap) > 1:
        (first, left), (second, right) = heapq.heappop(heap), heapq.heappop(heap)
        heapq.heappush(heap, (first + second, len(frequencies) + len(merges)))
        merges.append((left, right))
    return merges


def huffman_tree(frequencies):
    """The way from the root to every word: which turns it takes, and past which nodes.

    Args:
        frequencies: how often each word occurs, shape (V,), not negative.

    Returns:
        (codes, paths), two lists of V entries. A code is a string such as "10", where 0 is left
        and 1 is right; the path holds the inner nodes at which these turns are taken, numbered
        0..V-2 in the order in which they were made, so that the root is V - 2.

    Raises:
        ValueError: frequencies is not a vector of finite numbers ≥ 0 with at least one entry.

    Example:
        >>> huffman_tree([5, 1, 2])
        (['1', '00', '01'], [(1,), (1, 0), (1, 0)])
    """
    merges = huffman_merges(frequencies)
    V = len(merges) + 1
    codes, paths = [""] * V, [()] * V
    # a list instead of recursion, because a tree may be as deep as it has words
    waiting = [(2 * V - 2, "", ())]
    while waiting:
        node, code, path = waiting.pop()
        if node < V:
            codes[node], paths[node] = code, path
        else:
            for bit, child in zip("01", merges[node - V], strict=True):
                waiting.append((child, code + bit, (*path, node - V)))
    return codes, paths


def expected_length(codes, frequencies):
    """Average number of bits (here: of yes-or-no decisions) per word of the text.

    Args:
        codes: list of V strings of 0 and 1.
        frequencies: how often each word occurs, shape (V,), not all 0.

    Returns:
        Σ frequency · length / Σ frequency, a float ≥ 0. Huffman's lies between the entropy of the
        frequencies (in bits) and one bit more.

    Raises:
        ValueError: there is not one frequency per code, or they are all 0.

    Example:
        >>> expected_length(["1", "00", "01"], [5, 1, 2])
        1.375
    """
    frequencies = _checked(frequencies)
    if len(codes) != len(frequencies):
        raise ValueError(f"codes: expected {len(frequencies)}, one per word; got {len(codes)}")
    total = np.sum(frequencies)
    if total == 0:
        raise ValueError("frequencies: expected at least one above 0; got only zeros")
    return float(np.sum(frequencies * [len(code) for code in codes]) / total)


def kraft_sum(codes):
    """Sum of 2^-length over the codes: how much of the room for codes is taken.

    Args:
        codes: strings of 0 and 1.

    Returns:
        A float: at most 1 for every code in which no word is the beginning of another one, and
        exactly 1 where no bit is wasted, as in Huffman's.

    Reference:
        Kraft, "A Device for Quantizing, Grouping, and Coding Amplitude-Modulated Pulses", 1949.

    Example:
        >>> kraft_sum(["1", "00", "01"]), kraft_sum(["1", "00"])
        (1.0, 0.75)
    """
    return math.fsum(2.0 ** -len(code) for code in codes)


def _checked(frequencies):
    frequencies = parameter_array("frequencies", frequencies, ("V",))
    if not 0 <= np.min(frequencies) <= np.max(frequencies) < np.inf:
        raise ValueError(
            "frequencies: expected finite numbers of 0 or more; "
            f"got {np.min(frequencies)} to {np.max(frequencies)}"
        )
    return frequencies
