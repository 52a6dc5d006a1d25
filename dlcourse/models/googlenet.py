"""GoogLeNet: nine Inception modules, and two more classifiers on the way."""

import keras

from dlcourse.layers.inception import InceptionModule
from dlcourse.layers.local_response_normalization import LocalResponseNormalization

__all__ = ["build_googlenet"]

# 1×1, 3×3 reduce, 3×3, 5×5 reduce, 5×5, pool projection (Szegedy et al., table 1)
MODULES = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}
POOLED_BEFORE = ("4a", "5a")
AUXILIARY_AFTER = ("4a", "4d")


def build_googlenet(input_shape=(224, 224, 3), classes=1000, width=1.0, auxiliary=True):
    """GoogLeNet, the first network of Inception modules.

    Two auxiliary classifiers half-way bring gradients to the early layers. Train with
    `loss_weights=[1, 0.3, 0.3]`, as the paper does, and use the first output alone afterwards:
    `keras.Model(model.input, model.output[0])`.

    Args:
        input_shape: (h, w, channels) of the images, channels last; h and w at least 65 with
            auxiliary classifiers (they need 5 by 5 places), else at least 32.
        classes: number of classes, >= 1.
        width: factor for the number of filters everywhere, > 0; no number falls below 1.
        auxiliary: whether to build the auxiliary classifiers.

    Returns:
        An uncompiled `keras.Model` from images (m, h, w, channels) to probabilities (m, classes),
        with auxiliary classifiers to a list of three such. At full size 6,998,552 parameters and
        6,379,728 more in the auxiliary classifiers. Both follow from the paper's table 1 and §5
        with one bias per filter. (The table's own column of parameters, without biases and with
        K = 1024, says the same for module 3a, 159 K, and up to 8 % else for the others.)

    Raises:
        ValueError: width is not above 0, or the images are too small for auxiliary classifiers.

    Reference:
        Szegedy et al., "Going Deeper with Convolutions", 2015, table 1, figure 3 and §5.

    Example:
        >>> model = build_googlenet((32, 32, 1), classes=10, width=0.125, auxiliary=False)
        >>> model.output_shape, model.get_layer("inception_3a").counts["filters_3x3"]
        ((None, 10), 16)
    """
    if width <= 0:
        raise ValueError(f"width: expected more than 0; got {width!r}")
    if auxiliary and min(input_shape[:2]) < 65:
        raise ValueError(
            "input_shape: expected height and width of at least 65 for auxiliary classifiers; got "
            f"{input_shape}. Smaller images need auxiliary=False"
        )
    inputs = keras.Input(input_shape)
    x = _stem(inputs, width)
    heads = []
    for name, row in MODULES.items():
        if name in POOLED_BEFORE:
            x = _halved(x)
        x = InceptionModule(*(_scaled(n, width) for n in row), name=f"inception_{name}")(x)
        if auxiliary and name in AUXILIARY_AFTER:
            heads.append(_auxiliary_classifier(x, classes, width, f"auxiliary_{name}"))
    x = keras.layers.GlobalAveragePooling2D(data_format="channels_last", name="avg_pool")(x)
    x = keras.layers.Dropout(0.4)(x)
    outputs = keras.layers.Dense(classes, "softmax", name="predictions")(x)
    return keras.Model(inputs, [outputs, *heads] if heads else outputs, name="googlenet")


def _stem(x, width):
    x = _convolution(_scaled(64, width), 7, "conv1", strides=2)(x)
    x = LocalResponseNormalization()(_halved(x))
    x = _convolution(_scaled(64, width), 1, "conv2_reduce")(x)
    x = _convolution(_scaled(192, width), 3, "conv2")(x)
    return _halved(LocalResponseNormalization()(x))


def _auxiliary_classifier(x, classes, width, name):
    x = keras.layers.AveragePooling2D(5, 3, data_format="channels_last")(x)
    x = _convolution(_scaled(128, width), 1, f"{name}_conv")(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(_scaled(1024, width), "relu", name=f"{name}_hidden")(x)
    x = keras.layers.Dropout(0.7)(x)
    return keras.layers.Dense(classes, "softmax", name=name)(x)


def _convolution(filters, size, name, strides=1):
    return keras.layers.Conv2D(
        filters,
        size,
        strides,
        padding="same",
        activation="relu",
        kernel_initializer="he_normal",
        data_format="channels_last",
        name=name,
    )


def _halved(x):
    return keras.layers.MaxPooling2D(3, 2, "same", data_format="channels_last")(x)


def _scaled(filters, width):
    return max(1, round(filters * width))
