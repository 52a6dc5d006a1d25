"""Tiny YOLO: a detector that looks at the whole image once."""

import keras
from keras import layers

__all__ = ["build_tiny_yolo"]


def build_tiny_yolo(input_shape=(416, 416, 3), n_classes=20, n_anchors=5, width=16, halvings=5):
    """Build the small one of the YOLOv2 family.

    Every halving is a 3 by 3 convolution, with twice the filters of the one before, and a pooling
    layer; then follow one more such convolution with a pooling layer that keeps the size, two wide
    convolutions and one of 1 by 1 that answers for each anchor. All convolutions but the last have
    batch normalization instead of a bias, and a leaky rectifier.

    Args:
        input_shape: (height, width, channels); both sides divisible by 2 to the `halvings`, and
            equal for `dlcourse.boxes.yolo_encode`.
        n_classes: C >= 1.
        n_anchors: A >= 1.
        width: filters of the first convolution, >= 1.
        halvings: how often the sides are halved, >= 1; 5 make cells of 32 by 32 pixels.

    Returns:
        An uncompiled `keras.Model` from (B, height, width, channels) to the raw numbers
        (B, S, S, A, 5 + C) for `dlcourse.losses.YoloLoss` and `dlcourse.boxes.yolo_activate`. With
        the defaults it has 15,867,885 parameters, of which 6,112 are running averages.

    Raises:
        ValueError: a number below 1, or sides that cannot be halved so often.

    Reference:
        Redmon and Farhadi, "YOLO9000: better, faster, stronger", 2017; layer by layer after
        yolov2-tiny-voc.cfg of the authors' Darknet.

    Example:
        >>> model = build_tiny_yolo((64, 64, 1), n_classes=10, n_anchors=2, width=4, halvings=3)
        >>> model.output_shape
        (None, 8, 8, 2, 15)
    """
    _check(input_shape, halvings, n_classes=n_classes, n_anchors=n_anchors, width=width)
    inputs = keras.Input(input_shape)
    x = inputs
    for level in range(halvings):
        x = layers.MaxPooling2D(2)(_unit(x, width * 2**level))
    x = _unit(x, width * 2**halvings)
    x = layers.MaxPooling2D(2, strides=1, padding="same")(x)
    for _ in range(2):
        x = _unit(x, width * 2 ** (halvings + 1))
    x = layers.Conv2D(n_anchors * (5 + n_classes), 1, name="answer")(x)
    outputs = layers.Reshape((*x.shape[1:3], n_anchors, 5 + n_classes))(x)
    return keras.Model(inputs, outputs, name="tiny_yolo")


def _unit(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
    return layers.LeakyReLU(negative_slope=0.1)(layers.BatchNormalization()(x))


def _check(input_shape, halvings, **numbers):
    for name, number in {**numbers, "halvings": halvings}.items():
        if number < 1:
            raise ValueError(f"{name}: expected at least 1, got {number!r}")
    if len(input_shape) != 3 or any(side % 2**halvings for side in input_shape[:2]):
        raise ValueError(
            f"input_shape: expected (height, width, channels) with sides divisible by "
            f"{2**halvings}, so that they can be halved {halvings} times, got {tuple(input_shape)}"
        )
