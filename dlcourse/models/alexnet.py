"""AlexNet: five convolutions and three dense layers, split over two GPUs of 2012."""

import keras

from dlcourse.layers.local_response_normalization import LocalResponseNormalization

__all__ = ["build_alexnet"]

SMALLEST = 67  # 67 → 15 → 7 → 3 → 1: what the first filters and three poolings leave


def build_alexnet(input_shape=(227, 227, 3), classes=1000, width=1.0):
    """AlexNet with its two halves, which meet in the third convolution and in the dense layers.

    Convolutions 2, 4 and 5 see only the half of the channels that lay on their own GPU
    (`groups=2`). That makes 60,965,224 parameters, the "60 million" of the paper: 34,944 +
    307,456 + 885,120 + 663,936 + 442,624 in the convolutions and 37,752,832 + 16,781,312 +
    4,097,000 in the dense layers. Without the split it would be 62,378,344.

    Args:
        input_shape: (h, w, channels) of the images, h and w at least 67. The paper says 224, but
            its 55×55 outputs of the first layer need 227 = 54 · 4 + 11.
        classes: number of classes, >= 1.
        width: factor for the numbers of filters and of hidden units, > 0.

    Returns:
        An uncompiled `keras.Model` from images (m, h, w, channels) to probabilities (m, classes).
        Weights begin at He's scale instead of the paper's deviation 0.01, which only fits layers
        of full width.

    Raises:
        ValueError: The images are too small, or no pair of filters is left.

    Reference:
        Krizhevsky, Sutskever and Hinton, "ImageNet Classification with Deep Convolutional Neural
        Networks", 2012, §3 and figure 2 (60 million parameters: abstract); the exact count is the
        sum above.

    Example:
        >>> model = build_alexnet((67, 67, 1), classes=10, width=1 / 16)
        >>> model.get_layer("pool5").output.shape
        (None, 1, 1, 16)
    """
    _check(input_shape, width)
    layers = [keras.Input(input_shape), *_convolutions(width)]
    layers.append(keras.layers.Flatten(name="flatten"))
    for number in (6, 7):
        layers += [
            keras.layers.Dropout(0.5, name=f"dropout{number}"),
            keras.layers.Dense(
                int(4096 * width), "relu", kernel_initializer="he_normal", name=f"fc{number}"
            ),
        ]
    layers.append(keras.layers.Dense(classes, "softmax", name="predictions"))
    return keras.Sequential(layers, name="alexnet")


def _convolutions(width):
    yield _convolution(1, 96 * width, 11, strides=4, padding="valid")
    yield from _normalized_and_pooled(1)
    yield _convolution(2, 256 * width, 5, groups=2)
    yield from _normalized_and_pooled(2)
    yield _convolution(3, 384 * width, 3)
    yield _convolution(4, 384 * width, 3, groups=2)
    yield _convolution(5, 256 * width, 3, groups=2)
    yield _pooling(5)


def _convolution(number, filters, size, padding="same", **settings):
    return keras.layers.Conv2D(
        2 * int(filters / 2),  # even, so that there are two halves
        size,
        padding=padding,
        activation="relu",
        kernel_initializer="he_normal",
        data_format="channels_last",
        name=f"conv{number}",
        **settings,
    )


def _normalized_and_pooled(number):
    yield LocalResponseNormalization(name=f"normalization{number}")
    yield _pooling(number)


def _pooling(number):
    # windows of 3 at a distance of 2 overlap, which the paper found to overfit a little less
    return keras.layers.MaxPooling2D(3, 2, data_format="channels_last", name=f"pool{number}")


def _check(input_shape, width):
    if min(input_shape[:2]) < SMALLEST:
        raise ValueError(
            f"input_shape: expected images of at least {SMALLEST} by {SMALLEST}; got "
            f"{tuple(input_shape)}: enlarge the images"
        )
    if int(96 * width / 2) < 1:
        raise ValueError(f"width: expected at least 1/48, two of 96 filters; got {width!r}")
