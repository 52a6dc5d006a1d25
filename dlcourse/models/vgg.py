"""VGG: blocks of 3×3 convolutions, the number of filters doubled whenever the image is halved."""

import keras

__all__ = ["build_vgg16", "build_vgg19"]

# (convolutions, filters) of the five blocks (Simonyan and Zisserman, table 1, columns D and E)
BLOCKS_16 = ((2, 64), (2, 128), (3, 256), (3, 512), (3, 512))
BLOCKS_19 = ((2, 64), (2, 128), (4, 256), (4, 512), (4, 512))
UNITS = 4096  # of both hidden layers behind the blocks


def build_vgg16(input_shape=(224, 224, 3), classes=1000, width=1.0):
    """VGG-16: thirteen convolutions and three dense layers; 138,357,544 parameters at full size.

    Args:
        input_shape: (h, w, channels) of the images, h and w at least 32.
        classes: number of classes, >= 1.
        width: factor for the numbers of filters and of hidden units, > 0.

    Returns:
        An uncompiled `keras.Model` from images (m, h, w, channels) to probabilities (m, classes),
        its layers named and ordered as in keras.applications, whose weights fit
        (`transplant_weights`, or `set_weights` with their `get_weights`).

    Raises:
        ValueError: The images are too small to be halved five times, or no filter is left.

    Reference:
        Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
        Recognition", 2014, table 1, column D; the count is that of keras.applications.VGG16.

    Example:
        >>> model = build_vgg16((32, 32, 1), classes=10, width=1 / 32)
        >>> sum(layer.name.startswith("block5_conv") for layer in model.layers)
        3
    """
    return _build_vgg(BLOCKS_16, input_shape, classes, width)


def build_vgg19(input_shape=(224, 224, 3), classes=1000, width=1.0):
    """VGG-19: sixteen convolutions and three dense layers; 143,667,240 parameters at full size.

    Args:
        input_shape: (h, w, channels) of the images, h and w at least 32.
        classes: number of classes, >= 1.
        width: factor for the numbers of filters and of hidden units, > 0.

    Returns:
        An uncompiled `keras.Model`, as of `build_vgg16`.

    Raises:
        ValueError: The images are too small to be halved five times, or no filter is left.

    Reference:
        Simonyan and Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
        Recognition", 2014, table 1, column E; the count is that of keras.applications.VGG19.

    Example:
        >>> model = build_vgg19((32, 32, 1), classes=10, width=1 / 32)
        >>> sum(layer.name.startswith("block5_conv") for layer in model.layers)
        4
    """
    return _build_vgg(BLOCKS_19, input_shape, classes, width)


def _build_vgg(blocks, input_shape, classes, width):
    _check(input_shape, width)
    inputs = x = keras.Input(input_shape)
    for number, (convolutions, filters) in enumerate(blocks, start=1):
        for layer in _block(f"block{number}", convolutions, int(filters * width)):
            x = layer(x)
    x = keras.layers.Flatten(name="flatten")(x)
    for name in ("fc1", "fc2"):
        units = int(UNITS * width)
        x = keras.layers.Dense(units, "relu", kernel_initializer="he_normal", name=name)(x)
    outputs = keras.layers.Dense(classes, "softmax", name="predictions")(x)
    with_weights = 3 + sum(convolutions for convolutions, _ in blocks)
    return keras.Model(inputs, outputs, name=f"vgg{with_weights}")


def _block(name, convolutions, filters):
    for number in range(1, convolutions + 1):
        # He's scale: with smaller numbers nothing would arrive behind sixteen layers without
        # normalization (the paper had to train a short network first)
        yield keras.layers.Conv2D(
            filters,
            3,
            padding="same",
            activation="relu",
            kernel_initializer="he_normal",
            data_format="channels_last",
            name=f"{name}_conv{number}",
        )
    yield keras.layers.MaxPooling2D(2, data_format="channels_last", name=f"{name}_pool")


def _check(input_shape, width):
    if min(input_shape[:2]) < 32:
        raise ValueError(
            "input_shape: expected images of at least 32 by 32, which five poolings halve to 1 by "
            f"1; got {tuple(input_shape)}: enlarge the images"
        )
    if int(64 * width) < 1:
        raise ValueError(f"width: expected at least 1/64, one of 64 filters; got {width!r}")
