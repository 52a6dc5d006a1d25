"""A piece of text made ready for the update kernels: kept words, windows, groups, negatives.

Sixteen neighbouring words form a group. The words in their windows are those of the group itself
and a few on either side, its *band*, so that the scores of all their pairs are one small product of
two matrices. Which of the 16 × (16 + 2 window) scores are pairs, a matrix of weights says.
"""

from typing import NamedTuple

import numpy as np

from dlcourse.word2vec.windows import window_extents

__all__ = ["GROUP", "Batch", "BandWeights", "bands", "prepare"]

GROUP = 16


class Batch(NamedTuple):
    """Words of a text in groups, with what is drawn at random for them.

    Attributes:
        ids: int32 (N + 2 window,), the words kept, N a multiple of GROUP; before them `window`
            zeros, behind them at least as many, which are in no window.
        left: int32 (N,), how far each word sees to the left; 0 for what only fills up.
        right: int32 (N,), how far it sees to the right.
        negatives: int32 (N / GROUP, n), drawn words, n for each group.
        window: int.
    """

    ids: np.ndarray
    left: np.ndarray
    right: np.ndarray
    negatives: np.ndarray
    window: int

    @property
    def n_pairs(self):
        """How many pairs of a word and a neighbour there are."""
        return int(self.left.sum() + self.right.sum())

    def split(self, size):
        """Yield batches of `size` words, a multiple of GROUP; the last one may have fewer."""
        margin = 2 * self.window
        for begin in range(0, len(self.left), size):
            end = min(begin + size, len(self.left))
            groups = slice(begin // GROUP, end // GROUP)
            reach = self.left[begin:end], self.right[begin:end]
            yield Batch(self.ids[begin : end + margin], *reach, self.negatives[groups], self.window)


class BandWeights:
    """Look up which words of a group's band each word of the group sees.

    Args:
        window: largest reach.

    Example:
        >>> weights = BandWeights(window=1)(np.array([1] * 16), np.array([0] * 16))
        >>> weights.shape, weights[0, 2, :5].tolist()  # word 2 stands at place 2 + 1 of the band
        ((1, 16, 18), [0.0, 0.0, 1.0, 0.0, 0.0])
    """

    def __init__(self, window):
        self.window = window
        reach = np.arange(window + 1)
        # all cases in one table: place in the group, reach to the left, reach to the right
        distance = np.arange(GROUP + 2 * window) - window - np.arange(GROUP)[:, None, None, None]
        sees = (distance >= -reach[:, None, None]) & (distance <= reach[:, None]) & (distance != 0)
        self.cases = sees.astype(np.float32).reshape(-1, GROUP + 2 * window)

    def __call__(self, left, right):
        """Ones where a word sees another, else zeros: float32 (groups, GROUP, GROUP + 2 window)."""
        n_reaches = self.window + 1
        places = np.arange(len(left)) % GROUP
        cases = (places * n_reaches + left) * n_reaches + right
        return self.cases[cases].reshape(-1, GROUP, GROUP + 2 * self.window)


def bands(ids, window):
    """The words of each group's band: int32 (groups, GROUP + 2 window), overlapping.

    Args:
        ids: int32 (N + 2 window,), as in a Batch.
        window: int.

    Example:
        >>> bands(np.arange(18), window=1).shape
        (1, 18)
    """
    return np.lib.stride_tricks.sliding_window_view(ids, GROUP + 2 * window)[::GROUP]


def prepare(chunk, keep, noise, window, rng):
    """Subsample a piece of text, draw windows and negatives, and arrange all in groups.

    Args:
        chunk: Chunk of an EncodedCorpus.
        keep: float32 (V,), as from `keep_probabilities`.
        noise: AliasTable of the distribution of negatives.
        window: largest reach, at least 1.
        rng: numpy Generator.

    Returns:
        Batch, with as many negatives as words.

    Example:
        >>> from dlcourse.word2vec.alias import AliasTable
        >>> from dlcourse.word2vec.corpus import EncodedCorpus
        >>> chunk = EncodedCorpus(np.array([0, 1, 0, -1], np.int32)).chunk(0, 4)
        >>> rng = np.random.default_rng(0)
        >>> batch = prepare(chunk, np.ones(2, np.float32), AliasTable([1, 1]), 2, rng)
        >>> batch.ids.tolist()[:6], batch.n_pairs > 0
        ([0, 0, 0, 1, 0, 0], True)
    """
    kept = rng.random(len(chunk.ids), dtype=np.float32) < keep[chunk.ids]
    words = chunk.ids[kept]
    left, right = window_extents(chunk.sentences[kept], window, rng)
    n_groups = -(-len(words) // GROUP)
    missing = n_groups * GROUP - len(words)
    return Batch(
        np.pad(words, (window, window + missing)),
        np.pad(left, (0, missing)),
        np.pad(right, (0, missing)),
        noise.draw((n_groups, GROUP), rng),
        window,
    )
