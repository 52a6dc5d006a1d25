"""Training and judging image classifiers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score

from dlcourse.scratch.dense import l_model_forward
from dlcourse.scratch.networks import (
    accuracy,
    l_layer_model,
    mislabelled_examples,
    predict,
    preprocess_images,
    two_layer_model,
)

XOR = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0, 1, 1, 0]])


def test_images_become_columns_in_reading_order():
    images = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    X = preprocess_images(images, 24)
    assert X.shape == (12, 2) and X.dtype == np.float64
    np.testing.assert_allclose(X[:, 1], np.arange(12, 24) / 24)
    assert preprocess_images(np.zeros((5, 2, 3, 3)), 255).shape == (18, 5)


def test_brightness_must_be_positive():
    with pytest.raises(ValueError, match="brightest: expected a number above 0; got 0"):
        preprocess_images(np.zeros((1, 2, 2)), 0)


@pytest.mark.parametrize("model", [two_layer_model, l_layer_model])
def test_one_step_follows_the_slope_of_the_cost(model):
    rng = np.random.default_rng(0)
    X, Y = rng.standard_normal((2, 9)), rng.integers(0, 2, (1, 9))
    start, _ = model(X, Y, (2, 3, 1), 0.7, 0, np.random.default_rng(1))
    stepped, costs = model(X, Y, (2, 3, 1), 0.7, 1, np.random.default_rng(1))
    assert costs == [pytest.approx(_cost(X, Y, start), rel=1e-12)]
    for name, value in start.items():
        shift = 1e-6 * rng.standard_normal(value.shape)
        up, down = (_cost(X, Y, {**start, name: value + s}) for s in (shift, -shift))
        change = np.sum((value - stepped[name]) / 0.7 * shift)
        assert change == pytest.approx((up - down) / 2, abs=1e-14)


def test_deep_network_learns_xor():
    X, Y = XOR
    parameters, costs = l_layer_model(X, Y, (2, 8, 4, 1), 0.5, 500, np.random.default_rng(0))
    assert len(costs) == 500 and costs[-1] < 0.05
    assert predict(X, parameters).tolist() == Y.tolist()


def test_softmax_network_learns_three_corners():
    X, classes = np.array([[0.0, 1, 0, 2], [0, 0, 1, 2]]), np.array([[0, 1, 2, 1]])
    Y = np.eye(3)[:, classes[0]]
    parameters, _ = l_layer_model(X, Y, (2, 8, 3), 0.5, 500, np.random.default_rng(0))
    assert predict(X, parameters).tolist() == classes.tolist()


def test_even_odds_are_the_threshold():
    parameters = {"W1": np.ones((1, 1)), "b1": np.zeros((1, 1))}
    assert predict(np.array([[-0.01, 0.0, 0.01]]), parameters).tolist() == [[0, 0, 1]]


def test_no_steps_give_the_initial_parameters():
    X, Y = XOR
    for model, layer_dims in ((two_layer_model, (2, 3, 1)), (l_layer_model, (2, 3, 1))):
        first, costs = model(X, Y, layer_dims, 1.0, 0, np.random.default_rng(0))
        again, _ = model(X, Y, layer_dims, 1.0, 0, np.random.default_rng(0))
        assert costs == []
        assert all(np.array_equal(first[name], again[name]) for name in first)


def test_two_layer_model_wants_three_sizes():
    with pytest.raises(ValueError, match=r"layer_dims: expected \(n_x, n_h, n_y\); got \(2, 1\)"):
        two_layer_model(*XOR, (2, 1), 1.0, 1, np.random.default_rng(0))


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_accuracy_is_that_of_sklearn(pairs):
    predictions, Y = np.array(pairs, int).T
    expected = accuracy_score(Y, predictions)
    assert accuracy(predictions[None], Y[None]) == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_mislabelled_are_all_the_wrong_ones_and_sorted(pairs):
    probabilities, Y = np.array(pairs, float).T[:, None]
    found = mislabelled_examples(probabilities, Y)
    wrong = [i for i, (p, y) in enumerate(pairs) if (p > 0.5) != y]
    assert sorted(found.tolist()) == wrong
    distance = np.abs(probabilities - Y)[0, found]
    assert np.all(np.diff(distance) <= 0)


def test_shapes_that_would_broadcast_are_refused():
    with pytest.raises(ValueError, match=r"predictions: expected the shape of Y, \(4,\)"):
        accuracy(np.zeros((1, 4)), np.zeros(4))
    with pytest.raises(ValueError, match=r"probabilities: expected the shape of Y, \(4, 1\)"):
        mislabelled_examples(np.zeros((1, 4)), np.zeros((4, 1)))


def _cost(X, Y, parameters):
    p, _ = l_model_forward(X, parameters)
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p))
