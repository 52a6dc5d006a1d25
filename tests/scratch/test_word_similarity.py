"""Cosines against scikit-learn and SciPy, analogies against a search by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.spatial import distance
from sklearn.metrics import pairwise

from dlcourse.scratch.word_similarity import (
    complete_analogy,
    cosine_similarity,
    nearest_words,
    squared_distance,
    word_vector,
)

vectors = hnp.arrays(np.float64, 4, elements=st.floats(-100, 100))


def words(seed=0, count=12):
    rng = np.random.default_rng(seed)
    return {f"word{i}": rng.standard_normal(5) for i in range(count)}


def test_against_scikit_learn_and_scipy():
    rng = np.random.default_rng(0)
    u, v = rng.standard_normal((6, 5)), rng.standard_normal((4, 5))
    u[2] = 0
    ours = cosine_similarity(u[:, np.newaxis], v)
    np.testing.assert_allclose(ours, pairwise.cosine_similarity(u, v), atol=1e-14)
    assert cosine_similarity(u[0], v[0]) == pytest.approx(1 - distance.cosine(u[0], v[0]))
    np.testing.assert_allclose(
        squared_distance(u[:, np.newaxis], v), distance.cdist(u, v, "sqeuclidean"), rtol=1e-12
    )


@pytest.mark.parametrize("degrees", [0, 30, 60, 90, 120, 180])
def test_it_is_the_cosine_of_the_angle(degrees):
    angle = np.radians(degrees)
    v = [3 * np.cos(angle), 3 * np.sin(angle)]
    assert cosine_similarity([2.0, 0.0], v) == pytest.approx(np.cos(angle), abs=1e-15)


def test_at_ninety_degrees_it_is_zero_and_not_one():
    assert cosine_similarity([1.0, 1.0], [1.0, -1.0]) == 0
    assert cosine_similarity([1, 0], [0, 7]) == 0


@given(vectors, vectors, st.floats(1e-3, 1e3))
def test_length_does_not_matter_to_the_cosine(u, v, factor):
    cosine = cosine_similarity(u, v)
    assert -1 <= cosine <= 1
    assert cosine == pytest.approx(cosine_similarity(v, u), abs=1e-12)
    assert cosine == pytest.approx(cosine_similarity(factor * u, v), abs=1e-9)
    assert cosine == pytest.approx(-cosine_similarity(-u, v), abs=1e-12)


@given(vectors.filter(np.any), vectors.filter(np.any))
def test_for_unit_vectors_distance_and_cosine_say_the_same(u, v):
    u, v = (x / np.max(np.abs(x)) for x in (u, v))
    u, v = (x / np.linalg.norm(x) for x in (u, v))
    assert squared_distance(u, v) == pytest.approx(2 - 2 * cosine_similarity(u, v), abs=1e-12)


@pytest.mark.parametrize("size", [1e-200, 1e200])
def test_tiny_and_huge_vectors_have_a_direction(size):
    assert cosine_similarity([size, 0.0], [size, size]) == pytest.approx(np.sqrt(0.5))


def test_nearest_words_by_hand():
    compass = {"up": [0, 2], "right": [9, 0], "left": [-1, 0], "upright": [1, 1]}
    found = nearest_words([0, 1], compass, count=3)
    assert [word for word, _ in found] == ["up", "upright", "right"]
    assert [cosine for _, cosine in found] == pytest.approx([1, np.sqrt(0.5), 0])
    assert nearest_words([0, 1], compass, 1, excluded=["up"])[0][0] == "upright"
    assert len(nearest_words([0, 1], compass, count=99)) == 4


@pytest.mark.parametrize("seed", range(5))
def test_analogy_against_a_search_one_by_one(seed):
    known = words(seed)
    best, best_cosine = None, -np.inf
    for word, vector in known.items():
        if word not in ("word0", "word1", "word2"):
            offset, wanted = vector - known["word2"], known["word1"] - known["word0"]
            cosine = 1 - distance.cosine(wanted, offset)
            if cosine > best_cosine:
                best, best_cosine = word, cosine
    assert complete_analogy("word0", "word1", "word2", known) == best


def test_the_three_words_are_no_answer():
    plane = {"a": [0.0, 0.0], "b": [0.0, 1.0], "c": [0.0, 0.0], "d": [5.0, 0.1]}
    assert complete_analogy("a", "b", "c", plane) == "d"  # b would fit perfectly


def test_single_precision_stays():
    u = np.ones(3, np.float32)
    assert cosine_similarity(u, u).dtype == squared_distance(u, u).dtype == np.float32
    assert word_vector("w", "x", {"x": u}).dtype == np.float32


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cosine_similarity([1, 2], [1, 2, 3]), r"v: expected shape \(n=2,\); got \(3,\)"),
        (lambda: cosine_similarity([], []), "u: expected at least one entry"),
        (lambda: squared_distance([1, np.nan], [1, 2]), "u: expected numbers; got NaN in 1 of 2"),
        (
            lambda: complete_analogy("word0", "no", "word1", words()),
            "word_b: expected one of the 12 words of word_to_vec_map; got 'no'",
        ),
        (
            lambda: complete_analogy("word0", "word1", "word2", words(count=3)),
            r"word_to_vec_map: expected a word besides \['word0', 'word1', 'word2'\]; got 3 words",
        ),
        (lambda: nearest_words(np.ones(5), words(), 0), "count: expected a whole number of at"),
        (lambda: nearest_words(np.ones(4), words(), 1), r"v: expected shape .*n=5.*got \(4,\)"),
        (lambda: word_vector("w", "x", {"x": [[1]]}), r"word_to_vec_map\['x'\]: expected shape"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
