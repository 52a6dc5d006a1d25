"""Texts as arrays: what is predicted from what, where padding stands, and clear refusals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.language import character_numbers, next_token_examples, padded_texts, text_windows
from dlcourse.vocabulary import PAD, UNK, Vocabulary

WORDS = Vocabulary([PAD, UNK, "good", "not"])


@given(st.lists(st.integers(1, 9), min_size=2, max_size=40), st.data())
def test_windows_are_the_text_and_the_text_one_place_further(numbers, data):
    length = data.draw(st.integers(1, len(numbers) - 1))
    x, y = text_windows(numbers, length)
    assert x.shape == y.shape == ((len(numbers) - 1) // length, length)
    assert x.ravel().tolist() == numbers[: x.size]
    assert y.ravel().tolist() == numbers[1 : y.size + 1]


@given(st.lists(st.lists(st.integers(2, 9), max_size=6), min_size=1, max_size=5))
def test_every_token_and_the_end_are_predicted(sequences):
    x, y = next_token_examples(sequences, end=1)
    for row_x, row_y, sequence in zip(x, y, sequences, strict=True):
        n = len(sequence) + 1
        assert row_x.tolist() == [1, *sequence] + [0] * (x.shape[1] - n)
        assert row_y.tolist() == [*sequence, 1] + [0] * (x.shape[1] - n)
    assert x.shape[1] == 1 + max(map(len, sequences))


def test_padding_in_front_and_behind():
    texts = ["Not good, NOT good!", "so good", ""]
    post, pre = (padded_texts(texts, WORDS, 5, padding) for padding in ("post", "pre"))
    assert post.tolist() == [[3, 2, 3, 2, 0], [1, 2, 0, 0, 0], [1, 0, 0, 0, 0]]
    assert pre.tolist() == [[0, 3, 2, 3, 2], [0, 0, 0, 1, 2], [0, 0, 0, 0, 1]]
    assert padded_texts(texts[:1], WORDS, 2).tolist() == [[3, 2]]
    assert post.dtype == np.int32


def test_unknown_characters():
    known = Vocabulary([PAD, "a", "b"])
    assert character_numbers("ab", known).tolist() == [1, 2]
    with pytest.raises(ValueError, match="'xé' are not among them"):
        character_numbers("abéx", known)
    assert character_numbers("xa", Vocabulary([UNK, "a"])).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: character_numbers("", WORDS), "text: expected at least one character"),
        (lambda: text_windows([1, 2, 3], 3), "more than length = 3 tokens.*Choose shorter"),
        (lambda: text_windows([1, 2, 3], 0), "length: expected at least 1, got 0"),
        (lambda: text_windows([[1, 2, 3]], 1), "one row of more than"),
        (lambda: next_token_examples([], 1), "the corpus is empty"),
        (lambda: next_token_examples([[3, 0]], 1), "numbers above 0, which is PAD"),
        (lambda: next_token_examples([[3]], 0), "numbers above 0"),
        (lambda: padded_texts([], WORDS, 3), "texts: expected a list of at least one"),
        (lambda: padded_texts("good", WORDS, 3), "texts: expected a list"),
        (lambda: padded_texts(["good"], WORDS, 0), "length, padding: expected at least 1"),
        (lambda: padded_texts(["good"], WORDS, 3, "left"), "post, pre; got 3 and 'left'"),
        (lambda: padded_texts(["a"], Vocabulary([UNK, PAD]), 3), "vocabulary: expected <pad> at 0"),
        (lambda: padded_texts(["a"], Vocabulary([PAD, "a"]), 3), "and <unk>"),
    ],
)
def test_bad_input(make, message):
    with pytest.raises(ValueError, match=message):
        make()
