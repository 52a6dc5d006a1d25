"""Take a prejudice out of word vectors: neutralize some words, equalize pairs of others.

The derivations for one word and one pair are in `dlcourse.scratch.debiasing`. All words get length
1 here, as in the paper.
"""

import numpy as np

from dlcourse.embeddings.word_space import WordSpace
from dlcourse.scratch import debiasing

__all__ = ["equalize", "gender_direction", "neutralize"]


def gender_direction(space, pairs=(("woman", "man"), ("she", "he"), ("her", "his"))):
    """Average difference of word pairs: the direction from the second words to the first.

    Args:
        space: WordSpace.
        pairs: pairs of words that differ in gender alone, at least one, always in the same order.

    Returns:
        Array (n,).

    Raises:
        ValueError: there is no pair, or a word is unknown.

    Example:
        >>> space = WordSpace(["she", "he"], [[0.0, 2.0], [0.0, -1.0]])
        >>> gender_direction(space, [("she", "he")]).tolist()
        [0.0, 2.0]
    """
    return debiasing.gender_direction(list(pairs), _directions_of(space, pairs))


def neutralize(space, words, direction):
    """Take from words what they have of a direction.

    Args:
        space: WordSpace.
        words: m words that should not tell, such as "doctor".
        direction: (n,), not all zeros; its length does not matter.

    Returns:
        WordSpace with all vectors at length 1, but for those of the words, which are shorter by
        what was taken.

    Raises:
        ValueError: a word is unknown, or the direction is none.

    Reference:
        Bolukbasi et al., "Man is to Computer Programmer as Woman is to Homemaker? Debiasing Word
        Embeddings", 2016, §6.

    Example:
        >>> space = WordSpace(["doctor"], [[0.6, 0.8]])
        >>> neutralize(space, ["doctor"], [0.0, 1.0]).vectors.round(3).tolist()
        [[0.6, 0.0]]
    """
    direction = _checked(space, direction)
    numbers, vectors = space.numbers(words), space.directions.copy()
    vectors[numbers] -= np.outer(vectors[numbers] @ direction, direction)
    return WordSpace(space.words, vectors)


def equalize(space, pairs, direction):
    """Make the words of each pair differ along a direction only, by the same amount either way.

    Args:
        space: WordSpace.
        pairs: pairs of words such as ("actor", "actress").
        direction: (n,), not all zeros; its length does not matter.

    Returns:
        WordSpace with all vectors at length 1, but for those that `neutralize` made shorter.

    Raises:
        ValueError: a word is unknown, the direction is none, or a pair does not differ along it.

    Reference:
        Bolukbasi et al., as above, §6.

    Example:
        >>> space = WordSpace(["actor", "actress"], [[0.6, 0.8], [0.8, -0.6]])
        >>> equalize(space, [("actor", "actress")], [0.0, 1.0]).vectors.round(3).tolist()
        [[0.7, 0.714], [0.7, -0.714]]
    """
    direction = _checked(space, direction)
    vectors = space.directions.copy()
    known = _directions_of(space, pairs)
    for pair in pairs:
        vectors[space.numbers(pair)] = debiasing.equalize(pair, direction, known)
    return WordSpace(space.words, vectors)


def _directions_of(space, pairs):
    words = [word for pair in pairs for word in pair]
    return dict(zip(words, space.directions[space.numbers(words)], strict=True))


def _checked(space, direction):
    direction = np.asarray(direction, space.directions.dtype)
    length = np.linalg.norm(direction)
    if direction.shape != space.vectors.shape[1:] or not 0 < length < np.inf:
        raise ValueError(
            f"direction: expected {space.vectors.shape[1]} finite numbers, not all 0; got shape "
            f"{direction.shape}, length {length}"
        )
    return direction / length
