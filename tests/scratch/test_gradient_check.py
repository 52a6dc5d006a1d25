"""Gradient checking, checked: against derivatives on paper, SciPy, and planted mistakes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from dlcourse.scratch.dense import (
    compute_cost,
    initialize_parameters_deep,
    l_model_backward,
    l_model_forward,
)
from dlcourse.scratch.gradient_check import (
    GradientReport,
    check_gradient,
    gradient_ratio,
    numeric_gradient,
    one_sided_difference,
    two_sided_difference,
    verdict,
)


def cube(theta):
    return theta**3


def network(rng, layer_dims=(3, 4, 2), m=5):
    """Parameters of a small network, its cost as a function of them, and its gradients."""
    parameters = initialize_parameters_deep(layer_dims, rng)
    X, Y = (
        rng.standard_normal((layer_dims[0], m)),
        np.eye(layer_dims[-1])[:, rng.integers(2, size=m)],
    )
    AL, caches = l_model_forward(X, parameters)
    gradients = l_model_backward(AL, Y, caches)
    return parameters, lambda p: compute_cost(l_model_forward(X, p)[0], Y), gradients


def test_the_example_of_the_lecture():
    assert two_sided_difference(cube, 1.0, 0.01) == pytest.approx(3.0001, abs=1e-12)
    assert one_sided_difference(cube, 1.0, 0.01) == pytest.approx(3.0301, abs=1e-12)


def test_two_sides_gain_a_hundredfold_where_one_side_gains_tenfold():
    two, one = (
        [abs(difference(np.exp, 1.0, eps) - np.e) for eps in (1e-2, 1e-3)]
        for difference in (two_sided_difference, one_sided_difference)
    )
    assert two[0] / two[1] == pytest.approx(100, rel=0.01)
    assert one[0] / one[1] == pytest.approx(10, rel=0.01)


@given(st.integers(0, 2**32 - 1), st.tuples(st.integers(0, 3), st.integers(0, 3)))
def test_gradient_of_a_quadratic_form_is_exact(seed, shape):
    rng = np.random.default_rng(seed)
    theta, factors = rng.normal(0, 10, shape), rng.standard_normal(shape)
    numeric = numeric_gradient(lambda t: np.sum(factors * t**2), theta)
    assert numeric.shape == shape
    assert gradient_ratio(numeric, 2 * factors * theta) < 1e-8


def test_same_as_scipy():
    theta = np.random.default_rng(0).standard_normal(6)

    def f(t):
        return np.sum(np.sin(t)) * t[0]

    np.testing.assert_allclose(numeric_gradient(f, theta), approx_fprime(theta, f), atol=1e-6)


def test_parameters_are_left_alone_and_come_in_double_precision():
    theta = {"a": {"W": np.ones((2, 2), np.float32)}, "b": 2}
    seen = []
    numeric = numeric_gradient(lambda p: seen.append(p["a"]["W"].dtype) or p["a"]["W"].sum(), theta)
    assert theta["a"]["W"].tolist() == [[1, 1], [1, 1]] and set(seen) == {np.dtype(np.float64)}
    np.testing.assert_allclose(numeric["a"]["W"], np.ones((2, 2)), rtol=1e-9)
    assert numeric["b"] == 0


def test_large_parameters_get_large_steps():
    theta = np.array([1e9])
    assert gradient_ratio(numeric_gradient(lambda t: np.sum(t**2), theta), 2 * theta) < 1e-9


def test_backpropagation_through_a_network_is_great():
    parameters, cost, gradients = network(np.random.default_rng(1))
    report = check_gradient(cost, parameters, gradients)
    assert report.ratio < 1e-7 and report.verdict == "great"


@pytest.mark.parametrize(("name", "index"), [("W1", (2, 1)), ("b1", (3, 0)), ("W2", (0, 3))])
def test_a_planted_mistake_is_found(name, index):
    parameters, cost, gradients = network(np.random.default_rng(2))
    gradients[f"d{name}"][index] += 0.5
    report = check_gradient(cost, parameters, gradients)
    assert (report.name, report.index, report.verdict) == (name, index, "wrong")
    assert report.backpropagated - report.numeric == pytest.approx(0.5, abs=1e-7)
    assert f"{name}[{index[0]}, {index[1]}]" in str(report)


def test_a_nan_is_the_worst_component():
    gradients = {"a": np.array([100.0, 1.0]), "b": np.array([[1.0, np.nan]])}
    ones = {"a": np.ones(2), "b": np.ones((1, 2))}
    report = check_gradient(lambda p: p["a"].sum() + p["b"].sum(), ones, gradients)
    assert (report.name, report.index, report.verdict) == ("b", (0, 1), "wrong")


def test_a_single_number_and_a_lone_array():
    report = check_gradient(cube, 2.0, 12.0)
    assert (report.name, report.index, report.verdict) == ("theta", (), "great")
    wrong = check_gradient(lambda t: np.sum(t**2), np.array([1.0, 2.0]), np.array([2.0, 2.0]))
    assert str(wrong) == (
        "ratio 2.7e-01: wrong; largest gap at theta[1]: backpropagation 2, difference 4"
    )


def test_ratio_at_its_corners():
    assert gradient_ratio(np.zeros(3), np.zeros(3)) == 0
    assert gradient_ratio(np.zeros((0, 2)), np.zeros((0, 2))) == 0
    assert gradient_ratio(np.ones(3), np.zeros(3)) == 1
    assert gradient_ratio(np.ones(3), -np.ones(3)) == 1
    assert gradient_ratio({"W": [3.0], "b": [4.0]}, {"dW": [3.0], "db": [0.0]}) == 4 / 8


def test_verdicts():
    assert [verdict(r) for r in (0, 1e-7, 2e-7, 1e-5, 2e-5, 1e-3, 2e-3, 1, np.nan)] == [
        *("great", "great", "look again", "look again", "suspicious", "suspicious"),
        *("wrong", "wrong", "wrong"),
    ]
    assert GradientReport(2e-5, "W", (), 0.0, 0.0).verdict == "suspicious"


def test_dropout_is_noticed():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="f: expected the same value when asked twice.*dropout"):
        numeric_gradient(lambda t: np.sum(t * (rng.random(t.shape) < 0.5)), np.arange(1.0, 20))


@pytest.mark.parametrize(
    ("f", "theta", "message"),
    [
        (cube, np.ones(2), r"f: expected one number, the cost; got an array of shape \(2,\)"),
        (np.sum, [1.0, np.nan], "theta: expected finite parameters; got NaN"),
        (lambda p: 0.0, {"a": {"W": np.inf}}, "a/W: expected finite parameters"),
    ],
)
def test_bad_input_is_named(f, theta, message):
    with pytest.raises(ValueError, match=message):
        numeric_gradient(f, theta)


def test_nothing_to_check_and_no_step_are_refused():
    with pytest.raises(ValueError, match="parameters: expected at least one number; got none"):
        check_gradient(np.sum, np.zeros((0, 3)), np.zeros((0, 3)))
    for epsilon in (0, -1e-5, np.nan):
        for difference in (one_sided_difference, two_sided_difference, numeric_gradient):
            with pytest.raises(ValueError, match="epsilon: expected a step above 0; got"):
                difference(cube, 1.0, epsilon)
