"""What every augmentation takes: a batch of images with height, width and channels."""

from keras import backend, ops

from dlcourse.boxes.conversions import as_boxes

__all__ = ["as_box_lists", "as_floats", "as_images", "per_image"]


def as_images(images, argument="images"):
    """Check that there are four axes.

    Args:
        images: numbers (m, height, width, channels) of any type.
        argument: what the error message calls them.

    Returns:
        The tensor.

    Raises:
        ValueError: the number of axes is not four.

    Example:
        >>> import numpy as np
        >>> tuple(as_images(np.zeros((2, 3, 4, 1))).shape)
        (2, 3, 4, 1)
    """
    images = ops.convert_to_tensor(images)
    if len(images.shape) != 4:
        raise ValueError(
            f"{argument}: expected a batch (m, height, width, channels), got shape "
            f"{tuple(images.shape)}; one image alone is image[None], grey ones need a last axis"
        )
    return images


def as_floats(images):
    """As `as_images`; whole numbers become Keras's default float type.

    Args:
        images: numbers (m, height, width, channels).

    Returns:
        Tensor of a float type.

    Raises:
        ValueError: the number of axes is not four.

    Example:
        >>> import numpy as np
        >>> backend.standardize_dtype(as_floats(np.zeros((2, 3, 4, 1), np.uint8)).dtype)
        'float32'
    """
    images = as_images(images)
    if backend.is_float_dtype(backend.standardize_dtype(images.dtype)):
        return images
    return ops.cast(images, backend.floatx())


def as_box_lists(boxes):
    """Check the boxes of a batch of images.

    Args:
        boxes: (m, n, 4), n boxes for each image; whole numbers or floats.

    Returns:
        Tensor of a float type.

    Raises:
        ValueError: the shape is another one.

    Example:
        >>> tuple(as_box_lists([[[0, 0, 2, 3]]]).shape)
        (1, 1, 4)
    """
    boxes = as_boxes(boxes)
    if len(boxes.shape) != 3:
        raise ValueError(f"boxes: expected shape (m, n, 4), got {tuple(boxes.shape)}")
    return boxes


def per_image(numbers, shape, argument):
    """Check numbers that belong to the images, such as one angle for each.

    Args:
        numbers: array (m, *shape), or of `shape` alone: then the same for all images.
        shape: what belongs to one image, () for a single number.
        argument: what the error message calls them.

    Returns:
        float32 tensor (m or 1, *shape).

    Raises:
        ValueError: the shape is another one.

    Example:
        >>> tuple(per_image(0.5, (), "angles").shape), tuple(per_image([1.0, 2.0], (), "x").shape)
        ((1,), (2,))
    """
    numbers = ops.cast(ops.convert_to_tensor(numbers), "float32")
    if len(numbers.shape) == len(shape):
        numbers = numbers[None]
    if tuple(numbers.shape[1:]) != tuple(shape) or len(numbers.shape) != len(shape) + 1:
        expected = ", ".join(["m", *map(str, shape)])
        raise ValueError(f"{argument}: expected shape ({expected}), got {tuple(numbers.shape)}")
    return numbers
