"""Residual networks of 18 to 152 layers."""

import keras

from dlcourse.layers.batch_normalization import BatchNormalization
from dlcourse.layers.convolution_unit import MOMENTUM
from dlcourse.layers.residual import BasicResidualBlock, BottleneckResidualBlock

__all__ = ["build_resnet"]

# layers with weights -> kind of block, blocks in each of the four stages (He et al., table 1)
PLANS = {
    18: (BasicResidualBlock, (2, 2, 2, 2)),
    34: (BasicResidualBlock, (3, 4, 6, 3)),
    50: (BottleneckResidualBlock, (3, 4, 6, 3)),
    101: (BottleneckResidualBlock, (3, 4, 23, 3)),
    152: (BottleneckResidualBlock, (3, 8, 36, 3)),
}


def build_resnet(depth=50, input_shape=(224, 224, 3), classes=1000, width=1.0):
    """Residual network: a stem, four stages of blocks, an average over the places, a softmax.

    Args:
        depth: 18, 34, 50, 101 or 152, the number of layers with weights on the longest way.
        input_shape: (h, w, channels) of the images, channels last; h and w at least 32.
        classes: number of classes, >= 1.
        width: factor for the number of filters everywhere, > 0; 1 is the published network.

    Returns:
        An uncompiled `keras.Model` from images (m, h, w, channels) to probabilities (m, classes).
        At full size it has 11,703,912, 21,823,208, 25,636,712, 44,707,176 and 60,419,944
        parameters, moving averages included; the last three as in keras.applications, whose
        weights fit (`transplant_weights`).

    Raises:
        ValueError: There is no plan for depth, or no filter is left.

    Reference:
        He et al., "Deep Residual Learning for Image Recognition", 2015, table 1.

    Example:
        >>> model = build_resnet(18, input_shape=(32, 32, 1), classes=10, width=0.125)
        >>> model.output_shape, model.get_layer("conv5_block2").projection
        ((None, 10), False)
    """
    if depth not in PLANS:
        raise ValueError(f"depth: expected one of {', '.join(map(str, PLANS))}; got {depth!r}")
    if width <= 0 or int(64 * width) < 1:
        raise ValueError(f"width: expected at least 1/64, one of 64 filters; got {width!r}")
    block, plan = PLANS[depth]
    inputs = keras.Input(input_shape)
    x = _stem(inputs, int(64 * width))
    for stage, repeats in enumerate(plan, start=2):
        filters = int(64 * 2 ** (stage - 2) * width)
        x = _stage(x, block, f"conv{stage}", (filters, repeats))
    x = keras.layers.GlobalAveragePooling2D(data_format="channels_last", name="avg_pool")(x)
    outputs = keras.layers.Dense(classes, "softmax", name="predictions")(x)
    return keras.Model(inputs, outputs, name=f"resnet{depth}")


def _stem(inputs, filters):
    # three pixels of zeros on every side, where padding="same" would put two and three
    x = keras.layers.ZeroPadding2D(3, data_format="channels_last")(inputs)
    x = keras.layers.Conv2D(
        filters,
        7,
        2,
        kernel_initializer="he_normal",
        data_format="channels_last",
        name="conv1_conv",
    )(x)
    x = BatchNormalization(momentum=MOMENTUM, epsilon=1.001e-5, name="conv1_bn")(x)
    x = keras.layers.ReLU(name="conv1_relu")(x)
    x = keras.layers.ZeroPadding2D(1, data_format="channels_last")(x)  # all of x is at least 0
    return keras.layers.MaxPooling2D(3, 2, data_format="channels_last")(x)


def _stage(x, block, name, size):
    filters, repeats = size
    # the pooling has already halved the images of the first stage
    strides = 1 if name == "conv2" else 2
    projection = strides > 1 or x.shape[-1] != block.expansion * filters
    x = block(filters, strides, projection, name=f"{name}_block1")(x)
    for number in range(2, repeats + 1):
        x = block(filters, name=f"{name}_block{number}")(x)
    return x
