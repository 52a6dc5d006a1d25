"""Which words count as neighbours: subsampling, windows of random size, pairs."""

import numpy as np

__all__ = ["keep_probabilities", "skip_gram_pairs", "window_extents"]


def keep_probabilities(counts, sample=1e-3):
    """With what probability an occurrence of each word stays in the text.

    This is the formula of the word2vec program, min(1, √(s/f) + s/f) for a word of share f; that of
    the paper, min(1, √(s/f)), is `dlcourse.scratch.negative_sampling.keep_probability`.

    Args:
        counts: how often each word occurs, shape (V,), ≥ 0, not all 0.
        sample: the s above, a share of the text; 0 keeps every word.

    Returns:
        float32 (V,), in (0, 1].

    Raises:
        ValueError: all counts are 0, or sample is negative.

    Example:
        >>> keep_probabilities([98, 2], sample=0.02).round(3).tolist() == [np.float32(0.163), 1.0]
        True
    """
    counts = np.asarray(counts, np.float64)
    if counts.sum() <= 0:
        raise ValueError("counts: expected at least one above 0; the corpus seems to be empty")
    if sample < 0:
        raise ValueError(f"sample: expected 0 or more, got {sample}")
    if sample == 0:
        return np.ones(len(counts), np.float32)
    ratios = sample / np.maximum(counts / counts.sum(), 1e-300)
    return np.minimum(1, np.sqrt(ratios) + ratios).astype(np.float32)


def window_extents(sentences, window, rng):
    """How far to the left and to the right each word sees.

    Every word draws its own reach from 1 to `window`, so that near words count more; the reach ends
    with the sentence.

    Args:
        sentences: number of the sentence of each word, integers (m,), not decreasing.
        window: largest reach, at least 1; it may be longer than every sentence.
        rng: numpy Generator, or None for the full reach everywhere.

    Returns:
        (left, right): int32 (m,), (m,), each from 0 to window.

    Raises:
        ValueError: window is below 1.

    Example:
        >>> left, right = window_extents(np.array([0, 0, 0, 1]), window=9, rng=None)
        >>> left.tolist(), right.tolist()
        ([0, 1, 2, 0], [2, 1, 0, 0])
    """
    if window < 1:
        raise ValueError(f"window: expected at least 1, got {window}")
    m = len(sentences)
    if m == 0:
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    places = np.arange(m, dtype=np.int32)
    first_of_sentence = np.flatnonzero(np.r_[True, sentences[1:] != sentences[:-1]])
    lengths = np.diff(np.r_[first_of_sentence, m])
    begin = np.repeat(first_of_sentence, lengths).astype(np.int32)
    end = np.repeat(first_of_sentence + lengths - 1, lengths).astype(np.int32)
    reach = np.int32(window) if rng is None else rng.integers(1, window + 1, m, dtype=np.int32)
    return np.minimum(reach, places - begin), np.minimum(reach, end - places)


def skip_gram_pairs(ids, left, right):
    """All pairs of a word and one of its neighbours, without a loop over the words.

    Args:
        ids: numbers of the words in the order of the text, integers (m,).
        left: reach of each word to the left, integers (m,), as from `window_extents`.
        right: reach to the right.

    Returns:
        (centers, contexts): arrays (pairs,), (pairs,), by distance and not in the order of the
        text.

    Example:
        >>> ids = np.array([7, 8, 9])
        >>> centers, contexts = skip_gram_pairs(ids, np.array([0, 1, 1]), np.array([1, 1, 0]))
        >>> sorted(zip(centers.tolist(), contexts.tolist()))
        [(7, 8), (8, 7), (8, 9), (9, 8)]
    """
    ids = np.asarray(ids)
    furthest = int(max(np.max(left, initial=0), np.max(right, initial=0)))
    centers, contexts = [ids[:0]], [ids[:0]]
    for distance in range(1, furthest + 1):
        for reach, step in ((left, -distance), (right, distance)):
            places = np.flatnonzero(reach >= distance)
            centers.append(ids[places])
            contexts.append(ids[places + step])
    return np.concatenate(centers), np.concatenate(contexts)
