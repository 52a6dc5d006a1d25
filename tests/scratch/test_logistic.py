"""Logistic regression against loops, differences in float64, scikit-learn and arithmetic."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from dlcourse.scratch import logistic

FLOAT64 = 1e-7


@pytest.fixture
def data():
    """Two overlapping clouds: w, b, X (3, 40), Y (1, 40)."""
    rng = np.random.default_rng(3)
    Y = (np.arange(40) % 2).reshape(1, 40).astype(float)
    X = rng.normal(size=(3, 40)) + Y * np.array([[1.0], [0.5], [0.0]])
    return rng.normal(size=(3, 1)), 0.3, X, Y


def test_zeros_have_the_shape_of_one_neuron():
    w, b = logistic.initialize_with_zeros(4)
    assert w.shape == (4, 1)
    assert not w.any()
    assert b == 0.0


def test_cost_of_a_fair_coin_is_log_two():
    assert logistic.compute_cost(np.full((1, 7), 0.5), np.ones((1, 7))) == pytest.approx(
        math.log(2)
    )


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.integers(0, 1)), min_size=1, max_size=8))
def test_negative_log_likelihood_is_minus_log_of_the_product(examples):
    A = np.array([[a for a, _ in examples]])
    Y = np.array([[y for _, y in examples]])
    likelihood = math.prod(a if y else 1 - a for a, y in examples)
    assert logistic.bernoulli_likelihood(A, Y) == pytest.approx(likelihood, rel=FLOAT64)
    assert logistic.negative_log_likelihood(A, Y) == pytest.approx(-math.log(likelihood))
    assert logistic.compute_cost(A, Y) * Y.size == pytest.approx(-math.log(likelihood))


def test_cost_is_the_log_loss_of_scikit_learn(data):
    w, b, X, Y = data
    A = logistic.sigmoid(w.T @ X + b)
    assert logistic.compute_cost(A, Y) == pytest.approx(log_loss(Y[0], A[0]), rel=FLOAT64)


def test_certainty_costs_nothing_if_right_and_infinity_if_wrong():
    certain = np.array([[0.0, 1.0]])
    assert logistic.compute_cost(certain, np.array([[0, 1]])) == 0.0
    assert logistic.compute_cost(certain, np.array([[1, 1]])) == np.inf


def test_soft_labels_are_weighed():
    expected = -0.25 * math.log(0.4) - 0.75 * math.log(0.6)
    assert logistic.compute_cost(np.array([[0.4]]), np.array([[0.25]])) == pytest.approx(expected)


def test_gradients_agree_with_central_differences(data):
    w, b, X, Y = data
    grads, _ = logistic.propagate(w, b, X, Y)
    theta, h = np.append(w, b), 1e-6

    def cost(t):
        return logistic.propagate(t[:3].reshape(3, 1), t[3], X, Y)[1]

    differences = np.array(
        [(cost(theta + h * e) - cost(theta - h * e)) / (2 * h) for e in np.eye(4)]
    )
    gradient = np.append(grads["dw"], grads["db"])
    ratio = np.linalg.norm(gradient - differences) / (
        np.linalg.norm(gradient) + np.linalg.norm(differences)
    )
    assert ratio < 1e-7


def test_loops_and_arrays_agree(data):
    slow, fast = logistic.propagate_loops(*data), logistic.propagate(*data)
    np.testing.assert_allclose(slow[0]["dw"], fast[0]["dw"], atol=1e-12)
    assert slow[0]["db"] == pytest.approx(fast[0]["db"], rel=FLOAT64)
    assert slow[1] == pytest.approx(fast[1], rel=FLOAT64)


@pytest.mark.parametrize("propagate", [logistic.propagate, logistic.propagate_loops])
def test_propagate_refuses_rank_one_arrays(data, propagate):
    w, b, X, Y = data
    with pytest.raises(
        ValueError, match=r"w: expected a column of shape \(3, 1\), received \(3,\)"
    ):
        propagate(w[:, 0], b, X, Y)
    with pytest.raises(ValueError, match=r"Y: expected a row of shape \(1, 40\), received \(40,\)"):
        propagate(w, b, X, Y[0])


def test_descent_arrives_where_scikit_learn_arrives(data):
    _, _, X, Y = data
    params, grads, costs = logistic.optimize(np.zeros((3, 1)), 0.0, X, Y, 3000, 1.0)
    oracle = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(X.T, Y[0])
    np.testing.assert_allclose(params["w"][:, 0], oracle.coef_[0], atol=1e-5)
    assert params["b"] == pytest.approx(oracle.intercept_[0], abs=1e-5)
    assert np.abs(grads["dw"]).max() < 1e-6
    assert np.all(np.diff(costs) <= 1e-12)


def test_one_step_is_the_definition_and_leaves_its_start_alone(data):
    w, b, X, Y = data
    start = w.copy()
    grads, cost = logistic.propagate(w, b, X, Y)
    params, last, costs = logistic.optimize(w, b, X, Y, 1, 0.1)
    np.testing.assert_allclose(params["w"], start - 0.1 * grads["dw"], rtol=FLOAT64)
    assert params["b"] == pytest.approx(b - 0.1 * grads["db"])
    assert costs == [cost]
    np.testing.assert_array_equal(last["dw"], grads["dw"])
    np.testing.assert_array_equal(w, start)


def test_predictions_switch_where_the_line_is_crossed():
    X = np.array([[-2.0, -0.01, 0.01, 2.0]])
    np.testing.assert_array_equal(
        logistic.predict(np.array([[3.0]]), 0.0, X), [[0.0, 0.0, 1.0, 1.0]]
    )


def test_accuracy_counts_hits_and_refuses_a_broadcast():
    Y = np.array([[1, 0, 1, 1]])
    assert logistic.accuracy(np.array([[1.0, 1.0, 1.0, 0.0]]), Y) == 0.5
    with pytest.raises(ValueError, match="predictions: expected the shape of Y"):
        logistic.accuracy(np.ones((4, 1)), Y)


def test_model_learns_from_the_training_part_only(data):
    _, _, X, Y = data
    result = logistic.model(X[:, :30], Y[:, :30], X[:, 30:], Y[:, 30:], 200, 0.5)
    flipped = logistic.model(X[:, :30], Y[:, :30], X[:, 30:], 1 - Y[:, 30:], 200, 0.5)
    np.testing.assert_array_equal(result["w"], flipped["w"])
    assert result["test_accuracy"] == pytest.approx(1 - flipped["test_accuracy"])
    assert result["train_accuracy"] == np.mean(result["Y_prediction_train"] == Y[:, :30])
    assert result["costs"][-1] < result["costs"][0] == pytest.approx(math.log(2))
    assert (result["num_iterations"], len(result["costs"])) == (200, 200)


def test_squared_error_is_not_convex_behind_a_sigmoid():
    w = np.linspace(-6, 6, 121)
    A = logistic.sigmoid(w)  # one example, x = 1, y = 1
    one = np.ones((1, 1))
    squared = [logistic.squared_error_cost(a * one, one) for a in A]
    entropy = [logistic.compute_cost(a * one, one) for a in A]
    assert np.diff(squared, 2).min() < 0
    assert np.diff(entropy, 2).min() > 0


def test_squared_error_is_the_mean_square():
    assert logistic.squared_error_cost(np.array([[0.25, 1.0]]), np.array([[1, 1]])) == 0.28125
