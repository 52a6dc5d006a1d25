"""Events from probabilities, and their matching: against loops, and against SciPy's matching."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from dlcourse.audio import Counts, detect_events, match_events

TIMES = st.lists(st.integers(0, 30), max_size=7)


def events_one_by_one(probabilities, threshold, refractory):
    found, last = [], -np.inf
    for step, probability in enumerate(probabilities):
        if probability >= threshold:
            if step - last > refractory:
                found.append(step)
            last = step
    return found


@given(st.lists(st.sampled_from([0.0, 0.3, 0.5, 0.9]), max_size=40), st.integers(1, 6))
def test_events_are_those_of_a_loop(probabilities, refractory):
    found = detect_events(probabilities, 0.5, refractory)
    assert found.tolist() == events_one_by_one(probabilities, 0.5, refractory)


def test_a_long_word_is_one_event_and_the_first_step_can_be_one():
    assert detect_events(np.ones(1000), refractory=1).tolist() == [0]
    assert detect_events(np.zeros(1000)).tolist() == []


@given(TIMES, TIMES, st.integers(0, 5))
def test_as_many_pairs_as_can_be(detected, true, tolerance):
    counts = match_events(detected, true, tolerance)
    near = np.abs(np.subtract.outer(np.array(detected, int), np.array(true, int))) <= tolerance
    expected = 0
    if near.size:
        expected = np.sum(maximum_bipartite_matching(csr_matrix(near), "column") >= 0)
    assert counts == (expected, len(detected) - expected, len(true) - expected)


@given(TIMES, TIMES)
def test_rates_swap_when_the_sides_do(detected, true):
    one, other = match_events(detected, true, 2), match_events(true, detected, 2)
    assert (one.precision, one.recall) == (other.recall, other.precision)
    assert one.f1 == other.f1


def test_rates_at_the_ends():
    assert Counts(0, 0, 0)[:] == (0, 0, 0)
    assert Counts(0, 0, 0).f1 == Counts(0, 0, 0).precision == Counts(0, 0, 0).recall == 1
    assert Counts(0, 3, 2).f1 == Counts(0, 3, 2).precision == Counts(0, 3, 2).recall == 0
    harmonic = 2 / (1 / Counts(3, 1, 2).precision + 1 / Counts(3, 1, 2).recall)
    assert Counts(3, 1, 2).f1 == pytest.approx(harmonic)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: detect_events(np.zeros((5, 1))), r"expected a row .*\(5, 1\).*one by one"),
        (lambda: detect_events([np.nan]), "without NaN"),
        (lambda: detect_events([0.5], refractory=0), "refractory: expected at least 1"),
        (lambda: match_events([1], [1], -0.1), "tolerance: expected at least 0"),
        (lambda: match_events([1], [1], np.nan), "tolerance: expected at least 0"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
