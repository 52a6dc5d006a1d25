"""The parameters of a whole network: all zero, much too large, and as He draws them."""

from itertools import pairwise

import numpy as np

from dlcourse.exercises.c2w1.draws import assert_generator_decides, assert_normal
from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import classic_initialization

__all__ = [
    "InitializeParametersHe",
    "InitializeParametersRandom",
    "InitializeParametersZeros",
]

SIZES = (80, 30, 120, 20)


def _network(layers_dims, weights, first=1):
    """Parameters with the weights `weights(shape)` and zero biases."""
    parameters = {}
    for layer, (n_prev, n) in enumerate(pairwise(layers_dims), start=first):
        parameters[f"W{layer}"] = weights((n, n_prev))
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters


def _assert_network(parameters, layers_dims):
    """The right names, shapes, and biases of zero."""
    assert isinstance(parameters, dict), "return a dictionary with W1, b1, …, WL, bL"
    L = len(layers_dims) - 1
    names = {f"{kind}{layer}" for layer in range(1, L + 1) for kind in "Wb"}
    assert set(parameters) == names, f"for {layers_dims} expected the keys {sorted(names)}"
    for layer in range(1, L + 1):
        n, n_prev = layers_dims[layer], layers_dims[layer - 1]
        assert_shape(parameters[f"W{layer}"], (n, n_prev), f"W{layer}")
        assert_close(parameters[f"b{layer}"], np.zeros((n, 1)), f"b{layer}")


@exercise(
    points=1,
    reference=classic_initialization.initialize_parameters_zeros,
    may_be=("returns_zeros",),
)
class InitializeParametersZeros:
    """All parameters zero."""

    hints = (
        "A network with the sizes [n0, n1, n2] has two layers. Which two sizes give the shape of "
        "the weights of layer 1?",
        "For l = 1 … L with L = len(layers_dims) − 1: W[l] = 0 of shape (n[l], n[l−1]), b[l] = 0 "
        "of shape (n[l], 1).",
        'for l in range(1, len(layers_dims)): parameters[f"W{l}"] = np.zeros((layers_dims[l], '
        'layers_dims[l - 1])), and parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))',
    )

    def test_two_layers(self, initialize_parameters_zeros):
        """Sizes 3, 2, 1: W1 (2, 3), b1 (2, 1), W2 (1, 2) and b2 (1, 1), all zero."""
        expected = {
            "W1": np.zeros((2, 3)),
            "b1": np.zeros((2, 1)),
            "W2": np.zeros((1, 2)),
            "b2": np.zeros((1, 1)),
        }
        assert_close(initialize_parameters_zeros([3, 2, 1]), expected, "the parameters")

    def test_any_depth(self, initialize_parameters_zeros):
        """Networks with one layer and with four get all their layers."""
        for layers_dims in ([4, 2], [5, 4, 3, 6, 2]):
            parameters = initialize_parameters_zeros(layers_dims)
            _assert_network(parameters, layers_dims)
            for layer in range(1, len(layers_dims)):
                shape = (layers_dims[layer], layers_dims[layer - 1])
                assert_close(parameters[f"W{layer}"], np.zeros(shape), f"W{layer}")

    @mistake(
        "The last layer is missing: range(1, L) stops before L. Count up to len(layers_dims) − 1 "
        "included."
    )
    def last_layer_missing(layers_dims):
        return _network(layers_dims[:-1], np.zeros)

    @mistake("Your layers are counted from 0. Layer 0 is the input; the first weights are W1.")
    def counted_from_zero(layers_dims):
        return _network(layers_dims, np.zeros, first=0)

    @mistake("W is transposed: a row for every unit of its own layer, a column for every input.")
    def transposed(layers_dims):
        return _network(layers_dims, lambda shape: np.zeros(shape[::-1]))

    @mistake("The biases have one axis, (n,). Make them columns: (n, 1).")
    def flat_biases(layers_dims):
        parameters = _network(layers_dims, np.zeros)
        return {k: v.ravel() if k[0] == "b" else v for k, v in parameters.items()}

    @mistake("These are whole numbers, which no gradient step can change a little. Use floats.")
    def integers(layers_dims):
        parameters = _network(layers_dims, np.zeros)
        return {name: value.astype(int) for name, value in parameters.items()}


