"""Recordings made of clips: what is said to be in them is in them, and nothing else."""

import numpy as np
import pytest

from dlcourse.audio import SceneRecipe, is_overlapping, level, synthesize_scenes

RECIPE = SceneRecipe(
    n_samples=400, n_steps=20, ones=3, activates=(0, 3), negatives=(1, 2), level=-10.0
)
CLIPS = (
    [np.full(400, 1e-9), np.full(1000, 1e-9)],
    [np.full(40, 0.5, np.float32), np.full(55, 0.5, np.float32)],
    [np.full(30, 0.25)],
)


def scenes(m=50, clips=CLIPS, recipe=RECIPE, seed=0):
    return synthesize_scenes(m, clips, np.random.default_rng(seed), recipe)


def test_shapes_and_levels():
    found = scenes()
    assert (found.samples.shape, found.samples.dtype) == ((50, 400), np.float32)
    assert (found.labels.shape, found.labels.dtype) == ((50, 20, 1), np.float32)
    np.testing.assert_allclose(level(found.samples), -10, atol=1e-4)


def test_words_are_where_the_segments_say():
    for samples, activates, negatives in zip(*scenes()[:1], *scenes()[2:], strict=True):
        loudest = np.abs(samples).max()
        expected = np.zeros(400)
        for start, end in activates:
            assert end - start in (40, 55)
            expected[start:end] = loudest
        for start, end in negatives:
            assert end - start == 30
            expected[start:end] = loudest / 2 if len(activates) else loudest
        np.testing.assert_allclose(samples, expected, atol=1e-5)


def test_counts_reach_both_ends_and_segments_are_apart_and_in_order():
    found = scenes(200)
    assert {len(a) for a in found.activates} == {0, 1, 2, 3}
    assert {len(n) for n in found.negatives} == {1, 2}
    for activates, negatives in zip(found.activates, found.negatives, strict=True):
        words = np.concatenate([activates, negatives])
        for i, word in enumerate(words):
            assert not is_overlapping(word, np.delete(words, i, axis=0))
        assert np.all(np.diff(activates[:, 0]) > 0)


def test_every_trigger_word_has_all_its_ones():
    found = scenes(100, recipe=RECIPE._replace(activates=(1, 1)))
    np.testing.assert_array_equal(found.labels.sum(axis=(1, 2)), 3)
    first = found.labels[..., 0].argmax(axis=1)
    ends = np.array([a[0, 1] for a in found.activates])
    np.testing.assert_array_equal(first, ends * 20 // 400 + 1)


def test_only_trigger_words_have_ones():
    found = scenes(20, recipe=RECIPE._replace(activates=(0, 0)))
    assert not found.labels.any()
    assert all(len(a) == 0 for a in found.activates)


def test_the_seed_decides():
    np.testing.assert_array_equal(scenes(5).samples, scenes(5).samples)
    assert not np.array_equal(scenes(5).samples, scenes(5, seed=1).samples)


def test_words_without_room_are_left_out():
    clips = CLIPS[0], [np.ones(200)], []
    found = scenes(20, clips, RECIPE._replace(activates=(5, 5), negatives=(0, 0)))
    assert {len(a) for a in found.activates} == {1}


def test_gains_are_decibels_above_the_background():
    clips = [np.full(400, 0.1)], [np.full(100, 0.1)], []
    recipe = RECIPE._replace(activates=(1, 1), negatives=(0, 0))
    for gain in ({"gains": (6.0, 6.0)}, {"background_gains": (-6.0, -6.0)}):
        samples = scenes(1, clips, recipe._replace(**gain)).samples[0]
        assert samples.max() / samples.min() == pytest.approx(1 + 10 ** (6 / 20), rel=1e-5)


def test_clips_are_left_alone():
    background = np.full(400, 0.1, np.float32)
    scenes(3, ([background], *CLIPS[1:]))
    assert np.all(background == np.float32(0.1))


@pytest.mark.parametrize(
    ("m", "clips", "message"),
    [
        (0, CLIPS, "m: expected at least 1 recording; got 0"),
        (1, CLIPS[:2], "clips: expected three lists"),
        (1, ([], *CLIPS[1:]), "backgrounds: expected at least one clip"),
        (1, (CLIPS[0], [], CLIPS[2]), "activates: expected at least one clip.*wants 3"),
        (1, ([np.ones(399)], *CLIPS[1:]), "backgrounds: expected at least 400.*has 399"),
        (1, (CLIPS[0], [np.ones(321)], CLIPS[2]), "activates: expected at most 320.*has 321"),
        (1, (CLIPS[0], CLIPS[1], [np.ones(0)]), r"negatives\[0\]: expected at least one sample"),
        (1, (CLIPS[0], CLIPS[1], [np.ones((9, 2))]), r"negatives\[0\]: expected one channel"),
        (1, ([np.zeros(400)], [np.zeros(9)], [np.zeros(9)]), "got silence"),
    ],
)
def test_clips_that_make_no_recording(m, clips, message):
    with pytest.raises(ValueError, match=message):
        scenes(m, clips)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"activates": (2, 1)}, r"activates: expected 0 <= fewest <= most; got \(2, 1\)"),
        ({"negatives": (-1, 1)}, "negatives: expected 0 <= fewest"),
        ({"ones": 19}, "ones: expected 1 to 18, for n_steps is 20; got 19"),
        ({"ones": 0}, "ones: expected 1 to 18"),
    ],
)
def test_recipes_that_contradict_themselves(change, message):
    with pytest.raises(ValueError, match=message):
        scenes(1, recipe=RECIPE._replace(**change))


def test_a_word_as_long_as_can_be_has_one_place():
    recipe = RECIPE._replace(activates=(1, 1), negatives=(0, 0), ones=18)
    found = scenes(5, (CLIPS[0], [np.ones(20)], []), recipe)
    assert [a.tolist() for a in found.activates] == [[[0, 20]]] * 5
    np.testing.assert_array_equal(found.labels[0, :, 0], [0, 0, *[1] * 18])
