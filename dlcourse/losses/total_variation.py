"""Total variation: the price of every difference between neighbouring pixels."""

from keras import ops

__all__ = ["total_variation_loss"]


def total_variation_loss(images):
    """Measure how rough images are: the sum of absolute differences of neighbouring pixels.

    Args:
        images: (batch, height, width, channels), usually from 0 to 1.

    Returns:
        Tensor (batch,): differences to the pixel below and to the pixel on the right, summed
        over all pixels and channels; 0 for an image of one colour.

    Raises:
        ValueError: images does not have four axes.

    Reference:
        Rudin, Osher and Fatemi, "Nonlinear total variation based noise removal algorithms",
        Physica D 1992, in its anisotropic form (absolute values along each axis).

    Example:
        >>> stripes = ops.reshape(ops.convert_to_tensor([[0.0, 1.0, 0.0]] * 4), (1, 4, 3, 1))
        >>> float(total_variation_loss(stripes)[0])  # four rows with two steps each
        8.0
    """
    images = ops.convert_to_tensor(images)
    if len(images.shape) != 4:
        raise ValueError(
            "images: expected (batch, height, width, channels); got shape "
            f"{tuple(images.shape)}. Add an axis to a single image: image[None]"
        )
    down = ops.abs(images[:, 1:] - images[:, :-1])
    right = ops.abs(images[:, :, 1:] - images[:, :, :-1])
    return ops.sum(down, axis=(1, 2, 3)) + ops.sum(right, axis=(1, 2, 3))
