"""A toy lesson whose exercise is a Keras layer of the learner's own."""

import keras
import numpy as np

from dlcourse.grading import FLOAT32, assert_close, exercise, helper, mistake

NOTEBOOK = "92_toy_layer"
PROVIDES = ()
BACKEND = "keras"


class Scale(keras.layers.Layer):
    def build(self, input_shape):
        self.factor = self.add_weight(shape=input_shape[-1:], initializer="ones", name="factor")

    def call(self, inputs):
        return inputs * self.factor


@helper
def factor_gradient(layer, inputs, factor):
    import keras
    import tensorflow as tf

    layer.build(inputs.shape)
    layer.factor.assign(factor)
    with tf.GradientTape() as tape:
        outputs = keras.ops.sum(layer(inputs))
    return outputs, tape.gradient(outputs, layer.trainable_variables)


@exercise(points=2, reference=Scale)
class ScaleLayer:
    """A layer that multiplies each feature by a factor that it learns."""

    hints = ("What learns?", "y = x · w", "self.add_weight(…), inputs * self.factor")

    def test_factors_of_one_change_nothing(self, Scale, rng):
        """A new layer gives back its inputs."""
        inputs = rng.standard_normal((3, 2)).astype("float32")
        assert_close(Scale()(inputs), inputs, "the outputs", FLOAT32)

    def test_the_factor_learns(self, Scale):
        """The gradient of the sum with respect to a factor is the sum of its feature."""
        inputs = np.array([[1.0, 2.0], [3.0, 5.0]], np.float32)
        outputs, gradients = factor_gradient(Scale(), inputs, np.array([2.0, 3.0]))
        assert_close(outputs, np.float32(29.0), "the sum", FLOAT32)
        assert_close(gradients, [np.array([4.0, 7.0], np.float32)], "the gradients", FLOAT32)

    @mistake("The factor is added; it should multiply.")
    class Adds(keras.layers.Layer):
        def build(self, input_shape):
            self.factor = self.add_weight(shape=input_shape[-1:], initializer="ones")

        def call(self, inputs):
            return inputs + self.factor

    @mistake("The factor is a constant: give the layer a weight, so that it can learn.")
    class Constant(keras.layers.Layer):
        def build(self, input_shape):
            self.factor = self.add_weight(
                shape=input_shape[-1:], initializer="ones", trainable=False
            )

        def call(self, inputs):
            return inputs * self.factor
