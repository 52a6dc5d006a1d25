"""L2 pooling: the root mean square of a window instead of its mean or its maximum."""

import keras

from dlcourse.losses.distances import safe_sqrt

__all__ = ["L2Pooling2D"]


@keras.saving.register_keras_serializable(package="dlcourse")
class L2Pooling2D(keras.layers.AveragePooling2D):
    """Root of the mean square of every window; its gradient where all is zero is zero.

    Args:
        pool_size: side of the window in pixels, one number or (height, width).
        strides: step of the window, one number or a pair; None for the side.
        padding: "valid" or "same"; pixels outside the picture do not count.
        data_format: "channels_last", "channels_first" or None for Keras's default.
        **kwargs: name, dtype and trainable of every Keras layer.

    Reference:
        Schroff, Kalenichenko and Philbin, "FaceNet", 2015, table 2, where it stands for some of
        the maxima in Inception modules.

    Example:
        >>> image = keras.ops.reshape(keras.ops.array([3.0, 4.0, 0.0, 5.0]), (1, 2, 2, 1))
        >>> round(float(L2Pooling2D(2)(image)[0, 0, 0, 0]), 4), round(12.5**0.5, 4)
        (3.5355, 3.5355)
    """

    def __init__(
        self, pool_size, strides=None, padding="valid", data_format=None, name=None, **kwargs
    ):
        super().__init__(pool_size, strides, padding, data_format, name, **kwargs)

    def call(self, inputs):
        """Pool the squares and take the root."""
        dtype = keras.backend.result_type(inputs.dtype, "float32")
        # in float16 the square of 256 is infinite already
        squares = super().call(keras.ops.square(keras.ops.cast(inputs, dtype)))
        return keras.ops.cast(safe_sqrt(squares), self.compute_dtype)
