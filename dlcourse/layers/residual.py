"""Residual blocks: layers learn what to add to their input, not what to replace it with."""

import keras

from dlcourse.layers.composite import (
    CompositeLayer,
    apply_chain,
    build_chain,
    chain_shape,
    checked_count,
)
from dlcourse.layers.convolution_unit import ConvolutionUnit

__all__ = ["BasicResidualBlock", "BottleneckResidualBlock"]

# biases and this ε are those of the published weights that keras.applications loads
UNIT = {"use_bias": True, "epsilon": 1.001e-5}


@keras.saving.register_keras_serializable(package="dlcourse")
class BasicResidualBlock(CompositeLayer):
    """Two 3×3 convolutions beside a shortcut: relu(F(x) + shortcut(x)).

    Without projection this is the *identity block*: the shortcut is the input itself, which has to
    have the shape of F(x). With projection it is the *convolution block*: a 1×1 convolution gives
    the input that shape. If F(x) is 0, an identity block changes no non-negative input; a network
    can therefore grow by such blocks without getting worse, and gradients find a straight way.

    Args:
        filters: number of filters of both convolutions, >= 1.
        strides: step of the first convolution and of the projection, >= 1.
        projection: whether the shortcut is a 1×1 convolution.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, ⌈h / strides⌉, ⌈w / strides⌉, filters), channels last.

    Raises:
        ValueError: a count is below 1, or the shapes differ and there is no projection.

    Reference:
        He et al., "Deep Residual Learning for Image Recognition", 2015, §3.2 and figure 5.

    Example:
        >>> block = BasicResidualBlock(8, strides=2, projection=True)
        >>> block(keras.ops.ones((2, 6, 6, 4))).shape == (2, 3, 3, 8)
        True
    """

    expansion = 1  # channels of the output for each of `filters`

    def __init__(self, filters, strides=1, projection=False, **kwargs):
        super().__init__(**kwargs)
        self.filters = checked_count("filters", filters)
        self.strides = checked_count("strides", strides)
        self.projection = projection
        self.units = self._make_units()
        self.shortcut = None
        if projection:
            self.shortcut = self._unit("shortcut", self.expansion * filters, 1, strides, None)

    def _make_units(self):
        return [
            self._unit("first", self.filters, 3, self.strides),
            self._unit("second", self.filters, 3, activation=None),
        ]

    def _unit(self, name, filters, kernel_size, strides=1, activation="relu"):
        settings = {"strides": strides, "activation": activation, **UNIT, **self.inherited}
        return ConvolutionUnit(filters, kernel_size, name=name, **settings)

    def build(self, input_shape):
        """Build the convolutions and the shortcut, and compare their shapes."""
        shape = build_chain(self.units, input_shape)
        if self.shortcut is not None:
            self.shortcut.build(input_shape)
        elif self.strides != 1 or input_shape[-1] != shape[-1]:
            raise ValueError(
                f"projection: expected True, because strides={self.strides} and "
                f"{input_shape[-1]} → {shape[-1]} channels change the shape; got False"
            )
        self.built = True

    def compute_output_shape(self, input_shape):
        """(m, ⌈h / strides⌉, ⌈w / strides⌉, channels of the last convolution)."""
        return chain_shape(self.units, input_shape)

    def call(self, inputs):
        """Add the shortcut to what the convolutions say, then ReLU."""
        shortcut = inputs if self.shortcut is None else self.shortcut(inputs)
        return keras.ops.relu(apply_chain(self.units, inputs) + shortcut)

    def get_config(self):
        """Every argument of the constructor."""
        return {
            **super().get_config(),
            "filters": self.filters,
            "strides": self.strides,
            "projection": self.projection,
        }


@keras.saving.register_keras_serializable(package="dlcourse")
class BottleneckResidualBlock(BasicResidualBlock):
    """1×1, 3×3 and 1×1 convolution beside a shortcut: the 3×3 one works on few channels.

    Args:
        filters: number of filters of the first two convolutions, >= 1; the last has four times
            as many.
        strides: step of the first convolution and of the projection, >= 1.
        projection: whether the shortcut is a 1×1 convolution (*convolution block*) or the input
            itself (*identity block*).
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, ⌈h / strides⌉, ⌈w / strides⌉, 4 filters), channels last.

    Raises:
        ValueError: a count is below 1, or the shapes differ and there is no projection.

    Reference:
        He et al., "Deep Residual Learning for Image Recognition", 2015, §4.1 "Deeper Bottleneck
        Architectures"; the step is in the first 1×1 convolution, as there.

    Example:
        >>> block = BottleneckResidualBlock(2)
        >>> block(keras.ops.ones((1, 4, 4, 8))).shape == (1, 4, 4, 8)
        True
    """

    expansion = 4

    def _make_units(self):
        return [
            self._unit("reduce", self.filters, 1, self.strides),
            self._unit("convolve", self.filters, 3),
            self._unit("expand", self.expansion * self.filters, 1, activation=None),
        ]
