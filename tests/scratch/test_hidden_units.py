"""Composed linear layers, equal units and saturation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch import hidden_units


def test_two_linear_layers_compose_to_one():
    rng = np.random.default_rng(3)
    W1, b1, W2, b2, X = (rng.normal(size=s) for s in ((4, 3), (4, 1), (2, 4), (2, 1), (3, 6)))
    W, b = hidden_units.compose_linear(W1, b1, W2, b2)
    np.testing.assert_allclose(W @ X + b, W2 @ (W1 @ X + b1) + b2, atol=1e-12)


@pytest.mark.parametrize("name", ["W1", "b1", "W2"])
def test_spread_sees_each_part_of_a_unit(name):
    parameters = {"W1": np.ones((3, 2)), "b1": np.ones((3, 1)), "W2": np.ones((1, 3))}
    assert hidden_units.hidden_unit_spread(parameters) == 0.0
    parameters[name][-1, -1] = 3.5
    assert hidden_units.hidden_unit_spread(parameters) == pytest.approx(2.5)


@given(st.floats(0.1, 100))
def test_larger_weights_never_saturate_less(scale):
    z = np.random.default_rng(4).normal(size=(4, 50))
    smaller, larger = (hidden_units.fraction_saturated(np.tanh(s * z)) for s in (scale, 2 * scale))
    assert 0 <= smaller <= larger <= 1


def test_saturation_counts_both_signs():
    assert hidden_units.fraction_saturated(np.array([[-0.995, 0.995, 0.9, 0.0]])) == 0.5
    assert hidden_units.fraction_saturated(np.array([[-0.995, 0.995, 0.9, 0.0]]), 0.5) == 0.75


def test_layers_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match=r"W2: expected shape \(n_y, n_h=2\); got \(2, 3\)"):
        hidden_units.compose_linear(*(np.zeros((2, 3)), np.zeros((2, 1))) * 2)
