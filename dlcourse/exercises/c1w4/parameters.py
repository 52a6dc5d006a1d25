"""Exercises of c1w4 about parameters: their initial values and their update."""

from itertools import pairwise

import numpy as np

from dlcourse.exercises.c1w4.oracle import random_network
from dlcourse.grading import assert_close, assert_shape, exercise, mistake, standard_error
from dlcourse.scratch import dense


def assert_standard_normal(values, scale, what):
    """Draws from a normal distribution with mean 0 and standard deviation `scale`."""
    n = values.size
    assert_close(float(values.mean()), 0.0, f"the mean of {what}", standard_error(scale, n))
    # the variance of a sample deviation is about scale² / 2n
    spread = standard_error(scale, 2 * n)
    assert_close(float(values.std()), scale, f"the standard deviation of {what}", spread)


def _two_layers(sizes, weights, bias_shape=lambda n: (n, 1)):
    n_x, n_h, n_y = sizes
    return {
        "W1": weights((n_h, n_x)),
        "b1": np.zeros(bias_shape(n_h)),
        "W2": weights((n_y, n_h)),
        "b2": np.zeros(bias_shape(n_y)),
    }


@exercise(points=1, reference=dense.initialize_parameters)
class InitializeParameters:
    """Small random weights and zero biases for a network with one hidden layer."""

    hints = (
        "Which of the four arrays has to be random so that the hidden units become different?",
        "W1 ~ 0.01 · N(0, 1) of shape (n_h, n_x), b1 = 0 of shape (n_h, 1); likewise layer 2.",
        "W1 = rng.standard_normal((n_h, n_x)) * 0.01 and b1 = np.zeros((n_h, 1)), both in a dict.",
    )

    def test_shapes(self, initialize_parameters, rng):
        """W1, b1, W2 and b2 have a row for each unit; the biases are zero."""
        for n_x, n_h, n_y in ((3, 4, 2), (5, 2, 1)):
            parameters = initialize_parameters(n_x, n_h, n_y, rng)
            assert isinstance(parameters, dict), "return a dictionary with W1, b1, W2 and b2"
            expected = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
            for name, shape in expected.items():
                assert name in parameters, f"{name} is missing from the dictionary"
                assert_shape(parameters[name], shape, name)
                if name[0] == "b":
                    assert_close(parameters[name], np.zeros(shape), name)

    def test_scale(self, initialize_parameters, rng):
        """The weights have the mean 0 and the standard deviation 0.01."""
        parameters = initialize_parameters(60, 50, 40, rng)
        assert_standard_normal(parameters["W1"], 0.01, "W1")
        assert_standard_normal(parameters["W2"], 0.01, "W2")

    def test_randomness_comes_from_rng(self, initialize_parameters):
        """Equal generators give equal weights, different ones different weights."""
        first, same, other = (
            initialize_parameters(4, 3, 1, np.random.default_rng(seed)) for seed in (1, 1, 2)
        )
        assert_close(first["W1"], same["W1"], "W1 from a generator with the same seed")
        assert np.any(first["W1"] != other["W1"]), "two generators give the same W1"

    @mistake(
        "With all weights zero the hidden units compute the same thing and get the same gradient "
        "for ever. Draw the weights at random; only the biases may start at zero."
    )
    def zero_weights(n_x, n_h, n_y, rng):
        return _two_layers((n_x, n_h, n_y), np.zeros)

    @mistake(
        "The weights are not scaled down. Multiply the draws by 0.01, so that no output starts "
        "out saturated."
    )
    def unscaled(n_x, n_h, n_y, rng):
        return _two_layers((n_x, n_h, n_y), rng.standard_normal)

    @mistake(
        "rng.random draws from 0 to 1, so that every weight is positive. Use "
        "rng.standard_normal, which is symmetric around 0."
    )
    def uniform(n_x, n_h, n_y, rng):
        return _two_layers((n_x, n_h, n_y), lambda shape: rng.random(shape) * 0.01)

    @mistake(
        "np.random is the global generator: the result then depends on whatever ran before. "
        "Draw from the rng that you are given."
    )
    def global_generator(n_x, n_h, n_y, rng):
        return _two_layers((n_x, n_h, n_y), lambda s: np.random.randn(*s) * 0.01)

    @mistake(
        "The weight matrices are transposed. Here examples are columns, so W has a row for each "
        "unit of its own layer and a column for each input."
    )
    def transposed(n_x, n_h, n_y, rng):
        return _two_layers((n_x, n_h, n_y), lambda s: rng.standard_normal(s[::-1]) * 0.01)

    @mistake(
        "The biases are rank-1 arrays. Make them columns, np.zeros((n_h, 1)): added to Z, a "
        "rank-1 array would be spread over the examples instead of the units."
    )
    def flat_biases(n_x, n_h, n_y, rng):
        def weights(shape):
            return rng.standard_normal(shape) * 0.01

        return _two_layers((n_x, n_h, n_y), weights, bias_shape=lambda n: (n,))


