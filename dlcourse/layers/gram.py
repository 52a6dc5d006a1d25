"""The Gram matrix as a layer: texture features inside a network."""

import keras

from dlcourse.losses.style import gram_matrix, style_target

__all__ = ["GramMatrix"]


@keras.saving.register_keras_serializable(package="dlcourse")
class GramMatrix(keras.layers.Layer):
    """Multiply every channel by every channel, summed over the positions of a feature map.

    Args:
        per_position: whether the sums are divided by height width, which makes images of
            different sizes comparable; without, it is the published matrix.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Call arguments:
        inputs: activations (batch, height, width, channels).

    Returns:
        (batch, channels, channels), in the layer's compute dtype; with float16 the sums are made in
        float32, and only those below 65,504 fit.

    Raises:
        ValueError: the inputs do not have four axes.

    Reference:
        Gatys, Ecker and Bethge, "Image style transfer using convolutional neural networks", CVPR
        2016, equation 3.

    Example:
        >>> GramMatrix(per_position=True)(keras.ops.ones((2, 4, 4, 3))).shape == (2, 3, 3)
        True
    """

    def __init__(self, per_position=False, **kwargs):
        super().__init__(**kwargs)
        self.per_position = bool(per_position)

    def build(self, input_shape):
        """Nothing to make: the layer has no weights."""
        self.compute_output_shape(input_shape)
        self.built = True

    def call(self, inputs):
        """The matrix of every example."""
        wide = keras.ops.cast(inputs, keras.backend.result_type(inputs.dtype, "float32"))
        gram = style_target(wide) if self.per_position else gram_matrix(wide)
        return keras.ops.cast(gram, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        """(batch, channels, channels)."""
        if len(input_shape) != 4:
            raise ValueError(
                "inputs: expected activations (batch, height, width, channels); got shape "
                f"{tuple(input_shape)}"
            )
        return (input_shape[0], input_shape[-1], input_shape[-1])

    def get_config(self):
        """Return what builds the same layer again."""
        return {**super().get_config(), "per_position": self.per_position}
