"""The perceptron's step, with a derivative that lets gradient descent through."""

import keras

__all__ = ["StraightThroughStep"]


@keras.saving.register_keras_serializable(package="dlcourse")
class StraightThroughStep(keras.layers.Layer):
    """1 where the input is at least 0, else 0; backwards it does as if it were not there.

    The true derivative of a step is 0 wherever it exists, so nothing could be learnt through it.
    Taken as 1, the gradient of (ŷ − y)²/2 with respect to the weights is (ŷ − y) x, and gradient
    descent on one example at a time becomes Rosenblatt's rule.

    Args:
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        Any shape, kept. Masks are handed on.

    Reference:
        Bengio, Léonard and Courville, "Estimating or Propagating Gradients Through Stochastic
        Neurons for Conditional Computation", 2013, §1.1 (the straight-through estimator).

    Example:
        >>> StraightThroughStep()(keras.ops.array([-2.0, 0.0, 3.0])).numpy().tolist()
        [0.0, 1.0, 1.0]
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, inputs):
        """Zeros and ones in the dtype of the layer."""
        step = keras.ops.cast(inputs >= 0, self.compute_dtype)
        # inputs - stop_gradient(inputs) is 0 with derivative 1, whatever inputs is
        return step + (inputs - keras.ops.stop_gradient(inputs))

    def compute_output_shape(self, input_shape):
        """The shape of the input."""
        return input_shape
