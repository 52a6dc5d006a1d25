"""Word2vec with a full softmax: continuous bag of words (CBOW) and skip-gram.

Both predict a word from a vector h: CBOW from the average of the words around it, skip-gram from
one neighbour. Row w of E (V, n) is word w as input, row w of U (V, n) is word w as output, and
the probability of word w is softmax over w of u_w · h. The sum over all V words is what
`hierarchical_softmax` and `negative_sampling` avoid.
"""

import numpy as np

from dlcourse.scratch.embedding_lookup import embedding_backward
from dlcourse.scratch.named_arrays import float_array, index_array, parameter_array

__all__ = [
    "cbow_backward",
    "cbow_forward",
    "skip_gram_backward",
    "skip_gram_forward",
    "softmax_output_backward",
    "softmax_output_forward",
]


def softmax_output_forward(h, targets, U):
    """Cost of predicting the target words from h: the average of -log softmax(U h)[target].

    Args:
        h: what the prediction starts from, shape (m, n).
        targets: numbers of the words to predict, integers (m,), each in 0..V-1.
        U: output vectors, shape (V, n).

    Returns:
        (cost, cache): a float ≥ 0 (0 for no example), and what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit, U holds NaN, or a target is not a row of U.

    Example:
        >>> cost, _ = softmax_output_forward(np.ones((1, 2)), [3], np.zeros((4, 2)))
        >>> round(cost, 4) == round(float(np.log(4)), 4)
        True
    """
    sizes = {}
    U = parameter_array("U", U, ("V", "n"), sizes)
    h = float_array("h", h, ("m", "n"), sizes)
    targets = index_array("targets", targets, ("m",), sizes["V"], sizes)
    scores = h @ U.T
    scores = scores - np.max(scores, axis=1, keepdims=True)
    # log of the sum, not of the quotient: a probability may be too small for a float
    exp_scores = np.exp(scores)
    sums = np.sum(exp_scores, axis=1, keepdims=True)
    losses = np.log(sums[:, 0]) - scores[np.arange(len(h)), targets]
    return float(np.sum(losses) / max(len(h), 1)), (h, targets, U, exp_scores / sums)


def softmax_output_backward(cache):
    """Gradients of the cost of `softmax_output_forward`.

    Args:
        cache: as `softmax_output_forward` returned it.

    Returns:
        (dh, dU): shapes (m, n) and (V, n).

    Example:
        >>> _, cache = softmax_output_forward(np.ones((1, 1)), [0], np.zeros((2, 1)))
        >>> dh, dU = softmax_output_backward(cache)
        >>> dh.tolist(), dU.tolist()
        ([[0.0]], [[-0.5], [0.5]])
    """
    h, targets, U, probabilities = cache
    d_scores = probabilities.copy()
    d_scores[np.arange(len(h)), targets] -= 1  # softmax with cross-entropy: p - y
    d_scores /= max(len(h), 1)
    return d_scores @ U, d_scores.T @ h


def cbow_forward(contexts, targets, E, U):
    """Cost of continuous bag of words: the average of the words around predicts the word.

    Args:
        contexts: numbers of the words around, integers (m, c), c at least 1.
        targets: numbers of the words in the middle, integers (m,).
        E: input vectors, shape (V, n).
        U: output vectors, shape (V, n).

    Returns:
        (cost, cache): a float ≥ 0 (0 for no example), and what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit, a parameter holds NaN, or a word is not a row of E.

    Reference:
        Mikolov et al., "Efficient Estimation of Word Representations in Vector Space", 2013, §3.1.

    Example:
        >>> E, U = np.array([[1.0], [3.0], [0.0]]), np.zeros((3, 1))
        >>> cost, _ = cbow_forward([[0, 1]], [2], E, U)
        >>> round(cost, 4)
        1.0986
    """
    sizes = {}
    E = parameter_array("E", E, ("V", "n"), sizes)
    U = parameter_array("U", U, ("V", "n"), sizes)
    contexts = index_array("contexts", contexts, ("m", "c"), sizes["V"], sizes)
    if sizes["c"] == 0:
        raise ValueError("contexts: expected at least one word around each target; got none")
    cost, output_cache = softmax_output_forward(np.mean(E[contexts], axis=1), targets, U)
    return cost, (contexts, len(E), output_cache)


def cbow_backward(cache):
    """Gradients of the cost of `cbow_forward`: each word around gets an equal share of dh.

    Args:
        cache: as `cbow_forward` returned it.

    Returns:
        Dictionary "dE" (V, n) and "dU" (V, n).

    Example:
        >>> E, U = np.array([[1.0], [3.0]]), np.array([[0.0], [2.0]])
        >>> gradients = cbow_backward(cbow_forward([[0, 1]], [1], E, U)[1])
        >>> bool(gradients["dE"][0, 0] == gradients["dE"][1, 0])
        True
    """
    contexts, vocabulary_size, output_cache = cache
    dh, dU = softmax_output_backward(output_cache)
    shares = np.repeat(dh[:, np.newaxis] / contexts.shape[1], contexts.shape[1], axis=1)
    return {"dE": embedding_backward(shares, contexts, vocabulary_size), "dU": dU}


def skip_gram_forward(centers, contexts, E, U):
    """Cost of skip-gram: a word predicts one of the words around it, for every such pair.

    Args:
        centers: numbers of the words that predict, integers (m,), as from `skip_gram_pairs`.
        contexts: numbers of their neighbours, integers (m,).
        E: input vectors, shape (V, n).
        U: output vectors, shape (V, n).

    Returns:
        (cost, cache): a float ≥ 0 (0 for no pair), and what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit, a parameter holds NaN, or a word is not a row of E.

    Reference:
        Mikolov et al., "Efficient Estimation of Word Representations in Vector Space", 2013, §3.2.

    Example:
        >>> cost, _ = skip_gram_forward([0], [1], np.ones((2, 1)), np.array([[0.0], [50.0]]))
        >>> round(cost, 4)
        0.0
    """
    sizes = {}
    E = parameter_array("E", E, ("V", "n"), sizes)
    U = parameter_array("U", U, ("V", "n"), sizes)
    centers = index_array("centers", centers, ("m",), sizes["V"], sizes)
    contexts = index_array("contexts", contexts, ("m",), sizes["V"], sizes)
    cost, output_cache = softmax_output_forward(E[centers], contexts, U)
    return cost, (centers, len(E), output_cache)


def skip_gram_backward(cache):
    """Gradients of the cost of `skip_gram_forward`.

    Args:
        cache: as `skip_gram_forward` returned it.

    Returns:
        Dictionary "dE" (V, n), 0 in the rows of words that predicted nothing, and "dU" (V, n).

    Example:
        >>> _, cache = skip_gram_forward([0], [1], np.ones((2, 1)), np.zeros((2, 1)))
        >>> skip_gram_backward(cache)["dU"].tolist()
        [[0.5], [-0.5]]
    """
    centers, vocabulary_size, output_cache = cache
    dh, dU = softmax_output_backward(output_cache)
    return {"dE": embedding_backward(dh, centers, vocabulary_size), "dU": dU}
