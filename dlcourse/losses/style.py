"""Style loss: which channels of a layer are active together, wherever that is.

A Gram matrix forgets the positions, so what it compares is texture. The style image never
changes: `style_target` is computed once, and every step of the optimisation reads it from there.
"""

from keras import ops

__all__ = ["gram_matrix", "style_loss", "style_target", "weighted_style_loss"]


def gram_matrix(features):
    """Multiply every channel by every channel, summed over all positions.

    Args:
        features: activations (batch, height, width, channels).

    Returns:
        Tensor (batch, channels, channels), symmetric and positive semi-definite.

    Raises:
        ValueError: features does not have four axes.

    Reference:
        Gatys, Ecker and Bethge, "Image style transfer using convolutional neural networks", CVPR
        2016, equation 3.

    Example:
        >>> features = ops.ones((1, 2, 3, 2))
        >>> ops.convert_to_numpy(gram_matrix(features)).tolist()
        [[[6.0, 6.0], [6.0, 6.0]]]
    """
    features = ops.convert_to_tensor(features)
    if len(features.shape) != 4:
        raise ValueError(
            "features: expected activations (batch, height, width, channels); got shape "
            f"{tuple(features.shape)}"
        )
    n_C = features.shape[-1]
    rows = ops.reshape(features, (-1, _positions(features), n_C))
    return ops.matmul(ops.swapaxes(rows, 1, 2), rows)


def style_target(features):
    """Summarise the style of an image in one layer: its Gram matrix per position.

    Dividing by the number of positions makes images of different sizes comparable.

    Args:
        features: activations (batch, height, width, channels).

    Returns:
        Tensor (batch, channels, channels), `gram_matrix` over height width.

    Raises:
        ValueError: features does not have four axes.

    Example:
        >>> float(style_target(ops.ones((1, 5, 3, 1)))[0, 0, 0])
        1.0
    """
    gram = gram_matrix(features)
    return gram / ops.cast(_positions(features), gram.dtype)


def style_loss(y_true, y_pred):
    """Compare the style of two images in one layer.

    Args:
        y_true: what `style_target` made of the style image, (batch, channels, channels); a batch
            of 1 stands for every example.
        y_pred: activations of the generated image in the same layer, (batch, height, width,
            channels); not their Gram matrix.

    Returns:
        Tensor (batch,): the sum of squared differences of the Gram matrices over
        (2 channels height width)², >= 0.

    Raises:
        ValueError: y_true is not a square matrix for every example, with a row for every channel
            of y_pred.

    Reference:
        Gatys, Ecker and Bethge, "Image style transfer using convolutional neural networks", CVPR
        2016, equation 4.

    Example:
        >>> features = ops.ones((1, 4, 4, 2))
        >>> float(style_loss(style_target(features), 3 * features)[0])  # (9 - 1)² / 4
        16.0
    """
    y_true, found = ops.convert_to_tensor(y_true), style_target(y_pred)
    if tuple(y_true.shape[1:]) != tuple(found.shape[1:]):
        raise ValueError(
            f"y_true: expected the result of style_target, (batch, {found.shape[1]}, "
            f"{found.shape[2]}); got shape {tuple(y_true.shape)}"
        )
    return ops.mean(ops.square(found - y_true), axis=(1, 2)) / 4


def weighted_style_loss(y_true, y_pred, weights):
    """Add up the style losses of several layers, each with its weight.

    Args:
        y_true: for every layer, the `style_target` of the style image.
        y_pred: for every layer, the activations of the generated image.
        weights: for every layer, a number >= 0; the published ones are a fifth each for five.

    Returns:
        Tensor (batch,).

    Raises:
        ValueError: there are no layers, or not equally many of all three; or as `style_loss`.

    Reference:
        Gatys, Ecker and Bethge, "Image style transfer using convolutional neural networks", CVPR
        2016, equation 5.

    Example:
        >>> coarse, fine = ops.ones((1, 4, 4, 2)), ops.ones((1, 8, 8, 1))
        >>> targets = [style_target(coarse), style_target(fine)]
        >>> float(weighted_style_loss(targets, [3 * coarse, fine], [0.25, 0.75])[0])
        4.0
    """
    if not len(y_true) == len(y_pred) == len(weights) > 0:
        raise ValueError(
            "y_true, y_pred, weights: expected one of each for every layer; got "
            f"{len(y_true)}, {len(y_pred)} and {len(weights)}"
        )
    layers = zip(y_true, y_pred, weights, strict=True)
    return sum(weight * style_loss(true, pred) for true, pred, weight in layers)


def _positions(features):
    _, height, width, _ = ops.shape(features)  # numbers, or tensors where they are not yet known
    return height * width
