"""Images turned about their middle."""

import math

import keras
from keras import ops

from dlcourse.augment.affine import affine_transform
from dlcourse.augment.image_batch import per_image
from dlcourse.augment.random_layer import RandomLayer

__all__ = ["RandomRotation", "rotate"]


def rotate(images, degrees, border="zeros", order=1):
    """Turn every image counter-clockwise about its middle; what leaves the frame is cut off.

    Args:
        images: (m, height, width, channels).
        degrees: (m,), or one number for all images.
        border: what comes in at the corners: "zeros", or the nearest pixel of the "edge".
        order: 1 interpolates linearly, for images; 0 takes the nearest pixel, for masks.

    Returns:
        Tensor of the shape of the images.

    Raises:
        ValueError: a shape, border or order is another one.

    Example:
        >>> import numpy as np
        >>> image = np.arange(4.0).reshape(1, 2, 2, 1)
        >>> ops.convert_to_numpy(rotate(image, 90))[0, :, :, 0].round(3).tolist()
        [[1.0, 3.0], [0.0, 2.0]]
    """
    angles = per_image(degrees, (), "degrees") * (math.pi / 180)
    cos, sin = ops.cos(angles), ops.sin(angles)
    # back from the result to the image; rows grow downwards, so counter-clockwise is this way
    matrices = ops.stack([ops.stack([cos, sin], -1), ops.stack([-sin, cos], -1)], -2)
    return affine_transform(images, matrices, border=border, order=order)


@keras.saving.register_keras_serializable(package="dlcourse")
class RandomRotation(RandomLayer):
    """Turn every image by an angle of its own, in training only.

    Args:
        max_degrees: largest angle in either direction, 0 to 180.
        border: "zeros", or the nearest pixel of the "edge".
        seed: as in `RandomLayer`.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Raises:
        ValueError: max_degrees is not between 0 and 180.

    Example:
        >>> import numpy as np
        >>> tuple(RandomRotation(15)(np.ones((2, 8, 8, 3)), training=True).shape)
        (2, 8, 8, 3)
    """

    def __init__(self, max_degrees=15.0, border="edge", seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not 0 <= max_degrees <= 180:
            raise ValueError(f"max_degrees: expected 0 to 180, got {max_degrees!r}")
        self.max_degrees, self.border = max_degrees, border

    def augmented(self, images):
        """Turn."""
        return rotate(images, self.uniform(images, self.max_degrees), self.border)

    def get_config(self):
        """Return what builds the same layer again."""
        return {**super().get_config(), "max_degrees": self.max_degrees, "border": self.border}
