"""L2 normalization: lengths of one, unchanged directions, calm at zero."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dlcourse.layers import L2Normalization
from tests.gradients import layer_gradients

vectors = arrays("float32", (4, 5), elements=st.floats(-1000, 1000, width=32))


@given(vectors)
@settings(max_examples=40)
def test_directions_stay_and_lengths_are_one(inputs):
    outputs = np.asarray(L2Normalization()(inputs), "float64")
    lengths = np.linalg.norm(inputs.astype("float64"), axis=-1, keepdims=True)
    np.testing.assert_allclose(outputs * np.maximum(lengths, 1e-6), inputs, rtol=1e-5, atol=1e-5)
    long = lengths[:, 0] > 1e-5
    np.testing.assert_allclose(np.linalg.norm(outputs, axis=-1)[long], 1, rtol=1e-5)


def test_equal_to_kerass_unit_normalization():
    inputs = np.random.default_rng(0).standard_normal((3, 4, 5), "float32")
    for axis in (-1, 1, [1, 2]):
        theirs = keras.layers.UnitNormalization(axis=axis)(inputs)
        np.testing.assert_allclose(L2Normalization(axis=axis)(inputs), theirs, rtol=1e-5)


def test_epsilon_matters_only_to_shorter_vectors():
    outputs = L2Normalization(epsilon=9.0)(np.array([[3.0, 4.0], [0.0, 1.5]]))
    np.testing.assert_allclose(outputs, [[0.6, 0.8], [0.0, 0.5]], rtol=1e-6)


def test_zero_has_a_finite_gradient():
    inputs = np.zeros((2, 3), "float32")
    _, (gradient,) = layer_gradients(L2Normalization(epsilon=1e-4), inputs, keras.ops.sum)
    np.testing.assert_allclose(gradient, 100 * np.ones((2, 3)), rtol=1e-5)


def test_gradient_by_central_differences():
    rng = np.random.default_rng(1)
    inputs, upstream = rng.standard_normal((2, 2, 4))
    layer = L2Normalization(dtype="float64")

    def total(outputs):
        return keras.ops.sum(outputs * upstream)

    _, (gradient,) = layer_gradients(layer, inputs, total)
    for i in np.ndindex(inputs.shape):
        shift = np.zeros_like(inputs)
        shift[i] = 1e-5
        difference = (total(layer(inputs + shift)) - total(layer(inputs - shift))) / 2e-5
        assert gradient[i] == pytest.approx(float(difference), abs=1e-7, rel=1e-7)


def test_long_half_precision_vectors():
    outputs = L2Normalization(dtype="mixed_float16")(np.full((1, 4), 1000.0))
    np.testing.assert_allclose(outputs, [[0.5] * 4], rtol=1e-3)


def test_bad_epsilon():
    with pytest.raises(ValueError, match="epsilon: expected a positive number, got 0"):
        L2Normalization(epsilon=0)
