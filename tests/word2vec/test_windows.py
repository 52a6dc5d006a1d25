import numpy as np
import pytest
from gensim import models
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.context_windows import skip_gram_pairs as scratch_pairs
from dlcourse.scratch.negative_sampling import keep_probability
from dlcourse.word2vec import keep_probabilities, skip_gram_pairs, window_extents

LENGTHS = st.lists(st.integers(1, 7), max_size=8)


def sentence_numbers(lengths):
    return np.repeat(np.arange(len(lengths)), lengths)


@given(LENGTHS, st.integers(1, 10))
def test_pairs_are_those_of_the_loops(lengths, window):
    sentences = sentence_numbers(lengths)
    ids = np.arange(len(sentences))
    centers, contexts = skip_gram_pairs(ids, *window_extents(sentences, window, rng=None))
    expected = [
        (center, context)
        for center in ids
        for context in ids
        if center != context
        and sentences[center] == sentences[context]
        and abs(center - context) <= window
    ]
    assert sorted(zip(centers.tolist(), contexts.tolist(), strict=True)) == expected


def test_pairs_are_those_of_the_derivation():
    ids = [4, 2, 7, 1, 1]
    theirs = scratch_pairs(ids, 2)
    ours = skip_gram_pairs(np.array(ids), *window_extents(np.zeros(5), 2, rng=None))
    assert sorted(zip(*map(list, ours), strict=True)) == sorted(
        zip(*map(list, theirs), strict=True)
    )


@given(LENGTHS, st.integers(1, 6), st.integers(0, 99))
def test_random_reaches_stay_in_the_sentence(lengths, window, seed):
    sentences = sentence_numbers(lengths)
    left, right = window_extents(sentences, window, np.random.default_rng(seed))
    full_left, full_right = window_extents(sentences, window, rng=None)
    for reach, full in ((left, full_left), (right, full_right)):
        assert np.all(reach <= full) and np.all(reach >= np.minimum(full, 1))


def test_each_reach_is_as_frequent():
    left, _ = window_extents(np.zeros(40_000), 4, np.random.default_rng(0))
    shares = np.bincount(left[4:], minlength=5)[1:] / len(left[4:])
    assert shares == pytest.approx(np.full(4, 0.25), abs=5 * np.sqrt(0.25 * 0.75 / 40_000))


@given(st.lists(st.integers(1, 10**6), min_size=1), st.floats(1e-5, 1))
def test_keep_probabilities_fall_with_the_count(counts, sample):
    counts = np.sort(counts)
    keep = keep_probabilities(counts, sample)
    assert np.all((keep > 0) & (keep <= 1)) and np.all(np.diff(keep) <= 0)
    # the program's formula keeps a little more than the paper's
    assert np.all(keep >= keep_probability(counts, sample).astype(np.float32) - 1e-6)


def test_keep_probabilities_are_gensims():
    sentences = [["a"] * 700 + ["b"] * 250 + ["c"] * 45 + ["d"] * 5]
    model = models.Word2Vec(vector_size=2, min_count=1, sample=0.01)
    model.build_vocab(sentences)
    theirs = [model.wv.get_vecattr(word, "sample_int") / 2**32 for word in "abcd"]
    assert keep_probabilities([700, 250, 45, 5], 0.01) == pytest.approx(theirs, rel=1e-5)


def test_edges():
    assert keep_probabilities([3, 1], sample=0).tolist() == [1, 1]
    assert [len(side) for side in window_extents(np.zeros(0), 3, None)] == [0, 0]
    assert [len(side) for side in skip_gram_pairs([], np.zeros(0, int), np.zeros(0, int))] == [0, 0]
    for function, arguments, message in (
        (keep_probabilities, ([0, 0],), "counts: expected at least one above 0"),
        (keep_probabilities, ([1], -1), "sample: expected 0 or more"),
        (window_extents, (np.zeros(1), 0, None), "window: expected at least 1"),
    ):
        with pytest.raises(ValueError, match=message):
            function(*arguments)
