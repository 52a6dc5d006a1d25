"""Clipping against TensorFlow, and what must hold for every gradient."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from dlcourse.scratch.clipping import (
    clip_by_global_norm,
    clip_by_norm,
    clip_by_value,
    global_norm,
)

# TensorFlow rounds numbers below 1e-308 to 0
numbers = st.floats(-9, 9, allow_subnormal=False)
some = arrays(np.float64, array_shapes(max_dims=3, max_side=4, min_side=0), elements=numbers)
positive = st.floats(0.01, 20)


def tree(rng):
    return {"deep": {"dW": rng.standard_normal((3, 4))}, "db": 5 * rng.standard_normal((3, 1))}


@given(some, positive)
def test_value_and_norm_are_tensorflows(gradient, limit):
    expected = tf.clip_by_value(gradient, -limit, limit).numpy()
    np.testing.assert_allclose(clip_by_value(gradient, limit), expected, rtol=1e-12, atol=1e-150)
    expected = tf.clip_by_norm(gradient, limit).numpy()
    np.testing.assert_allclose(clip_by_norm(gradient, limit), expected, rtol=1e-12, atol=1e-150)


@given(some, some, positive)
def test_global_norm_is_tensorflows(dW, db, limit):
    clipped, norm = clip_by_global_norm({"a": {"dW": dW}, "db": db}, limit)
    expected, expected_norm = tf.clip_by_global_norm([dW, db], limit)
    np.testing.assert_allclose(norm, expected_norm.numpy(), rtol=1e-12, atol=1e-150)
    for ours, theirs in zip((clipped["a"]["dW"], clipped["db"]), expected, strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-12, atol=1e-150)


@given(some, some, positive)
def test_the_direction_of_the_step_is_kept(dW, db, limit):
    gradients = {"dW": dW, "db": db}
    clipped, norm = clip_by_global_norm(gradients, limit)
    assert global_norm(clipped) <= min(norm, limit) * (1 + 1e-12)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(clipped[name] * max(norm, limit), gradient * limit, atol=1e-9)


def test_each_way_by_hand():
    gradients = {"dW": np.array([[3.0, -4.0]]), "db": np.array([[12.0]])}
    assert global_norm(gradients) == 13.0
    assert clip_by_value(gradients, 3.5)["dW"].tolist() == [[3.0, -3.5]]
    by_norm = clip_by_norm(gradients, 6.0)  # dW, of length 5, stays
    assert (by_norm["dW"].tolist(), by_norm["db"].tolist()) == ([[3.0, -4.0]], [[6.0]])
    together, norm = clip_by_global_norm(gradients, 6.5)
    assert (together["dW"].tolist(), together["db"].tolist()) == ([[1.5, -2.0]], [[6.0]])
    assert norm == 13.0


def test_an_exploding_gradient_does_not_overflow():
    huge = {"dW": np.full((2, 2), 1e300), "db": np.full((1, 1), 3e38, np.float32)}
    clipped, norm = clip_by_global_norm(huge, 1.0)
    assert norm == pytest.approx(2e300)
    np.testing.assert_allclose(clipped["dW"], 0.5)
    np.testing.assert_allclose(clip_by_norm(huge, 1.0)["db"], 1.0)
    many = np.ones(90_000, np.float16)  # float16 ends at 65 504
    assert global_norm(many) == 300.0


@pytest.mark.parametrize("limit", [0.5, np.float64(0.5)])
def test_single_precision_stays(limit):
    gradient = np.float32([1, 2])
    clipped = (
        clip_by_value(gradient, limit),
        clip_by_norm(gradient, limit),
        clip_by_global_norm(gradient, limit)[0],
    )
    assert {c.dtype for c in clipped} == {np.dtype(np.float32)}


def test_input_is_left_alone():
    gradients = tree(np.random.default_rng(0))
    before = gradients["db"].copy()
    for clip in (clip_by_value, clip_by_norm, clip_by_global_norm):
        clip(gradients, 0.1)
    assert (gradients["db"] == before).all()


@pytest.mark.parametrize("clip", [clip_by_value, clip_by_norm, clip_by_global_norm])
def test_bad_input_is_named(clip):
    for limit in (0, -1.0, np.nan):
        with pytest.raises(ValueError, match=r"(limit|max_norm): expected a number above 0; got"):
            clip(np.ones(2), limit)
    with pytest.raises(ValueError, match="deep/dW: expected .*NaN"):
        clip({"deep": {"dW": np.array([1.0, np.nan])}}, 1.0)


def test_an_infinite_gradient_can_be_cut_but_has_no_direction():
    assert clip_by_value(np.array([-np.inf, 2.0]), 1.0).tolist() == [-1.0, 1.0]
    for clip in (clip_by_norm, clip_by_global_norm):
        with pytest.raises(ValueError, match="theta: expected finite gradients; got NaN or inf"):
            clip(np.array([-np.inf, 2.0]), 1.0)
