"""Exercise of c2w3: one network four ways."""

import numpy as np
import pytest

from dlcourse.grading import FLOAT32, assert_close, exercise, mistake

__all__ = ["BuildMnistMlp"]


def _build(variant, input_shape, classes, width, **changed):
    """The four networks for the mistakes, in which one thing is different."""
    import keras  # noqa: PLC0415 - only where a model is needed: it takes seconds

    layers = keras.layers
    normalized = variant in changed.get("normalized", ("batch_norm", "dropout"))
    activation = changed.get("activation", lambda v: "sigmoid" if v == "sigmoid" else "relu")
    stack = []
    for units in changed.get("units", (512, 128)):
        bias = changed.get("bias", not normalized)
        stack.append(layers.Dense(int(units * width), use_bias=bias))
        pair = [layers.BatchNormalization()] if normalized else []
        pair.append(layers.Activation(activation(variant)))
        stack += pair[::-1] if changed.get("reversed") else pair
        if variant == "dropout" and changed.get("rate", 0.5):
            stack.append(layers.Dropout(changed.get("rate", 0.5)))
    if variant == "dropout" and changed.get("last"):
        stack.append(layers.Dense(classes, "softmax"))
        return keras.Sequential(
            [keras.Input(input_shape), layers.Flatten(), *stack, layers.Dropout(0.5)]
        )
    output = layers.Dense(classes, changed.get("output", "softmax"))
    return keras.Sequential([keras.Input(input_shape), layers.Flatten(), *stack, output])


def _outputs(model, X, training=False):
    import keras  # noqa: PLC0415

    return keras.ops.convert_to_numpy(model(X.astype("float32"), training=training))


def _expected(variant, weights, X):
    """The forward pass of prediction, from the weights in the order of the layers."""
    weights, A = list(weights), X
    for _ in range(2):
        if variant in ("sigmoid", "relu"):
            Z = A @ weights.pop(0) + weights.pop(0)
        else:
            Z = A @ weights.pop(0)
            gamma, beta, mean, variance = (weights.pop(0) for _ in range(4))
            Z = gamma * (Z - mean) / np.sqrt(variance + 1e-3) + beta
        A = 1 / (1 + np.exp(-Z)) if variant == "sigmoid" else np.maximum(Z, 0)
    powers = np.exp(A @ weights.pop(0) + weights.pop(0))
    return powers / powers.sum(axis=1, keepdims=True)


@exercise(points=3, reference="dlcourse.models.mnist_mlp:build_mnist_mlp")
class BuildMnistMlp:
    """One network, 784 → 512 → 128 → 10, in four variants."""

    hints = (
        "Which layers does a hidden block have in each variant, and in which order? And which "
        "layer's bias is lost as soon as a normalization follows?",
        "Hidden block: Dense (with a bias only where nothing normalizes), BatchNormalization in "
        "the last two variants, activation, Dropout(0.5) in the last. Output: Dense with softmax.",
        "in a loop over (512, 128): `layers.Dense(int(units * width), use_bias=not normalized)`, "
        "`layers.BatchNormalization()` if normalized, `layers.Activation(…)`, and `layers.Dropout"
        '(0.5)` if variant == "dropout"; around it Input, Flatten and `layers.Dense(classes, '
        '"softmax")`',
    )

    @pytest.mark.parametrize("variant", ["sigmoid", "relu", "dropout"])
    def test_same_numbers_as_numpy(self, build_mnist_mlp, rng, variant):
        """With given weights each variant predicts what NumPy does."""
        model = build_mnist_mlp(variant, input_shape=(2, 3), classes=4, width=1 / 64)
        hidden = {"sigmoid": 1, "relu": 1}.get(variant, 4)  # vectors beside each weight matrix
        shapes = [(6, 8), *[(8,)] * hidden, (8, 2), *[(2,)] * hidden, (2, 4), (4,)]
        found = [w.shape for w in model.get_weights()]
        assert found == shapes, f"the weights have the shapes {found}, expected {shapes}"
        weights = [rng.uniform(0.2, 1.5, s) * (1 if len(s) == 1 else rng.choice((-1, 1), s))
                   for s in shapes]  # fmt: skip
        model.set_weights(weights)
        X = rng.normal(size=(7, 2, 3))
        expected = _expected(variant, weights, X.reshape(7, 6))
        assert_close(
            _outputs(model, X), expected.astype("float32"), "the predictions", 10 * FLOAT32
        )

    def test_dropout(self, build_mnist_mlp, rng):
        """Half of each hidden layer falls in the last variant, and none of the probabilities."""
        for variant, expected in (("batch_norm", []), ("dropout", [0.5, 0.5])):
            model = build_mnist_mlp(variant, input_shape=(5,), classes=3, width=1 / 64)
            rates = [layer.rate for layer in model.layers if hasattr(layer, "rate")]
            assert rates == expected, f"the dropout rates of {variant!r} should be {expected}"
            sums = _outputs(model, rng.normal(size=(16, 5)), training=True).sum(axis=1)
            assert_close(sums, np.ones(16, np.float32), "the sums of the outputs", tolerance=1e-4)

    def test_parameters(self, build_mnist_mlp):
        """In full size 470 794 numbers: β replaces a bias, and γ and two averages join it."""
        found = build_mnist_mlp("batch_norm").count_params()
        assert found == 470_794, f"the variant has {found} parameters, expected 470794"

    @mistake("All variants are the same network. Look at the argument variant.")
    def always_relu(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build("relu", input_shape, classes, width)

    @mistake(
        "The Dense layer before a normalization still has its bias, which the mean takes away "
        "again: use_bias=False there."
    )
    def bias_kept(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build(variant, input_shape, classes, width, bias=True)

    @mistake("The biases are missing where nothing normalizes: only β can replace them.")
    def never_a_bias(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build(variant, input_shape, classes, width, bias=False)

    @mistake("You normalize after the activation. Here it comes before: Dense, norm, activation.")
    def normalized_afterwards(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build(variant, input_shape, classes, width, reversed=True)

    @mistake('The variant "dropout" keeps the batch normalization of the one before it.')
    def dropout_alone(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build(variant, input_shape, classes, width, normalized=("batch_norm",))

    @mistake("Nothing is dropped: the last variant has Dropout(0.5) after each activation.")
    def no_dropout(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build(variant, input_shape, classes, width, rate=0)

    @mistake("Probabilities are dropped, too: there is no dropout after the last layer.")
    def drops_the_output(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build(variant, input_shape, classes, width, last=True)

    @mistake("The output is a sigmoid for each digit. One digit excludes the others: softmax.")
    def sigmoid_outputs(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build(variant, input_shape, classes, width, output="sigmoid")

    @mistake('The variant "sigmoid" has sigmoid in its hidden layers.')
    def relu_everywhere(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build(variant, input_shape, classes, width, activation=lambda variant: "relu")

    @mistake("The hidden layers are in the wrong order: 512 units first, then 128.")
    def sizes_swapped(variant="relu", input_shape=(28, 28, 1), classes=10, width=1.0):
        return _build(variant, input_shape, classes, width, units=(128, 512))
