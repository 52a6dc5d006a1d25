"""GloVe against loops over words and pairs, and against differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.glove import (
    cooccurrence_counts,
    glove_backward,
    glove_forward,
    glove_weights,
)
from dlcourse.scratch.gradient_check import check_gradient


def example(V=5, n=3, seed=0, dtype=np.float64):
    rng = np.random.default_rng(seed)
    X = rng.poisson(2.0, (V, V)).astype(dtype)
    shapes = {"E": (V, n), "U": (V, n), "b": V, "c": V}
    return X, {name: rng.standard_normal(size).astype(dtype) for name, size in shapes.items()}


@given(st.lists(st.integers(0, 4), max_size=15), st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_counts_against_loops(tokens, weights):
    expected = np.zeros((5, 5))
    for i, first in enumerate(tokens):
        for j, second in enumerate(tokens):
            if 1 <= abs(i - j) <= len(weights):
                expected[first, second] += weights[abs(i - j) - 1]
    X = cooccurrence_counts(tokens, 5, weights)
    np.testing.assert_allclose(X, expected, rtol=1e-12)
    assert np.array_equal(X, X.T)


def test_cost_against_loops():
    X, p = example()
    expected = 0.0
    for i in range(5):
        for j in range(5):
            if X[i, j] > 0:
                weight = min(1.0, (X[i, j] / 3) ** 0.5)
                error = p["E"][i] @ p["U"][j] + p["b"][i] + p["c"][j] - math.log(X[i, j])
                expected += weight * error**2
    assert glove_forward(X, p, x_max=3, power=0.5)[0] == pytest.approx(expected)


def test_weights_of_the_paper():
    weights = glove_weights([0, 1, 50, 100, 1e6])
    assert weights.tolist() == pytest.approx([0, 100**-0.75, 0.5**0.75, 1, 1])


@pytest.mark.parametrize(("V", "n"), [(5, 3), (1, 2), (4, 1), (1, 1)])
def test_gradients_against_differences(V, n):
    X, parameters = example(V, n, seed=1)
    X[0, 0] = 3
    gradients = glove_backward(glove_forward(X, parameters, x_max=4)[1])
    report = check_gradient(lambda p: glove_forward(X, p, x_max=4)[0], parameters, gradients)
    assert report.ratio < 1e-7, report


def test_an_empty_text_costs_nothing():
    _, parameters = example()
    cost, cache = glove_forward(cooccurrence_counts([], 5, (1,)), parameters)
    assert cost == 0.0
    assert not any(np.any(gradient) for gradient in glove_backward(cache).values())


def test_the_right_logarithms_cost_nothing():
    _, parameters = example()
    p = parameters
    X = np.exp(p["E"] @ p["U"].T + p["b"][:, np.newaxis] + p["c"])
    assert glove_forward(X, parameters)[0] == pytest.approx(0, abs=1e-20)


def test_single_precision_stays():
    X, parameters = example(dtype=np.float32)
    _, cache = glove_forward(X.astype(np.float64), parameters)
    gradients = glove_backward(cache).values()
    assert {array.dtype for array in [*gradients, glove_weights(X)]} == {np.dtype(np.float32)}


X, P = example()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cooccurrence_counts([5], 5, (1,)), "tokens: expected integers from 0 to 4; got 5"),
        (lambda: cooccurrence_counts([0], 5, ()), "distance_weights: expected at least one entry"),
        (lambda: cooccurrence_counts([], 0, (1,)), "vocabulary_size: expected a whole number"),
        (lambda: glove_weights([-1.0]), "X: expected counts of 0 or more; got -1.0"),
        (lambda: glove_weights([np.nan]), "X: expected numbers; got NaN"),
        (lambda: glove_weights([1], x_max=0), "x_max: expected a number above 0; got 0"),
        (lambda: glove_forward(X[:, 1:], P), r"X: expected shape \(V, V\); got \(5, 4\)"),
        (
            lambda: glove_forward(X, P | {"b": np.ones(4)}),
            r"b: expected shape \(V=5,\); got \(4,\)",
        ),
        (lambda: glove_forward(X, P | {"U": P["U"].T}), r"U: expected shape \(V=5, n=3\)"),
        (lambda: glove_forward(X, P | {"E": P["E"] * np.nan}), "E: expected numbers; got NaN"),
        (lambda: glove_forward(X, {"E": P["E"]}), "parameters: expected E, U, b, c; got E"),
        (lambda: glove_forward(-X, P), "X: expected counts of 0 or more; got -"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
