"""How a text becomes another: the fewest words that are changed, left out and put in."""

from typing import NamedTuple

import numpy as np

__all__ = ["EditCounts", "count_edits"]


class EditCounts(NamedTuple):
    """The steps of one shortest way from a reference to a prediction.

    Attributes:
        correct: tokens that are the same.
        substitutions: tokens of the reference that became others.
        deletions: tokens of the reference that are missing.
        insertions: tokens of the prediction that are too much.
    """

    correct: int
    substitutions: int
    deletions: int
    insertions: int

    @property
    def errors(self):
        """The edit distance."""
        return self.substitutions + self.deletions + self.insertions


def count_edits(reference, prediction):
    """Align two sequences with as few errors as possible.

    Their number is unique, but not which they are: what can be a substitution is one.

    Args:
        reference: list of tokens, or a str, whose tokens are its characters.
        prediction: the same.

    Returns:
        EditCounts.

    Example:
        >>> count_edits("the cat sat".split(), "a cat sat down".split())
        EditCounts(correct=2, substitutions=1, deletions=0, insertions=1)
    """
    reference, prediction = _numbered(list(reference), list(prediction))
    distances = _distances(reference, prediction)
    i, j, substitutions = len(reference), len(prediction), 0
    correct = deletions = insertions = 0
    while i or j:
        differs = bool(i and j) and int(reference[i - 1] != prediction[j - 1])
        if i and j and distances[i, j] == distances[i - 1, j - 1] + differs:
            i, j, substitutions, correct = (
                i - 1,
                j - 1,
                substitutions + differs,
                correct + 1 - differs,
            )
        elif i and distances[i, j] == distances[i - 1, j] + 1:
            i, deletions = i - 1, deletions + 1
        else:
            j, insertions = j - 1, insertions + 1
    return EditCounts(correct, substitutions, deletions, insertions)


def _numbered(*sequences):
    numbers = {}
    return [
        np.array([numbers.setdefault(token, len(numbers)) for token in tokens], np.int64)
        for tokens in sequences
    ]


def _distances(reference, prediction):
    """Edit distances (n + 1, m + 1) of the beginnings of both."""
    places = np.arange(len(prediction) + 1)
    table = np.empty((len(reference) + 1, len(prediction) + 1), np.int64)
    table[0] = places
    for i, token in enumerate(reference, start=1):
        row = table[i - 1] + 1
        row[1:] = np.minimum(row[1:], table[i - 1, :-1] + (prediction != token))
        # an insertion costs 1 for each place: the least of all that may begin further left
        table[i] = np.minimum.accumulate(row - places) + places
    return table
