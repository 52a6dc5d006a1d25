"""A piece of text made ready for the update kernels: kept words, windows, groups, negatives.

Sixteen neighbouring words form a group. The words in their windows are those of the group itself
and a few on either side, its *band*, so that the scores of all their pairs are one small product of
two matrices. Which of the 16 × (16 + 2 window) scores are pairs, a matrix of weights says.
"""

from typing import NamedTuple

import numpy as np

from dlcourse.word2vec.windows import window_extents

__all__ = ["GROUP", "BandWeights", "Batch", "Groups", "prepare"]

GROUP = 16


class Groups(NamedTuple):
    """Words of a text in groups, with what is drawn at random for them.

    Attributes:
        words: int32 (groups, GROUP), the words kept; at the end zeros fill up.
        band: int32 (groups, GROUP + 2 window), the words with those on either side.
        negatives: int32 (groups, GROUP), drawn words, shared by the words of the group.
        left: int32 (groups, GROUP), how far each word sees to the left; 0 for what fills up.
        right: int32 (groups, GROUP), how far it sees to the right.
    """

    words: np.ndarray
    band: np.ndarray
    negatives: np.ndarray
    left: np.ndarray
    right: np.ndarray

    @property
    def window(self):
        """Largest reach, from the width of the band."""
        return (self.band.shape[1] - GROUP) // 2

    @property
    def n_pairs(self):
        """How many pairs of a word and a neighbour there are."""
        return int(self.left.sum() + self.right.sum())


class Batch(NamedTuple):
    """Groups in the form that a kernel works on.

    Attributes:
        rows: int32 (groups, m), rows of the table that a group needs, in the kernel's order.
        weights: float32 (groups, m), how many examples take part in the update of each.
        cases: integers (groups, GROUP), where `BandWeights` finds who sees whom.
        pairs: float32 (groups, GROUP, 1), how many neighbours each word sees.
    """

    rows: np.ndarray
    weights: np.ndarray
    cases: np.ndarray
    pairs: np.ndarray

    def slice(self, begin, end):
        """Groups `begin` to `end`: Batch."""
        return Batch(*(part[begin:end] for part in self))

    def split(self, size):
        """Yield batches of `size` groups; the last one may have fewer."""
        for begin in range(0, len(self.rows), size):
            yield self.slice(begin, begin + size)


class BandWeights:
    """Which words of a group's band each word of the group sees, from a table of all cases.

    Args:
        window: largest reach.

    Example:
        >>> weights = BandWeights(window=1)
        >>> left, right = np.ones((1, 16), int), np.zeros((1, 16), int)
        >>> seen = weights(weights.cases(left, right))
        >>> seen.shape, seen[0, 2, :5].tolist()  # word 2 stands at place 2 + 1 of the band
        ((1, 16, 18), [0.0, 0.0, 1.0, 0.0, 0.0])
    """

    def __init__(self, window):
        self.window = window
        reach = np.arange(window + 1)
        # place in the group, reach to the left, reach to the right, place in the band
        distance = np.arange(GROUP + 2 * window) - window - np.arange(GROUP)[:, None, None, None]
        sees = (distance >= -reach[:, None, None]) & (distance <= reach[:, None]) & (distance != 0)
        self.table = sees.astype(np.float32).reshape(-1, GROUP + 2 * window)

    def cases(self, left, right):
        """Numbers of the cases: integers (groups, GROUP), for reaches of that shape."""
        n_reaches = self.window + 1
        return (np.arange(GROUP) * n_reaches + left) * n_reaches + right

    def __call__(self, cases):
        """Ones where a word sees another, else zeros: float32 (groups, GROUP, GROUP + 2 window)."""
        return np.take(self.table, cases, axis=0, mode="clip")


def prepare(chunk, keep, noise, window, rng):
    """Subsample a piece of text, draw windows and negatives, and arrange all in groups.

    Args:
        chunk: Chunk of an EncodedCorpus.
        keep: float32 (V,), as from `keep_probabilities`.
        noise: AliasTable of the distribution of negatives.
        window: largest reach, at least 1.
        rng: numpy Generator.

    Returns:
        Groups, with as many negatives as words.

    Example:
        >>> from dlcourse.word2vec.alias import AliasTable
        >>> from dlcourse.word2vec.corpus import EncodedCorpus
        >>> chunk = EncodedCorpus(np.array([1, 1, 1, -1], np.int32)).chunk(0, 4)
        >>> rng = np.random.default_rng(0)
        >>> groups = prepare(chunk, np.ones(2, np.float32), AliasTable([1, 1]), 2, rng)
        >>> groups.words[0, :4].tolist(), groups.band[0, :6].tolist(), groups.n_pairs > 3
        ([1, 1, 1, 0], [0, 0, 1, 1, 1, 0], True)
    """
    kept = rng.random(len(chunk.ids), dtype=np.float32) < keep[chunk.ids]
    words = chunk.ids[kept]
    left, right = window_extents(chunk.sentences[kept], window, rng)
    n_groups = -(-len(words) // GROUP)
    missing = n_groups * GROUP - len(words)
    padded = np.pad(words, (window, window + missing))
    width = GROUP + 2 * window
    # overlapping views of one row of words; where there is no word, there is no group
    band = [np.lib.stride_tricks.sliding_window_view(padded, width)[::GROUP]] if n_groups else []
    return Groups(
        padded[window : window + n_groups * GROUP].reshape(n_groups, GROUP),
        band[0] if band else np.zeros((0, width), np.int32),
        noise.draw((n_groups, GROUP), rng),
        np.pad(left, (0, missing)).reshape(n_groups, GROUP),
        np.pad(right, (0, missing)).reshape(n_groups, GROUP),
    )
