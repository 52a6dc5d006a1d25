"""The layers of 1998 against loops, and the perceptron's step."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dlcourse.layers.partial_convolution import PartialConvolution
from dlcourse.layers.radial_basis import RadialBasisScores
from dlcourse.layers.scaled_tanh_activation import scaled_tanh
from dlcourse.layers.straight_through_step import StraightThroughStep
from dlcourse.layers.trainable_subsampling import TrainableSubsampling
from tests.gradients import layer_gradients

RNG = np.random.default_rng(0)


def outputs(layer, x):
    return keras.ops.convert_to_numpy(layer(x.astype("float32")))


def with_random_weights(layer, shape):
    layer.build(shape)
    layer.set_weights([RNG.normal(size=w.shape) for w in layer.weights])
    return layer, layer.get_weights()


def test_partial_convolution_is_a_sum_over_connections():
    connections, x = [[2, 0], [1], [0, 1, 2]], RNG.normal(size=(2, 5, 6, 3))
    layer, (patches, bias) = with_random_weights(PartialConvolution(connections, 3), x.shape)
    expected = np.zeros((2, 3, 4, 3)) + bias
    number = 0
    for k, row in enumerate(connections):
        for channel in row:
            patch = patches[:, number].reshape(3, 3)
            number += 1
            for i in range(3):
                for j in range(4):
                    window = x[:, i : i + 3, j : j + 3, channel]
                    expected[:, i, j, k] += np.sum(window * patch, axis=(1, 2))
    np.testing.assert_allclose(outputs(layer, x), expected, rtol=1e-5, atol=1e-5)


def test_fully_connected_maps_are_an_ordinary_convolution():
    x = RNG.normal(size=(1, 6, 6, 2))
    layer, (patches, bias) = with_random_weights(PartialConvolution([[0, 1]] * 3, 2), x.shape)
    kernel = patches.reshape(2, 2, 3, 2).swapaxes(2, 3)
    ordinary = keras.layers.Conv2D(3, 2)
    ordinary.build(x.shape)
    ordinary.set_weights([kernel, bias])
    np.testing.assert_allclose(outputs(layer, x), outputs(ordinary, x), rtol=1e-5, atol=1e-5)


def test_a_map_does_not_see_what_it_is_not_connected_to():
    layer, _ = with_random_weights(PartialConvolution([[0], [1]], 2), (1, 4, 4, 2))
    x = RNG.normal(size=(1, 4, 4, 2))
    before = outputs(layer, x)
    x[..., 0] += 1
    assert np.array_equal(outputs(layer, x)[..., 1], before[..., 1])


@pytest.mark.parametrize("connections", [[[0], []], [[0, 0]], [[-1]]])
def test_impossible_connections_are_refused(connections):
    with pytest.raises(ValueError, match="connections: expected for each output map a list"):
        PartialConvolution(connections, 3)


def test_connections_to_missing_channels_are_refused():
    with pytest.raises(ValueError, match="connections: expected input maps from 0 to 1.*got 2"):
        PartialConvolution([[0, 2]], 3).build((None, 8, 8, 2))


def test_subsampling_averages_scales_and_shifts():
    x = RNG.normal(size=(2, 5, 6, 3))  # the fifth row is left over
    layer, (coefficient, bias) = with_random_weights(TrainableSubsampling(2), x.shape)
    average = x[:, :4].reshape(2, 2, 2, 3, 2, 3).mean(axis=(2, 4))
    np.testing.assert_allclose(
        outputs(layer, x), average * coefficient + bias, rtol=1e-5, atol=1e-6
    )


@given(arrays("float64", (3, 4), elements=st.floats(-3, 3)))
def test_scores_are_squared_distances(x):
    patterns = np.array([[1.0, -1, 1, -1], [0, 0, 0, 0]])
    expected = -np.sum((x[:, None] - patterns) ** 2, axis=2)
    np.testing.assert_allclose(
        outputs(RadialBasisScores(patterns), x), expected, rtol=1e-5, atol=1e-5
    )


def test_patterns_must_fit_the_features():
    with pytest.raises(ValueError, match="patterns: expected rows of 3 numbers.*got 2"):
        RadialBasisScores([[1, 2]]).build((None, 3))
    with pytest.raises(ValueError, match=r"patterns: expected a table .*got shape \(2,\)"):
        RadialBasisScores([1, 2])


def test_scaled_tanh_keeps_plus_and_minus_one():
    x = np.linspace(-5, 5, 11)
    found = keras.ops.convert_to_numpy(scaled_tanh(x))
    np.testing.assert_allclose(found, 1.7159 * np.tanh(2 * x / 3), rtol=1e-6)
    np.testing.assert_allclose(found[[4, 6]], [-1, 1], atol=1e-4)


def test_the_step_lets_every_gradient_through():
    layer, x = StraightThroughStep(), np.array([[-2.0, 0.0, 5.0]], "float32")
    assert outputs(layer, x).tolist() == [[0, 1, 1]]
    factors = np.array([[3.0, -1.0, 0.5]], "float32")
    _, (gradient,) = layer_gradients(layer, x, lambda y: keras.ops.sum(factors * y))
    np.testing.assert_allclose(gradient, factors)
