"""Do vectors find the same words alike as people do?"""

from typing import NamedTuple

import numpy as np

__all__ = ["SimilarityScore", "evaluate_similarity"]

_FEWEST = 3  # with two pairs every order agrees or disagrees completely


class SimilarityScore(NamedTuple):
    """How well cosines follow people's judgements.

    Attributes:
        correlation: Spearman's, from -1 to 1: whether the pairs come in the same order.
        used: how many pairs of known words there were.
        cosines: float (used,).
        missing: sorted tuple of the unknown words; their pairs were left out.
    """

    correlation: float
    used: int
    cosines: np.ndarray
    missing: tuple


def evaluate_similarity(space, pairs):
    """Compare cosines with judgements of people, as with the WordSim-353 list.

    Args:
        space: WordSpace.
        pairs: (word, word, judgement), higher for more alike, such as OUR_PAIRS.

    Returns:
        SimilarityScore.

    Raises:
        ValueError: a pair is not of this form, fewer than three have known words, or all the
            judgements or all the cosines are the same.

    Reference:
        Finkelstein et al., "Placing Search in Context: The Concept Revisited", 2002, for the task.

    Example:
        >>> from dlcourse.embeddings import WordSpace
        >>> space = WordSpace("abcd", [[1, 0], [1, 0.2], [0, 1], [-1, 0]])
        >>> pairs = [("a", "b", 9), ("a", "c", 4), ("a", "d", 1), ("a", "z", 5)]
        >>> score = evaluate_similarity(space, pairs)
        >>> round(score.correlation, 3), score.missing
        (1.0, ('z',))
    """
    from scipy.stats import spearmanr

    pairs = _checked(pairs)
    missing = sorted({word for pair in pairs for word in pair[:2] if word not in space})
    known = [pair for pair in pairs if pair[0] in space and pair[1] in space]
    if len(known) < _FEWEST:
        raise ValueError(
            f"pairs: expected at least {_FEWEST} of known words; got {len(known)} of {len(pairs)}, "
            f"with unknown words such as {missing[:5]}"
        )
    first, second, judgements = zip(*known, strict=True)
    cosines = space.similarity(first, second)
    for name, values in (("judgements", judgements), ("cosines", cosines)):
        if np.ptp(np.asarray(values)) == 0:
            raise ValueError(f"pairs: the {name} of all {len(known)} are the same: no order exists")
    correlation = float(spearmanr(judgements, cosines).statistic)
    return SimilarityScore(correlation, len(known), cosines, tuple(missing))


def _checked(pairs):
    pairs = [tuple(pair) for pair in pairs]
    for pair in pairs:
        if len(pair) != 3 or not np.isfinite(float(pair[2])):
            raise ValueError(f"pairs: expected (word, word, finite number); got {pair!r}")
    return [(first, second, float(judgement)) for first, second, judgement in pairs]
