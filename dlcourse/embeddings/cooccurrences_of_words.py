"""How often words stand near each other in a corpus, without a table of all pairs."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from dlcourse.scratch.ranges import whole_number

__all__ = ["Cooccurrences", "cooccurrences"]

_CHUNK = 1 << 18  # words whose pairs are added up at once


class Cooccurrences(NamedTuple):
    """The entries of a table of counts that are not 0.

    Attributes:
        rows: int32 (m,), words.
        columns: int32 (m,), their neighbours.
        counts: float32 (m,), above 0.
        n_words: V.
    """

    rows: np.ndarray
    columns: np.ndarray
    counts: np.ndarray
    n_words: int


def cooccurrences(corpus, n_words, window=10):
    """Count neighbours in the same sentence; one at distance d counts 1/d.

    Args:
        corpus: EncodedCorpus; a file larger than memory will do.
        n_words: V, above every number in the corpus.
        window: largest distance, at least 1.

    Returns:
        Cooccurrences, symmetric.

    Raises:
        ValueError: a number in the corpus is not below n_words, or window is below 1.

    Reference:
        Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation", 2014, §4.2.

    Example:
        >>> from dlcourse.word2vec import EncodedCorpus
        >>> corpus = EncodedCorpus(np.array([0, 1, 2, -1, 2, -1], np.int32))
        >>> found = cooccurrences(corpus, n_words=3)
        >>> found.rows.tolist(), found.columns.tolist(), found.counts.tolist()
        ([0, 0, 1, 1, 2, 2], [1, 2, 0, 2, 0, 1], [1.0, 0.5, 1.0, 1.0, 0.5, 1.0])
    """
    window = whole_number("window", window, least=1)
    if corpus.largest >= n_words:
        raise ValueError(
            f"n_words: expected above {corpus.largest}, a word's number; got {n_words}"
        )
    total, start = sparse.csr_array((n_words, n_words), dtype=np.float64), 0
    while start < len(corpus):
        chunk = corpus.chunk(start, _CHUNK)
        total = total + _one_sided(chunk, n_words, window)
        start = chunk.next_start
    table = (total + total.T).tocoo()
    rows, columns = (index.astype(np.int32) for index in table.coords)
    return Cooccurrences(rows, columns, table.data.astype(np.float32), n_words)


def _one_sided(chunk, n_words, window):
    """Counts of each word with those behind it."""
    rows, columns, weights = [], [], []
    for distance in range(1, min(window, len(chunk.ids) - 1) + 1):
        near = chunk.sentences[distance:] == chunk.sentences[:-distance]
        rows.append(chunk.ids[:-distance][near])
        columns.append(chunk.ids[distance:][near])
        weights.append(np.full(len(rows[-1]), 1 / distance))
    if not rows:
        return sparse.csr_array((n_words, n_words))
    places = np.concatenate(rows), np.concatenate(columns)
    return sparse.coo_array((np.concatenate(weights), places), (n_words, n_words)).tocsr()
