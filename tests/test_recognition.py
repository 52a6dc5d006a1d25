"""The database of embeddings: verify, recognise, not know; and where to put the threshold."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.recognition import UNKNOWN, EmbeddingDatabase, Match, best_threshold

SEED = st.integers(0, 2**32 - 1)


def crowd(seed=0, threshold=1.0, pictures=12):
    """Pictures are their own embeddings; four people with three pictures each."""
    rng = np.random.default_rng(seed)
    people = EmbeddingDatabase(lambda x: x, threshold)
    enrolled = [(f"P{k % 4}", rng.normal(size=3)) for k in range(pictures)]
    for name, picture in enrolled:
        people.enrol(name, picture)
    return people, enrolled


@given(SEED, st.floats(0, 3))
def test_answers_are_those_of_a_search_by_hand(seed, threshold):
    people, enrolled = crowd(seed, threshold)
    picture = np.random.default_rng(seed + 1).normal(size=3)
    apart = [(np.linalg.norm(x - picture), name) for name, x in enrolled]
    nearest, name = min(apart)
    found = people.who_is_it(picture)
    assert found.distance == pytest.approx(nearest)
    assert found.name == (name if nearest <= threshold else UNKNOWN)
    for name in people.names:
        distance = min(d for d, other in apart if other == name)
        assert people.distance(name, picture) == pytest.approx(distance)
        assert people.verify(name, picture) == (distance <= threshold)


def test_the_enrolled_picture_itself_passes_even_the_strictest_threshold():
    people, enrolled = crowd(threshold=0.0)
    for name, picture in enrolled:
        assert people.verify(name, picture)
        assert people.who_is_it(picture) == Match(name, 0.0)


def test_a_distance_equal_to_the_threshold_is_accepted():
    people = EmbeddingDatabase(lambda x: x, threshold=2.0)
    people.enrol("Ada", [0.0])
    assert people.verify("Ada", [2.0]) and not people.verify("Ada", [2.001])


def test_enrolling_and_forgetting():
    people, _ = crowd()
    assert len(people) == 4 and people.names == ["P0", "P1", "P2", "P3"]
    people.forget("P2")
    assert "P2" not in people and len(people) == 3
    assert all(m.name != "P2" for m in people.who_are_they(np.zeros((5, 3))))


def test_an_empty_database_knows_nobody():
    people = EmbeddingDatabase(lambda x: x, threshold=1.0)
    assert people.who_is_it([0.0]) == Match(UNKNOWN, float("inf")) and len(people) == 0


def test_many_pictures_at_once_give_the_same_answers():
    people, _ = crowd()
    pictures = np.random.default_rng(9).normal(size=(6, 3))
    assert people.who_are_they(pictures) == [people.who_is_it(x) for x in pictures]


def test_a_keras_model_embeds():
    model = keras.Sequential([keras.Input((2, 2, 1)), keras.layers.Flatten()])
    people = EmbeddingDatabase(model, threshold=0.5)
    people.enrol("Ada", np.zeros((2, 2, 1)))
    assert people.who_is_it(np.full((2, 2, 1), 0.25)) == Match("Ada", 0.5)


@given(SEED)
def test_best_threshold_is_as_good_as_any(seed):
    rng = np.random.default_rng(seed)
    distances, same = rng.integers(0, 6, 9) / 4, rng.integers(0, 2, 9)
    threshold, accuracy = best_threshold(distances, same)
    assert threshold >= 0 and accuracy == np.mean((distances <= threshold) == same)
    others = np.append(np.unique(distances) + 0.1, 0.0)
    assert accuracy >= max(np.mean((distances <= t) == same) for t in others)


def test_best_threshold_of_neighbouring_floats():
    low = 1.0
    high = np.nextafter(low, 2)
    assert best_threshold([low, high], [1, 0]) == (low, 1.0)
    low, high = high, np.nextafter(high, 2)
    assert best_threshold([low, high], [1, 0]) == (low, 1.0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda p: EmbeddingDatabase(None, -1), "threshold: expected a distance of at least 0"),
        (lambda p: p.verify("Eve", np.zeros(3)), "name: expected one of the 4 people .* 'Eve'"),
        (lambda p: p.forget("Eve"), "name: expected one of the 4 people"),
        (lambda p: p.enrol("", np.zeros(3)), "name: expected a text that is not empty"),
        (lambda p: p.enrol("Ada", np.zeros(4)), r"picture: .* length 3 .* returned shape \(1, 4\)"),
        (lambda p: best_threshold([], []), "distances, same: expected two vectors"),
        (lambda p: best_threshold([1.0], [1, 0]), "distances, same: expected two vectors"),
    ],
)
def test_impossible_arguments_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call(crowd()[0])
