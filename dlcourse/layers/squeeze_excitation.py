"""Squeeze and excitation: a picture of the whole image decides how much each channel counts."""

import keras

from dlcourse.layers.composite import CompositeLayer, build_chain, checked_count

__all__ = ["SqueezeExcitation"]


@keras.saving.register_keras_serializable(package="dlcourse")
class SqueezeExcitation(CompositeLayer):
    """Multiply each channel by a number from 0 to 1 that two dense layers find for the image.

    Args:
        units: width of the first dense layer, >= 1; usually a small part of the channels.
        activation: of the first dense layer, a name or a function.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels), channels last; the output has the shape of the input.

    Raises:
        ValueError: units is below 1.

    Reference:
        Hu et al., "Squeeze-and-Excitation Networks", 2018, §3.

    Example:
        >>> layer = SqueezeExcitation(units=2)
        >>> layer(keras.ops.ones((1, 4, 4, 8))).shape == (1, 4, 4, 8)
        True
    """

    def __init__(self, units, activation="relu", **kwargs):
        super().__init__(**kwargs)
        self.units = checked_count("units", units)
        self.activation = keras.activations.get(activation)
        self.reduce = keras.layers.Dense(units, activation, name="reduce", **self.inherited)
        self.expand = None  # as wide as the input, which `build` gets to know

    def build(self, input_shape):
        """Build the two dense layers."""
        channels = input_shape[-1]
        self.expand = keras.layers.Dense(channels, "sigmoid", name="expand", **self.inherited)
        build_chain([self.reduce, self.expand], (input_shape[0], channels))
        self.built = True

    def compute_output_shape(self, input_shape):
        """The shape of the input."""
        return tuple(input_shape)

    def call(self, inputs):
        """Squeeze to one number per channel, excite, multiply."""
        channels = self.expand(self.reduce(keras.ops.mean(inputs, axis=(1, 2))))
        return inputs * channels[:, None, None]

    def get_config(self):
        """Every argument of the constructor."""
        activation = keras.activations.serialize(self.activation)
        return {**super().get_config(), "units": self.units, "activation": activation}
