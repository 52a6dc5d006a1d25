"""Windows of images, and the boxes that can still be seen in them."""

import keras
from keras import ops

from dlcourse.augment.image_batch import as_box_lists, as_images
from dlcourse.augment.random_layer import RandomLayer
from dlcourse.augment.sampling import pixels_at

__all__ = ["RandomCrop", "crop", "crop_boxes", "pad", "random_corners"]


def pad(images, frame):
    """Put a frame of zeros around the images.

    Args:
        images: images or masks (m, height, width, channels).
        frame: its width in pixels, >= 0.

    Returns:
        Tensor (m, height + 2 frame, width + 2 frame, channels).

    Example:
        >>> import numpy as np
        >>> tuple(pad(np.ones((2, 3, 4, 1)), 2).shape)
        (2, 7, 8, 1)
    """
    both = (frame, frame)
    return ops.pad(as_images(images), ((0, 0), both, both, (0, 0)))


def random_corners(images, size, seed=None):
    """Draw where to cut a window out of each image, every place equally likely.

    Args:
        images: images (m, height, width, channels).
        size: (height, width) of the windows in pixels, not larger than the images.
        seed: whole number or `keras.random.SeedGenerator`.

    Returns:
        int32 tensor (m, 2): row and column of the upper left pixel.

    Raises:
        ValueError: the windows are larger than the images.

    Example:
        >>> import numpy as np
        >>> ops.convert_to_numpy(random_corners(np.ones((1, 8, 8, 3)), (8, 8), seed=0)).tolist()
        [[0, 0]]
    """
    images = as_images(images)
    _check_size(images, size)
    places = [n - wanted + 1 for n, wanted in zip(ops.shape(images)[1:3], size, strict=True)]
    shares = keras.random.uniform((ops.shape(images)[0], 2), dtype="float32", seed=seed)
    room = ops.cast(ops.stack(places), "float32")
    # a share just below 1 may be rounded up to the room itself
    return ops.cast(ops.minimum(ops.floor(shares * room), room - 1), "int32")


def crop(images, corners, size):
    """Cut one window out of each image; masks follow with the same corners.

    Args:
        images: images or masks (m, height, width, channels) of any type.
        corners: whole numbers (m, 2), row and column of the upper left pixel; the windows lie
            inside the images.
        size: (height, width) of the windows in pixels.

    Returns:
        Tensor (m, *size, channels) of the type of the images.

    Raises:
        ValueError: images has not four axes, or the windows are larger than the images.

    Example:
        >>> import numpy as np
        >>> image = np.arange(9).reshape(1, 3, 3, 1)
        >>> ops.convert_to_numpy(crop(image, np.array([[1, 0]]), (1, 2))).ravel().tolist()
        [3, 4]
    """
    images = as_images(images)
    _check_size(images, size)
    corners = ops.cast(corners, "int32")
    rows, columns = (
        corners[:, axis, None] + ops.arange(size[axis], dtype="int32")[None] for axis in (0, 1)
    )
    return pixels_at(images, rows[:, :, None], columns[:, None, :])


def crop_boxes(boxes, corners, size):
    """Move boxes into the windows, cut them at the sides, and tell what is left of each.

    Args:
        boxes: (m, n, 4) in pixels, corners x1, y1, x2, y2 as in `dlcourse.boxes`.
        corners: (m, 2), as given to `crop`: row and column.
        size: (height, width) of the windows in pixels.

    Returns:
        Pair: boxes (m, n, 4) in the windows' own pixels, and the share (m, n) of each area that
        can be seen, 0 to 1; boxes of which too little is left, say below 0.5, are for you to drop.

    Raises:
        ValueError: boxes are not (m, n, 4).

    Example:
        >>> import numpy as np
        >>> box = np.array([[[0.0, 0.0, 4.0, 2.0]]])
        >>> moved, seen = crop_boxes(box, np.array([[0, 2]]), (8, 8))
        >>> ops.convert_to_numpy(moved).ravel().tolist(), float(seen[0, 0])
        ([0.0, 0.0, 2.0, 2.0], 0.5)
    """
    boxes = as_box_lists(boxes)
    corners = ops.cast(corners, boxes.dtype)
    row, column = corners[:, None, 0], corners[:, None, 1]
    height, width = size
    left, top, right, bottom = ops.unstack(boxes, 4, axis=-1)
    left, right = (ops.clip(x - column, 0, width) for x in (left, right))
    top, bottom = (ops.clip(y - row, 0, height) for y in (top, bottom))
    cut = ops.stack([left, top, right, bottom], axis=-1)
    area = _area(boxes)
    return cut, ops.where(area > 0, _area(cut) / ops.where(area > 0, area, 1), 0)


@keras.saving.register_keras_serializable(package="dlcourse")
class RandomCrop(RandomLayer):
    """Cut a window out of every image, anywhere in training and in the middle in inference.

    Args:
        height: of the windows in pixels, >= 1.
        width: of the windows in pixels, >= 1.
        padding: width of a frame of zeros that is put around the images first, >= 0: with 4, an
            image of the windows' own size is moved by up to 4 pixels.
        seed: as in `RandomLayer`.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Raises:
        ValueError: a size is not positive, padding is negative, or the framed images are smaller
            than the windows.

    Reference:
        Krizhevsky, Sutskever and Hinton, 2012, section 4.1 (windows of 224 in 256 pixels); He,
        Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016, section 4.2 (a
        frame of 4 pixels on CIFAR-10).

    Example:
        >>> import numpy as np
        >>> tuple(RandomCrop(32, 32, padding=4)(np.ones((2, 32, 32, 3)), training=True).shape)
        (2, 32, 32, 3)
    """

    def __init__(self, height, width, padding=0, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if min(height, width) < 1:
            raise ValueError(f"height, width: expected at least 1, got {height} and {width}")
        if padding < 0:
            raise ValueError(f"padding: expected at least 0, got {padding!r}")
        self.height, self.width, self.padding = height, width, padding

    def augmented(self, images):
        """Cut anywhere."""
        images, size = pad(images, self.padding), (self.height, self.width)
        return crop(images, random_corners(images, size, self.seed_generator), size)

    def plain(self, images):
        """Cut in the middle."""
        images, size = pad(images, self.padding), (self.height, self.width)
        _check_size(images, size)
        top, left = ((n - k) // 2 for n, k in zip(ops.shape(images)[1:3], size, strict=True))
        return images[:, top : top + self.height, left : left + self.width]

    def compute_output_shape(self, input_shape):
        """The shape of the windows."""
        return (input_shape[0], self.height, self.width, input_shape[-1])

    def get_config(self):
        """Return what builds the same layer again."""
        size = {"height": self.height, "width": self.width, "padding": self.padding}
        return {**super().get_config(), **size}


def _area(boxes):
    sides = boxes[..., 2:] - boxes[..., :2]
    return sides[..., 0] * sides[..., 1]


def _check_size(images, size):
    for n, wanted in zip(images.shape[1:3], size, strict=True):
        if n is not None and wanted > n:
            raise ValueError(
                f"size: expected windows inside the images of {tuple(images.shape[1:3])} pixels, "
                f"got {tuple(size)}; pad the images or take smaller windows"
            )
