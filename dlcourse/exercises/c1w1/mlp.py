"""The exercise of c1w1 that builds a network with Keras."""

import numpy as np
import pytest

from dlcourse.grading import FLOAT32, assert_close, exercise, mistake


def mlp(n_hidden, layers=2, hidden="tanh", output=None, use_bias=True):
    """A network like the one asked for, with something changed."""
    import keras  # only where a model is needed: it takes seconds

    stack = [keras.layers.Dense(n_hidden, hidden, use_bias=use_bias) for _ in range(layers)]
    return keras.Sequential([keras.Input((1,)), *stack, keras.layers.Dense(1, output)])


def outputs(model, X):
    """What the model says about X, as an array."""
    import keras

    return keras.ops.convert_to_numpy(model(X.astype("float32")))


@exercise(points=2, reference="dlcourse.models.mlp:build_mlp")
class BuildMlp:
    """A Keras network 1 → n_hidden → n_hidden → 1 for regression."""

    hints = (
        "Three Dense layers. Which of them bend the curve, and what range must the last one reach?",
        "tanh after each hidden layer; no activation after the last, because the target may be any "
        "number.",
        '`keras.Sequential([keras.Input((1,)), keras.layers.Dense(n_hidden, activation="tanh"), '
        'keras.layers.Dense(n_hidden, activation="tanh"), keras.layers.Dense(1)])`.',
    )

    @pytest.mark.parametrize(("n_hidden", "parameters"), [(1, 6), (8, 97)])
    def test_parameters(self, build_mlp, n_hidden, parameters):
        """The number of weights is 2n + (n + 1)n + (n + 1): 97 for n = 8."""
        found = build_mlp(n_hidden).count_params()
        assert found == parameters, (
            f"build_mlp({n_hidden}) has {found} parameters, expected {parameters}"
        )

    def test_same_numbers_as_numpy(self, build_mlp, rng):
        """With given weights the model computes what NumPy does: tanh, tanh, linear."""
        model = build_mlp(5)
        shapes = [(1, 5), (5,), (5, 5), (5,), (5, 1), (1,)]
        found = [w.shape for w in model.get_weights()]
        assert found == shapes, f"build_mlp(5) has weights of shapes {found}, expected {shapes}"
        W1, b1, W2, b2, W3, b3 = weights = [rng.normal(size=s).astype("float32") for s in shapes]
        model.set_weights(weights)
        X = rng.normal(size=(20, 1))
        expected = np.tanh(np.tanh(X @ W1 + b1) @ W2 + b2) @ W3 + b3
        assert_close(outputs(model, X), expected, "the output", tolerance=FLOAT32)

    @mistake("One hidden layer is missing: the network is 1 → n_hidden → n_hidden → 1.")
    def builds_one_hidden_layer(n_hidden):
        return mlp(n_hidden, layers=1)

    @mistake("There is a hidden layer too many: the network is 1 → n_hidden → n_hidden → 1.")
    def builds_three_hidden_layers(n_hidden):
        return mlp(n_hidden, layers=3)

    @mistake(
        "The hidden layers have no activation. A chain of linear layers is still a straight line."
    )
    def builds_a_straight_line(n_hidden):
        return mlp(n_hidden, hidden=None)

    @mistake(
        "Your output goes through a sigmoid, so it stays between 0 and 1. The curve goes higher "
        "and lower: leave the output linear."
    )
    def squashes_the_output(n_hidden):
        return mlp(n_hidden, output="sigmoid")

    @mistake(
        "Your output goes through tanh, so it stays between −1 and 1. Leave the output linear."
    )
    def squashes_the_output_with_tanh(n_hidden):
        return mlp(n_hidden, output="tanh")

    @mistake("The hidden layers use ReLU. This exercise asks for tanh, which gives a smooth curve.")
    def uses_relu(n_hidden):
        return mlp(n_hidden, hidden="relu")

    @mistake("Without biases every curve goes through the origin: leave use_bias as it is.")
    def leaves_out_the_biases(n_hidden):
        return mlp(n_hidden, use_bias=False)
