"""The block of MobileNet v1: filter each channel, then mix the channels."""

import keras

from dlcourse.layers.composite import (
    CompositeLayer,
    apply_chain,
    build_chain,
    chain_shape,
    checked_count,
)
from dlcourse.layers.convolution_unit import ConvolutionUnit, DepthwiseUnit

__all__ = ["DepthwiseSeparableBlock"]


@keras.saving.register_keras_serializable(package="dlcourse")
class DepthwiseSeparableBlock(CompositeLayer):
    """A 3×3 depthwise and a 1×1 pointwise convolution, each normalized and followed by ReLU6.

    It costs 1/filters + 1/9 of the multiplications of an ordinary 3×3 convolution.

    Args:
        filters: number of filters of the pointwise convolution, >= 1.
        strides: step of the depthwise convolution, >= 1.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, ⌈h / strides⌉, ⌈w / strides⌉, filters), channels last.

    Raises:
        ValueError: a count is below 1.

    Reference:
        Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
        Applications", 2017, §3.1 and figure 3.

    Example:
        >>> block = DepthwiseSeparableBlock(8, strides=2)
        >>> block(keras.ops.ones((2, 6, 6, 3))).shape == (2, 3, 3, 8)
        True
        >>> [unit.convolution.count_params() for unit in block.units]  # 3·3·3 and 3·8
        [27, 24]
    """

    def __init__(self, filters, strides=1, **kwargs):
        super().__init__(**kwargs)
        self.filters = checked_count("filters", filters)
        self.strides = checked_count("strides", strides)
        self.units = [
            DepthwiseUnit(3, strides, name="depthwise", **self.inherited),
            ConvolutionUnit(filters, 1, activation="relu6", name="pointwise", **self.inherited),
        ]

    def build(self, input_shape):
        """Build both convolutions."""
        build_chain(self.units, input_shape)
        self.built = True

    def compute_output_shape(self, input_shape):
        """(m, ⌈h / strides⌉, ⌈w / strides⌉, filters)."""
        return chain_shape(self.units, input_shape)

    def call(self, inputs):
        """Filter, then mix."""
        return apply_chain(self.units, inputs)

    def get_config(self):
        """Every argument of the constructor."""
        return {**super().get_config(), "filters": self.filters, "strides": self.strides}
