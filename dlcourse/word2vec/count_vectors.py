"""Word vectors without training: a table of neighbours, logarithms, and its singular values."""

import numpy as np
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

__all__ = ["neighbour_overlap", "ppmi_vectors"]


def ppmi_vectors(pairs, n_words, dimension=100, shift=1):
    """Vectors from positive pointwise mutual information and its singular value decomposition.

    Skip-gram with k negatives factorizes the same table implicitly, with shift k, so that the
    neighbours in both should be alike.

    Args:
        pairs: (centers, contexts), integers (m,), (m,), of a whole text.
        n_words: V.
        dimension: n, below V.
        shift: k; log k is taken from every entry before negative ones become 0.

    Returns:
        float64 (V, n): the left singular vectors times the roots of the singular values.

    Raises:
        ValueError: the dimension is not below V.

    Reference:
        Levy and Goldberg, "Neural Word Embedding as Implicit Matrix Factorization", 2014.

    Example:
        >>> pairs = np.array([0, 1, 2, 3]), np.array([1, 0, 3, 2])
        >>> vectors = ppmi_vectors(pairs, n_words=4, dimension=2)
        >>> vectors.shape
        (4, 2)
    """
    if not 1 <= dimension < n_words:
        raise ValueError(f"dimension: expected 1 to {n_words - 1}, got {dimension}")
    counts = sparse.coo_array((np.ones(len(pairs[0])), pairs), (n_words, n_words)).tocsr()
    row_sums, column_sums = counts.sum(axis=1), counts.sum(axis=0)
    table = counts.tocoo()
    rows, columns = table.coords
    table.data = np.log(table.data * counts.sum() / (row_sums[rows] * column_sums[columns]))
    table.data = np.maximum(table.data - np.log(shift), 0)
    left, values, _ = randomized_svd(table.tocsr(), dimension, random_state=0)
    return left * np.sqrt(values)


def neighbour_overlap(vectors, others, words, n_neighbours=10):
    """Share of the nearest neighbours, by cosine, that two sets of vectors agree on.

    Args:
        vectors: (V, n).
        others: (V, n'), of the same words.
        words: numbers of the words whose neighbours are compared, integers (m,).
        n_neighbours: how many of each, below V.

    Returns:
        float from 0 to 1.

    Example:
        >>> vectors = np.random.default_rng(0).normal(size=(30, 4))
        >>> neighbour_overlap(vectors, 2 * vectors, np.arange(5))
        1.0
    """
    both = np.stack([_nearest(side, words, n_neighbours) for side in (vectors, others)])
    return float(np.mean(np.any(both[0][:, :, None] == both[1][:, None, :], axis=2)))


def _nearest(vectors, words, n_neighbours):
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    directions = vectors / np.where(lengths == 0, 1, lengths)
    cosines = directions[words] @ directions.T
    cosines[np.arange(len(words)), words] = -np.inf
    return np.argpartition(-cosines, n_neighbours, axis=1)[:, :n_neighbours]
