"""Analogies: a is to b as c is to …, by adding directions or by multiplying similarities."""

from typing import NamedTuple

import numpy as np

__all__ = ["AnalogyScore", "analogy_accuracy", "solve_analogies"]

_SMALL = 1e-6  # keeps the quotient finite


class AnalogyScore(NamedTuple):
    """How many analogies were completed rightly.

    Attributes:
        accuracy: share of the questions asked whose first answer is right, from 0 to 1.
        asked: how many questions had only known words.
        mistakes: list of (a, b, c, d, answer).
        missing: sorted tuple of the unknown words; their questions were not asked.
    """

    accuracy: float
    asked: int
    mistakes: list
    missing: tuple


def solve_analogies(space, questions, method="add", count=1):
    """Complete analogies; the three words given are never the answer.

    Args:
        space: WordSpace.
        questions: m triples of words (a, b, c), such as ("man", "woman", "king").
        method: "add" for the word whose direction is nearest to b - a + c (3CosAdd), "multiply"
            for the largest cos(d, b) cos(d, c) / cos(d, a), with cosines moved to 0…1 (3CosMul).
        count: how many answers for each, at least 1.

    Returns:
        List of m lists of pairs (word, score), the best first.

    Raises:
        ValueError: a word is unknown, a question has not three words, or the method is neither.

    Reference:
        Levy and Goldberg, "Linguistic Regularities in Sparse and Explicit Word Representations",
        2014, equations 1 and 4.

    Example:
        >>> from dlcourse.embeddings import WordSpace
        >>> space = WordSpace(["man", "woman", "king", "queen", "sea"],
        ...                   [[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1], [-1, 0, 0]])
        >>> [[(word, score)]] = solve_analogies(space, [("man", "woman", "king")])
        >>> word
        'queen'
    """
    if method not in _METHODS:
        raise ValueError(f"method: expected one of {', '.join(_METHODS)}; got {method!r}")
    questions = _checked(questions, 3)
    numbers = space.numbers(word for question in questions for word in question).reshape(-1, 3)
    return _METHODS[method](space, numbers, count)


def analogy_accuracy(space, questions, method="add"):
    """Share of analogies whose first answer is right.

    Args:
        space: WordSpace.
        questions: words (a, b, c, d) with d the answer. Those with unknown words are left out.
        method: as in `solve_analogies`.

    Returns:
        AnalogyScore.

    Raises:
        ValueError: no question has known words only, or as `solve_analogies`.

    Example:
        >>> from dlcourse.embeddings import WordSpace
        >>> space = WordSpace(["man", "woman", "king", "queen"],
        ...                   [[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]])
        >>> analogy_accuracy(space, [("man", "woman", "king", "queen"), ("a", "b", "c", "d")])
        AnalogyScore(accuracy=1.0, asked=1, mistakes=[], missing=('a', 'b', 'c', 'd'))
    """
    questions = _checked(questions, 4)
    missing = sorted({word for question in questions for word in question if word not in space})
    asked = [question for question in questions if all(word in space for word in question)]
    if not asked:
        raise ValueError(
            f"questions: expected at least one of known words only; got {len(questions)}, with "
            f"unknown words such as {missing[:5]}"
        )
    answers = solve_analogies(space, [question[:3] for question in asked], method)
    mistakes = [
        (*question, answer[0][0] if answer else None)
        for question, answer in zip(asked, answers, strict=True)
        if not answer or answer[0][0] != question[3]
    ]
    return AnalogyScore(1 - len(mistakes) / len(asked), len(asked), mistakes, tuple(missing))


def _by_adding(space, numbers, count):
    a, b, c = np.moveaxis(space.directions[numbers], 1, 0)
    return space.nearest(b - a + c, numbers, count)


def _by_multiplying(space, numbers, count):
    def scores_of(some):
        cosines = space.directions[numbers[some]] @ space.directions.T  # (…, 3, V)
        a, b, c = np.moveaxis((1 + cosines) / 2, 1, 0)
        return b * c / (a + space.directions.dtype.type(_SMALL))

    return space.ranked(scores_of, len(numbers), numbers, count)


def _checked(questions, n_words):
    questions = [tuple(question) for question in questions]
    wrong = [question for question in questions if len(question) != n_words]
    if wrong:
        raise ValueError(f"questions: expected {n_words} words each; got {wrong[0]!r}")
    return questions


_METHODS = {"add": _by_adding, "multiply": _by_multiplying}
