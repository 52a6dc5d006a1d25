"""MobileNet v1: a network of depthwise-separable convolutions."""

import keras

from dlcourse.layers.convolution_unit import ConvolutionUnit
from dlcourse.layers.separable import DepthwiseSeparableBlock

__all__ = ["build_mobilenet_v1"]

# filters and strides of each block (Howard et al., table 1)
BLOCKS = (
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    *[(512, 1)] * 5,
    (1024, 2),
    (1024, 1),
)


def build_mobilenet_v1(input_shape=(224, 224, 3), classes=1000, width=1.0, dropout=1e-3):
    """MobileNet v1: a convolution, thirteen depthwise-separable blocks, average, softmax.

    Args:
        input_shape: (h, w, channels) of the images, channels last; h and w at least 32.
        classes: number of classes, >= 1.
        width: the paper's multiplier α for the number of filters everywhere, >= 1/32.
        dropout: share of the averages that training drops before the last layer, 0 to below 1.

    Returns:
        An uncompiled `keras.Model` from images (m, h, w, channels), pixels from -1 to 1, to
        probabilities (m, classes); 4,253,864 parameters at full size, as in keras.applications,
        whose weights fit (`transplant_weights`).

    Raises:
        ValueError: No filter is left.

    Reference:
        Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
        Applications", 2017, table 1; the paper counts 4.2 million.

    Example:
        >>> model = build_mobilenet_v1((32, 32, 1), classes=10, width=0.25)
        >>> model.output_shape, model.get_layer("block_13").filters
        ((None, 10), 256)
    """
    if int(32 * width) < 1:
        raise ValueError(f"width: expected at least 1/32, one of 32 filters; got {width!r}")
    inputs = keras.Input(input_shape)
    x = ConvolutionUnit(int(32 * width), 3, strides=2, activation="relu6", name="stem")(inputs)
    for number, (filters, strides) in enumerate(BLOCKS, start=1):
        x = DepthwiseSeparableBlock(int(filters * width), strides, name=f"block_{number}")(x)
    x = keras.layers.GlobalAveragePooling2D(data_format="channels_last", name="avg_pool")(x)
    x = keras.layers.Dropout(dropout)(x)
    outputs = keras.layers.Dense(classes, "softmax", name="predictions")(x)
    return keras.Model(inputs, outputs, name="mobilenet_v1")
