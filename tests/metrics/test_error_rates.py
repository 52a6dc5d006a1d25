"""Word and character error rate: shortest ways between sequences."""

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.metrics import character_error_rate, count_edits, word_error_rate

TEXTS = st.text("abc", max_size=8)


def distance(a, b):
    """The edit distance by its definition."""

    @functools.cache
    def between(i, j):
        if not (i and j):
            return i + j
        return min(
            between(i - 1, j) + 1,
            between(i, j - 1) + 1,
            between(i - 1, j - 1) + (a[i - 1] != b[j - 1]),
        )

    return between(len(a), len(b))


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_a_shortest_way(reference, prediction):
    edits = count_edits(reference, prediction)
    assert edits.errors == distance(reference, prediction)
    assert edits.correct + edits.substitutions + edits.deletions == len(reference)
    assert edits.correct + edits.substitutions + edits.insertions == len(prediction)
    back = count_edits(prediction, reference)
    assert back.errors == edits.errors


@given(TEXTS, st.integers(0, 3), st.integers(0, 3))
def test_only_deletions_or_insertions(text, i, n):
    shorter = text[:i] + text[i + n :]
    missing = len(text) - len(shorter)
    assert count_edits(text, shorter)[1:] == (0, missing, 0)
    assert count_edits(shorter, text)[1:] == (0, 0, missing)


def test_rates_by_hand():
    found = word_error_rate(["a b c d", ["e"]], ["a x c", "e f g"])
    assert found.edits == (3, 1, 1, 2) and found.reference_length == 5
    assert found.rate == pytest.approx(4 / 5)
    assert word_error_rate(["a", ""], ["", "b c"]).rate == 3
    assert character_error_rate(["ab c"], ["abc"]).rate == pytest.approx(1 / 4)


def test_the_same_is_no_error():
    assert word_error_rate(["a b"], [["a", "b"]]).rate == 0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: word_error_rate([], []), "references: expected at least one token"),
        (lambda: word_error_rate([""], ["a"]), "references: expected at least one token"),
        (lambda: word_error_rate(["a"], []), "predictions: expected one for each of the 1"),
        (lambda: word_error_rate("a b", ["a"]), "references: expected a list of texts"),
        (lambda: character_error_rate("ab", ["a"]), "references: expected a list of str"),
        (lambda: character_error_rate(["ab"], [["a"]]), "predictions: expected a list of str"),
    ],
)
def test_bad_input(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
