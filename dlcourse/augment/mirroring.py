"""Images as a mirror shows them, and the boxes in them."""

import keras
from keras import ops

from dlcourse.augment.image_batch import as_box_lists, as_images
from dlcourse.augment.random_layer import RandomLayer

__all__ = ["RandomMirror", "mirror", "mirror_boxes", "random_flips"]


def random_flips(m, probability=0.5, seed=None):
    """Draw which of m images to mirror.

    Args:
        m: number of images.
        probability: of each, 0 to 1.
        seed: whole number or `keras.random.SeedGenerator`.

    Returns:
        Boolean tensor (m,), for `mirror` and `mirror_boxes`.

    Example:
        >>> bool(ops.all(random_flips(5, probability=1.0, seed=0)))
        True
    """
    return keras.random.uniform((m,), dtype="float32", seed=seed) < probability


def mirror(images, flipped):
    """Swap left and right in the chosen images; masks follow with the same choice.

    Args:
        images: images or masks (m, height, width, channels) of any type.
        flipped: booleans (m,).

    Returns:
        Tensor of the shape and type of the images.

    Raises:
        ValueError: images has not four axes.

    Example:
        >>> import numpy as np
        >>> images = np.array([[1, 2], [3, 4]]).reshape(2, 1, 2, 1)
        >>> ops.convert_to_numpy(mirror(images, np.array([True, False]))).ravel().tolist()
        [2, 1, 3, 4]
    """
    images = as_images(images)
    chosen = ops.reshape(ops.cast(flipped, "bool"), (-1, 1, 1, 1))
    return ops.where(chosen, ops.flip(images, axis=2), images)


def mirror_boxes(boxes, flipped, width=1.0):
    """Move boxes to where they are in the mirrored images.

    Args:
        boxes: (m, n, 4), corners x1, y1, x2, y2 as in `dlcourse.boxes`.
        flipped: booleans (m,), as given to `mirror`.
        width: of the images in the unit of the boxes: 1.0 for shares, or pixels.

    Returns:
        Tensor of the shape of the boxes.

    Raises:
        ValueError: boxes are not (m, n, 4).

    Example:
        >>> import numpy as np
        >>> box = np.array([[[0.0, 2.0, 3.0, 4.0]]])
        >>> ops.convert_to_numpy(mirror_boxes(box, np.array([True]), width=10.0)).ravel().tolist()
        [7.0, 2.0, 10.0, 4.0]
    """
    boxes = as_box_lists(boxes)
    left, top, right, bottom = ops.unstack(boxes, 4, axis=-1)
    # the right side is the left one now
    mirrored = ops.stack([width - right, top, width - left, bottom], axis=-1)
    return ops.where(ops.reshape(ops.cast(flipped, "bool"), (-1, 1, 1)), mirrored, boxes)


@keras.saving.register_keras_serializable(package="dlcourse")
class RandomMirror(RandomLayer):
    """Mirror every image or not, as a coin decides, in training only.

    Not for what has a meaning in one direction alone, such as letters and digits.

    Args:
        probability: of each image to be mirrored, 0 to 1.
        seed: as in `RandomLayer`.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Raises:
        ValueError: probability is not between 0 and 1.

    Reference:
        Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural
        networks", 2012, section 4.1.

    Example:
        >>> import numpy as np
        >>> image = np.array([1.0, 2.0]).reshape(1, 1, 2, 1)
        >>> mirrored = RandomMirror(probability=1.0)(image, training=True)
        >>> ops.convert_to_numpy(mirrored).ravel().tolist()
        [2.0, 1.0]
    """

    def __init__(self, probability=0.5, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not 0 <= probability <= 1:
            raise ValueError(f"probability: expected 0 to 1, got {probability!r}")
        self.probability = probability

    def augmented(self, images):
        """Mirror."""
        m = ops.shape(images)[0]
        return mirror(images, random_flips(m, self.probability, self.seed_generator))

    def get_config(self):
        """Return what builds the same layer again."""
        return {**super().get_config(), "probability": self.probability}
