"""EfficientNet-B0 to B7: one network, grown in width, depth and resolution together."""

import math
from typing import NamedTuple

import keras

from dlcourse.layers.convolution_unit import ConvolutionUnit
from dlcourse.layers.inverted_residual import MBConv
from dlcourse.models.round_filters import round_filters

__all__ = ["build_efficientnet"]

# expansion, filters, repeats, strides of the first, kernel size (Tan and Le, table 1)
STAGES = (
    (1, 16, 1, 1, 3),
    (6, 24, 2, 2, 3),
    (6, 40, 2, 2, 5),
    (6, 80, 3, 2, 3),
    (6, 112, 3, 1, 5),
    (6, 192, 4, 2, 5),
    (6, 320, 1, 1, 3),
)
LAST_DROP_RATE = 0.2  # of stochastic depth, which grows from 0 in the first block


class Scale(NamedTuple):
    """How much larger than B0 a member of the family is.

    Args:
        width: factor for the number of filters.
        depth: factor for the number of blocks.
        resolution: height and width of the images, pixels.
        dropout: share of the averages that training drops before the last layer.
    """

    width: float
    depth: float
    resolution: int
    dropout: float


# about 1.1^φ, 1.2^φ and 224 · 1.15^φ with φ = 0, ½, 1, 2, … 6 (Tan and Le, §3.3), as published
FAMILY = (
    Scale(1.0, 1.0, 224, 0.2),
    Scale(1.0, 1.1, 240, 0.2),
    Scale(1.1, 1.2, 260, 0.3),
    Scale(1.2, 1.4, 300, 0.3),
    Scale(1.4, 1.8, 380, 0.4),
    Scale(1.6, 2.2, 456, 0.4),
    Scale(1.8, 2.6, 528, 0.5),
    Scale(2.0, 3.1, 600, 0.5),
)


def build_efficientnet(version=0, input_shape=None, classes=1000, width=1.0):
    """EfficientNet: a convolution, seven stages of MBConv blocks, a 1×1 convolution, softmax.

    Args:
        version: 0 to 7, for B0 to B7.
        input_shape: (h, w, channels) of the images, channels last, h and w at least 32; the
            version's resolution with three colours if None.
        classes: number of classes, >= 1.
        width: further factor for the number of filters, > 0; 1 is the published network.

    Returns:
        An uncompiled `keras.Model` from images (m, h, w, channels), pixels from 0 to 255, to
        probabilities (m, classes). It scales the pixels itself, and its layer "normalization" can
        be adapted to the data. B0 has 5,330,571 parameters at full size; all versions have as
        many as in keras.applications, whose weights fit (`transplant_weights`).

    Raises:
        ValueError: There is no such version, or width is not above 0.

    Reference:
        Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks",
        2019.

    Example:
        >>> model = build_efficientnet(0, (32, 32, 1), classes=10, width=0.25)
        >>> model.output_shape, len([x for x in model.layers if isinstance(x, MBConv)])
        ((None, 10), 16)
    """
    if version not in range(len(FAMILY)):
        raise ValueError(f"version: expected a whole number from 0 to 7; got {version!r}")
    scale = FAMILY[version]
    inputs = keras.Input(input_shape or (scale.resolution, scale.resolution, 3))
    x = keras.layers.Rescaling(1 / 255)(inputs)
    x = keras.layers.Normalization(axis=-1, name="normalization")(x)
    x = _blocks(x, width * scale.width, scale.depth)
    x = keras.layers.GlobalAveragePooling2D(data_format="channels_last", name="avg_pool")(x)
    x = keras.layers.Dropout(scale.dropout)(x)
    outputs = keras.layers.Dense(classes, "softmax", name="predictions")(x)
    return keras.Model(inputs, outputs, name=f"efficientnet_b{version}")


def _blocks(x, width, depth):
    x = _unit(round_filters(32, width), "stem", kernel_size=3, strides=2)(x)
    plan = list(_plan(width, depth))
    for number, (name, settings) in enumerate(plan):
        x = MBConv(drop_rate=LAST_DROP_RATE * number / len(plan), name=name, **settings)(x)
    return _unit(round_filters(1280, width), "top", kernel_size=1)(x)


def _plan(width, depth):
    for stage, (expansion, filters, repeats, first, kernel_size) in enumerate(STAGES, start=1):
        settings = {
            "filters": round_filters(filters, width),
            "expansion": expansion,
            "kernel_size": kernel_size,
        }
        for number in range(math.ceil(depth * repeats)):
            strides = first if number == 0 else 1
            yield f"block{stage}{chr(ord('a') + number)}", {**settings, "strides": strides}


def _unit(filters, name, kernel_size, strides=1):
    return ConvolutionUnit(filters, kernel_size, strides, activation="swish", name=name)