def _deep(layer_dims, rng, scale, first=1):
    parameters = {}
    for k, (n_prev, n) in enumerate(pairwise(layer_dims), start=first):
        parameters[f"W{k}"] = rng.standard_normal((n, n_prev)) * scale(n, n_prev)
        parameters[f"b{k}"] = np.zeros((n, 1))
    return parameters


@exercise(points=2, reference=dense.initialize_parameters_deep)
class InitializeParametersDeep:
    """Weights of a scale that lets the signal through any number of layers, and zero biases."""

    hints = (
        "layer_dims has one entry more than there are layers. Which pair of entries gives the "
        "shape of W1, and which the shape of the last W?",
        "W[l] ~ N(0, 1) / √n[l-1] of shape (n[l], n[l-1]), b[l] = 0 of shape (n[l], 1), "
        "for l = 1 … L with L = len(layer_dims) - 1.",
        'for l in range(1, len(layer_dims)): parameters[f"W{l}"] = rng.standard_normal('
        "(layer_dims[l], layer_dims[l - 1])) / np.sqrt(layer_dims[l - 1])",
    )

    def test_shapes(self, initialize_parameters_deep, rng):
        """Every layer has a W with a row for each of its units, and a column of zeros as b."""
        for layer_dims in ([5, 4, 3], [3, 1], [2, 6, 5, 4, 1]):
            parameters = initialize_parameters_deep(layer_dims, rng)
            assert isinstance(parameters, dict), "return a dictionary with W1, b1, …, WL, bL"
            L = len(layer_dims) - 1
            names = {f"{kind}{k}" for k in range(1, L + 1) for kind in "Wb"}
            assert set(parameters) == names, f"for {layer_dims} expected the keys {sorted(names)}"
            for k in range(1, L + 1):
                n, n_prev = layer_dims[k], layer_dims[k - 1]
                assert_shape(parameters[f"W{k}"], (n, n_prev), f"W{k}")
                assert_close(parameters[f"b{k}"], np.zeros((n, 1)), f"b{k}")

    def test_scale(self, initialize_parameters_deep, rng):
        """The weights of each layer have the mean 0 and the standard deviation 1/√n[l-1]."""
        layer_dims = [100, 30, 80, 20]
        parameters = initialize_parameters_deep(layer_dims, rng)
        for k in (1, 2, 3):
            assert_standard_normal(parameters[f"W{k}"], 1 / np.sqrt(layer_dims[k - 1]), f"W{k}")

    def test_randomness_comes_from_rng(self, initialize_parameters_deep):
        """Equal generators give equal weights, different ones different weights."""
        first, same, other = (
            initialize_parameters_deep([4, 3, 1], np.random.default_rng(s)) for s in (1, 1, 2)
        )
        assert_close(first["W1"], same["W1"], "W1 from a generator with the same seed")
        assert np.any(first["W1"] != other["W1"]), "two generators give the same W1"

    @mistake(
        "The last layer is missing: range(1, L) stops before L. Count up to "
        "len(layer_dims) - 1 included."
    )
    def last_layer_missing(layer_dims, rng):
        return _deep(layer_dims[:-1], rng, lambda n, n_prev: 1 / np.sqrt(n_prev))

    @mistake(
        "A fixed 0.01 makes the signal shrink in every layer, until a deep network gives the "
        "same answer for everything. Divide by √n[l-1] instead."
    )
    def fixed_small_scale(layer_dims, rng):
        return _deep(layer_dims, rng, lambda n, n_prev: 0.01)

    @mistake(
        "You divide by √n[l], the units of the layer itself. It is the number of terms that "
        "each unit adds up that matters: n[l-1]."
    )
    def scaled_by_own_size(layer_dims, rng):
        return _deep(layer_dims, rng, lambda n, n_prev: 1 / np.sqrt(n))

    @mistake("The weights are multiplied by √n[l-1], which makes a wide layer explode. Divide.")
    def multiplied(layer_dims, rng):
        return _deep(layer_dims, rng, lambda n, n_prev: np.sqrt(n_prev))

    @mistake(
        "You divide by n[l-1] without the square root. Variances add up, not deviations, so "
        "it takes 1/√n[l-1] to keep the scale."
    )
    def no_square_root(layer_dims, rng):
        return _deep(layer_dims, rng, lambda n, n_prev: 1 / n_prev)

    @mistake(
        "√(2/n[l-1]) is He's scale: a good choice for ReLU that comes in course 2. Asked for "
        "here is 1/√n[l-1]."
    )
    def he_scale(layer_dims, rng):
        return _deep(layer_dims, rng, lambda n, n_prev: np.sqrt(2 / n_prev))

    @mistake(
        "The layers are numbered from 0. The inputs are layer 0 and have no parameters, so "
        "the first weights are W1."
    )
    def numbered_from_zero(layer_dims, rng):
        return _deep(layer_dims, rng, lambda n, n_prev: 1 / np.sqrt(n_prev), first=0)


