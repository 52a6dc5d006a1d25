"""Content loss of style transfer: how far the activations of one layer are apart."""

from keras import ops

__all__ = ["content_loss"]


def content_loss(y_true, y_pred):
    """Compare what two images show by their activations in one layer, position by position.

    Args:
        y_true: activations of the content image, (batch, height, width, channels); a batch of 1
            stands for every example.
        y_pred: activations of the generated image in the same layer, (batch, height, width,
            channels).

    Returns:
        Tensor (batch,): the sum of squared differences over 4 height width channels, >= 0.

    Raises:
        ValueError: the two do not have four axes, or differ in height, width or channels.

    Reference:
        Gatys, Ecker and Bethge, "Image style transfer using convolutional neural networks", CVPR
        2016, equation 1, divided by the number of activations (and by 2), so that the weight
        needs no change when the size of the image changes.

    Example:
        >>> a = ops.ones((1, 2, 2, 3))
        >>> float(content_loss(a, 3 * a)[0])
        1.0
    """
    y_true, y_pred = ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred)
    if len(y_true.shape) != 4 or tuple(y_true.shape[1:]) != tuple(y_pred.shape[1:]):
        raise ValueError(
            "y_true, y_pred: expected activations of one layer, both (batch, height, width, "
            f"channels); got {tuple(y_true.shape)} and {tuple(y_pred.shape)}. Resize both images "
            "to the same size first"
        )
    return ops.mean(ops.square(y_pred - y_true), axis=(1, 2, 3)) / 4
