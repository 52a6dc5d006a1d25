"""Images slanted like italics."""

import keras
from keras import ops

from dlcourse.augment.affine import affine_transform
from dlcourse.augment.image_batch import per_image
from dlcourse.augment.random_layer import RandomLayer

__all__ = ["RandomShear", "shear"]


def shear(images, slants, border="zeros", order=1):
    """Move every row sideways, in proportion to its height above the middle.

    Args:
        images: (m, height, width, channels).
        slants: (m,), or one number for all images: pixels to the right for each row upwards, the
            tangent of the angle that upright lines are tilted by.
        border: what comes in at the sides: "zeros", or the nearest pixel of the "edge".
        order: 1 interpolates linearly, for images; 0 takes the nearest pixel, for masks.

    Returns:
        Tensor of the shape of the images.

    Raises:
        ValueError: a shape, border or order is another one.

    Example:
        >>> import numpy as np
        >>> upright = np.zeros((1, 3, 3, 1)) + np.array([0, 1, 0])[:, None]
        >>> ops.convert_to_numpy(shear(upright, 1.0))[0, :, :, 0].tolist()
        [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]
    """
    slants = per_image(slants, (), "slants")
    one, zero = ops.ones_like(slants), ops.zeros_like(slants)
    matrices = ops.stack([ops.stack([one, zero], -1), ops.stack([slants, one], -1)], -2)
    return affine_transform(images, matrices, border=border, order=order)


@keras.saving.register_keras_serializable(package="dlcourse")
class RandomShear(RandomLayer):
    """Slant every image by an amount of its own, in training only.

    Args:
        max_slant: largest slant in either direction, >= 0; 0.2 is about 11 degrees.
        border: "zeros", or the nearest pixel of the "edge".
        seed: as in `RandomLayer`.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Raises:
        ValueError: max_slant is negative.

    Example:
        >>> import numpy as np
        >>> tuple(RandomShear(0.2)(np.ones((2, 8, 8, 3)), training=True).shape)
        (2, 8, 8, 3)
    """

    def __init__(self, max_slant=0.2, border="edge", seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not max_slant >= 0:
            raise ValueError(f"max_slant: expected at least 0, got {max_slant!r}")
        self.max_slant, self.border = max_slant, border

    def augmented(self, images):
        """Slant."""
        return shear(images, self.uniform(images, self.max_slant), self.border)

    def get_config(self):
        """Return what builds the same layer again."""
        return {**super().get_config(), "max_slant": self.max_slant, "border": self.border}