@exercise(points=1, reference=dense.update_parameters)
class UpdateParameters:
    """One step of gradient descent for every parameter of the network."""

    hints = (
        "The gradient points uphill. Where do you want to go, and for which parameters?",
        "W[l] ← W[l] - α dW[l],  b[l] ← b[l] - α db[l]  for every layer, in a new dictionary.",
        'return {name: value - learning_rate * grads["d" + name] '
        "for name, value in parameters.items()}",
    )

    def test_by_hand(self, update_parameters):
        """A step of a network with one weight and one bias agrees with a calculation by hand."""
        parameters = {"W1": np.array([[1.0]]), "b1": np.array([[2.0]])}
        grads = {"dW1": np.array([[10.0]]), "db1": np.array([[-4.0]])}
        expected = {"W1": np.array([[0.5]]), "b1": np.array([[2.2]])}
        assert_close(update_parameters(parameters, grads, 0.05), expected, "the parameters")

    def test_every_layer(self, update_parameters, rng):
        """Each W and each b of three layers moves against its own gradient."""
        parameters = random_network(rng, [4, 3, 2, 1])
        grads = {f"d{k}": rng.standard_normal(v.shape) for k, v in parameters.items()}
        expected = {k: v - 0.3 * grads[f"d{k}"] for k, v in parameters.items()}
        assert_close(update_parameters(parameters, grads, 0.3), expected, "the parameters")

    def test_arguments_stay_as_they_are(self, update_parameters, rng):
        """The dictionary that was given, and the arrays in it, are not changed."""
        parameters = random_network(rng, [2, 1])
        before = {name: value.copy() for name, value in parameters.items()}
        grads = {"dW1": np.ones((1, 2)), "db1": np.ones((1, 1))}
        update_parameters(parameters, grads, 1.0)
        assert_close(parameters, before, "the given parameters after the call")

    @mistake("You add the gradient, which climbs the cost. Subtract it.")
    def climbs(parameters, grads, learning_rate):
        return {k: v + learning_rate * grads[f"d{k}"] for k, v in parameters.items()}

    @mistake("The learning rate is not used: the step is the whole gradient. Multiply it.")
    def no_learning_rate(parameters, grads, learning_rate):
        return {k: v - grads[f"d{k}"] for k, v in parameters.items()}

    @mistake("The biases never move. Update b[l] with db[l] like the weights.")
    def weights_only(parameters, grads, learning_rate):
        return {
            k: v - learning_rate * grads[f"d{k}"] if k[0] == "W" else v
            for k, v in parameters.items()
        }

    @mistake(
        "-= changes the arrays that you were given, so the caller's parameters change "
        "behind its back. Write W = W - …, which makes a new array."
    )
    def in_place(parameters, grads, learning_rate):
        for name, value in parameters.items():
            value -= learning_rate * grads[f"d{name}"]
        return parameters

    @mistake("The last layer is left out: with L layers, range(1, L) ends at L - 1.")
    def last_layer_stays(parameters, grads, learning_rate):
        last = str(len(parameters) // 2)
        return {
            k: v if k[1:] == last else v - learning_rate * grads[f"d{k}"]
            for k, v in parameters.items()
        }
