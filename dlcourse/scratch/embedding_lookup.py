"""Embeddings: a one-hot vector times the matrix E is nothing but a row of E, looked up.

Words are numbers 0..V-1 (V words in the vocabulary), and row w of E (V, n) is the vector of word
w. The product with a one-hot vector is the definition; the lookup is what one computes with.
"""

import numpy as np

from dlcourse.scratch.named_arrays import check_shape, float_array, index_array, parameter_array
from dlcourse.scratch.ranges import whole_number

__all__ = [
    "embedding_backward",
    "embedding_backward_one_hot",
    "embedding_forward",
    "embedding_forward_one_hot",
    "one_hot_rows",
]


def one_hot_rows(indices, vocabulary_size):
    """Write every word as a vector with a 1 at its number and 0 everywhere else.

    Args:
        indices: numbers of words, integers of any shape, each in 0..vocabulary_size-1.
        vocabulary_size: V, the number of words, at least 1.

    Returns:
        Array (*indices.shape, V) of 0.0 and 1.0.

    Raises:
        ValueError: an index is not an integer, or outside the vocabulary.

    Example:
        >>> one_hot_rows([2, 0], vocabulary_size=3).tolist()
        [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    vocabulary_size = whole_number("vocabulary_size", vocabulary_size, least=1)
    indices = index_array("indices", indices, (...,), below=vocabulary_size)
    return (indices[..., np.newaxis] == np.arange(vocabulary_size)).astype(np.float64)


def embedding_forward_one_hot(indices, E):
    """Vectors of words by the definition: one-hot vectors times E.

    Args:
        indices: numbers of words, integers of any shape, each in 0..V-1.
        E: embedding matrix, shape (V, n).

    Returns:
        Array (*indices.shape, n).

    Raises:
        ValueError: E is not a matrix of numbers, or an index is not one of its rows.

    Example:
        >>> embedding_forward_one_hot([1], np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
        [[3.0, 4.0]]
    """
    E = parameter_array("E", E, ("V", "n"))
    return one_hot_rows(indices, len(E)).astype(E.dtype) @ E


def embedding_forward(indices, E):
    """Vectors of words by lookup: n numbers are copied where the product multiplies V·n.

    Args:
        indices: numbers of words, integers of any shape, each in 0..V-1.
        E: embedding matrix, shape (V, n).

    Returns:
        Array (*indices.shape, n), equal to `embedding_forward_one_hot`.

    Raises:
        ValueError: E is not a matrix of numbers, or an index is not one of its rows.

    Example:
        >>> embedding_forward([1, 1], np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
        [[3.0, 4.0], [3.0, 4.0]]
    """
    E = parameter_array("E", E, ("V", "n"))
    return E[index_array("indices", indices, (...,), below=len(E))]


def embedding_backward_one_hot(d_vectors, indices, vocabulary_size):
    """Backward pass by the definition: the transposed one-hot matrix times the gradient.

    Args:
        d_vectors: gradient of the cost with respect to the vectors, shape (*indices.shape, n).
        indices: numbers of words, as in the forward pass.
        vocabulary_size: V, the number of rows of E, at least 1.

    Returns:
        Gradient of the cost with respect to E, shape (V, n).

    Raises:
        ValueError: the shapes do not fit, or an index is outside the vocabulary.

    Example:
        >>> embedding_backward_one_hot([[1.0], [5.0]], [2, 2], vocabulary_size=3).tolist()
        [[0.0], [0.0], [6.0]]
    """
    d_vectors, indices = _gradient_and_indices(d_vectors, indices, vocabulary_size)
    n = d_vectors.shape[-1]
    one_hot = one_hot_rows(indices, vocabulary_size).astype(d_vectors.dtype)
    return one_hot.reshape(indices.size, vocabulary_size).T @ d_vectors.reshape(indices.size, n)


def embedding_backward(d_vectors, indices, vocabulary_size):
    """Backward pass by scatter-add: each gradient is added to the row that it was looked up from.

    Args:
        d_vectors: gradient of the cost with respect to the vectors, shape (*indices.shape, n).
        indices: numbers of words, as in the forward pass.
        vocabulary_size: V, the number of rows of E, at least 1.

    Returns:
        Gradient of the cost with respect to E, shape (V, n); 0 in the rows of absent words.

    Raises:
        ValueError: the shapes do not fit, or an index is outside the vocabulary.

    Example:
        >>> embedding_backward([[1.0], [5.0]], [2, 2], vocabulary_size=3).tolist()
        [[0.0], [0.0], [6.0]]
    """
    d_vectors, indices = _gradient_and_indices(d_vectors, indices, vocabulary_size)
    dE = np.zeros((vocabulary_size, d_vectors.shape[-1]), d_vectors.dtype)
    # dE[indices] += d_vectors would keep only one of the gradients of a word that occurs twice
    np.add.at(dE, indices, d_vectors)
    return dE


def _gradient_and_indices(d_vectors, indices, vocabulary_size):
    vocabulary_size = whole_number("vocabulary_size", vocabulary_size, least=1)
    indices = index_array("indices", indices, (...,), below=vocabulary_size)
    d_vectors = float_array("d_vectors", d_vectors, (..., "n"))
    check_shape("d_vectors", d_vectors.shape, (*indices.shape, "n"))
    return d_vectors, indices
