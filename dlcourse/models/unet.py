"""U-Net: a class for every pixel, from what is seen far around it and what lies close by."""

from itertools import count

import keras

__all__ = ["build_unet"]

FILTERS = 64  # of the first level; each level below has twice as many


def build_unet(input_shape=(572, 572, 1), classes=2, width=1.0, depth=4, padding="valid"):
    """A path down that halves the image `depth` times, a path up, and bridges between them.

    At each level down: two 3×3 convolutions, then 2×2 max pooling and twice the channels. At each
    level up: a 2×2 transposed convolution doubles the image, the output of the same level on the
    way down is put beside it (cropped where it is larger), and two 3×3 convolutions mix the two.

    Args:
        input_shape: (h, w, channels) of the images. With "same" padding h and w have to be
            multiples of 2^depth; with "valid" every pooling has to meet an even side.
        classes: number of classes, >= 2.
        width: factor for the numbers of filters (64 on the first level), > 0.
        depth: number of poolings, >= 1; 4 in the paper.
        padding: "valid" as in the paper, where 572×572 pixels give a map of 388×388 whose every
            pixel has seen only real ones; or "same", which fills with zeros and keeps the size.

    Returns:
        An uncompiled `keras.Model` from images (m, h, w, channels) to probabilities
        (m, h', w', classes). The paper's network has 31,030,658 parameters: 18,842,048 on the way
        down, 12,188,480 on the way up, and 130 in the last 1×1 convolution. (31,030,593, which is
        often read, is the same with one output channel instead of two, 65 fewer.)

    Raises:
        ValueError: The sides do not fit, or another argument is out of its range.

    Reference:
        Ronneberger, Fischer and Brox, "U-Net: Convolutional Networks for Biomedical Image
        Segmentation", 2015, §2 and figure 1. The paper gives no count: it is added up from the
        figure's channels, 9·a·b + b for a 3×3 and 4·a·b + b for a transposed 2×2 convolution.

    Example:
        >>> model = build_unet((32, 32, 1), classes=11, width=1 / 8, depth=2, padding="same")
        >>> model.output_shape
        (None, 32, 32, 11)
    """
    _check(input_shape, classes, width, depth, padding)
    inputs = x = keras.Input(input_shape)
    bridges = []
    for level in range(depth):
        x = _two_convolutions(x, _filters(width, level), padding, f"down{level + 1}")
        bridges.append(x)
        halve = keras.layers.MaxPooling2D(data_format="channels_last", name=f"halve{level + 1}")
        x = halve(x)
    x = _two_convolutions(x, _filters(width, depth), padding, "bottom")
    # §3.1 has dropout at the end of the way down and does not say how much
    x = keras.layers.Dropout(0.5, name="bottom_dropout")(x)
    for level in reversed(range(depth)):
        x = _joined(x, bridges[level], _filters(width, level), f"up{level + 1}")
        x = _two_convolutions(x, _filters(width, level), padding, f"up{level + 1}")
    outputs = keras.layers.Conv2D(
        classes, 1, activation="softmax", data_format="channels_last", name="predictions"
    )(x)
    return keras.Model(inputs, outputs, name="unet")


def _filters(width, level):
    return int(FILTERS * width) * 2**level


def _two_convolutions(x, filters, padding, name):
    for number in (1, 2):
        x = keras.layers.Conv2D(
            filters,
            3,
            padding=padding,
            activation="relu",
            kernel_initializer="he_normal",
            data_format="channels_last",
            name=f"{name}_conv{number}",
        )(x)
    return x


def _joined(x, bridge, filters, name):
    x = keras.layers.Conv2DTranspose(
        filters, 2, strides=2, data_format="channels_last", name=f"{name}_double"
    )(x)
    # without padding the bridge is larger, and by how much is not always even
    margins = [bridge.shape[axis] - x.shape[axis] for axis in (1, 2)]
    cropping = tuple((margin // 2, margin - margin // 2) for margin in margins)
    crop = keras.layers.Cropping2D(cropping, data_format="channels_last", name=f"{name}_crop")
    return keras.layers.Concatenate(axis=-1, name=f"{name}_join")([crop(bridge), x])


def _check(input_shape, classes, width, depth, padding):
    if classes < 2:
        raise ValueError(f"classes: expected at least 2, the background counts; got {classes!r}")
    if int(FILTERS * width) < 1:
        raise ValueError(f"width: expected at least 1/{FILTERS}, one filter; got {width!r}")
    if depth < 1:
        raise ValueError(f"depth: expected at least 1 pooling; got {depth!r}")
    if padding not in ("valid", "same"):
        raise ValueError(f'padding: expected "valid" or "same"; got {padding!r}')
    for side in input_shape[:2]:
        if not _fits(side, depth, padding):
            larger = next(n for n in count(side) if _fits(n, depth, padding))
            raise ValueError(
                f"input_shape: expected sides that {depth} poolings can halve without a rest; got "
                f"{tuple(input_shape)}: enlarge or pad {side} to {larger}"
            )


def _fits(side, depth, padding):
    lost = 4 if padding == "valid" else 0  # by the two convolutions of a level
    for _ in range(depth):
        side -= lost
        if side < 2 or side % 2:
            return False
        side //= 2
    # on the bottom, and after each doubling, two more convolutions have to find something
    for _ in range(depth + 1):
        side = 2 * (side - lost)
        if side < 2:
            return False
    return True
