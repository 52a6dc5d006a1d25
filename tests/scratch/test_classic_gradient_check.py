"""Gradient checks by hand: right gradients pass, wrong ones are found and measured."""

import numpy as np
import pytest

from dlcourse.scratch.classic_gradient_check import (
    gradient_check,
    gradient_check_n,
    worst_component,
)


def sines(theta):
    return np.sum(np.sin(theta))


@pytest.mark.parametrize(("claimed", "ratio"), [(12.0, 0.0), (-12.0, 1.0), (36.0, 0.5), (0.0, 1.0)])
def test_one_number(claimed, ratio):
    assert gradient_check(lambda t: t**3, 2.0, claimed) == pytest.approx(ratio, abs=1e-7)


def test_nothing_to_compare():
    assert gradient_check(lambda t: 1.0, 2.0, 0.0) == 0
    assert gradient_check_n(lambda t: 1.0, np.ones((2, 1)), np.zeros((2, 1))) == 0


def test_many_numbers():
    theta = np.random.default_rng(0).normal(size=(5, 1))
    kept, slopes = theta.copy(), np.cos(theta)
    assert gradient_check_n(sines, theta, slopes) < 1e-7
    assert gradient_check_n(sines, theta, 3 * slopes) == pytest.approx(0.5)
    np.testing.assert_array_equal(theta, kept)


@pytest.mark.parametrize("sign", [1, -1])
def test_worst_component(sign):
    right = {"dW1": np.ones((2, 3)), "db1": np.zeros((2, 1))}
    wrong = {name: value.copy() for name, value in right.items()}
    wrong["dW1"][0, 0] += 0.1
    wrong["db1"][1, 0] += 0.3 * sign
    assert worst_component(right, wrong) == ("db1", (1, 0))
