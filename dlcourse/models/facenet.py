"""FaceNet's Inception network NN2: a face in, a point on the unit sphere out."""

import keras

from dlcourse.layers import L2Normalization, L2Pooling2D, LocalResponseNormalization

__all__ = ["build_facenet"]

MODULES = {
    # 1×1, (3×3 reduce, 3×3), (5×5 reduce, 5×5), pooling and its projection, stride
    "3a": (64, (96, 128), (16, 32), ("max", 32), 1),
    "3b": (64, (96, 128), (32, 64), ("l2", 64), 1),
    "3c": (0, (128, 256), (32, 64), ("max", 0), 2),
    "4a": (256, (96, 192), (32, 64), ("l2", 128), 1),
    "4b": (224, (112, 224), (32, 64), ("l2", 128), 1),
    "4c": (192, (128, 256), (32, 64), ("l2", 128), 1),
    "4d": (160, (144, 288), (32, 64), ("l2", 128), 1),
    "4e": (0, (160, 256), (64, 128), ("max", 0), 2),
    "5a": (384, (192, 384), (48, 128), ("l2", 128), 1),
    "5b": (384, (192, 384), (48, 128), ("max", 128), 1),
}


def build_facenet(input_shape=(224, 224, 3), dimensions=128, width=1.0):
    """Build NN2: 7.5 million parameters, embeddings of length one.

    Args:
        input_shape: (height, width, channels) of the pictures, channels last.
        dimensions: length D of the embedding, >= 1.
        width: factor for all numbers of filters, > 0; 1 is the network of the paper.

    Returns:
        An uncompiled `keras.Model` from (m, *input_shape) to (m, D), whose rows have length 1.

    Raises:
        ValueError: dimensions or width out of their range.

    Reference:
        Schroff, Kalenichenko and Philbin, "FaceNet: a unified embedding for face recognition and
        clustering", 2015, table 2. Convolutions have a bias and ReLU, as its parameter column says.

    Example:
        >>> model = build_facenet((32, 32, 3), dimensions=16, width=0.125)
        >>> model.output_shape
        (None, 16)
    """
    if dimensions < 1:
        raise ValueError(f"dimensions: expected at least 1, got {dimensions!r}")
    if not width > 0:
        raise ValueError(f"width: expected a positive factor, got {width!r}")
    inputs = keras.Input(input_shape)
    x = _stem(inputs, width)
    for name, row in MODULES.items():
        x = _module(x, row, width, name)
    x = keras.layers.GlobalAveragePooling2D(data_format="channels_last")(x)
    x = keras.layers.Dense(dimensions, name="embedding")(x)
    return keras.Model(inputs, L2Normalization(name="unit_length")(x), name="facenet")


def _stem(x, width):
    x = _convolution(x, 64 * width, 7, 2, "conv1")
    x = LocalResponseNormalization()(_pooled(x, "max", 2))
    x = _convolution(x, 64 * width, 1, 1, "2_reduce")
    x = _convolution(x, 192 * width, 3, 1, "2_3x3")
    return _pooled(LocalResponseNormalization()(x), "max", 2)


def _module(x, row, width, name):
    """Filters of several sizes side by side; with stride 2 the picture is halved in each."""
    alone, three, five, (pooling, projection), stride = row
    branches = [_convolution(x, alone * width, 1, 1, f"{name}_1x1")] if alone else []
    for size, (reduce, filters) in ((3, three), (5, five)):
        inner = _convolution(x, reduce * width, 1, 1, f"{name}_{size}x{size}_reduce")
        branches.append(_convolution(inner, filters * width, size, stride, f"{name}_{size}x{size}"))
    pooled = _pooled(x, pooling, stride)
    if projection:
        pooled = _convolution(pooled, projection * width, 1, 1, f"{name}_pool_projection")
    return keras.layers.Concatenate(axis=-1, name=name)([*branches, pooled])


def _pooled(x, pooling, stride):
    kind = keras.layers.MaxPooling2D if pooling == "max" else L2Pooling2D
    return kind(3, stride, "same", data_format="channels_last")(x)


def _convolution(x, filters, size, stride, name):
    return keras.layers.Conv2D(
        max(1, round(filters)),
        size,
        stride,
        padding="same",
        activation="relu",
        kernel_initializer="he_normal",
        data_format="channels_last",
        name=name,
    )(x)
