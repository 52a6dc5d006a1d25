"""Padding against NumPy's own, TensorFlow's sizes, and central differences."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.gradient_check import check_gradient
from dlcourse.scratch.padding import (
    edge_pad,
    edge_pad_backward,
    padding_amounts,
    same_padding,
    zero_pad,
    zero_pad_backward,
)

UNEVEN = ((1, 0), (2, 3))
BOTH = [(zero_pad, zero_pad_backward), (edge_pad, edge_pad_backward)]


@pytest.mark.parametrize(("pad", "mode"), [(zero_pad, "constant"), (edge_pad, "edge")])
@pytest.mark.parametrize("amounts", [0, 2, UNEVEN])
def test_frames_equal_numpys(pad, mode, amounts):
    X = np.random.default_rng(0).standard_normal((2, 3, 4, 2))
    pairs = UNEVEN if amounts == UNEVEN else ((amounts, amounts),) * 2
    np.testing.assert_array_equal(pad(X, amounts), np.pad(X, ((0, 0), *pairs, (0, 0)), mode))


@pytest.mark.parametrize(("forward", "backward"), BOTH)
@pytest.mark.parametrize("shape", [(2, 3, 4, 2), (1, 1, 1, 1), (3, 1, 2, 1)])
def test_backward_against_differences(forward, backward, shape):
    rng = np.random.default_rng(1)
    X = rng.standard_normal(shape)
    upstream = rng.standard_normal(forward(X, UNEVEN).shape)
    report = check_gradient(
        lambda p: np.sum(upstream * forward(p, UNEVEN)), X, backward(upstream, UNEVEN)
    )
    assert report.ratio < 1e-7


@pytest.mark.parametrize(("forward", "backward"), BOTH)
def test_empty_batches_sequences_and_precision(forward, backward):
    assert forward(np.zeros((0, 3, 3, 1)), 1).shape == (0, 5, 5, 1)
    assert backward(np.zeros((0, 5, 5, 1)), 1).shape == (0, 3, 3, 1)
    assert forward(np.ones((2, 5, 1)), 2).shape == (2, 9, 1)
    assert forward(np.ones((2, 5, 1), np.float32), 2).dtype == np.float32
    assert forward(np.ones((2, 5, 1), np.int64), 2).dtype == np.float64


def test_the_gradient_that_came_is_left_alone():
    upstream = np.ones((1, 3, 3, 1))
    edge_pad_backward(upstream, 1)
    assert np.all(upstream == 1)


@given(n=st.integers(1, 12), f=st.integers(1, 6), stride=st.integers(1, 4))
def test_same_padding_is_tensorflows(n, f, stride):
    before, after = same_padding(n, f, stride)
    assert (n + before + after - f) // stride + 1 == -(-n // stride)
    # a filter that picks out its first entry tells where the first window starts
    X = np.arange(1.0, n + 1).reshape(1, n, 1)
    W = np.zeros((f, 1, 1))
    W[0] = 1
    theirs = tf.nn.conv1d(X, W, stride, "SAME")
    ours = zero_pad(X, ((before, after),))[:, : n + before + after - f + 1 : stride]
    np.testing.assert_array_equal(ours, theirs)


def test_every_way_of_asking():
    assert padding_amounts("valid", (6, 6), (3, 3), 1) == ((0, 0), (0, 0))
    assert padding_amounts("same", (6, 6), (5, 3), 1) == ((2, 2), (1, 1))
    assert padding_amounts(np.int64(3), (6,), (3,), 1) == ((3, 3),)
    assert padding_amounts([[1, 2], [0, 4]], (6, 6), (3, 3), 1) == ((1, 2), (0, 4))


@pytest.mark.parametrize(
    "pad", [-1, 1.5, "full", None, (1, 2), ((1, 2),), ((1, -1), (0, 0)), ((1, 2, 3), (0, 0))]
)
def test_no_padding(pad):
    with pytest.raises(ValueError, match=r"pad: expected 'valid', 'same'.*; got"):
        padding_amounts(pad, (6, 6), (3, 3), 1)


def test_bad_images_are_named():
    with pytest.raises(ValueError, match=r"X: expected images.*got shape \(3, 3\)"):
        zero_pad(np.zeros((3, 3)), 1)
    with pytest.raises(ValueError, match=r"X: expected at least one pixel.*\(1, 0, 3, 1\)"):
        edge_pad(np.zeros((1, 0, 3, 1)), 1)
    with pytest.raises(ValueError, match=r"dX_pad: expected more than the frame"):
        zero_pad_backward(np.zeros((1, 2, 5, 1)), 1)
    with pytest.raises(ValueError, match="f: expected a whole number of at least 1; got 0"):
        same_padding(5, 0)
