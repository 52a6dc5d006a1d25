"""Images turned, sheared, scaled or moved: the plane multiplied by a matrix."""

from keras import ops

from dlcourse.augment.image_batch import as_images, per_image
from dlcourse.augment.sampling import interpolated

__all__ = ["affine_transform"]


def affine_transform(images, matrices, shifts=(0.0, 0.0), border="zeros", order=1):
    """Fill every pixel of the result from the place that the matrix sends it to.

    The pixel at p, a (row, column) measured from the middle of the image, becomes what the image
    has at matrix · p + shift: the matrix leads from the result back to the image, so that no
    pixel of the result is left empty.

    Args:
        images: (m, height, width, channels).
        matrices: (m, 2, 2), or (2, 2) for all images.
        shifts: (m, 2), or (2,) for all; rows and columns in pixels.
        border: what lies outside: "zeros", or the nearest pixel of the "edge".
        order: 1 interpolates linearly, for images; 0 takes the nearest pixel, for masks.

    Returns:
        Tensor of the shape of the images; whole numbers become floats unless order is 0.

    Raises:
        ValueError: a shape, border or order is another one.

    Example:
        Swapping rows and columns is the transpose.

        >>> import numpy as np
        >>> image = np.arange(4.0).reshape(1, 2, 2, 1)
        >>> swapped = affine_transform(image, [[0.0, 1.0], [1.0, 0.0]])
        >>> ops.convert_to_numpy(swapped)[0, :, :, 0].tolist()
        [[0.0, 2.0], [1.0, 3.0]]
    """
    images = as_images(images)
    matrices = per_image(matrices, (2, 2), "matrices")
    shifts = per_image(shifts, (2,), "shifts")
    middle, rows, columns = _from_middle(images)
    places = [
        matrices[:, axis, 0, None, None] * rows
        + matrices[:, axis, 1, None, None] * columns
        + (shifts[:, axis] + middle[axis])[:, None, None]
        for axis in (0, 1)
    ]
    return interpolated(images, *places, border=border, order=order)


def _from_middle(images):
    """The middle of the images in pixels, and rows (h, 1) and columns (1, w) measured from it."""
    sizes = ops.shape(images)[1:3]
    middle = [ops.cast(size - 1, "float32") / 2 for size in sizes]
    rows, columns = (
        ops.cast(ops.arange(size), "float32") - half
        for size, half in zip(sizes, middle, strict=True)
    )
    return middle, rows[:, None], columns[None, :]
