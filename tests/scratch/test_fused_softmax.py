"""Softmax with cross-entropy against TensorFlow, against logistic regression, at its extremes."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import log_softmax as scipy_log_softmax

from dlcourse.scratch.activations import sigmoid, softmax, softmax_vjp
from dlcourse.scratch.fused_softmax import (
    cross_entropy,
    cross_entropy_backward,
    log_softmax,
    softmax_cross_entropy_backward,
    softmax_cross_entropy_forward,
)
from dlcourse.scratch.gradient_check import gradient_ratio, numeric_gradient

seeds = st.integers(0, 2**32 - 1)
sizes = st.tuples(st.integers(1, 5), st.integers(0, 4))
scales = st.sampled_from([0.1, 3.0, 1e4])


def scores_and_labels(seed, size, axis=0, scale=3.0):
    """Random scores and one-hot labels, or soft ones, with the classes along `axis`."""
    rng = np.random.default_rng(seed)
    Z = scale * rng.standard_normal(size)
    hard = np.eye(size[0])[:, rng.integers(size[0], size=size[1])]
    Y = hard if seed % 2 else rng.dirichlet(np.ones(size[0]), size[1]).T
    return (Z, Y) if axis == 0 else (Z.T, Y.T)


def test_golden_numbers():
    z, y = np.array([5.0, 2.0, -1.0, 3.0]), np.array([0, 1, 0, 0])
    _, (y_hat, _, _) = softmax_cross_entropy_forward(z, y)
    assert y_hat.round(3).tolist() == [0.842, 0.042, 0.002, 0.114]
    assert cross_entropy([0.3, 0.2, 0.1, 0.4], y) == pytest.approx(1.609, abs=5e-4)
    losses, _ = softmax_cross_entropy_forward(np.log([0.3, 0.2, 0.1, 0.4]), y)
    assert losses == pytest.approx(-np.log(0.2), rel=1e-14)


@given(seeds, sizes, scales)
def test_losses_and_gradient_are_tensorflows(seed, size, scale):
    Z, Y = scores_and_labels(seed, size, axis=1, scale=scale)
    with tf.GradientTape() as tape:
        scores = tf.Variable(Z)
        expected = tf.nn.softmax_cross_entropy_with_logits(Y, scores)
    losses, cache = softmax_cross_entropy_forward(Z, Y, axis=1)
    np.testing.assert_allclose(losses, expected.numpy(), rtol=1e-12, atol=1e-12)
    slopes = tape.gradient(expected, scores).numpy()
    np.testing.assert_allclose(softmax_cross_entropy_backward(1, cache), slopes, atol=1e-12)


@given(seeds, sizes, st.sampled_from([0, 1, -1]))
def test_backward_against_differences(seed, size, axis):
    Z, Y = scores_and_labels(seed, size, axis, scale=1.0)
    losses, cache = softmax_cross_entropy_forward(Z, Y, axis)
    upstream = np.random.default_rng(seed).standard_normal(losses.shape)
    numeric = numeric_gradient(
        lambda Z: np.sum(upstream * softmax_cross_entropy_forward(Z, Y, axis)[0]), Z
    )
    gradient = softmax_cross_entropy_backward(upstream, cache)
    # one class: no choice, no gradient, and nothing but rounding to compare
    assert gradient_ratio(numeric, gradient) < 1e-7 or size[0] == 1


@given(seeds, sizes, st.sampled_from([0, 1]))
def test_fused_is_apart(seed, size, axis):
    Z, Y = scores_and_labels(seed, size, axis)
    Y_hat = softmax(Z, axis)
    losses, cache = softmax_cross_entropy_forward(Z, Y, axis)
    np.testing.assert_allclose(cross_entropy(Y_hat, Y, axis), losses, atol=1e-12)
    np.testing.assert_allclose(
        softmax_vjp(Z, cross_entropy_backward(Y_hat, Y, axis), axis),
        softmax_cross_entropy_backward(1, cache),
        atol=1e-12,
    )


@given(seeds, sizes)
def test_cross_entropy_backward_against_differences(seed, size):
    Z, Y = scores_and_labels(seed, size, scale=1.0)
    Y_hat = softmax(np.tanh(Z))  # not close to 0, where the loss bends too much for a difference
    numeric = numeric_gradient(lambda Y_hat: np.sum(cross_entropy(Y_hat, Y)), Y_hat, 1e-6)
    assert gradient_ratio(numeric, cross_entropy_backward(Y_hat, Y)) < 1e-7


@given(seeds, sizes, st.floats(-1e4, 1e4))
def test_a_common_shift_changes_nothing(seed, size, shift):
    Z, Y = scores_and_labels(seed, size)
    here, there = (softmax_cross_entropy_forward(scores, Y) for scores in (Z, Z + shift))
    np.testing.assert_allclose(there[0], here[0], atol=1e-10)
    np.testing.assert_allclose(there[1][0], here[1][0], atol=1e-10)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_extreme_scores_stay_finite(dtype):
    Z, Y = np.array([[1e4, -1e4], [-1e4, 1e4]], dtype), np.array([[1, 1], [0, 0]])
    losses, cache = softmax_cross_entropy_forward(Z, Y)
    assert losses.tolist() == [0.0, 2e4] and losses.dtype == dtype
    dZ = softmax_cross_entropy_backward(1.0, cache)
    assert dZ.tolist() == [[0.0, -1.0], [0.0, 1.0]] and dZ.dtype == dtype


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.floats(-1e4, 1e4), min_size=n, max_size=n)))
def test_log_softmax_is_scipys(z):
    np.testing.assert_allclose(log_softmax(z), scipy_log_softmax(z), rtol=1e-12, atol=1e-12)


@given(seeds, st.integers(1, 5))
def test_two_classes_are_logistic_regression(seed, m):
    rng = np.random.default_rng(seed)
    z, y = 5 * rng.standard_normal((1, m)), rng.integers(2, size=(1, m))
    Z, Y = np.vstack([z, 0 * z]), np.vstack([y, 1 - y])
    losses, cache = softmax_cross_entropy_forward(Z, Y)
    a = sigmoid(z)
    np.testing.assert_allclose(cache[0][:1], a, rtol=1e-12)
    expected = -np.log(np.where(y == 1, a, sigmoid(-z)))[0]
    np.testing.assert_allclose(losses, expected, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(softmax_cross_entropy_backward(1, cache)[:1], a - y, atol=1e-12)


def test_a_masked_class_costs_nothing():
    losses, cache = softmax_cross_entropy_forward([0.0, -np.inf, 0.0], [1, 0, 0])
    assert losses == pytest.approx(np.log(2))
    assert softmax_cross_entropy_backward(1, cache).tolist() == [-0.5, 0.0, 0.5]


@pytest.mark.parametrize(
    ("Z", "Y", "axis", "message"),
    [
        (np.zeros((3, 2)), [0, 2], 0, r"Y: expected the shape of Z, \(3, 2\), one-hot; got.*\(2,"),
        (np.zeros((0, 2)), np.zeros((0, 2)), 0, r"Z: expected at least one class along axis 0"),
        (np.zeros(3), np.zeros(3), 1, r"Z: expected at least one class along axis 1; .*\(3,\)"),
        (np.zeros((2, 1)), np.ones((2, 1)), 0, "Y: expected labels from 0 to 1 that sum to 1"),
        (np.zeros((2, 1)), [[2], [-1]], 0, "Y: expected labels from 0 to 1 that sum to 1"),
        (np.array([[0.0], [np.nan]]), [[1], [0]], 0, "Z: expected numbers; got NaN"),
    ],
)
def test_bad_input_is_named(Z, Y, axis, message):
    with pytest.raises(ValueError, match=message):
        softmax_cross_entropy_forward(Z, Y, axis)


def test_bad_probabilities_and_gradients_are_named():
    for function in (cross_entropy, cross_entropy_backward):
        with pytest.raises(ValueError, match="Y_hat: expected probabilities above 0"):
            function(np.array([1.0, 0.0]), np.array([0, 1]))
    _, cache = softmax_cross_entropy_forward(np.zeros((2, 3)), np.eye(2)[:, [0, 1, 0]])
    with pytest.raises(ValueError, match=r"dlosses: expected one number or shape \(3,\); got \(1,"):
        softmax_cross_entropy_backward(np.ones((1, 3)), cache)
