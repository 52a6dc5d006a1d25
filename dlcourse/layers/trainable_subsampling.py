"""Subsampling of 1998: an average that each map scales and shifts by two numbers of its own."""

import keras

from dlcourse.layers.composite import checked_count

__all__ = ["TrainableSubsampling"]


@keras.saving.register_keras_serializable(package="dlcourse")
class TrainableSubsampling(keras.layers.Layer):
    """Average of each square without overlap, times a coefficient, plus a bias, per channel.

    A small coefficient makes the activation that follows nearly linear: the layer only blurs; a
    large one makes it a noisy "or" or "and" of the square, depending on the bias.

    Args:
        pool_size: side of the squares, >= 1.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, ⌊h / pool_size⌋, ⌊w / pool_size⌋, channels), channels last.

    Raises:
        ValueError: pool_size is below 1.

    Reference:
        LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document
        Recognition", Proceedings of the IEEE, 1998, §II-B (layers S2 and S4). There the four
        inputs are added; with the average, the coefficient is four times as large.

    Example:
        >>> layer = TrainableSubsampling()
        >>> layer(keras.ops.ones((1, 28, 28, 6))).shape == (1, 14, 14, 6)
        True
        >>> layer.count_params()  # two numbers for each of the six maps
        12
    """

    def __init__(self, pool_size=2, **kwargs):
        super().__init__(**kwargs)
        self.pool_size = checked_count("pool_size", pool_size)

    def build(self, input_shape):
        """Make a coefficient and a bias for each channel."""
        channels = (input_shape[-1],)
        self.coefficient = self.add_weight(shape=channels, initializer="ones", name="coefficient")
        self.bias = self.add_weight(shape=channels, initializer="zeros", name="bias")
        self.built = True

    def call(self, inputs):
        """Average, scale, shift."""
        average = keras.ops.average_pool(
            inputs, self.pool_size, strides=self.pool_size, data_format="channels_last"
        )
        return average * self.coefficient + self.bias

    def compute_output_shape(self, input_shape):
        """(m, ⌊h / pool_size⌋, ⌊w / pool_size⌋, channels)."""
        m, height, width, channels = input_shape
        sides = (n and n // self.pool_size for n in (height, width))
        return (m, *sides, channels)

    def get_config(self):
        """Every argument of the constructor."""
        return {**super().get_config(), "pool_size": self.pool_size}
