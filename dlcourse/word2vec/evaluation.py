"""How well vectors predict neighbours in a text that they were not trained on."""

import numpy as np

from dlcourse.word2vec.training import NOISE_POWER
from dlcourse.word2vec.windows import keep_probabilities, skip_gram_pairs, window_extents

__all__ = ["pair_cost", "sample_pairs"]

_WORDS_AT_ONCE = 512


def sample_pairs(corpus, counts, window=5, sample=1e-3, seed=0):
    """Pairs of words and neighbours, with the subsampling and the windows of training.

    Args:
        corpus: EncodedCorpus, small enough for memory.
        counts: how often each word occurs in the text trained on, (V,).
        window: largest distance.
        sample: threshold of the subsampling; 0 for none.
        seed: of the random numbers.

    Returns:
        (centers, contexts): int32 (pairs,), (pairs,).

    Example:
        >>> from dlcourse.word2vec.corpus import EncodedCorpus
        >>> corpus = EncodedCorpus(np.array([0, 1, -1], np.int32))
        >>> [words.tolist() for words in sample_pairs(corpus, [1, 1], sample=0)]
        [[1, 0], [0, 1]]
    """
    rng = np.random.default_rng(seed)
    chunk = corpus.chunk(0, len(corpus))
    kept = rng.random(len(chunk.ids)) < keep_probabilities(counts, sample)[chunk.ids]
    reach = window_extents(chunk.sentences[kept], window, rng)
    return skip_gram_pairs(chunk.ids[kept], *reach)


def pair_cost(table, pairs, counts, negatives=5):
    """Average cost of pairs, with the expectation over the negatives and not a draw of them.

    Args:
        table: (2 V, n): input vectors, then output vectors.
        pairs: (centers, contexts), integers (m,), (m,), m at least 1.
        counts: how often each word occurs in the text trained on, (V,).
        negatives: k.

    Returns:
        float: the mean of -log σ(u · v) - k Σ_w P(w) log σ(-u_w · v), with P as counts^¾.

    Raises:
        ValueError: there is no pair.

    Example:
        >>> cost = pair_cost(np.zeros((4, 3)), (np.array([0]), np.array([1])), [1, 1])
        >>> round(cost, 4)  # six times log 2
        4.1589
    """
    centers, contexts = pairs
    if len(centers) == 0:
        raise ValueError(
            "pairs: expected at least one; are the words of the text in the vocabulary?"
        )
    v, u = np.split(np.asarray(table), 2)
    noise = np.asarray(counts, np.float64) ** NOISE_POWER
    noise /= noise.sum()
    total = np.sum(_cost_of_yes(np.einsum("mn,mn->m", v[centers], u[contexts])))
    words, times = np.unique(centers, return_counts=True)
    for begin in range(0, len(words), _WORDS_AT_ONCE):
        some = slice(begin, begin + _WORDS_AT_ONCE)
        expected = _cost_of_yes(-(v[words[some]] @ u.T)) @ noise
        total += negatives * np.sum(times[some] * expected)
    return float(total / len(centers))


def _cost_of_yes(scores):
    return np.logaddexp(0, -scores)
