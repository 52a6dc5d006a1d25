"""Value and slope computed together against the separate functions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dlcourse.scratch import value_and_slope
from dlcourse.scratch.activations import ELEMENTWISE, hardmax, softmax

vectors = hnp.arrays(np.float64, st.integers(1, 8), elements=st.floats(-1e4, 1e4))


@pytest.mark.parametrize("name", ["tanh", "leaky_relu", "elu", "softplus"])
@given(z=vectors)
def test_value_and_slope_equal_the_separate_functions(name, z):
    function, derivative = ELEMENTWISE[name]
    a, slope = getattr(value_and_slope, f"{name}_and_slope")(z)
    np.testing.assert_allclose(a, function(z), atol=1e-12)
    np.testing.assert_allclose(slope, derivative(z), atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", ["tanh", "leaky_relu", "elu", "softplus"])
def test_value_and_slope_keep_the_dtype(name, dtype):
    z = np.array([-1e4, -1.0, 0.0, 2.0, 1e4], dtype)
    for result in getattr(value_and_slope, f"{name}_and_slope")(z):
        assert result.dtype == dtype
        assert np.isfinite(result).all()


def test_leaky_relu_without_a_leak_is_relu():
    a, slope = value_and_slope.leaky_relu_and_slope(np.array([-2.0, 0.0, 3.0]), 0.0)
    assert np.abs(a).tolist() == [0.0, 0.0, 3.0]
    assert slope.tolist() == [0.0, 0.0, 1.0]


def test_elu_slope_uses_alpha():
    z = np.array([-1.5, 0.5])
    a, slope = value_and_slope.elu_and_slope(z, 0.3)
    np.testing.assert_allclose(a, [0.3 * (np.exp(-1.5) - 1), 0.5], atol=1e-12)
    np.testing.assert_allclose(slope, [0.3 * np.exp(-1.5), 1.0], atol=1e-12)


def test_softmax_and_hardmax():
    Z = np.random.default_rng(5).normal(size=(4, 6))
    soft, hard = value_and_slope.softmax_and_hardmax(Z)
    assert np.array_equal(soft, softmax(Z))
    assert np.array_equal(hard, hardmax(Z))
