"""The exercises of c1w3 that set the network up: its sizes and its first parameters."""

import numpy as np

from dlcourse.grading import assert_close, assert_shape, exercise, mistake, standard_error
from dlcourse.scratch import shallow

SIZES = (20, 30, 10)


def _draw(n_x, n_h, n_y, W1, W2):
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@exercise(points=1, reference=shallow.layer_sizes)
class LayerSizes:
    """The sizes of the three layers."""

    hints = (
        "An example is a column. So what does the number of rows of X count?",
        "n_x is the number of rows of X, n_y that of Y, and n_h is the argument.",
        "return X.shape[0], n_h, Y.shape[0]",
    )

    def test_usual_case(self, layer_sizes):
        """400 points of the plane with one label each, and four hidden units."""
        sizes = layer_sizes(np.zeros((2, 400)), np.zeros((1, 400)))
        assert_close(sizes, (2, 4, 1), "(n_x, n_h, n_y)")

    def test_other_sizes(self, layer_sizes):
        """Seven features, three outputs, five examples, eleven hidden units."""
        sizes = layer_sizes(np.zeros((7, 5)), np.zeros((3, 5)), 11)
        assert_close(sizes, (7, 11, 3), "(n_x, n_h, n_y)")

    @mistake("shape[1] is the number of examples. The features are counted by the rows, shape[0].")
    def counts_the_examples(X, Y, n_h=4):
        return X.shape[1], n_h, Y.shape[1]

    @mistake("The hidden layer always has four units. Use the argument n_h.")
    def fixed_hidden_size(X, Y, n_h=4):
        return X.shape[0], 4, Y.shape[0]

    @mistake("The order is n_x, n_h, n_y: in the direction in which the network computes.")
    def other_order(X, Y, n_h=4):
        return X.shape[0], Y.shape[0], n_h

    @mistake("size counts all entries of the array. Count its rows: shape[0].")
    def all_entries(X, Y, n_h=4):
        return X.size, n_h, Y.size

    @mistake("The output layer has as many units as Y has rows, which need not be 1.")
    def always_one_output(X, Y, n_h=4):
        return X.shape[0], n_h, 1


@exercise(points=2, reference=shallow.initialize_parameters)
class InitializeParameters:
    """Small random weights and zero biases."""

    hints = (
        "Which shape must W1 have, so that W1 @ X has one row per hidden unit?",
        "W1 (n_h, n_x) and W2 (n_y, n_h): 0.01 times standard normal numbers from rng. "
        "b1 (n_h, 1) and b2 (n_y, 1): zeros.",
        '"W1": 0.01 * rng.standard_normal((n_h, n_x)), "b1": np.zeros((n_h, 1)), and likewise for '
        "the second layer",
    )

    def test_shapes(self, initialize_parameters, rng):
        """There are four arrays, each of the shape that its layer needs."""
        parameters = initialize_parameters(2, 5, 3, rng)
        for name, shape in {"W1": (5, 2), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1)}.items():
            assert name in parameters, f"the dictionary has no {name}"
            assert_shape(parameters[name], shape, name)

    def test_biases(self, initialize_parameters, rng):
        """Both biases are columns of zeros."""
        parameters = initialize_parameters(2, 5, 3, rng)
        assert_close(parameters["b1"], np.zeros((5, 1)), "b1")
        assert_close(parameters["b2"], np.zeros((3, 1)), "b2")

    def test_scale(self, initialize_parameters, rng):
        """The weights of both layers have mean 0 and standard deviation 0.01, like a bell curve."""
        parameters = initialize_parameters(*SIZES, rng)
        for name in ("W1", "W2"):
            W = parameters[name]
            error = standard_error(0.01, W.size)
            assert_close(W, np.array(W, dtype=np.float64), name)
            assert abs(W.mean()) < error, f"{name}: expected a mean near 0, got {W.mean():.4g}"
            assert abs(W.std() - 0.01) < error, (
                f"{name}: expected a standard deviation near 0.01, got {W.std():.4g}"
            )
            beyond = np.mean(np.abs(W) > 0.018)
            # 7.2 % of a normal distribution, none of a uniform one
            assert 0.0 < beyond < 0.2, f"{name}: expected normally distributed numbers"

    def test_generator(self, initialize_parameters):
        """The numbers come from rng: the same start gives the same weights, another one others."""
        first, again, other = (
            initialize_parameters(*SIZES, np.random.default_rng(seed)) for seed in (1, 1, 2)
        )
        assert_close(again["W1"], first["W1"], "W1 from a generator with the same start")
        assert not np.array_equal(other["W1"], first["W1"]), "another generator, the same W1"
        assert not np.array_equal(first["W1"].ravel()[:100], first["W2"].ravel()[:100]), (
            "W1 and W2 hold the same numbers"
        )

    @mistake("The weights are not small: multiply the random numbers by 0.01.")
    def not_small(n_x, n_h, n_y, rng):
        W1, W2 = rng.standard_normal((n_h, n_x)), rng.standard_normal((n_y, n_h))
        return _draw(n_x, n_h, n_y, W1, W2)

    @mistake(
        "rng.random gives numbers between 0 and 1, all positive. Take rng.standard_normal, which "
        "is centred at 0."
    )
    def uniform(n_x, n_h, n_y, rng):
        W1, W2 = 0.01 * rng.random((n_h, n_x)), 0.01 * rng.random((n_y, n_h))
        return _draw(n_x, n_h, n_y, W1, W2)

    @mistake(
        "All weights are equal, so all hidden units compute the same thing for ever. Draw them at "
        "random."
    )
    def all_equal(n_x, n_h, n_y, rng):
        return _draw(n_x, n_h, n_y, np.full((n_h, n_x), 0.01), np.full((n_y, n_h), 0.01))

    @mistake(
        "The weight matrices are transposed: a layer's W has one row per unit of that layer, so "
        "that W @ X fits."
    )
    def transposed(n_x, n_h, n_y, rng):
        W1, W2 = 0.01 * rng.standard_normal((n_x, n_h)), 0.01 * rng.standard_normal((n_h, n_y))
        return _draw(n_x, n_h, n_y, W1, W2)

    @mistake(
        "np.random draws from one hidden generator that everybody shares. Draw from the rng that "
        "you are given, so that a run can be repeated."
    )
    def global_generator(n_x, n_h, n_y, rng):
        W1, W2 = 0.01 * np.random.randn(n_h, n_x), 0.01 * np.random.randn(n_y, n_h)
        return _draw(n_x, n_h, n_y, W1, W2)

    @mistake("The biases have only one axis. Make them columns: (n_h, 1) and (n_y, 1).")
    def flat_biases(n_x, n_h, n_y, rng):
        parameters = shallow.initialize_parameters(n_x, n_h, n_y, rng)
        return {**parameters, "b1": np.zeros(n_h), "b2": np.zeros(n_y)}

    @mistake("The biases are random too. Weights alone make the units differ; biases start at 0.")
    def random_biases(n_x, n_h, n_y, rng):
        shapes = {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
        return {name: 0.01 * rng.standard_normal(shape) for name, shape in shapes.items()}
