"""Convolution, batch normalization, activation: the three that networks always use together."""

import keras

from dlcourse.layers.batch_normalization import BatchNormalization
from dlcourse.layers.composite import (
    CompositeLayer,
    build_chain,
    chain_shape,
    checked_count,
)

__all__ = ["MOMENTUM", "ConvolutionUnit", "DepthwiseUnit"]

# Averages over about ten batches: with Keras's 0.99, a deep network that was trained for a few
# hundred steps would be judged by averages that still hold much of where they began.
MOMENTUM = 0.9


@keras.saving.register_keras_serializable(package="dlcourse")
class ConvolutionUnit(CompositeLayer):
    """A convolution with "same" padding, batch normalization and an activation.

    Args:
        filters: number of filters, >= 1.
        kernel_size: height and width of the filters, >= 1.
        strides: step in both directions, >= 1.
        activation: name of an activation or a function; None for a linear unit.
        use_bias: whether the convolution has a bias. The normalization takes it away again, so a
            bias only makes sense where weights of a network that has them are to be loaded.
        epsilon: added to the variance in the normalization, > 0.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, ⌈h / strides⌉, ⌈w / strides⌉, filters), channels last.

    Raises:
        ValueError: a count is below 1.

    Reference:
        Ioffe and Szegedy, "Batch Normalization", 2015, §3.2: between convolution and activation.

    Example:
        >>> unit = ConvolutionUnit(8, kernel_size=3, strides=2)
        >>> unit(keras.ops.ones((2, 5, 5, 3))).shape == (2, 3, 3, 8)
        True
        >>> unit.count_params()  # 3·3·3·8, and four numbers of normalization per filter
        248
    """

    def __init__(  # noqa: PLR0913 (what a convolution, a normalization and an activation need)
        self,
        filters,
        kernel_size,
        strides=1,
        activation="relu",
        use_bias=False,
        epsilon=1e-3,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.filters = checked_count("filters", filters)
        self.kernel_size = checked_count("kernel_size", kernel_size)
        self.strides = checked_count("strides", strides)
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        self.epsilon = epsilon
        self.convolution = self._make_convolution()
        self.normalization = BatchNormalization(
            momentum=MOMENTUM, epsilon=epsilon, name="normalization", **self.inherited
        )

    def _make_convolution(self):
        return keras.layers.Conv2D(
            self.filters,
            self.kernel_size,
            kernel_initializer="he_normal",
            **self._convolution_settings(),
        )

    def _convolution_settings(self):
        return {
            "strides": self.strides,
            "padding": "same",
            "data_format": "channels_last",
            "use_bias": self.use_bias,
            "name": "convolution",
            **self.inherited,
        }

    def build(self, input_shape):
        """Build the convolution and the normalization."""
        build_chain([self.convolution, self.normalization], input_shape)
        self.built = True

    def compute_output_shape(self, input_shape):
        """(m, ⌈h / strides⌉, ⌈w / strides⌉, filters)."""
        return chain_shape([self.convolution], input_shape)

    def call(self, inputs):
        """Convolve, normalize, activate."""
        outputs = self.normalization(self.convolution(inputs))
        return self.activation(outputs)

    def get_config(self):
        """Every argument of the constructor."""
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "activation": keras.activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "epsilon": self.epsilon,
        }


@keras.saving.register_keras_serializable(package="dlcourse")
class DepthwiseUnit(ConvolutionUnit):
    """As `ConvolutionUnit`, but each channel has a filter of its own: channels are not mixed.

    Args:
        kernel_size: height and width of the filters, >= 1.
        strides: step in both directions, >= 1.
        activation: name of an activation or a function; None for a linear unit.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, ⌈h / strides⌉, ⌈w / strides⌉, channels), channels last.

    Raises:
        ValueError: a count is below 1.

    Example:
        >>> unit = DepthwiseUnit(kernel_size=3)
        >>> unit(keras.ops.ones((2, 5, 5, 4))).shape == (2, 5, 5, 4)
        True
        >>> unit.convolution.count_params()  # 3·3 per channel
        36
    """

    def __init__(self, kernel_size, strides=1, activation="relu6", **kwargs):
        # the number of filters is that of the channels that come in
        super().__init__(1, kernel_size, strides, activation, **kwargs)

    def _make_convolution(self):
        # He's rule; to Keras all channels count as inputs of a filter, though it sees only one
        variance = keras.initializers.VarianceScaling(2.0, mode="fan_out")
        return keras.layers.DepthwiseConv2D(
            self.kernel_size, depthwise_initializer=variance, **self._convolution_settings()
        )

    def get_config(self):
        """Every argument of the constructor."""
        config = super().get_config()
        for fixed in ("filters", "use_bias", "epsilon"):
            del config[fixed]
        return config
