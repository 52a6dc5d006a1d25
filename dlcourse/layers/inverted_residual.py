"""Inverted residual blocks of MobileNet v2 and EfficientNet: narrow, wide, narrow."""

import keras

from dlcourse.layers.composite import (
    CompositeLayer,
    apply_chain,
    build_chain,
    chain_shape,
    checked_count,
)
from dlcourse.layers.convolution_unit import ConvolutionUnit, DepthwiseUnit
from dlcourse.layers.squeeze_excitation import SqueezeExcitation

__all__ = ["InvertedResidual", "MBConv"]


@keras.saving.register_keras_serializable(package="dlcourse")
class InvertedResidual(CompositeLayer):
    """Expand the channels, filter each of them, project to few; add the input if shapes agree.

    The projection is linear: a ReLU would throw information away where there are few channels.

    Args:
        filters: channels of the output, >= 1.
        expansion: channels inside for each channel of the input, >= 1; 1 leaves the expanding
            convolution out.
        strides: step of the depthwise convolution, >= 1.
        kernel_size: of the depthwise convolution, >= 1.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, ⌈h / strides⌉, ⌈w / strides⌉, filters), channels last. The
        input is added where strides is 1 and filters equals channels.

    Raises:
        ValueError: a count is below 1.

    Reference:
        Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018, §3.

    Example:
        >>> block = InvertedResidual(4, expansion=6)
        >>> block(keras.ops.ones((1, 5, 5, 4))).shape == (1, 5, 5, 4)
        True
        >>> block.expand.filters, block.adds_input
        (24, True)
    """

    activation = "relu6"

    def __init__(self, filters, expansion=6, strides=1, kernel_size=3, **kwargs):
        super().__init__(**kwargs)
        self.filters = checked_count("filters", filters)
        self.expansion = checked_count("expansion", expansion)
        self.strides = checked_count("strides", strides)
        self.kernel_size = checked_count("kernel_size", kernel_size)
        self.filter_each = DepthwiseUnit(
            kernel_size, strides, self.activation, name="depthwise", **self.inherited
        )
        self.project = ConvolutionUnit(
            filters, 1, activation=None, name="project", **self.inherited
        )
        self.expand = None  # its width depends on the input
        self.adds_input = None

    def build(self, input_shape):
        """Build the convolutions, now that the number of channels is known."""
        channels = input_shape[-1]
        self.adds_input = self.strides == 1 and channels == self.filters
        if self.expansion > 1:
            width = self.expansion * channels
            self.expand = ConvolutionUnit(
                width, 1, activation=self.activation, name="expand", **self.inherited
            )
        build_chain(self._chain(), input_shape)
        self.built = True

    def _chain(self):
        first = [] if self.expand is None else [self.expand]
        return [*first, self.filter_each, self.project]

    def compute_output_shape(self, input_shape):
        """(m, ⌈h / strides⌉, ⌈w / strides⌉, filters)."""
        return chain_shape([self.filter_each, self.project], input_shape)

    def call(self, inputs):
        """Expand, filter, project, and add the input where it fits."""
        outputs = apply_chain(self._chain(), inputs)
        return inputs + outputs if self.adds_input else outputs

    def get_config(self):
        """Every argument of the constructor."""
        return {
            **super().get_config(),
            "filters": self.filters,
            "expansion": self.expansion,
            "strides": self.strides,
            "kernel_size": self.kernel_size,
        }


@keras.saving.register_keras_serializable(package="dlcourse")
class MBConv(InvertedResidual):
    """The block of EfficientNet: an inverted residual with squeeze and excitation, and swish.

    Args:
        filters: channels of the output, >= 1.
        expansion: channels inside for each channel of the input, >= 1; 1 leaves the expanding
            convolution out.
        strides: step of the depthwise convolution, >= 1.
        kernel_size: of the depthwise convolution, >= 1.
        drop_rate: share of the images, from 0 to below 1, for which training skips the block where
            it adds its input ("stochastic depth").
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, ⌈h / strides⌉, ⌈w / strides⌉, filters), channels last. The
        input is added where strides is 1 and filters equals channels.

    Raises:
        ValueError: a count is below 1, or drop_rate is not a share.

    Reference:
        Tan and Le, "EfficientNet", 2019, §4; Huang et al., "Deep Networks with Stochastic Depth",
        2016.

    Example:
        >>> block = MBConv(8, kernel_size=5)
        >>> block(keras.ops.ones((1, 6, 6, 8))).shape == (1, 6, 6, 8)
        True
        >>> block.excite.units  # a quarter of the channels that come in
        2
    """

    activation = "swish"
    squeeze_share = 0.25

    def __init__(self, filters, drop_rate=0.0, **kwargs):
        super().__init__(filters, **kwargs)
        if not 0 <= drop_rate < 1:
            raise ValueError(f"drop_rate: expected a share from 0 to below 1; got {drop_rate!r}")
        self.drop_rate = drop_rate
        self.skip = keras.layers.Dropout(
            drop_rate, noise_shape=(None, 1, 1, 1), name="skip", **self.inherited
        )
        self.excite = None  # its width depends on the input

    def build(self, input_shape):
        """Build the convolutions, now that the number of channels is known."""
        units = max(1, int(self.squeeze_share * input_shape[-1]))
        self.excite = SqueezeExcitation(units, self.activation, name="excite", **self.inherited)
        super().build(input_shape)

    def _chain(self):
        *before, project = super()._chain()
        chain = [*before, self.excite, project]
        return [*chain, self.skip] if self.adds_input else chain

    def get_config(self):
        """Every argument of the constructor."""
        return {**super().get_config(), "drop_rate": self.drop_rate}
