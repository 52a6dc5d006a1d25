"""MobileNet v2: a network of inverted residual blocks."""

import keras

from dlcourse.layers.convolution_unit import ConvolutionUnit
from dlcourse.layers.inverted_residual import InvertedResidual
from dlcourse.models.round_filters import round_filters

__all__ = ["build_mobilenet_v2"]

# expansion, filters, repeats, strides of the first (Sandler et al., table 2)
STAGES = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def build_mobilenet_v2(input_shape=(224, 224, 3), classes=1000, width=1.0):
    """MobileNet v2: a convolution, seventeen inverted residuals, a 1×1 convolution, softmax.

    Args:
        input_shape: (h, w, channels) of the images, channels last; h and w at least 32.
        classes: number of classes, >= 1.
        width: multiplier for the number of filters, > 0; below 1 it spares the last convolution,
            as in the paper.

    Returns:
        An uncompiled `keras.Model` from images (m, h, w, channels), pixels from -1 to 1, to
        probabilities (m, classes); 3,538,984 parameters at full size, as in keras.applications,
        whose weights fit (`transplant_weights`).

    Raises:
        ValueError: width is not above 0.

    Reference:
        Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018, table 2;
        the paper counts 3.4 million.

    Example:
        >>> model = build_mobilenet_v2((32, 32, 1), classes=10, width=0.25)
        >>> model.output_shape, model.get_layer("block_2").adds_input
        ((None, 10), True)
    """
    inputs = keras.Input(input_shape)
    x = _unit(round_filters(32, width), "stem", kernel_size=3, strides=2)(inputs)
    number = 0
    for expansion, filters, repeats, first in STAGES:
        for strides in (first, *[1] * (repeats - 1)):
            filters_here = round_filters(filters, width)
            x = InvertedResidual(filters_here, expansion, strides, name=f"block_{number}")(x)
            number += 1
    x = _unit(round_filters(1280, max(1, width)), "top", kernel_size=1)(x)
    x = keras.layers.GlobalAveragePooling2D(data_format="channels_last", name="avg_pool")(x)
    outputs = keras.layers.Dense(classes, "softmax", name="predictions")(x)
    return keras.Model(inputs, outputs, name="mobilenet_v2")


def _unit(filters, name, kernel_size, strides=1):
    return ConvolutionUnit(filters, kernel_size, strides, activation="relu6", name=name)
