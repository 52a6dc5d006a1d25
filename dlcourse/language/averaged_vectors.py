"""A document as the average of the vectors of its words, plain or weighted."""

import numpy as np
from scipy import sparse

__all__ = ["document_vectors", "vectors_of"]


def vectors_of(vocabulary, word_vectors):
    """Arrange word vectors in the order of a vocabulary.

    Args:
        vocabulary: Vocabulary of V words.
        word_vectors: WordVectors, with the words in any order.

    Returns:
        (vectors, known): float32 (V, n), zeros for words without a vector; booleans (V,).

    Raises:
        ValueError: no word of the vocabulary has a vector.

    Example:
        >>> from dlcourse.vocabulary import Vocabulary
        >>> from dlcourse.word2vec import WordVectors
        >>> found = WordVectors(("tea", "sea"), np.eye(2, dtype=np.float32))
        >>> vectors_of(Vocabulary(["coffee", "tea"]), found)[0].tolist()
        [[0.0, 0.0], [1.0, 0.0]]
    """
    places = {word: place for place, word in enumerate(word_vectors.words)}
    rows = np.array([places.get(word, -1) for word in vocabulary.words], np.intp)
    known = rows >= 0
    if not known.any():
        raise ValueError(
            f"word_vectors: expected vectors of words of the vocabulary; none of its {len(rows)} "
            f"is among the {len(places)}"
        )
    return np.where(known[:, np.newaxis], word_vectors.vectors[rows], 0), known


def document_vectors(counts, vectors, weights=None):
    """Average the vectors of the words of each document.

    Args:
        counts: array or sparse array (m, V): how often each word occurs.
        vectors: (V, n).
        weights: how much each word counts, (V,), 0 or more: `TfIdf(counts).weights` for the
            tf-idf-weighted average, 0 for words without a vector; all 1 unless given.

    Returns:
        float64 (m, n); a document in which nothing counts is 0.

    Raises:
        ValueError: the shapes do not fit together, or a weight is negative.

    Reference:
        Arora, Liang and Ma, "A simple but tough-to-beat baseline for sentence embeddings", 2017,
        which compares such averages.

    Example:
        >>> document_vectors([[1, 1], [3, 0], [0, 0]], [[2.0], [4.0]], weights=[1, 3]).tolist()
        [[3.5], [2.0], [0.0]]
    """
    counts, vectors = sparse.csr_array(counts), np.asarray(vectors, np.float64)
    weights = np.ones(len(vectors)) if weights is None else np.asarray(weights, np.float64)
    if vectors.ndim != 2 or not counts.shape[1] == len(vectors) == len(weights):
        raise ValueError(
            "counts, vectors, weights: expected shapes (m, V), (V, n) and (V,); got "
            f"{counts.shape}, {vectors.shape} and {weights.shape}"
        )
    if weights.min(initial=0) < 0:
        raise ValueError(f"weights: expected 0 or more, got {weights.min()}")
    weighed = counts * weights
    totals = np.asarray(weighed.sum(axis=1)).reshape(-1, 1)
    return (weighed @ vectors) / np.where(totals == 0, 1, totals)
