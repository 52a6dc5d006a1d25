from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.vocabulary import (
    EOS,
    PAD,
    UNK,
    Vocabulary,
    build_vocabulary,
    characters,
    count_tokens,
)

SENTENCES = st.lists(st.lists(st.sampled_from("abcdefg"), max_size=8), max_size=8)
SPECIALS = (PAD, UNK, EOS)


@given(SENTENCES, st.integers(1, 3))
def test_words_come_by_frequency_then_by_alphabet(sentences, min_count):
    counts = Counter(word for sentence in sentences for word in sentence)
    assert count_tokens(sentences) == counts
    kept = {word: n for word, n in counts.items() if n >= min_count}
    if not kept:
        with pytest.raises(ValueError, match="min_count|empty"):
            build_vocabulary(sentences, min_count)
        return
    vocabulary = build_vocabulary(sentences, min_count)
    order = [(-n, word) for word, n in zip(vocabulary.words, vocabulary.counts, strict=True)]
    assert order == sorted(order)
    assert dict(zip(vocabulary.words, vocabulary.counts.tolist(), strict=True)) == kept


@given(SENTENCES.filter(any))
def test_what_is_encoded_is_decoded(sentences):
    vocabulary = build_vocabulary(sentences, specials=SPECIALS)
    for sentence in sentences:
        assert vocabulary.decode(vocabulary.encode(sentence)) == sentence
        assert vocabulary.decode(vocabulary.encode(sentence, length=9, end=True)) == sentence


@given(SENTENCES.filter(any), st.integers(1, 5))
def test_counts_with_unk_sum_to_the_corpus(sentences, max_size):
    vocabulary = build_vocabulary(sentences, max_size=max_size, specials=SPECIALS)
    assert vocabulary.counts.sum() == sum(map(len, sentences))
    assert len(vocabulary) <= max_size + 3


def test_numbers_of_the_special_tokens():
    vocabulary = build_vocabulary([["a", "b"]], specials=SPECIALS)
    assert vocabulary.words[:3] == SPECIALS
    assert [vocabulary[word] for word in (PAD, UNK, EOS, "never seen")] == [0, 1, 2, 1]


def test_specials_that_stand_in_the_text_come_once():
    vocabulary = build_vocabulary([["a", UNK, EOS, "a"]], specials=SPECIALS)
    assert vocabulary.words == (*SPECIALS, "a")
    assert vocabulary.counts.tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("tokens", "length", "end", "numbers"),
    [
        (["a", "z"], None, False, [3, 1]),
        (["a", "z"], 4, False, [3, 1, 0, 0]),
        (["a", "a", "a"], 2, False, [3, 3]),
        (["a", "a", "a"], 2, True, [3, 2]),  # the end is not cut off
        ([], 2, True, [2, 0]),
        ([], 0, True, []),
        ([], None, False, []),
    ],
)
def test_encode(tokens, length, end, numbers):
    encoded = Vocabulary([*SPECIALS, "a"]).encode(tokens, length, end)
    assert encoded.tolist() == numbers and encoded.dtype == np.int32


def test_without_unk_unknown_words_are_left_out():
    vocabulary = Vocabulary(["a"])
    assert vocabulary.encode(["z", "a", "z"]).tolist() == [0]
    with pytest.raises(KeyError, match="'z' is not among the 1 words"):
        vocabulary["z"]


def test_of_characters():
    vocabulary = build_vocabulary(map(characters, ["abba", "b\n"]))
    assert vocabulary.words == ("b", "a", "\n") and vocabulary.counts.tolist() == [3, 2, 1]


def test_a_stream_is_read_once():
    stream = (["word"] for _ in range(3))
    assert build_vocabulary(stream).counts.tolist() == [3]


@pytest.mark.parametrize("corpus", [[], [[]], iter(())])
def test_empty_corpus(corpus):
    with pytest.raises(ValueError, match="sentences: expected at least one token"):
        build_vocabulary(corpus)


def test_only_rare_words():
    with pytest.raises(ValueError, match=r"min_count: expected at most 2, .* got 5"):
        build_vocabulary([["a", "a", "b"]], min_count=5)


def test_text_instead_of_words():
    with pytest.raises(TypeError, match=r"expected lists of words, got 'to be'.*tokenise"):
        build_vocabulary(["to be"])
    with pytest.raises(TypeError, match="expected lists of words"):
        Vocabulary(["a"]).encode("a")


def test_other_bad_input():
    with pytest.raises(ValueError, match="words: expected different ones, 'b' repeats"):
        Vocabulary(["a", "b", "b"])
    with pytest.raises(ValueError, match="counts: expected one for each of the 2 words"):
        Vocabulary(["a", "b"], [1])
    with pytest.raises(ValueError, match=r"numbers: expected 0 to 1; got -1 to 0"):
        Vocabulary(["a", "b"]).decode([0, -1])
    with pytest.raises(ValueError, match="length: needs <pad>"):
        Vocabulary(["a"]).encode(["a"], length=3)
    with pytest.raises(ValueError, match="end: needs <eos>"):
        Vocabulary(["a"]).encode(["a"], end=True)
