"""Images in another light: the same amount added to a colour everywhere."""

import keras
from keras import ops

from dlcourse.augment.image_batch import as_floats, per_image
from dlcourse.augment.random_layer import RandomLayer

__all__ = ["ColourShift", "shift_colours"]


def shift_colours(images, shifts, brightest=1.0):
    """Add to each channel of each image a number of its own, and stay between black and white.

    Args:
        images: (m, height, width, channels), 0 to brightest.
        shifts: (m, channels), or (channels,) for all images; in the unit of the images.
        brightest: what white is: 1.0, or 255.0.

    Returns:
        Tensor of the shape of the images, 0 to brightest.

    Raises:
        ValueError: there is not one shift for each channel.

    Example:
        The course's example: redder, less green, bluer.

        >>> import numpy as np
        >>> grey = np.full((1, 1, 1, 3), 128.0)
        >>> ops.convert_to_numpy(shift_colours(grey, [20, -20, 20], 255.0)).ravel().tolist()
        [148.0, 108.0, 148.0]
    """
    images = as_floats(images)
    shifts = per_image(shifts, (images.shape[-1],), "shifts")[:, None, None, :]
    return ops.clip(images + ops.cast(shifts, images.dtype), 0, brightest)


@keras.saving.register_keras_serializable(package="dlcourse")
class ColourShift(RandomLayer):
    """Change red, green and blue of every image by amounts of its own, in training only.

    Args:
        max_shift: largest change of a channel in either direction, in the unit of the images,
            >= 0.
        brightest: what white is: 1.0, or 255.0.
        seed: as in `RandomLayer`.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Raises:
        ValueError: max_shift is negative or brightest not positive.

    Example:
        >>> import numpy as np
        >>> tuple(ColourShift(0.1)(np.ones((2, 8, 8, 3)), training=True).shape)
        (2, 8, 8, 3)
    """

    def __init__(self, max_shift=0.1, brightest=1.0, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        if not max_shift >= 0:
            raise ValueError(f"max_shift: expected at least 0, got {max_shift!r}")
        if not brightest > 0:
            raise ValueError(f"brightest: expected more than 0, got {brightest!r}")
        self.max_shift, self.brightest = max_shift, brightest

    def augmented(self, images):
        """Shift."""
        shifts = self.uniform(images, self.max_shift, (images.shape[-1],))
        return shift_colours(images, shifts, self.brightest)

    def get_config(self):
        """Return what builds the same layer again."""
        return {**super().get_config(), "max_shift": self.max_shift, "brightest": self.brightest}
