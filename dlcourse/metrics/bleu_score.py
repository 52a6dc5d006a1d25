"""BLEU: how many of a translation's n-grams occur in people's translations."""

import math
from collections import Counter
from numbers import Real
from typing import NamedTuple

import numpy as np

from dlcourse.scratch.ranges import whole_number

__all__ = ["Bleu", "corpus_bleu", "sentence_bleu"]

# name -> what is added where nothing else is said
SMOOTHING = {"none": None, "exp": None, "floor": 0.1, "add-k": 1}


class Bleu(NamedTuple):
    """BLEU and what it is made of.

    Attributes:
        score: from 0 to 100: brevity penalty times the geometric mean of the precisions.
        precisions: tuple of percentages for 1-grams, 2-grams, …, smoothed; 0 for an order of which
            there are no n-grams.
        brevity_penalty: from 0 to 1: exp(1 - reference_length / length) of what is too short.
        length: tokens of the predictions.
        reference_length: tokens of the references, for each prediction of the one that is nearest
            in length.
    """

    score: float
    precisions: tuple
    brevity_penalty: float
    length: int
    reference_length: int


def corpus_bleu(predictions, references, order=4, smoothing="exp", smoothing_value=None):
    """BLEU of a set of sentences: n-grams are counted over all of them.

    An n-gram counts as often as it occurs in the one reference that has it most often. The numbers
    are sacrebleu's, for text that is divided into tokens already.

    Args:
        predictions: list of m sentences, each a list of tokens.
        references: list of m lists of references, at least one each, each a list of tokens.
        order: length of the longest n-grams.
        smoothing: what becomes of a precision of 0. "none": it stays, and BLEU is 0; "exp": 1 in
            2, 4, 8, … times the number of n-grams; "floor": smoothing_value in this number;
            "add-k": from the 2-grams on, smoothing_value is added to both counts.
        smoothing_value: above 0; 0.1 for "floor" and 1 for "add-k" unless given.

    Returns:
        Bleu. The score is 0 where not one token is right.

    Raises:
        TypeError: a sentence is a str.
        ValueError: there is no prediction, or no reference for one, or an argument is none of
            those above.

    Reference:
        Papineni et al., "BLEU: a Method for Automatic Evaluation of Machine Translation", 2002;
        Chen and Cherry, "A Systematic Comparison of Smoothing Techniques for Sentence-Level BLEU",
        2014.

    Example:
        >>> references = ["the cat is on the mat".split(), "there is a cat on the mat".split()]
        >>> corpus_bleu([["the"] * 7], [references], order=1).precisions  # 2 of 7
        (28.571428571428573,)
    """
    if not len(predictions) == len(references) > 0:
        raise ValueError(
            "references: expected a list of references for each prediction, and at least one; got "
            f"{len(references)} for {len(predictions)} predictions"
        )
    order = whole_number("order", order, least=1)
    counts = sum(
        _counts(prediction, of_one, order)
        for prediction, of_one in zip(predictions, references, strict=True)
    )
    return _bleu(counts, order, _smoothing(smoothing, smoothing_value), False)


def sentence_bleu(prediction, references, order=4, smoothing="exp", smoothing_value=None):
    """BLEU of one sentence; orders of which it has no n-gram do not count.

    Args:
        prediction: list of tokens.
        references: at least one, each a list of tokens.
        order: as in `corpus_bleu`.
        smoothing: as in `corpus_bleu`.
        smoothing_value: as in `corpus_bleu`.

    Returns:
        Bleu.

    Raises:
        TypeError: a sentence is a str.
        ValueError: as `corpus_bleu`.

    Example:
        >>> sentence_bleu(["hello", "there"], [["hello", "there"]]).score  # no 3-gram: no matter
        100.00000000000004
    """
    counts = _counts(prediction, references, whole_number("order", order, least=1))
    return _bleu(counts, order, _smoothing(smoothing, smoothing_value), True)


def _counts(prediction, references, order):
    """Length, reference length, then for each order the n-grams that are right, then all."""
    if len(references) == 0:
        raise ValueError("references: expected at least one for each prediction; got none")
    prediction, *references = (_tokens(tokens) for tokens in (prediction, *references))
    nearest = min(
        (len(tokens) for tokens in references), key=lambda n: (abs(n - len(prediction)), n)
    )
    right, total = [], []
    for n in range(1, order + 1):
        most = Counter()
        for tokens in references:
            most |= _n_grams(tokens, n)
        found = _n_grams(prediction, n)
        right.append((found & most).total())
        total.append(found.total())
    return np.array([len(prediction), nearest, *right, *total])


def _bleu(counts, order, smoothing, shorter):
    length, reference_length = (int(count) for count in counts[:2])
    right, total = np.split(counts[2:].astype(np.float64), 2)
    precisions = _precisions(right, total, smoothing) if right.any() else [0.0] * order
    penalty = _brevity_penalty(length, reference_length)
    used = precisions
    if shorter:
        used = [
            p for p, n in zip(precisions, _smoothed(right, total, smoothing)[1], strict=True) if n
        ]
    mean = math.exp(sum(map(math.log, used)) / len(used)) if used and all(used) else 0.0
    return Bleu(penalty * mean, tuple(precisions), penalty, length, reference_length)


def _precisions(right, total, smoothing):
    """Percentages; those of 0 are smoothed."""
    name, value = smoothing
    right, total = _smoothed(right, total, smoothing)
    precisions, halving = [], 1
    for found, n in zip(right, total, strict=True):
        if found == 0 and name == "exp":
            halving *= 2
        instead = {"exp": 1 / halving, "floor": value}.get(name, 0.0)
        precisions.append(float(100 * (found or instead) / n) if n else 0.0)
    return precisions


def _smoothed(right, total, smoothing):
    name, value = smoothing
    added = np.full(len(total), value if name == "add-k" else 0.0)
    added[0] = 0
    return right + added, total + added


def _brevity_penalty(length, reference_length):
    if length >= reference_length:
        return 1.0
    return math.exp(1 - reference_length / length) if length else 0.0


def _smoothing(name, value):
    if name not in SMOOTHING:
        raise ValueError(f"smoothing: expected one of {', '.join(SMOOTHING)}; got {name!r}")
    value = SMOOTHING[name] if value is None else value
    if value is not None and not (isinstance(value, Real) and value > 0):
        raise ValueError(f"smoothing_value: expected a number above 0; got {value!r}")
    return name, value


def _n_grams(tokens, n):
    return Counter(zip(*(tokens[i:] for i in range(n)), strict=False))


def _tokens(tokens):
    if isinstance(tokens, str):
        raise TypeError(f"expected a sentence as a list of tokens; got the str {tokens[:40]!r}")
    return list(tokens)
