"""Debiasing by its properties: orthogonal, equally far, of length 1, and nothing else changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import linalg

from dlcourse.scratch.debiasing import equalize, gender_direction, neutralize
from dlcourse.scratch.word_similarity import cosine_similarity, squared_distance

seeds = st.integers(0, 10**6)


def example(seed, unit=True, n=6):
    rng = np.random.default_rng(seed)
    names = ["woman", "man", "actress", "actor", "doctor"]
    vectors = rng.standard_normal((len(names), n))
    if unit:
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    words = dict(zip(names, vectors, strict=True))
    return words, words["woman"] - words["man"]


def test_direction_is_the_average_difference():
    words, _ = example(0)
    pairs = [("woman", "man"), ("actress", "actor")]
    expected = (words["woman"] - words["man"] + words["actress"] - words["actor"]) / 2
    np.testing.assert_allclose(gender_direction(pairs, words), expected, rtol=1e-12, atol=1e-15)


@given(seeds, st.floats(1e-3, 1e3))
def test_neutralized_words_are_orthogonal_and_nearest(seed, factor):
    words, g = example(seed, unit=False)
    neutral = neutralize("doctor", factor * g, words)
    assert cosine_similarity(neutral, g) == pytest.approx(0, abs=1e-12)
    # projection onto the space of all that is orthogonal to g
    space = linalg.null_space(g[np.newaxis])
    np.testing.assert_allclose(neutral, space @ space.T @ words["doctor"], atol=1e-12)
    again = neutralize("doctor", g, {"doctor": neutral})
    np.testing.assert_allclose(again, neutral, atol=1e-12)


@given(seeds, st.booleans())
def test_equalized_words_are_equally_far_from_every_neutral_word(seed, unit):
    words, g = example(seed, unit)
    first, second = equalize(("actress", "actor"), g, words)
    neutral = neutralize("doctor", g, words)
    assert squared_distance(first, neutral) == pytest.approx(squared_distance(second, neutral))
    assert cosine_similarity(first, neutral) == pytest.approx(
        cosine_similarity(second, neutral), abs=1e-12
    )
    assert cosine_similarity(first, g) == pytest.approx(-cosine_similarity(second, g), abs=1e-12)


@given(seeds)
def test_equalized_unit_vectors_keep_length_and_sides(seed):
    words, g = example(seed)
    first, second = equalize(("actress", "actor"), g, words)
    assert [np.linalg.norm(e) for e in (first, second)] == pytest.approx([1, 1])
    # the one that was further along g still is
    before = (words["actress"] - words["actor"]) @ g
    assert np.sign((first - second) @ g) == np.sign(before)


def test_equalize_by_the_formulas_of_the_paper():
    words, g = example(3)
    mean = (words["actress"] + words["actor"]) / 2
    mean_g = (mean @ g) / (g @ g) * g
    nu = mean - mean_g
    for word, ours in zip(
        ("actress", "actor"), equalize(("actress", "actor"), g, words), strict=True
    ):
        word_g = (words[word] @ g) / (g @ g) * g
        away = (word_g - mean_g) / np.linalg.norm(word_g - mean_g)
        np.testing.assert_allclose(ours, nu + np.sqrt(1 - nu @ nu) * away, rtol=1e-10, atol=1e-13)


def test_the_map_stays_as_it_is():
    words, g = example(1)
    before = {word: vector.copy() for word, vector in words.items()}
    neutralize("doctor", g, words)
    equalize(("actress", "actor"), g, words)
    assert all(np.array_equal(words[word], before[word]) for word in words)


def test_single_precision_stays():
    words, _ = example(2)
    words = {word: vector.astype(np.float32) for word, vector in words.items()}
    g = gender_direction([("woman", "man")], words)
    arrays = [g, neutralize("doctor", g, words), *equalize(("actress", "actor"), g, words)]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


WORDS, G = example(0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gender_direction([], WORDS), "pairs: expected at least one pair"),
        (lambda: gender_direction([("woman", "x")], WORDS), "pairs: expected one of .* got 'x'"),
        (lambda: neutralize("nurse", G, WORDS), "word: expected one of the 5 words .* 'nurse'"),
        (lambda: neutralize("doctor", 0 * G, WORDS), "g: expected a direction; got a vector of ze"),
        (lambda: neutralize("doctor", G * np.nan, WORDS), "g: expected numbers; got NaN"),
        (lambda: neutralize("doctor", G[1:], WORDS), r"g: expected shape \(6,\); got \(5,\)"),
        (lambda: equalize(("actor", "x"), G, WORDS), "pair: expected one of .* got 'x'"),
        (lambda: equalize(("actor", "actor"), G, WORDS), "pair: expected two words that differ"),
        (lambda: equalize(("actor", "man"), 0 * G, WORDS), "bias_axis: expected a direction"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
