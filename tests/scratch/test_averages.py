"""Exponentially weighted averages: against their definition, scipy's filter and the course."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import lfilter

from dlcourse.scratch.averages import (
    average_weights,
    averaging_window,
    correct_bias,
    exponentially_weighted_averages,
    update_average,
)

betas = st.floats(0, 0.999)


def test_second_average_of_the_course():
    theta = np.array([40.0, 49.0])
    expected = (0.0196 * theta[0] + 0.02 * theta[1]) / 0.0396
    assert exponentially_weighted_averages(theta, 0.98)[1] == pytest.approx(expected, rel=1e-12)
    plain = exponentially_weighted_averages(theta, 0.98, bias_correction=False)
    np.testing.assert_allclose(plain, [0.02 * 40, 0.0196 * 40 + 0.02 * 49], rtol=1e-12)
    np.testing.assert_allclose(average_weights(2, 0.98), [0.0196 / 0.0396, 0.02 / 0.0396])


def test_windows_of_the_course():
    assert averaging_window(0.9) == pytest.approx(10)
    assert averaging_window(0.98) == pytest.approx(50)
    assert averaging_window(0.0) == 1
    weights = average_weights(200, 0.9)
    # ten days back, a day counts about a third of today
    assert weights[-11] / weights[-1] == pytest.approx(0.9**10)
    assert weights[-11] / weights[-1] == pytest.approx(1 / np.e, abs=0.02)


@given(beta=betas, seed=st.integers(0, 99), t=st.integers(1, 30))
def test_recursion_equals_a_recursive_filter(beta, seed, t):
    values = np.random.default_rng(seed).standard_normal(t)
    ours = exponentially_weighted_averages(values, beta, bias_correction=False)
    np.testing.assert_allclose(ours, lfilter([1 - beta], [1, -beta], values), atol=1e-12)


@given(beta=betas, seed=st.integers(0, 99), t=st.integers(1, 30), corrected=st.booleans())
def test_recursion_equals_the_sum_over_the_weights(beta, seed, t, corrected):
    values = np.random.default_rng(seed).standard_normal((t, 2, 1))
    averages = exponentially_weighted_averages(values, beta, corrected)
    expected = np.tensordot(average_weights(t, beta, corrected), values, axes=1)
    np.testing.assert_allclose(averages[-1], expected, atol=1e-9)


@given(beta=betas, t=st.integers(1, 50))
def test_corrected_weights_sum_to_one_and_plain_ones_to_less(beta, t):
    assert average_weights(t, beta).sum() == pytest.approx(1)
    plain = average_weights(t, beta, bias_correction=False)
    assert plain.sum() == pytest.approx(1 - beta**t)
    assert np.all(np.diff(plain) >= 0)


@given(beta=betas, level=st.floats(-1e3, 1e3))
def test_a_constant_is_its_own_corrected_average(beta, level):
    averages = exponentially_weighted_averages(np.full(20, level), beta)
    np.testing.assert_allclose(averages, level, rtol=1e-9)


def test_without_memory_nothing_is_smoothed():
    values = np.array([3.0, -1.0, 2.0])
    assert np.array_equal(exponentially_weighted_averages(values, 0.0), values)


def test_precision_stays_and_arguments_too():
    values = np.ones((4, 2), np.float32)
    assert exponentially_weighted_averages(values, 0.9).dtype == np.float32
    assert exponentially_weighted_averages([1, 2], 0.5, bias_correction=False).tolist() == [
        0.5, 1.25,
    ]  # fmt: skip
    old = np.ones(2, np.float32)
    assert update_average(old, np.zeros(2, np.float32), 0.5).dtype == np.float32
    assert old.tolist() == [1.0, 1.0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: exponentially_weighted_averages([], 0.9), r"values: expected \(T, ...\).*\(0,\)"),
        (lambda: exponentially_weighted_averages(3.0, 0.9), r"values: .*got shape \(\)"),
        (
            lambda: exponentially_weighted_averages([1.0], 1.0),
            r"beta: expected a number in \[0, 1\)",
        ),
        (lambda: correct_bias(1.0, 0.9, 0), "t: expected a whole number of at least 1; got 0"),
        (lambda: correct_bias(1.0, -0.1, 1), "beta: expected .*got -0.1"),
        (lambda: average_weights(0, 0.9), "t: expected .*got 0"),
        (lambda: averaging_window(1), "beta: expected .*got 1"),
        (
            lambda: update_average(np.zeros(2), np.zeros((2, 1)), 0.9),
            r"value: expected the shape of average, \(2,\); got \(2, 1\)",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