@exercise(points=1, reference=classic_initialization.initialize_parameters_random)
class InitializeParametersRandom:
    """Weights with one standard deviation for all layers, by default ten; zero biases."""

    hints = (
        "The shapes are those of the zeros. What has to be different, and what may stay zero?",
        "W[l] = scale · N(0, 1) of shape (n[l], n[l−1]), b[l] = 0 of shape (n[l], 1).",
        'parameters[f"W{l}"] = scale * rng.standard_normal((layers_dims[l], layers_dims[l - 1]))',
    )

    def test_shapes(self, initialize_parameters_random, rng):
        """Every layer has its weights, and a column of zeros as biases."""
        for layers_dims in ([4, 2], [3, 5, 4, 1]):
            _assert_network(initialize_parameters_random(layers_dims, rng), layers_dims)

    def test_default(self, initialize_parameters_random, rng):
        """The weights are normal with the standard deviation 10 in every layer."""
        parameters = initialize_parameters_random(SIZES, rng)
        for layer in (1, 2, 3):
            shape = (SIZES[layer], SIZES[layer - 1])
            assert_normal(parameters[f"W{layer}"], shape, 10.0, f"W{layer}")

    def test_other_scale(self, initialize_parameters_random, rng):
        """With scale=0.01 the standard deviation is 0.01."""
        parameters = initialize_parameters_random(SIZES, rng, 0.01)
        for layer in (1, 2, 3):
            shape = (SIZES[layer], SIZES[layer - 1])
            assert_normal(parameters[f"W{layer}"], shape, 0.01, f"W{layer}")

    def test_generator(self, initialize_parameters_random):
        """The numbers come from rng: equal generators, equal weights."""
        assert_generator_decides(lambda rng: initialize_parameters_random([3, 2, 1], rng)["W2"])

    @mistake("The scale is always 10. Use the argument, whose default is 10.")
    def scale_ignored(layers_dims, rng, scale=10.0):
        return _network(layers_dims, lambda shape: 10.0 * rng.standard_normal(shape))

    @mistake("rng.random gives numbers from 0 to 1, all positive. Take rng.standard_normal.")
    def positive(layers_dims, rng, scale=10.0):
        return _network(layers_dims, lambda shape: scale * rng.random(shape))

    @mistake("scale is the standard deviation, not the variance: multiply by it, not by its root.")
    def scale_as_variance(layers_dims, rng, scale=10.0):
        return _network(layers_dims, lambda shape: np.sqrt(scale) * rng.standard_normal(shape))

    @mistake("The biases are random, too. The weights alone break the symmetry; biases start at 0.")
    def random_biases(layers_dims, rng, scale=10.0):
        parameters = _network(layers_dims, np.zeros)
        return {k: scale * rng.standard_normal(v.shape) for k, v in parameters.items()}

    @mistake(
        "You divide by √n[l−1]. That is a good idea, and comes later; here we want to see what "
        "happens without it."
    )
    def scaled_by_fan_in(layers_dims, rng, scale=10.0):
        return _network(
            layers_dims, lambda shape: scale * rng.standard_normal(shape) / np.sqrt(shape[1])
        )

    @mistake("np.random draws from a generator that everybody shares. Draw from rng.")
    def global_generator(layers_dims, rng, scale=10.0):
        return _network(layers_dims, lambda shape: scale * np.random.randn(*shape))


