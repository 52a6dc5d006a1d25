"""Ten views of one image at test time, and the mean of what a network says about them."""

from keras import ops

from dlcourse.augment.cropping import crop
from dlcourse.augment.ensembling import average_predictions
from dlcourse.augment.image_batch import as_images

__all__ = ["average_over_crops", "ten_crop"]


def ten_crop(images, size):
    """Cut the four corners and the middle out of each image, and mirror them.

    Args:
        images: (m, height, width, channels) of any type.
        size: (height, width) of the windows in pixels, not larger than the images.

    Returns:
        Tensor (m, 10, *size, channels): upper left, upper right, lower left, lower right, middle,
        then the same five mirrored.

    Raises:
        ValueError: images has not four axes, or the windows are larger than the images.

    Reference:
        Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural
        networks", 2012, section 4.1.

    Example:
        >>> import numpy as np
        >>> crops = ten_crop(np.arange(9).reshape(1, 3, 3, 1), (1, 1))
        >>> ops.convert_to_numpy(crops).ravel().tolist()
        [0, 2, 6, 8, 4, 0, 2, 6, 8, 4]
    """
    images = as_images(images)
    down, right = (n - k for n, k in zip(ops.shape(images)[1:3], size, strict=True))
    corners = [(0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)]
    five = [crop(images, ops.convert_to_tensor([corner], "int32"), size) for corner in corners]
    five = ops.stack(five, axis=1)
    return ops.concatenate([five, ops.flip(five, axis=3)], axis=1)


def average_over_crops(predict, images, size):
    """Mean prediction over the ten views of each image.

    Args:
        predict: a model, or a function, from images (n, *size, channels) to predictions (n, ...).
        images: (m, height, width, channels).
        size: (height, width) that predict takes.

    Returns:
        Tensor (m, ...), the mean over the ten views.

    Raises:
        ValueError: images has not four axes, or the windows are larger than the images.

    Reference:
        Krizhevsky, Sutskever and Hinton, 2012, section 4.1.

    Example:
        >>> import numpy as np
        >>> def brightness(crops):
        ...     return ops.mean(crops, axis=(1, 2))
        >>> image = np.arange(9.0).reshape(1, 3, 3, 1)
        >>> float(average_over_crops(brightness, image, (1, 1))[0, 0])
        4.0
    """
    crops = ten_crop(images, size)
    shape = ops.shape(crops)
    predictions = predict(ops.reshape(crops, (-1, *shape[2:])))
    by_view = ops.reshape(predictions, (shape[0], 10, *ops.shape(predictions)[1:]))
    return average_predictions(ops.moveaxis(by_view, 1, 0))
