"""Hierarchical softmax: a word is reached by left-or-right decisions in a tree.

Every inner node j of the tree has a vector u_j and goes left with probability σ(u_j · h). The
probability of a word is the product along its path, so the probabilities of all words sum to 1
without anyone adding them up, and a word costs about log₂ V products instead of V.
"""

import numpy as np

from dlcourse.scratch.embedding_lookup import embedding_backward
from dlcourse.scratch.named_arrays import float_array, index_array, parameter_array
from dlcourse.scratch.squashing import sigmoid

__all__ = [
    "hierarchical_probabilities",
    "hierarchical_softmax_backward",
    "hierarchical_softmax_forward",
    "path_matrices",
]


def path_matrices(codes, paths):
    """Write the paths of a tree as two matrices, so that many words can be followed at once.

    Args:
        codes: list of V strings of 0 (left) and 1 (right), as from `huffman_tree`.
        paths: list of V tuples of inner nodes, as from `huffman_tree`.

    Returns:
        (nodes, signs): integers (V, depth) and (V, depth), depth that of the longest path. The
        sign is 1 for left, -1 for right, and 0 behind the end of a shorter path (its node is 0).

    Raises:
        ValueError: a path is not as long as its code.

    Example:
        >>> nodes, signs = path_matrices(["1", "00", "01"], [(1,), (1, 0), (1, 0)])
        >>> nodes.tolist(), signs.tolist()
        ([[1, 0], [1, 0], [1, 0]], [[-1, 0], [1, 1], [1, -1]])
    """
    lengths = [len(code) for code in codes]
    if lengths != [len(path) for path in paths]:
        raise ValueError("paths: expected one node per bit of each code; got other lengths")
    nodes = np.zeros((len(codes), max(lengths, default=0)), np.intp)
    signs = np.zeros_like(nodes)
    for word, (code, path) in enumerate(zip(codes, paths, strict=True)):
        nodes[word, : len(path)] = path
        signs[word, : len(code)] = [1 if bit == "0" else -1 for bit in code]
    return nodes, signs


def hierarchical_softmax_forward(h, targets, U, nodes, signs):
    """Cost of predicting the target words from h: the average of -Σ log σ(± u_j · h).

    Args:
        h: what the prediction starts from, shape (m, n).
        targets: numbers of the words to predict, integers (m,), each in 0..V-1.
        U: vectors of the inner nodes, shape (V - 1, n).
        nodes: inner nodes on the way to each word, integers (V, depth), of `path_matrices`.
        signs: turns on the way to each word, (V, depth), of `path_matrices`.

    Returns:
        (cost, cache): a float ≥ 0 (0 for no example), and what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit, U holds NaN, or a target is not a word of the tree.

    Reference:
        Morin and Bengio, "Hierarchical Probabilistic Neural Network Language Model", 2005.

    Example:
        >>> tree = path_matrices(["0", "1"], [(0,), (0,)])
        >>> cost, _ = hierarchical_softmax_forward(np.ones((1, 2)), [1], np.zeros((1, 2)), *tree)
        >>> round(cost, 4)
        0.6931
    """
    h, U, nodes, signs = _checked(h, U, nodes, signs)
    targets = index_array("targets", targets, (len(h),), below=len(nodes))
    nodes, signs = nodes[targets], signs[targets]
    margins = signs * _scores(h, U, nodes)
    # -log σ(x) = log(1 + exp(-x)); |sign| leaves out what lies behind the end of a path
    losses = np.abs(signs) * np.logaddexp(0, -margins)
    return float(np.sum(losses) / max(len(h), 1)), (h, U, nodes, signs, margins)


def hierarchical_softmax_backward(cache):
    """Gradients of the cost of `hierarchical_softmax_forward`.

    Args:
        cache: as `hierarchical_softmax_forward` returned it.

    Returns:
        (dh, dU): shapes (m, n) and (V - 1, n); 0 for nodes that no target's path passes.

    Example:
        >>> tree = path_matrices(["0", "1"], [(0,), (0,)])
        >>> _, cache = hierarchical_softmax_forward(np.ones((1, 1)), [1], np.zeros((1, 1)), *tree)
        >>> [gradient.tolist() for gradient in hierarchical_softmax_backward(cache)]
        [[[0.0]], [[0.5]]]
    """
    h, U, nodes, signs, margins = cache
    d_scores = -signs * sigmoid(-margins) / max(len(h), 1)
    dh = np.einsum("md,mdn->mn", d_scores, U[nodes])
    return dh, embedding_backward(d_scores[..., np.newaxis] * h[:, np.newaxis], nodes, len(U))


def hierarchical_probabilities(h, U, nodes, signs):
    """Probabilities of all words, by following all paths (only to look at; training needs one).

    Args:
        h: what the prediction starts from, shape (m, n).
        U: vectors of the inner nodes, shape (V - 1, n).
        nodes: inner nodes on the way to each word, integers (V, depth), of `path_matrices`.
        signs: turns on the way to each word, (V, depth), of `path_matrices`.

    Returns:
        Array (m, V), in [0, 1], each row summing to 1.

    Raises:
        ValueError: the shapes do not fit, or U holds NaN.

    Example:
        >>> tree = path_matrices(["1", "00", "01"], [(1,), (1, 0), (1, 0)])
        >>> hierarchical_probabilities(np.ones((1, 1)), np.zeros((2, 1)), *tree).tolist()
        [[0.5, 0.25, 0.25]]
    """
    h, U, nodes, signs = _checked(h, U, nodes, signs)
    turns = sigmoid(signs * (h @ U.T)[:, nodes])
    return np.prod(np.where(signs == 0, turns.dtype.type(1), turns), axis=2)


def _scores(h, U, nodes):
    return np.einsum("mn,mdn->md", h, U[nodes])


def _checked(h, U, nodes, signs):
    sizes = {}
    U = parameter_array("U", U, ("V-1", "n"), sizes)
    h = float_array("h", h, ("m", "n"), sizes)
    nodes = index_array("nodes", nodes, (len(U) + 1, "depth"), len(U), sizes)
    signs = float_array("signs", signs, (len(U) + 1, "depth"), sizes)
    return h, U, nodes, signs.astype(U.dtype)
