"""Penalties against Keras, their gradients against differences, weight decay against both."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Lasso

from dlcourse.scratch.gradient_check import gradient_ratio, numeric_gradient
from dlcourse.scratch.regularization import (
    frobenius_gradients,
    frobenius_penalty,
    l1_gradient,
    l1_penalty,
    l2_gradient,
    l2_penalty,
    soft_threshold,
    weight_decay_update,
)

seeds = st.integers(0, 2**32 - 1)
shapes = st.lists(st.integers(0, 4), max_size=3).map(tuple)
lambdas, counts = st.floats(0.01, 10), st.integers(1, 50)


def network(seed, single=False):
    rng = np.random.default_rng(seed)
    dtype = np.float32 if single else np.float64
    shapes_of = {"W1": (3, 2), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1)}
    return {name: rng.standard_normal(shape).astype(dtype) for name, shape in shapes_of.items()}


@given(seeds, shapes, lambdas, counts)
def test_same_as_keras(seed, shape, lambd, m):
    W = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    l1, l2 = keras.regularizers.L1(lambd / m), keras.regularizers.L2(lambd / (2 * m))
    assert l1_penalty(W, lambd, m) == pytest.approx(float(l1(W)), rel=1e-5)
    assert l2_penalty(W, lambd, m) == pytest.approx(float(l2(W)), rel=1e-5)


@given(seeds, shapes, lambdas, counts)
def test_gradients_against_differences(seed, shape, lambd, m):
    W = np.random.default_rng(seed).standard_normal(shape)
    W += 1e-3 * np.sign(W)  # away from the kink of L1
    for penalty, gradient in ((l1_penalty, l1_gradient), (l2_penalty, l2_gradient)):
        numeric = numeric_gradient(lambda W, penalty=penalty: penalty(W, lambd, m), W)
        assert gradient_ratio(numeric, gradient(W, lambd, m)) < 1e-7


@given(seeds, lambdas, counts)
def test_the_whole_network(seed, lambd, m):
    parameters = network(seed)
    by_layer = [np.linalg.norm(parameters[name], "fro") ** 2 for name in ("W1", "W2")]
    assert frobenius_penalty(parameters, lambd, m) == pytest.approx(lambd / (2 * m) * sum(by_layer))
    numeric = numeric_gradient(lambda p: frobenius_penalty(p, lambd, m), parameters)
    assert gradient_ratio(numeric, frobenius_gradients(parameters, lambd, m)) < 1e-7


@given(seeds, lambdas, counts)
def test_decay_is_descent_on_cost_plus_penalty(seed, lambd, m):
    parameters, grads = network(seed), network(seed + 1)
    decayed = weight_decay_update(
        parameters, {f"d{name}": grad for name, grad in grads.items()}, 0.1, lambd, m
    )
    penalties = frobenius_gradients(parameters, lambd, m)
    for name, value in parameters.items():
        expected = value - 0.1 * (grads[name] + penalties[name])
        np.testing.assert_allclose(decayed[name], expected, rtol=1e-12, atol=1e-14)


def test_weights_shrink_by_a_factor_and_biases_do_not():
    parameters = {"deep": {"W": np.array([[2.0]]), "b": np.array([[2.0]])}}
    nothing = {"deep": {"W": np.zeros((1, 1)), "b": np.zeros((1, 1))}}
    decayed = weight_decay_update(parameters, nothing, 0.5, lambd=1.0, m=5)["deep"]
    assert (decayed["W"].item(), decayed["b"].item()) == (2 * (1 - 0.5 / 5), 2.0)
    assert parameters["deep"]["W"].item() == 2.0


@given(seeds, shapes, st.floats(0, 2))
def test_soft_threshold_minimises_penalty_and_distance(seed, shape, threshold):
    rng = np.random.default_rng(seed)
    W = rng.standard_normal(shape)
    best = soft_threshold(W, threshold)

    def cost(V):
        return (V - W) ** 2 / 2 + threshold * np.abs(V)

    grid = np.linspace(-4, 4, 161).reshape(161, *[1] * W.ndim)
    assert (cost(best) <= cost(grid).min(axis=0) + 1e-12).all()
    assert (best[np.abs(W) <= threshold] == 0).all()


def test_l1_gives_the_sparse_weights_of_the_lasso():
    rng = np.random.default_rng(0)
    X, lambd = rng.standard_normal((10, 200)), 40.0
    Y = np.array([[3.0, -2.0, *[0.0] * 8]]) @ X + 0.1 * rng.standard_normal((1, 200))
    w, m = np.zeros((1, 10)), 200
    for _ in range(300):
        w = soft_threshold(w - 0.5 * (w @ X - Y) @ X.T / m, 0.5 * lambd / m)
    lasso = Lasso(alpha=lambd / m, fit_intercept=False, tol=1e-10).fit(X.T, Y.ravel())
    np.testing.assert_allclose(w.ravel(), lasso.coef_, atol=1e-8)
    assert np.count_nonzero(w) == 2


def test_by_hand():
    W = np.array([[3.0, -4.0]])
    assert (l1_penalty(W, 2, 7), l2_penalty(W, 2, 5)) == (2.0, 5.0)
    assert l1_gradient(np.array([-2.0, 0.0, 5.0]), 3, 6).tolist() == [-0.5, 0.0, 0.5]
    assert l2_gradient(W, 3, 6).tolist() == [[1.5, -2.0]]


def test_single_precision_stays():
    parameters = network(0, single=True)
    W, lambd = parameters["W1"], np.float64(0.5)
    stepped = weight_decay_update(parameters, parameters, np.float64(0.1), lambd, 3)
    results = [l1_gradient(W, lambd, 3), l2_gradient(W, lambd, 3), soft_threshold(W, lambd)]
    results += [*stepped.values(), *frobenius_gradients(parameters, lambd, 3).values()]
    assert {result.dtype for result in results} == {np.dtype(np.float32)}


@pytest.mark.parametrize("function", [l1_penalty, l1_gradient, l2_penalty, l2_gradient])
def test_bad_input_is_named(function):
    with pytest.raises(ValueError, match=r"lambd: expected 0 or more; got -1"):
        function(np.ones(2), -1, 5)
    with pytest.raises(ValueError, match="m: expected at least 1 example; got 0"):
        function(np.ones(2), 1, 0)
    with pytest.raises(ValueError, match="W: expected finite weights; got NaN"):
        function(np.array([1.0, np.nan]), 1, 5)


def test_bad_networks_are_named():
    good = network(0)
    with pytest.raises(ValueError, match="lambd: expected 0 or more; got nan"):
        frobenius_penalty({}, np.nan, 1)
    with pytest.raises(ValueError, match="W1: expected finite weights"):
        frobenius_gradients({"W1": np.array([np.inf])}, 1, 1)
    with pytest.raises(ValueError, match="learning_rate: expected a number above 0; got 0"):
        weight_decay_update(good, good, 0, 1, 1)
    with pytest.raises(ValueError, match=r"gradients: expected shape \(3, 2\) for W1; got \(2,"):
        weight_decay_update(good, {**good, "W1": np.zeros((2, 3))}, 0.1, 1, 1)
    with pytest.raises(ValueError, match="threshold: expected 0 or more; got -1"):
        soft_threshold(np.ones(2), -1)
