"""Exercise of c2w3: a network whose hyper-parameters can all be searched."""

import numpy as np
import pytest

from dlcourse.exercises.c2w3.search_networks import (
    first_step,
    forward,
    judged,
    network,
    share_dropped,
)
from dlcourse.grading import FLOAT32, assert_close, exercise, mistake

__all__ = ["BuildMlp"]


def activated(Z, activation):
    return np.tanh(Z) if activation == "tanh" else np.maximum(Z, 0)


ANSWER = "dlcourse.models.tunable_mlp:build_tunable_classifier"


@exercise(points=3, reference=ANSWER, name="build_mlp")
class BuildMlp:
    """A compiled network whose hyper-parameters are all keyword arguments."""

    hints = (
        "Which of the arguments says how often a hidden block is repeated, and what is in a block? "
        "Where does the learning rate go?",
        "Input, Flatten; `layers` times Dense(units, activation) and, if dropout > 0, "
        "Dropout(dropout); Dense(classes) with softmax. Adam(learning_rate), sparse categorical "
        "cross-entropy, accuracy.",
        "`model = keras.Sequential([…])`, `model.compile(keras.optimizers.Adam(learning_rate), "
        '"sparse_categorical_crossentropy", metrics=["accuracy"])`',
    )

    @pytest.mark.parametrize(
        "hidden",
        [{"units": 4, "layers": 3, "activation": "tanh"}, {"layers": 0}],
    )
    def test_same_numbers_as_numpy(self, build_mlp, rng, hidden):
        """With given weights it predicts what NumPy does, for any width, depth and activation."""
        sizes = [6, *[hidden.get("units", 64)] * hidden.get("layers", 1), 3]
        weights = []
        for n_in, n_out in zip(sizes, sizes[1:]):
            weights += [rng.normal(size=(n_in, n_out)) / 2, rng.normal(size=n_out)]
        weights = [w.astype("float32") for w in weights]
        X = rng.normal(size=(7, 6)).astype("float32")
        shapes, found = forward(build_mlp, hidden, weights, X)
        assert list(map(tuple, shapes)) == [w.shape for w in weights], (
            f"the weights have the shapes {shapes}, expected {[w.shape for w in weights]}"
        )
        A = X.astype(float)
        for W, b in zip(weights[:-2:2], weights[1:-2:2]):
            A = activated(A @ W + b, hidden.get("activation", "relu"))
        powers = np.exp(A @ weights[-2] + weights[-1])
        expected = (powers / powers.sum(axis=1, keepdims=True)).astype("float32")
        assert_close(found, expected, "the probabilities", FLOAT32)

    @pytest.mark.parametrize(("shape", "classes", "units"), [((2, 3, 1), 4, 5), ((8,), 3, 2)])
    def test_images(self, build_mlp, shape, classes, units):
        """Images are flattened, and the model is a real one."""
        pixels = int(np.prod(shape))
        found = build_mlp(shape, classes, units=units).count_params()
        expected = pixels * units + units + units * classes + classes
        assert found == expected, f"{found} parameters for images {shape}, expected {expected}"

    def test_dropout(self, build_mlp):
        """In training, and only there, `dropout` of the hidden units are dropped."""
        dropout = 0.25
        still, spread, mean = share_dropped(build_mlp, dropout)
        assert abs(still - 1) < 1e-4, "without training, no unit may be dropped"
        # each of 2000 units gives 1 / (1 - dropout) or 0, divided by 2000
        deviation = np.sqrt(dropout / (1 - dropout) / 2000)
        assert abs(mean - 1) <= 5 * deviation + 1e-4, "the dropped units are not made up for"
        assert 0.5 * deviation <= spread <= 1.6 * deviation + 1e-4, (
            f"the outputs in training differ by {spread:.4f} (standard deviation), "
            f"expected about {deviation:.4f} with dropout {dropout}"
        )

    def test_compiled(self, build_mlp, rng):
        """It is compiled with the loss for whole-number labels, and watches the accuracy."""
        X, y = rng.normal(size=(9, 2)).astype("float32"), np.array([0, 1, 1, 0, 1, 1, 1, 0, 1])
        found = judged(build_mlp, X, y)
        assert not isinstance(found, str), found
        loss, (W1, b1, W2, b2) = found
        Z = np.maximum(X @ np.array(W1) + b1, 0) @ np.array(W2) + b2
        expected = float(np.mean(np.log(np.exp(Z).sum(axis=1)) - Z[np.arange(9), y]))
        assert_close(loss, expected, "the loss of the new model", 1e-4)

    @pytest.mark.parametrize("rate", [0.2, None])
    def test_rate(self, build_mlp, rate):
        """The first step of Adam is as long as the learning rate; 0.001 unless told otherwise."""
        found = first_step(build_mlp, **({} if rate is None else {"learning_rate": rate}))
        assert not isinstance(found, str), found
        assert_close(found, 0.001 if rate is None else rate, "the length of the first step", 1e-3)

    @mistake("The rate is always Adam's default. Pass the argument: Adam(learning_rate).")
    def rate_not_used(input_shape, classes, **hyper):
        return network(input_shape, classes, hyper | {"learning_rate": 1e-3})

    @mistake("There is always one hidden layer. Repeat the block `layers` times.")
    def one_layer(input_shape, classes, **hyper):
        return network(input_shape, classes, hyper | {"layers": 1})

    @mistake("The activation is always ReLU. Pass the argument.")
    def always_relu(input_shape, classes, **hyper):
        return network(input_shape, classes, hyper | {"activation": "relu"})

    @mistake("Nothing is dropped. Put a Dropout layer after every hidden layer.")
    def no_dropout(input_shape, classes, **hyper):
        return network(input_shape, classes, hyper | {"dropout": 0.0})

    @mistake("You drop 1 − dropout: in Keras the argument is the share that is dropped.")
    def kept_for_dropped(input_shape, classes, **hyper):
        dropout = hyper.get("dropout", 0.0)
        return network(input_shape, classes, hyper | {"dropout": 1 - dropout if dropout else 0.0})

    @mistake("The outputs are logits. The last layer needs softmax, to give probabilities.")
    def no_softmax(input_shape, classes, **hyper):
        return network(input_shape, classes, hyper, output=None)

    @mistake("The model is not compiled. A search calls only fit: compile it here.")
    def not_compiled(input_shape, classes, **hyper):
        return network(input_shape, classes, hyper, compiled=False)

    @mistake('The accuracy is not watched: `metrics=["accuracy"]` when you compile.')
    def nothing_watched(input_shape, classes, **hyper):
        return network(input_shape, classes, hyper, metrics=[])
