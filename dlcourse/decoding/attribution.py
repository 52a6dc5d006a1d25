"""When a decoded sequence is worse than a person's: is the search at fault, or the model?"""

from typing import NamedTuple

import numpy as np

__all__ = ["Blame", "attribute_errors"]

_WIDTH = 28  # of a sequence in the printed table


class Blame(NamedTuple):
    """A table over a development set, which prints as such.

    Attributes:
        references: what a person wrote, y*, as str.
        predictions: what the search found, ŷ, as str.
        reference_scores: float64 (m,): what the search maximizes, for y*.
        predicted_scores: float64 (m,): the same for ŷ.
        at_fault: tuple of "search", "model" or None where ŷ is right.
    """

    references: tuple
    predictions: tuple
    reference_scores: np.ndarray
    predicted_scores: np.ndarray
    at_fault: tuple

    @property
    def shares(self):
        """Of the errors, how many are due to "search" and to "model"; 0 where there are none."""
        errors = [fault for fault in self.at_fault if fault]
        return {name: errors.count(name) / max(len(errors), 1) for name in ("search", "model")}

    def __str__(self):
        columns = [
            ["y*", *map(_shortened, self.references)],
            ["ŷ", *map(_shortened, self.predictions)],
            ["y*'s score", *(f"{score:.3f}" for score in self.reference_scores)],
            ["ŷ's score", *(f"{score:.3f}" for score in self.predicted_scores)],
            ["at fault", *(fault or "" for fault in self.at_fault)],
        ]
        widths = [max(map(len, column)) for column in columns]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in zip(*columns, strict=True)
        ]
        total = ", ".join(f"{name} {share:.0%}" for name, share in self.shares.items())
        return "\n".join([*lines, f"at fault: {total}"])


def attribute_errors(references, predictions, reference_scores, predicted_scores):
    """Tell for each error whether the search or the model is at fault.

    If the model gives the better sequence y* the higher score, the search should have found it: a
    wider beam helps. If not, the model prefers what is worse: work on the model.

    Args:
        references: m sequences by people, y*, as str or lists.
        predictions: m sequences that the search found, ŷ; where equal to y*, there is no error.
        reference_scores: (m,), what the search maximizes, of y*: with a beam search the result of
            `length_normalized`, with the same alpha, of `sequence_log_probabilities`.
        predicted_scores: (m,), the same of ŷ.

    Returns:
        Blame.

    Raises:
        ValueError: there is nothing, not one of each, or a score is NaN or above 0.

    Example:
        >>> blame = attribute_errors(
        ...     ["Jane visits Africa in September.", "Yes.", "He sees the sea."],
        ...     ["Jane visited Africa last September.", "Yes.", "The sea sees."],
        ...     [-8.5, -0.5, -9.0], [-9.25, -0.5, -7.5])
        >>> print(blame)
        y*                            ŷ                             y*'s score  ŷ's score  at fault
        Jane visits Africa in Septe…  Jane visited Africa last Se…  -8.500      -9.250     search
        Yes.                          Yes.                          -0.500      -0.500
        He sees the sea.              The sea sees.                 -9.000      -7.500     model
        at fault: search 50%, model 50%
    """
    references, predictions = tuple(map(_text, references)), tuple(map(_text, predictions))
    scores = [
        _checked(name, values, len(references))
        for name, values in (
            ("reference_scores", reference_scores),
            ("predicted_scores", predicted_scores),
        )
    ]
    if len(predictions) != len(references) or not references:
        raise ValueError(
            "predictions: expected one for each of the references, and at least one; got "
            f"{len(predictions)} and {len(references)}"
        )
    faults = (
        None if y == found else "search" if better > score else "model"
        for y, found, better, score in zip(references, predictions, *scores, strict=True)
    )
    return Blame(references, predictions, *scores, tuple(faults))


def _checked(name, values, m):
    values = np.asarray(values, np.float64)
    if values.shape != (m,) or not (values <= 0).all():
        raise ValueError(f"{name}: expected {m} numbers of at most 0; got {values.tolist()}")
    return values


def _text(sequence):
    return sequence if isinstance(sequence, str) else " ".join(map(str, sequence))


def _shortened(text):
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
