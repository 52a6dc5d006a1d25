"""Dropout: its expectation within the standard error, its mask, and the way back."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.dropout import dropout_backward, dropout_forward
from dlcourse.scratch.gradient_check import gradient_ratio, numeric_gradient

seeds = st.integers(0, 2**32 - 1)
shapes = st.lists(st.integers(0, 4), max_size=3).map(tuple)
probabilities = st.floats(0.05, 1)


@given(seeds, st.floats(0.1, 1))
def test_the_expectation_is_kept_within_its_standard_error(seed, keep_prob):
    draws, A = 20_000, 3.0
    dropped, _ = dropout_forward(np.full(draws, A), keep_prob, np.random.default_rng(seed))
    standard_error = A * np.sqrt((1 - keep_prob) / keep_prob / draws)
    assert abs(dropped.mean() - A) <= 5.5 * standard_error + 1e-12


def test_the_input_of_the_next_layer_keeps_its_expectation():
    rng = np.random.default_rng(0)
    A, W, draws = rng.random((50, 1)), rng.standard_normal((1, 50)), 20_000
    dropped, _ = dropout_forward(np.repeat(A, draws, axis=1), 0.8, rng)
    standard_error = np.sqrt(np.sum((W.T * A) ** 2) * 0.25 / draws)
    assert abs((W @ dropped).mean() - (W @ A).item()) < 5 * standard_error


@given(seeds, shapes, probabilities)
def test_a_unit_is_off_or_scaled_up(seed, shape, keep_prob):
    rng = np.random.default_rng(seed)
    A = rng.standard_normal(shape)
    dropped, (D, _) = dropout_forward(A, keep_prob, rng)
    assert dropped.shape == D.shape == shape and D.dtype == bool
    assert (dropped[~D] == 0).all()
    np.testing.assert_allclose(dropped[D], A[D] / keep_prob, rtol=1e-15)


def test_same_scaling_as_keras():
    A = np.random.default_rng(0).random((100, 80)) + 1
    theirs = keras.layers.Dropout(0.3, seed=1, dtype="float64")(A, training=True).numpy()
    ours, (D, _) = dropout_forward(A, 0.7, np.random.default_rng(1))
    np.testing.assert_allclose((theirs / A)[theirs != 0], (ours / A)[D][0])
    assert abs(np.mean(theirs != 0) - np.mean(D)) < 5 * np.sqrt(2 * 0.21 / A.size)


def test_every_example_loses_its_own_units():
    _, (D, _) = dropout_forward(np.ones((20, 30)), 0.5, np.random.default_rng(0))
    assert len(np.unique(D, axis=1).T) == 30 and len(np.unique(D, axis=0)) == 20


def test_keep_everything_changes_nothing():
    A = np.random.default_rng(0).standard_normal((3, 4))
    assert (dropout_forward(A, 1, np.random.default_rng(0))[0] == A).all()


@given(seeds, shapes, probabilities)
def test_backward_against_differences(seed, shape, keep_prob):
    rng = np.random.default_rng(seed)
    A, upstream = rng.standard_normal(shape), rng.standard_normal(shape)
    _, cache = dropout_forward(A, keep_prob, np.random.default_rng(seed))

    def cost(A):
        return np.sum(upstream * dropout_forward(A, keep_prob, np.random.default_rng(seed))[0])

    assert gradient_ratio(numeric_gradient(cost, A), dropout_backward(upstream, cache)) < 1e-7


def test_a_dropped_infinity_is_gone():
    dropped, _ = dropout_forward(np.full(50, np.inf), 0.5, np.random.default_rng(0))
    assert set(dropped) == {0.0, np.inf}


def test_single_precision_stays():
    dropped, cache = dropout_forward(np.ones(5, np.float32), 0.5, np.random.default_rng(0))
    assert dropped.dtype == dropout_backward(dropped, cache).dtype == np.float32
    assert dropout_forward([1, 2], 0.5, np.random.default_rng(0))[0].dtype == np.float64


@pytest.mark.parametrize("keep_prob", [0, -0.1, 1.01, np.nan])
def test_impossible_probabilities_are_refused(keep_prob):
    with pytest.raises(ValueError, match="keep_prob: expected a probability above 0.*got"):
        dropout_forward(np.ones(2), keep_prob, np.random.default_rng(0))


def test_a_gradient_of_another_shape_is_refused():
    _, cache = dropout_forward(np.ones((2, 3)), 0.5, np.random.default_rng(0))
    with pytest.raises(
        ValueError, match=r"dA_dropped: expected the shape of A, \(2, 3\); got \(3,"
    ):
        dropout_backward(np.ones(3), cache)
