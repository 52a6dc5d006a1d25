"""Huffman's codes against every possible choice of lengths, Kraft and Shannon."""

import functools
import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dlcourse.scratch.huffman import expected_length, huffman_merges, huffman_tree, kraft_sum

counts = st.lists(st.integers(1, 1000), min_size=2, max_size=40)


@functools.cache
def possible_lengths(V):
    """All lengths of codes for V words that Kraft's inequality admits."""
    choices = itertools.product(range(1, V), repeat=V)
    return np.array([c for c in choices if sum(2.0**-length for length in c) <= 1])


@given(st.lists(st.floats(0, 100), min_size=2, max_size=5).filter(any))
def test_no_code_is_shorter(frequencies):
    codes, _ = huffman_tree(frequencies)
    shares = np.array(frequencies) / np.sum(frequencies)
    best = np.min(possible_lengths(len(frequencies)) @ shares)
    assert expected_length(codes, frequencies) == pytest.approx(best)


@given(counts)
def test_nothing_is_wasted_and_no_code_begins_another(frequencies):
    codes, _ = huffman_tree(frequencies)
    assert kraft_sum(codes) == 1
    in_order = sorted(codes)
    # in alphabetical order a word that begins another one stands directly in front of such a one
    assert not any(b.startswith(a) for a, b in itertools.pairwise(in_order))


@given(counts)
def test_between_the_entropy_and_one_bit_more(frequencies):
    codes, _ = huffman_tree(frequencies)
    entropy = stats.entropy(frequencies, base=2)
    assert entropy - 1e-9 <= expected_length(codes, frequencies) < entropy + 1


@given(counts)
def test_frequent_words_have_short_codes(frequencies):
    lengths = [len(code) for code in huffman_tree(frequencies)[0]]
    pairs = sorted(zip(frequencies, lengths, strict=True), key=lambda pair: (pair[0], -pair[1]))
    assert all(a[1] >= b[1] for a, b in itertools.pairwise(pairs) if a[0] < b[0])


@given(counts)
def test_following_the_path_leads_to_the_word(frequencies):
    V, merges = len(frequencies), huffman_merges(frequencies)
    for word, (code, path) in enumerate(zip(*huffman_tree(frequencies), strict=True)):
        node = V + len(merges) - 1
        for bit, inner in zip(code, path, strict=True):
            assert node == V + inner
            node = merges[inner][int(bit)]
        assert node == word


def test_powers_of_two_reach_the_entropy():
    codes, paths = huffman_tree([8, 4, 2, 1, 1])
    assert [len(code) for code in codes] == [1, 2, 3, 4, 4]
    assert {path[0] for path in paths} == {3}  # the root, made last
    assert expected_length(codes, [8, 4, 2, 1, 1]) == stats.entropy([8, 4, 2, 1, 1], base=2)


def test_the_rarer_node_is_left_and_of_equals_the_older():
    assert huffman_merges([5, 1, 2]) == [(1, 2), (3, 0)]
    assert huffman_merges([1, 1, 2, 2]) == [(0, 1), (2, 3), (4, 5)]


def test_a_single_word_needs_no_bit():
    assert huffman_tree([3]) == ([""], [()])
    assert kraft_sum([""]) == 1 and expected_length([""], [3]) == 0


def test_a_tree_may_be_as_deep_as_its_words_are_many():
    frequencies = 2.0 ** np.arange(1000)
    codes, _ = huffman_tree(frequencies)
    assert max(map(len, codes)) == 999


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: huffman_tree([]), "frequencies: expected at least one entry"),
        (
            lambda: huffman_tree([1, -2]),
            "frequencies: expected finite numbers of 0 or more; got -2",
        ),
        (lambda: huffman_tree([1, np.inf]), "frequencies: expected finite .* to inf"),
        (lambda: huffman_tree([1, np.nan]), "frequencies: expected numbers; got NaN"),
        (lambda: huffman_tree([[1]]), r"frequencies: expected shape \(V,\); got \(1, 1\)"),
        (lambda: expected_length(["0"], [1, 2]), "codes: expected 2, one per word; got 1"),
        (lambda: expected_length(["0"], [0]), "frequencies: expected at least one above 0"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
