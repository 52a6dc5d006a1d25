"""Negative sampling: tell the true word from a few random ones, instead of from all V words.

Row w of U (V, n) is word w as output, as in `word2vec_softmax`; the softmax over V words becomes
1 + k logistic regressions, "is this the word?": yes for the true one, no for k drawn ones.
"""

import numpy as np

from dlcourse.scratch.embedding_lookup import embedding_backward
from dlcourse.scratch.named_arrays import float_array, index_array, parameter_array
from dlcourse.scratch.ranges import positive, share, whole_number
from dlcourse.scratch.squashing import sigmoid

__all__ = [
    "draw_negatives",
    "keep_probability",
    "negative_sampling_backward",
    "negative_sampling_forward",
    "noise_distribution",
]


def keep_probability(counts, threshold=1e-5):
    """Subsampling of frequent words: with what probability an occurrence stays in the text.

    Args:
        counts: how often each word occurs, shape (V,), not negative, not all 0.
        threshold: share of the text, above 0, up to which a word always stays.

    Returns:
        Array (V,), min(1, √(threshold / share of the word)), in (0, 1].

    Raises:
        ValueError: counts is not a vector of finite numbers ≥ 0, or threshold is not above 0.

    Reference:
        Mikolov et al., "Distributed Representations of Words and Phrases and their
        Compositionality", 2013, §2.3.

    Example:
        >>> keep_probability([96, 4], threshold=0.06).tolist()
        [0.25, 1.0]
    """
    shares, threshold = _shares(counts), positive("threshold", threshold)
    # shares at or below the threshold give 1, and so does 0, by which one must not divide
    return np.sqrt(threshold / np.maximum(shares, shares.dtype.type(threshold)))


def noise_distribution(counts, power=0.75):
    """Probabilities of drawing each word as a negative: counts^¾, divided by their sum.

    Args:
        counts: how often each word occurs, shape (V,), not negative, not all 0.
        power: above 0 (the nearer, the more alike all words) up to 1 (as in the text).

    Returns:
        Array (V,), in [0, 1], summing to 1; 0 for words that never occur.

    Raises:
        ValueError: counts is not a vector of finite numbers ≥ 0 with one above 0, or power is
            outside (0, 1].

    Reference:
        Mikolov et al., "Distributed Representations of Words and Phrases and their
        Compositionality", 2013, §2.2.

    Example:
        >>> noise_distribution([16, 1]).round(3).tolist()
        [0.889, 0.111]
    """
    shares, power = _shares(counts), share("power", power)
    powers = shares**power
    return powers / np.sum(powers)


def draw_negatives(m, k, noise, rng):
    """Draw k random words for each of m examples; a true word may be among them by chance.

    Args:
        m: number of examples, 0 or more.
        k: negatives per example, at least 1; 5..20 for small texts, 2..5 for large ones.
        noise: probabilities of the words, shape (V,), of `noise_distribution`.
        rng: numpy Generator that the words are drawn from.

    Returns:
        Integers (m, k), each in 0..V-1.

    Raises:
        ValueError: m is negative, or k is below 1.

    Example:
        >>> draw_negatives(2, 3, [0.0, 1.0], np.random.default_rng(0)).tolist()
        [[1, 1, 1], [1, 1, 1]]
    """
    size = whole_number("m", m, least=0), whole_number("k", k, least=1)
    noise = _shares(noise, "noise")
    return rng.choice(len(noise), size=size, p=noise)


def negative_sampling_forward(h, targets, negatives, U):
    """Cost of telling true words from drawn ones: -log σ(u_true · h) - Σ log σ(-u_drawn · h).

    Args:
        h: what the prediction starts from, shape (m, n): for skip-gram the vector of the word,
            for CBOW the average of the words around.
        targets: numbers of the true words, integers (m,), each in 0..V-1.
        negatives: numbers of the drawn words, integers (m, k).
        U: output vectors, shape (V, n).

    Returns:
        (cost, cache): a float ≥ 0, averaged over the examples (0 for none), and what the backward
        pass needs.

    Raises:
        ValueError: the shapes do not fit, U holds NaN, or a word is not a row of U.

    Reference:
        Mikolov et al., "Distributed Representations of Words and Phrases and their
        Compositionality", 2013, equation 4.

    Example:
        >>> h, U = np.ones((1, 2)), np.zeros((3, 2))
        >>> cost, _ = negative_sampling_forward(h, [0], [[1, 2]], U)
        >>> round(cost, 4)  # three times log 2
        2.0794
    """
    sizes = {}
    U = parameter_array("U", U, ("V", "n"), sizes)
    h = float_array("h", h, ("m", "n"), sizes)
    targets = index_array("targets", targets, ("m",), sizes["V"], sizes)
    negatives = index_array("negatives", negatives, ("m", "k"), sizes["V"], sizes)
    words = np.concatenate([targets[:, np.newaxis], negatives], axis=1)
    signs = np.full(words.shape[1], -1, U.dtype)
    signs[0] = 1  # the true word stands first
    margins = signs * np.einsum("mn,mkn->mk", h, U[words])
    cost = np.sum(np.logaddexp(0, -margins)) / max(len(h), 1)  # -log σ(x) without overflow
    return float(cost), (h, U, words, signs, margins)


def negative_sampling_backward(cache):
    """Gradients of the cost of `negative_sampling_forward`: only 1 + k rows of U per example.

    Args:
        cache: as `negative_sampling_forward` returned it.

    Returns:
        (dh, dU): shapes (m, n) and (V, n); 0 for words that were neither true nor drawn.

    Example:
        >>> _, cache = negative_sampling_forward(np.ones((1, 1)), [0], [[1]], np.zeros((3, 1)))
        >>> [gradient.tolist() for gradient in negative_sampling_backward(cache)]
        [[[0.0]], [[-0.5], [0.5], [0.0]]]
    """
    h, U, words, signs, margins = cache
    d_scores = -signs * sigmoid(-margins) / max(len(h), 1)
    dh = np.einsum("mk,mkn->mn", d_scores, U[words])
    return dh, embedding_backward(d_scores[..., np.newaxis] * h[:, np.newaxis], words, len(U))


def _shares(counts, name="counts"):
    counts = parameter_array(name, counts, ("V",))
    total = np.sum(counts)
    if np.min(counts) < 0 or not 0 < total < np.inf:
        raise ValueError(
            f"{name}: expected finite numbers of 0 or more, not all 0; got {np.min(counts)} to "
            f"{np.max(counts)}"
        )
    return counts / total
