"""Word and character error rate: what is wrong in a transcript, per token of the truth."""

from typing import NamedTuple

from dlcourse.metrics.edit_counts import EditCounts, count_edits

__all__ = ["ErrorRate", "character_error_rate", "word_error_rate"]


class ErrorRate(NamedTuple):
    """An error rate and the counts that it comes from.

    Attributes:
        rate: errors per token of the references; above 1 where too much was put in.
        edits: EditCounts, summed over all sequences.
        reference_length: tokens of the references.
    """

    rate: float
    edits: EditCounts
    reference_length: int


def word_error_rate(references, predictions):
    """Share of words that are wrong, missing or too much.

    Args:
        references: list of m texts as str, whose words are divided by blanks, or as lists of words.
        predictions: the m transcripts, in the same way.

    Returns:
        ErrorRate.

    Raises:
        ValueError: there is not one prediction for each reference, or the references hold no word.

    Example:
        >>> word_error_rate(["it is hard to recognize speech"],
        ...                 ["it is hard to wreck a nice beach"]).edits
        EditCounts(correct=4, substitutions=2, deletions=0, insertions=2)
    """
    return _error_rate(*(_words(name, texts) for name, texts in
                         (("references", references), ("predictions", predictions))))  # fmt: skip


def character_error_rate(references, predictions):
    """Share of characters that are wrong, missing or too much; blanks are characters too.

    Args:
        references: list of m str.
        predictions: list of m str.

    Returns:
        ErrorRate.

    Raises:
        ValueError: as `word_error_rate`, or a text is no str.

    Example:
        >>> character_error_rate(["speech"], ["speach"]).rate
        0.16666666666666666
    """
    for name, texts in (("references", references), ("predictions", predictions)):
        if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
            raise ValueError(f"{name}: expected a list of str; got {texts!r:.60}")
    return _error_rate(references, predictions)


def _error_rate(references, predictions):
    if len(references) != len(predictions):
        raise ValueError(
            f"predictions: expected one for each of the {len(references)} references; got "
            f"{len(predictions)}"
        )
    length = sum(map(len, references))
    if length == 0:
        raise ValueError("references: expected at least one token; got none, and no rate exists")
    pairs = zip(references, predictions, strict=True)
    edits = EditCounts(*map(sum, zip(*(count_edits(*pair) for pair in pairs), strict=True)))
    return ErrorRate(edits.errors / length, edits, length)


def _words(name, texts):
    if isinstance(texts, str):
        raise ValueError(f"{name}: expected a list of texts; got the str {texts[:40]!r}")
    return [text.split() if isinstance(text, str) else list(text) for text in texts]
