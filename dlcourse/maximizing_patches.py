"""What a convolutional network learned: the patches of real images that excite a unit most.

No gradient and no training is needed: run images through the network, find where a channel of a
layer is most active, and cut out the part of the image that this place can see.
"""

from typing import NamedTuple

import keras
import numpy as np

__all__ = ["ReceptiveField", "maximizing_patches", "receptive_field"]

SLIDING = (
    keras.layers.Conv2D,
    keras.layers.DepthwiseConv2D,
    keras.layers.SeparableConv2D,
    keras.layers.MaxPooling2D,
    keras.layers.AveragePooling2D,
)
POINTWISE = (
    keras.layers.InputLayer,
    keras.layers.Activation,
    keras.layers.BatchNormalization,
    keras.layers.Dropout,
    keras.layers.LeakyReLU,
    keras.layers.ReLU,
    keras.layers.Rescaling,
)


class ReceptiveField(NamedTuple):
    """Which square of the image one position of a feature map sees.

    Args:
        size: side of the square in pixels.
        stride: pixels between the squares of neighbouring positions.
        offset: row (and column) where the square of position 0 begins; negative with padding.
    """

    size: int
    stride: int
    offset: int


def receptive_field(model, layer_name):
    """Work out what a position of a layer sees, for layers in one chain from the image.

    Args:
        model: `keras.Model` on square images of known size, a chain of convolutions, pooling and
            layers that treat every position alike.
        layer_name: name of one of its layers.

    Returns:
        ReceptiveField.

    Raises:
        ValueError: there is no such layer, or a layer on the way has no known receptive field.

    Reference:
        Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Example:
        >>> layers = [keras.layers.Conv2D(1, 3), keras.layers.MaxPooling2D(2, name="pool")]
        >>> receptive_field(keras.Sequential([keras.Input((9, 9, 1)), *layers]), "pool")
        ReceptiveField(size=4, stride=2, offset=0)
    """
    size, stride, offset = 1, 1, 0
    last = model.get_layer(layer_name)
    for layer in model.layers:
        if isinstance(layer, SLIDING):
            window, step, before = _window(layer)
            offset -= before * stride
            size += (window - 1) * stride
            stride *= step
        elif not isinstance(layer, POINTWISE):
            raise ValueError(
                f"model: expected convolutions, pooling and layers without neighbours up to "
                f"{layer_name!r}; got {layer.name!r}, a {type(layer).__name__}"
            )
        if layer is last:
            break
    return ReceptiveField(size, stride, offset)


def maximizing_patches(model, layer_name, images, n_patches=9):
    """Find, for every channel of a layer, the patches that excite it most.

    Args:
        model: `keras.Model` as for `receptive_field`.
        layer_name: name of one of its convolution, pooling or activation layers.
        images: (m, height, width, channels), as the model reads them.
        n_patches: patches for each channel, each from another image, 1 to m.

    Returns:
        Pair (patches, activations): (units, n_patches, size, size, channels), black where the
        patch reaches over the border, the most exciting first; and (units, n_patches).

    Raises:
        ValueError: n_patches is out of range; or as `receptive_field`.

    Reference:
        Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014, §4
        (the nine strongest of the validation images for every feature map).

    Example:
        >>> bright = keras.layers.Conv2D(1, 1, kernel_initializer="ones", name="bright")
        >>> model = keras.Sequential([keras.Input((2, 2, 1)), bright])
        >>> images = np.reshape(np.arange(8.0), (2, 2, 2, 1))
        >>> patches, activations = maximizing_patches(model, "bright", images, n_patches=2)
        >>> patches.ravel().tolist(), activations.tolist()
        ([7.0, 3.0], [[7.0, 3.0]])
    """
    images = np.asarray(images)
    if not 1 <= n_patches <= len(images):
        raise ValueError(f"n_patches: expected 1 to {len(images)}, the images; got {n_patches}")
    field = receptive_field(model, layer_name)
    network = keras.Model(model.inputs[0], model.get_layer(layer_name).output)
    features = network.predict(images, verbose=0)
    m, _, width, units = features.shape
    flat = features.reshape(m, -1, units)
    best, place = flat.max(axis=1).T, flat.argmax(axis=1).T  # (units, m)
    chosen = np.argsort(-best, axis=1, kind="stable")[:, :n_patches]
    rows, columns = np.divmod(np.take_along_axis(place, chosen, axis=1), width)
    return _cut(images, chosen, rows, columns, field), np.take_along_axis(best, chosen, axis=1)


def _cut(images, chosen, rows, columns, field):
    """Patches at many places at once, from images with a black border wide enough for all."""
    margin = field.size + abs(field.offset)
    framed = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    first = margin + field.offset + field.stride * np.stack([rows, columns])
    steps = np.arange(field.size)
    row, column = first[..., None] + steps
    return framed[chosen[..., None, None], row[..., :, None], column[..., None, :]]


def _window(layer):
    """(size, stride, padding before) of a layer that slides a square window."""
    is_pooling = hasattr(layer, "pool_size")
    sizes = layer.pool_size if is_pooling else layer.kernel_size
    strides = (layer.strides,) * 2 if isinstance(layer.strides, int) else layer.strides
    dilations = getattr(layer, "dilation_rate", (1, 1))
    dilation = dilations if isinstance(dilations, int) else dilations[0]
    if len(set(sizes)) > 1 or len(set(strides)) > 1:
        raise ValueError(f"model: expected square windows; got {sizes} in {layer.name!r}")
    window, step = (sizes[0] - 1) * dilation + 1, strides[0]
    return window, step, _padding_before(layer, window, step)


def _padding_before(layer, window, step):
    if layer.padding == "valid":
        return 0
    length = layer.input.shape[1]
    missing = window - step if length is None or length % step == 0 else window - length % step
    return max(missing, 0) // 2
