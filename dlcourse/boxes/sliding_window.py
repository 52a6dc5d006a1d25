"""A sliding window as one convolution: a classifier that reads images larger than it was made for.

A dense layer on top of a volume (h, w, c) is a convolution with h by w filters that happens to have
one place only. Written as such, the same weights run over a larger image, and every place of the
output is what the classifier would have said about one crop; what crops share is computed once.
"""

import itertools

import keras

__all__ = ["convolutional_classifier", "window_positions"]

# layers that do not look beyond their own pixel, and so may stand anywhere
_POINTWISE = (
    keras.layers.Activation,
    keras.layers.ReLU,
    keras.layers.LeakyReLU,
    keras.layers.BatchNormalization,
    keras.layers.Dropout,
)
_WINDOWED = (
    keras.layers.Conv2D,
    keras.layers.MaxPooling2D,
    keras.layers.AveragePooling2D,
)


def convolutional_classifier(model):
    """Rebuild a classifier so that it slides over images of any size, with the same weights.

    Args:
        model: built `keras.Sequential` for images (height, width, channels): Conv2D and pooling
            layers with padding "valid", element-wise layers, one Flatten, then Dense layers.

    Returns:
        A `keras.Model` from (B, H, W, channels), at least as large as the classifier's own images,
        to (B, rows, columns, outputs). Entry [b, i, j] equals the classifier's answer to the crop
        at `window_positions`.

    Raises:
        ValueError: the model holds a layer that would see more or less than its crop (padding
            "same"), or one that has no counterpart; or it is not built.

    Reference:
        Sermanet et al., "OverFeat: integrated recognition, localization and detection using
        convolutional networks", 2014, section 3.5.

    Example:
        >>> small = keras.Sequential(
        ...     [keras.Input((6, 6, 1)), keras.layers.Conv2D(2, 3), keras.layers.MaxPooling2D(2),
        ...      keras.layers.Flatten(), keras.layers.Dense(3, activation="softmax")]
        ... )
        >>> convolutional_classifier(small).compute_output_shape((5, 10, 8, 1))
        (5, 3, 2, 3)
    """
    _check(model)
    inputs = keras.Input((None, None, model.input_shape[-1]))
    x, volume = inputs, None
    for layer in model.layers:
        if isinstance(layer, keras.layers.Flatten):
            volume = layer.input.shape[1:3]
        elif isinstance(layer, keras.layers.Dense):
            x, volume = _as_convolution(layer, volume or (1, 1), x), (1, 1)
        else:
            x = _copy(layer, x)
    return keras.Model(inputs, x, name=f"{model.name}_convolutional")


def window_positions(model, height, width):
    """Which crops of an image the outputs of the convolutional classifier are about.

    Args:
        model: the classifier itself, for images (h, w, channels).
        height: of the large image in pixels, >= h.
        width: of the large image in pixels, >= w.

    Returns:
        List of lists: for each row and column of the output, the corners (x1, y1, x2, y2) of the
        crop in pixels. The windows move by the product of all strides.

    Raises:
        ValueError: as `convolutional_classifier`, or the image is smaller than the classifier's.

    Example:
        >>> small = keras.Sequential(
        ...     [keras.Input((6, 6, 1)), keras.layers.MaxPooling2D(2), keras.layers.Flatten(),
        ...      keras.layers.Dense(3)]
        ... )
        >>> window_positions(small, 6, 9)
        [[(0, 0, 6, 6), (2, 0, 8, 6)]]
    """
    _check(model)
    window = model.input_shape[1:3]
    steps = [1, 1]
    for layer, axis in itertools.product(model.layers, (0, 1)):
        if isinstance(layer, _WINDOWED):
            steps[axis] *= layer.strides[axis]
    if height < window[0] or width < window[1]:
        raise ValueError(
            f"height, width: expected at least the {window[0]} by {window[1]} pixels of the "
            f"classifier, got {height} and {width}"
        )
    return [
        [(x, y, x + window[1], y + window[0]) for x in range(0, width - window[1] + 1, steps[1])]
        for y in range(0, height - window[0] + 1, steps[0])
    ]


def _as_convolution(layer, volume, x):
    kernel, *bias = layer.get_weights()
    convolution = keras.layers.Conv2D(
        layer.units,
        volume,
        activation=layer.activation,
        use_bias=layer.use_bias,
        name=layer.name,
        dtype=layer.dtype_policy,
    )
    x = convolution(x)
    # Flatten reads row by row, and within a pixel channel by channel: so does this reshape
    convolution.set_weights([kernel.reshape(*volume, -1, layer.units), *bias])
    return x


def _copy(layer, x):
    twin = layer.__class__.from_config(layer.get_config())
    x = twin(x)
    twin.set_weights(layer.get_weights())
    return x


def _check(model):
    if not isinstance(model, keras.Sequential) or not model.built:
        raise ValueError(
            f"model: expected a built keras.Sequential (give it a keras.Input), got {model!r}"
        )
    known = (*_POINTWISE, *_WINDOWED, keras.layers.Flatten, keras.layers.Dense)
    for layer in model.layers:
        if not isinstance(layer, known):
            raise ValueError(f"model: layer {layer.name!r} cannot slide over a larger image")
        if getattr(layer, "padding", "valid") != "valid":
            raise ValueError(
                f"model: layer {layer.name!r} has padding {layer.padding!r}, which adds zeros "
                "where the larger image has pixels; expected padding 'valid'"
            )
    if not any(isinstance(layer, keras.layers.Flatten) for layer in model.layers):
        raise ValueError("model: expected a Flatten layer between the volume and the Dense layers")
