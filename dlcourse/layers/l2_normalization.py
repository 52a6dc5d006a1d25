"""Vectors of length one: the layer before every comparison of embeddings."""

import keras

from dlcourse.layers.precision import at_least_float32

__all__ = ["L2Normalization"]


@keras.saving.register_keras_serializable(package="dlcourse")
class L2Normalization(keras.layers.Layer):
    """Divide by the Euclidean length along one axis, so that distances only compare directions.

    On vectors of length one ‖a − b‖² = 2 − 2 a·b lies in [0, 4]: margins and thresholds mean the
    same for every pair. A vector shorter than √epsilon is divided by √epsilon instead, so zeros
    stay zeros, and the gradient stays finite there.

    Args:
        axis: the axis, or list of axes, along which the squares are summed.
        epsilon: smallest squared length, > 0. In half precision lengths are computed in float32.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Call arguments:
        inputs: numbers of any shape; masked steps stay masked.

    Returns:
        Numbers of the same shape, in the layer's compute dtype.

    Raises:
        ValueError: epsilon is not positive.

    Reference:
        Schroff, Kalenichenko, Philbin, "FaceNet", 2015, section 3.1: the embedding lives on the
        unit hypersphere.

    Example:
        >>> import numpy as np
        >>> unit = L2Normalization()(np.array([[3.0, 4.0], [0.0, 0.0]]))
        >>> np.round(keras.ops.convert_to_numpy(unit), 3).tolist()
        [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """

    def __init__(self, axis=-1, epsilon=1e-12, **kwargs):
        super().__init__(**kwargs)
        if not epsilon > 0:
            raise ValueError(
                f"epsilon: expected a positive number, got {epsilon!r}; it keeps zeros from being "
                "divided by zero"
            )
        self.axis = axis if isinstance(axis, int) else list(axis)
        self.epsilon = float(epsilon)
        self.supports_masking = True

    def build(self, input_shape):
        """Nothing to make: the layer has no weights."""
        self.built = True

    def call(self, inputs):
        """Divide by the length."""
        wide = at_least_float32(inputs)
        squares = keras.ops.sum(wide * wide, axis=self.axis, keepdims=True)
        unit = wide * keras.ops.rsqrt(keras.ops.maximum(squares, self.epsilon))
        return keras.ops.cast(unit, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        """The shape of the inputs."""
        return input_shape

    def get_config(self):
        """Return what builds the same layer again."""
        return {**super().get_config(), "axis": self.axis, "epsilon": self.epsilon}