@exercise(points=2, reference=classic_initialization.initialize_parameters_he)
class InitializeParametersHe:
    """He's weights for every layer, and zero biases."""

    hints = (
        "The variance of z is n[l−1] · var(w) · E[a²], and ReLU halves it. Which var(w) makes up "
        "for both?",
        "W[l] = √(2 / n[l−1]) · N(0, 1) of shape (n[l], n[l−1]), b[l] = 0 of shape (n[l], 1).",
        'parameters[f"W{l}"] = np.sqrt(2 / layers_dims[l - 1]) * rng.standard_normal('
        "(layers_dims[l], layers_dims[l - 1]))",
    )

    def test_shapes(self, initialize_parameters_he, rng):
        """Every layer has its weights, and a column of zeros as biases."""
        for layers_dims in ([4, 2], [3, 5, 4, 1]):
            _assert_network(initialize_parameters_he(layers_dims, rng), layers_dims)

    def test_variance(self, initialize_parameters_he, rng):
        """The weights of each layer are normal with the variance 2/n[l-1]."""
        parameters = initialize_parameters_he(SIZES, rng)
        for layer in (1, 2, 3):
            shape = (SIZES[layer], SIZES[layer - 1])
            std = np.sqrt(2 / SIZES[layer - 1])
            assert_normal(parameters[f"W{layer}"], shape, std, f"W{layer}")

    def test_signal_keeps_its_size(self, initialize_parameters_he, rng):
        """Through five ReLU layers of 300 units, the mean of a² stays within a factor of 3."""
        parameters = initialize_parameters_he([300] * 6, rng)
        A = rng.standard_normal((300, 50))
        for layer in range(1, 6):
            A = np.maximum(0, parameters[f"W{layer}"] @ A)
        size = np.mean(A**2)
        assert 1 / 3 < size < 3, f"the mean of a² went from 1 to {size:.3g}"

    def test_generator(self, initialize_parameters_he):
        """The numbers come from rng: equal generators, equal weights."""
        assert_generator_decides(lambda rng: initialize_parameters_he([3, 2, 1], rng)["W2"])

    @mistake("You multiply by 2/n[l−1], the variance. Multiply by its square root.")
    def scaled_by_the_variance(layers_dims, rng):
        return _network(layers_dims, lambda shape: 2 / shape[1] * rng.standard_normal(shape))

    @mistake("You divide by the units of the layer itself. What counts is its inputs, n[l−1].")
    def counts_the_units(layers_dims, rng):
        return _network(
            layers_dims, lambda shape: np.sqrt(2 / shape[0]) * rng.standard_normal(shape)
        )

    @mistake(
        "1/n[l−1] keeps the signal of a layer without ReLU. ReLU throws half of it away: 2/n[l−1]."
    )
    def without_the_two_of_relu(layers_dims, rng):
        return _network(
            layers_dims, lambda shape: np.sqrt(1 / shape[1]) * rng.standard_normal(shape)
        )

    @mistake("2/(n[l−1] + n[l]) is Glorot's variance, made for tanh. He's is 2/n[l−1].")
    def glorot(layers_dims, rng):
        return _network(
            layers_dims, lambda shape: np.sqrt(2 / sum(shape)) * rng.standard_normal(shape)
        )

    @mistake(
        "All layers have the factor of the first one. Every layer has its own number of inputs: "
        "compute the factor inside the loop."
    )
    def factor_of_the_first_layer(layers_dims, rng):
        factor = np.sqrt(2 / layers_dims[0])
        return _network(layers_dims, lambda shape: factor * rng.standard_normal(shape))

    @mistake("rng.random gives numbers from 0 to 1, all positive. Take rng.standard_normal.")
    def positive(layers_dims, rng):
        return _network(layers_dims, lambda shape: np.sqrt(2 / shape[1]) * rng.random(shape))

    @mistake("np.random draws from a generator that everybody shares. Draw from rng.")
    def global_generator(layers_dims, rng):
        return _network(layers_dims, lambda shape: np.sqrt(2 / shape[1]) * np.random.randn(*shape))
