"""Clipping against TensorFlow's, and at the edges."""

import math

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import ops

from dlcourse import optimizers
from tests.backends import BACKENDS
from tests.optimizers.test_equality import report

SHAPES = [(3, 2), (4,), ()]
LENGTHS = st.floats(1e-3, 1e3)


def drawn(seed, scale):
    rng = np.random.default_rng(seed)
    return [ops.convert_to_tensor(scale * rng.standard_normal(s), "float32") for s in SHAPES]


def close(ours, theirs):
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-30)


@settings(max_examples=25)
@given(seed=st.integers(0, 99), scale=LENGTHS, limit=LENGTHS)
def test_equal_to_tensorflow_s(seed, scale, limit):
    gradients = drawn(seed, scale)
    close(
        optimizers.clip_by_value(gradients, limit),
        [tf.clip_by_value(g, -limit, limit) for g in gradients],
    )
    close(optimizers.clip_by_norm(gradients, limit), [tf.clip_by_norm(g, limit) for g in gradients])
    ours, norm = optimizers.clip_by_global_norm(gradients, limit)
    theirs, their_norm = tf.clip_by_global_norm(gradients, limit)
    close([*ours, norm], [*theirs, their_norm])
    assert float(optimizers.global_norm(ours)) <= limit * (1 + 1e-5)


@pytest.mark.parametrize("backend", BACKENDS)
def test_by_hand(backend):
    found = report(backend)["clipped"]
    assert found["value"] == [[3.0, -3.5], None, [3.5]]
    assert found["norm"] == [[3.0, -4.0], None, [6.0]]
    assert found["global norm"] == [[1.5, -2.0], None, [6.0]]
    assert found["length"] == 13.0


def test_short_gradients_are_left_alone():
    gradients = drawn(0, 1e-3)
    for clipped in (
        optimizers.clip_by_value(gradients, 1.0),
        optimizers.clip_by_norm(gradients, 1.0),
        optimizers.clip_by_global_norm(gradients, 1.0)[0],
    ):
        assert all(np.array_equal(a, b) for a, b in zip(clipped, gradients, strict=True))


def test_zeros_stay_zeros():
    clipped, norm = optimizers.clip_by_global_norm([ops.zeros(3)], 1.0)
    assert ops.convert_to_numpy(clipped[0]).tolist() == [0, 0, 0] and float(norm) == 0
    assert ops.convert_to_numpy(optimizers.clip_by_norm([ops.zeros(3)], 1.0)[0]).tolist() == [0] * 3


def test_squares_that_overflow_do_not():
    exploding = [ops.array([3e30, 0.0]), ops.array([4e30])]
    clipped, norm = optimizers.clip_by_global_norm(exploding, 5.0)
    assert float(norm) == pytest.approx(5e30)
    close(clipped, [[3.0, 0.0], [4.0]])
    close(optimizers.clip_by_norm(exploding, 1.0), [[1.0, 0.0], [1.0]])


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_one_bad_component_is_not_hidden(bad):
    clipped, norm = optimizers.clip_by_global_norm([ops.array([bad]), ops.array([1.0])], 1.0)
    assert math.isnan(float(norm))
    assert all(np.isnan(g).all() for g in clipped)


def test_rows_of_an_embedding():
    rows = tf.IndexedSlices(tf.constant([[3.0], [1.0]]), tf.constant([1, 1]), tf.constant([2, 1]))
    close(optimizers.clip_by_norm([rows], 2.0), [[[0.0], [2.0]]])


def test_in_a_graph():
    clip = tf.function(lambda g: optimizers.clip_by_global_norm([g, None], 1.0))
    (first, second), norm = clip(tf.constant([3.0, 4.0]))
    close([first, norm], [[0.6, 0.8], 5.0])
    assert second is None


@pytest.mark.parametrize(
    "clip", [optimizers.clip_by_value, optimizers.clip_by_norm, optimizers.clip_by_global_norm]
)
@pytest.mark.parametrize("limit", [0, -1.0, math.nan])
def test_bad_limits(clip, limit):
    with pytest.raises(ValueError, match=f"(limit|max_norm): expected .* above 0; got {limit}"):
        clip([ops.ones(2)], limit)


@pytest.mark.parametrize("nothing", [[], [None]])
def test_nothing_has_no_norm(nothing):
    with pytest.raises(ValueError, match="gradients: expected at least one tensor; got"):
        optimizers.global_norm(nothing)
