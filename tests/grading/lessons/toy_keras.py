"""A small lesson with a Keras model, only for the tests of the grader."""

import numpy as np

from dlcourse.grading import FLOAT32, assert_close, exercise, mistake

NOTEBOOK = "98_toy_keras"
BACKEND = "keras"


def build(units, activation="relu"):
    """A hidden layer and an output."""
    import keras

    layers = keras.layers
    return keras.Sequential(
        [keras.Input((2,)), layers.Dense(units, activation=activation), layers.Dense(1)]
    )


@exercise(points=2, reference=build)
class Build:
    """A small network."""

    hints = ("Two layers.", "Dense, Dense", "Sequential([Input, Dense, Dense])")

    def test_parameters(self, build):
        """3 units need 13 parameters."""
        assert_close(build(3).count_params(), 13, "the number of parameters")

    def test_transplanted_weights(self, build):
        """With all weights -1 and then 1 the output is known."""
        model = build(5)
        hidden, output = [[np.full(w.shape, v) for w in layer.get_weights()]
                          for layer, v in zip(model.layers, (-1.0, 1.0), strict=True)]  # fmt: skip
        model.set_weights([*hidden, *output])
        answer = np.asarray(model(np.ones((1, 2), "float32")))
        assert_close(answer, np.ones((1, 1), "float32"), "the output", FLOAT32)

    @mistake("The hidden layer has no rectifier.")
    def linear(units):
        import keras

        return keras.Sequential(
            [keras.Input((2,)), keras.layers.Dense(units), keras.layers.Dense(1)]
        )
