"""Segments, overlays, levels: against brute force, and at the edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.audio import (
    free_segment,
    insert_clip,
    is_overlapping,
    level,
    matched_level,
    overlay,
    random_segment,
)

SEGMENTS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda s: (s[0], s[0] + s[1])), max_size=5
)


def places_of(segment):
    return set(range(*segment))


def free_starts(length, total, taken):
    full = set().union(*map(places_of, taken))
    starts = range(total - length + 1)
    return {s for s in starts if not full & places_of((s, s + length))}


@given(segment=SEGMENTS.filter(bool), others=SEGMENTS)
def test_overlapping_is_sharing_a_place(segment, others):
    segment, others = segment[0], [s for s in others if s[0] < s[1]]
    expected = any(places_of(segment) & places_of(other) for other in others)
    if segment[0] < segment[1]:
        assert is_overlapping(segment, others) == expected


@given(st.integers(1, 8), SEGMENTS, st.integers(0, 2**32))
def test_a_free_segment_is_free_whenever_there_is_one(length, taken, seed):
    taken = [s for s in taken if s[0] < s[1]]
    starts = free_starts(length, 22, taken)
    segment = free_segment(length, 22, taken, np.random.default_rng(seed))
    assert (segment is None) == (not starts)
    if segment:
        assert segment[0] in starts
        assert segment[1] == segment[0] + length
        assert not is_overlapping(segment, taken)


def test_every_free_place_is_as_likely():
    rng = np.random.default_rng(0)
    taken = [(12, 15), (3, 9), (4, 6)]
    starts = [free_segment(2, 20, taken, rng)[0] for _ in range(6000)]
    found, counts = np.unique(starts, return_counts=True)
    assert set(found) == free_starts(2, 20, taken)
    expected = 6000 / len(found)
    assert np.all(np.abs(counts - expected) < 5 * np.sqrt(expected))


def test_random_segments_reach_both_ends():
    rng = np.random.default_rng(0)
    assert {random_segment(3, 5, rng) for _ in range(100)} == {(0, 3), (1, 4), (2, 5)}


@pytest.mark.parametrize("draw", [random_segment, lambda *a: free_segment(*a[:2], [], a[2])])
@pytest.mark.parametrize(
    ("length", "message"),
    [(6, "expected at most 5, the length of the recording; got 6"), (0, "of at least 1; got 0")],
)
def test_lengths_that_cannot_be(draw, length, message):
    with pytest.raises(ValueError, match=f"length: .*{message}"):
        draw(length, 5, np.random.default_rng(0))


def test_segments_that_are_none():
    with pytest.raises(ValueError, match="taken: expected rows"):
        free_segment(1, 5, [(3, 1)], np.random.default_rng(0))
    with pytest.raises(ValueError, match="others: expected rows"):
        is_overlapping((0, 1), [0, 1, 2, 3])


def test_overlaying_adds_and_leaves_the_background_alone():
    background = np.ones(5, np.float32)
    mixed = overlay(background, np.array([1.0, 2.0]), 3)
    np.testing.assert_array_equal(mixed, [1, 1, 1, 2, 3])
    assert background.sum() == 5
    assert mixed.dtype == np.float32


@pytest.mark.parametrize("start", [-1, 4])
def test_a_clip_must_lie_within_the_background(start):
    with pytest.raises(ValueError, match="start: expected 0 to 3, so that 2 samples"):
        overlay(np.zeros(5), np.ones(2), start)


@pytest.mark.parametrize(
    ("background", "clip", "message"),
    [
        (np.zeros(2), np.ones(3), "expected at most 2, the length of the recording; got 3"),
        (np.zeros(5), np.ones(0), "clip: expected at least one sample"),
        (np.zeros((5, 2)), np.ones(2), "background: expected one channel"),
        (np.zeros(5), np.ones(2, np.int16), "clip: expected floats.*int16"),
    ],
    ids=["too long", "empty", "stereo", "whole numbers"],
)
def test_clips_that_cannot_be_inserted(background, clip, message):
    with pytest.raises(ValueError, match=message):
        insert_clip(background, clip, [], np.random.default_rng(0))


def test_clips_fill_a_background_until_there_is_no_room():
    rng, mixed, taken = np.random.default_rng(0), np.zeros(6), []
    mixed, segment = insert_clip(mixed, np.ones(6), taken, rng)
    np.testing.assert_array_equal(mixed, 1)
    with pytest.raises(ValueError, match="expected room for 1 samples; the 1 clips in the 6"):
        insert_clip(mixed, np.ones(1), [segment], rng)


def test_levels_of_known_sounds():
    sine = np.sin(2 * np.pi * np.arange(100) / 100)
    np.testing.assert_allclose(level(sine), 10 * np.log10(1 / 2))
    np.testing.assert_allclose(level(np.stack([np.ones(4), np.full(4, 0.01)])), [0, -40])
    assert level(np.zeros(3)) == -np.inf


@given(st.floats(-80, 0), st.integers(0, 2**32))
def test_matching_reaches_the_level_and_keeps_the_shape(target, seed):
    samples = np.random.default_rng(seed).normal(size=(2, 30))
    found = matched_level(samples, target)
    np.testing.assert_allclose(level(found), target, atol=1e-9)
    np.testing.assert_allclose(found[1] / found[1, 0], samples[1] / samples[1, 0])


def test_what_has_no_level_to_match():
    with pytest.raises(ValueError, match="expected a clip with sound; got silence"):
        matched_level(np.zeros(3))
    with pytest.raises(ValueError, match="target: expected a finite level"):
        matched_level(np.ones(3), -np.inf)
    with pytest.raises(ValueError, match="expected at least one sample"):
        level(np.zeros(0))
