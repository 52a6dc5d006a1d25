"""Initial weights: spread and mean within their standard errors, and the same spread as Keras's."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch import initializers
from dlcourse.scratch.initializers import INITIALIZERS, fans, initialize_layers

# name -> variance for (fan_in, fan_out), and the ratio E[x⁴]/E[x²]² of the distribution
RULES = {
    "random_normal": (lambda fan_in, fan_out: 1e-4, 3),
    "random_uniform": (lambda fan_in, fan_out: 0.05**2 / 3, 1.8),
    "uniform_by_fan_in": (lambda fan_in, fan_out: 1 / (3 * fan_in), 1.8),
    "glorot_normal": (lambda fan_in, fan_out: 2 / (fan_in + fan_out), 3),
    "glorot_uniform": (lambda fan_in, fan_out: 2 / (fan_in + fan_out), 1.8),
    "he_normal": (lambda fan_in, fan_out: 2 / fan_in, 3),
    "he_uniform": (lambda fan_in, fan_out: 2 / fan_in, 1.8),
}
KERAS = {
    "random_normal": keras.initializers.RandomNormal(0, 0.01, seed=3),
    "random_uniform": keras.initializers.RandomUniform(-0.05, 0.05, seed=3),
    "uniform_by_fan_in": keras.initializers.VarianceScaling(1 / 3, "fan_in", "uniform", seed=3),
    "glorot_normal": keras.initializers.GlorotNormal(seed=3),
    "glorot_uniform": keras.initializers.GlorotUniform(seed=3),
    "he_normal": keras.initializers.HeNormal(seed=3),
    "he_uniform": keras.initializers.HeUniform(seed=3),
}
CONVOLUTION = (5, 3, 40, 90)
SHAPES = [(150, 400), CONVOLUTION]


def standard_error_of_variance(variance, kurtosis, n):
    return variance * np.sqrt((kurtosis - 1) / n)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", RULES)
def test_mean_and_variance_within_their_standard_errors(name, shape):
    variance_of, kurtosis = RULES[name]
    variance = variance_of(*fans(shape))
    W = INITIALIZERS[name](shape, np.random.default_rng(7))
    assert W.shape == shape and W.dtype == np.float64
    assert abs(W.mean()) < 5 * np.sqrt(variance / W.size)
    error = standard_error_of_variance(variance, kurtosis, W.size)
    assert abs(np.mean(W**2) - variance) < 5 * error
    assert abs(np.mean(W**4) / np.mean(W**2) ** 2 - kurtosis) < 0.1


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", RULES)
def test_same_variance_as_keras(name, shape):
    theirs = np.asarray(KERAS[name](shape if shape == CONVOLUTION else shape[::-1]))
    ours = INITIALIZERS[name](shape, np.random.default_rng(3))
    error = standard_error_of_variance(np.var(ours), 3, ours.size)
    assert abs(np.var(ours) - np.var(theirs)) < 5 * np.sqrt(2) * error


@pytest.mark.parametrize("name", [name for name in RULES if "uniform" in name])
def test_an_even_distribution_fills_its_interval(name):
    shape = (150, 400)
    limit = np.sqrt(3 * RULES[name][0](*fans(shape)))
    W = INITIALIZERS[name](shape, np.random.default_rng(0))
    assert 0.999 * limit < np.abs(W).max() <= limit
    assert W.min() < -0.999 * limit


@pytest.mark.parametrize(
    ("shape", "expected"),
    [((4, 3), (3, 4)), ((1, 1), (1, 1)), ((3, 8, 16), (24, 48)), (CONVOLUTION, (600, 1350))],
)
def test_fans(shape, expected):
    assert fans(shape) == expected


@given(st.lists(st.integers(1, 5), min_size=2, max_size=4), st.sampled_from(sorted(INITIALIZERS)))
def test_a_network_has_the_shapes_of_its_sizes(layer_dims, name):
    parameters = initialize_layers(layer_dims, name, np.random.default_rng(0))
    for layer in range(1, len(layer_dims)):
        assert parameters[f"W{layer}"].shape == (layer_dims[layer], layer_dims[layer - 1])
        assert parameters[f"b{layer}"].tolist() == [[0.0]] * layer_dims[layer]
    assert len(parameters) == 2 * (len(layer_dims) - 1)


@pytest.mark.parametrize("name", RULES)
def test_the_generator_decides(name):
    one, two, other = (INITIALIZERS[name]((3, 4), np.random.default_rng(s)) for s in (1, 1, 2))
    assert (one == two).all() and (one != other).all()


def test_zeros_are_zero():
    assert initializers.zeros((2, 3)).tolist() == [[0.0] * 3] * 2


def test_bad_input_is_named():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="initializer: expected one of zeros, .*; got 'xavier'"):
        initialize_layers((2, 1), "xavier", rng)
    with pytest.raises(ValueError, match="layer_dims: expected at least two sizes"):
        initialize_layers((2,), "zeros", rng)
    for shape in ((3,), (), (0, 3), (3, 3, 0, 1)):
        with pytest.raises(
            ValueError, match=r"shape: expected at least two sizes of 1 or more; got"
        ):
            initializers.he_normal(shape, rng)
    with pytest.raises(ValueError, match="scale: expected 0 or more; got -1"):
        initializers.random_normal((2, 2), rng, -1)
    with pytest.raises(ValueError, match="limit: expected 0 or more; got nan"):
        initializers.random_uniform((2, 2), rng, np.nan)
