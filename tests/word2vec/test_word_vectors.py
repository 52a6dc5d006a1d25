"""The two file formats: round trips, gensim in both directions, and broken files."""

import numpy as np
import pytest
from gensim import models
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dlcourse.word2vec import WordVectors, load_binary, load_text, save_binary, save_text

WORDS = ("the", "über", "你好", "don't", "x\u00a0y", "12")
VECTORS = np.random.default_rng(0).normal(size=(len(WORDS), 5)).astype(np.float32)
FORMATS = {"text": (save_text, load_text), "binary": (save_binary, load_binary)}
FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=False)


def check_equal(ours, words, vectors):
    assert ours.words == tuple(words) and ours.vectors.dtype == np.float32
    np.testing.assert_array_equal(ours.vectors, vectors)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("vectors") / "vectors"


@pytest.mark.parametrize("name", FORMATS)
@given(vectors=arrays.arrays(np.float32, (3, 4), elements=FLOATS))
def test_round_trip_is_exact(path, name, vectors):
    save, load = FORMATS[name]
    save(WordVectors(WORDS[:3], vectors), path)
    check_equal(load(path), WORDS[:3], vectors)


@pytest.mark.parametrize("name", FORMATS)
def test_gensim_reads_ours(path, name):
    FORMATS[name][0](WordVectors(WORDS, VECTORS), path)
    theirs = models.KeyedVectors.load_word2vec_format(path, binary=name == "binary")
    assert tuple(theirs.index_to_key) == WORDS
    np.testing.assert_array_equal(theirs.vectors, VECTORS)


@pytest.mark.parametrize("name", FORMATS)
def test_we_read_gensims(path, name):
    theirs = models.KeyedVectors(VECTORS.shape[1])
    theirs.add_vectors(list(WORDS), VECTORS)
    theirs.save_word2vec_format(path, binary=name == "binary")
    check_equal(FORMATS[name][1](path), WORDS, VECTORS)


def test_a_word_that_looks_like_two_vectors_in_binary(path):
    # the bytes of this value are "   \n": neither blanks nor line breaks end a vector
    vectors = np.frombuffer(b"   \n" * 4, "<f4").reshape(2, 2)
    save_binary(WordVectors(("a", "b"), vectors), path)
    check_equal(load_binary(path), ("a", "b"), vectors)
    # without line breaks between the words, as some programs write
    path.write_bytes(b"2 2\na " + b"   \n" * 2 + b"b " + b"   \n" * 2)
    check_equal(load_binary(path), ("a", "b"), vectors)


@pytest.mark.parametrize("name", FORMATS)
def test_no_words(path, name):
    save, load = FORMATS[name]
    save(WordVectors((), np.zeros((0, 3), np.float32)), path)
    assert load(path).vectors.shape == (0, 3)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "first line"),
        (b"hello world\n", "first line"),
        (b"2 2\na 1 2\n", "word 2 of 2|do not fit"),
        (b"1 2\na 1 2 3\n", "word 1 of 1 has 3 of 2 values"),
        (b"1 2\na 1 two\n", "not a number"),
        (b"1 1\n\xff 1\n", "not UTF-8"),
        (b"999999999 999999\na 1\n", "do not fit"),
        (b"-1 2\n", "do not fit"),
    ],
)
def test_broken_text(path, content, message):
    path.write_bytes(content)
    with pytest.raises(ValueError, match=f"word2vec format; .*({message})"):
        load_text(path)


@pytest.mark.parametrize("lost", [1, 6, 20, 30])
def test_cut_off_binary(path, lost):
    save_binary(WordVectors(("a", "b"), VECTORS[:2]), path)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) - lost - 1])
    with pytest.raises(ValueError, match="it ends in word [12] of 2|do not fit"):
        load_binary(path)


def test_binary_with_words_that_are_not_utf_8(path):
    path.write_bytes(b"1 1\n\xff\xfe " + b"\0" * 4)
    with pytest.raises(ValueError, match="not UTF-8"):
        load_binary(path)


@pytest.mark.parametrize("save", [save_text, save_binary])
def test_what_cannot_be_written(path, save):
    for word in ("new york", "line\nbreak", ""):
        with pytest.raises(ValueError, match="no blanks in words"):
            save(WordVectors((word,), VECTORS[:1]), path)
    with pytest.raises(ValueError, match=r"expected shape \(2, n\), got \(1, 5\)"):
        save(WordVectors(("a", "b"), VECTORS[:1]), path)
