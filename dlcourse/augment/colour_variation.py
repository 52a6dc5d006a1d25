"""Colours changed the way they really vary: AlexNet's PCA colour augmentation."""

import keras
import numpy as np
from keras import ops

from dlcourse.augment.image_batch import as_floats, per_image
from dlcourse.augment.random_layer import RandomLayer

__all__ = ["PrincipalColourShift", "principal_colours", "shift_along_principal_colours"]


def principal_colours(images):
    """Find the directions in which the colours of all pixels together vary, and how much.

    Args:
        images: training images (m, height, width, channels), 0 to 1, as a NumPy array or what
            becomes one.

    Returns:
        Pair: variances float64 (channels,), largest first, and directions float64
        (channels, channels), one in each column, of length 1 and the largest entry positive.

    Raises:
        ValueError: images has not four axes, or there are fewer than two pixels.

    Reference:
        Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural
        networks", 2012, section 4.1.

    Example:
        Grey images vary in brightness alone.

        >>> grey = np.linspace(0, 1, 8).reshape(1, 2, 4, 1).repeat(3, axis=-1)
        >>> variances, directions = principal_colours(grey)
        >>> bool(variances[0] > 0.3), directions[:, 0].round(3).tolist()
        (True, [0.577, 0.577, 0.577])
    """
    images = ops.convert_to_numpy(as_floats(images))
    pixels = images.reshape(-1, images.shape[-1]).astype(np.float64)
    if len(pixels) < 2:
        raise ValueError(f"images: expected at least two pixels, got shape {images.shape}")
    variances, directions = np.linalg.eigh(np.atleast_2d(np.cov(pixels.T)))
    directions = directions[:, ::-1]
    largest = np.abs(directions).argmax(axis=0)
    signs = np.sign(directions[largest, np.arange(len(largest))])
    return np.maximum(variances[::-1], 0), directions * signs


def shift_along_principal_colours(images, amounts, variances, directions):
    """Add Σ amount · variance · direction to every pixel of an image.

    Args:
        images: (m, height, width, channels), 0 to 1: the product of variance and amount has no
            meaning in another unit.
        amounts: (m, channels), or (channels,) for all; AlexNet draws them with standard deviation
            0.1.
        variances: (channels,), from `principal_colours`.
        directions: (channels, channels), from `principal_colours`.

    Returns:
        Tensor of the shape of the images; as in the paper not cut at black and white.

    Raises:
        ValueError: a shape does not fit the channels of the images.

    Example:
        >>> black = np.zeros((1, 1, 1, 2))
        >>> shifted = shift_along_principal_colours(black, [0.5, 0], [0.2, 0.1], np.eye(2))
        >>> ops.convert_to_numpy(shifted).ravel().round(6).tolist()
        [0.1, 0.0]
    """
    images = as_floats(images)
    channels = images.shape[-1]
    amounts = per_image(amounts, (channels,), "amounts")
    variances = per_image(variances, (channels,), "variances")
    directions = per_image(directions, (channels, channels), "directions")[0]
    shifts = ops.matmul(amounts * variances, ops.transpose(directions))
    return images + ops.cast(shifts, images.dtype)[:, None, None, :]


@keras.saving.register_keras_serializable(package="dlcourse")
class PrincipalColourShift(RandomLayer):
    """Shift the colours of every image along the principal colours, in training only.

    Args:
        variances: list of the variances, from `principal_colours` of the training images.
        directions: list of rows of the directions, from there too.
        strength: standard deviation of the amounts, >= 0; AlexNet's is 0.1.
        seed: as in `RandomLayer`.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Raises:
        ValueError: directions is not a square of the number of variances, or strength is negative.

    Reference:
        Krizhevsky, Sutskever and Hinton, 2012, section 4.1.

    Example:
        >>> images = np.random.default_rng(0).random((4, 8, 8, 3))
        >>> layer = PrincipalColourShift(*principal_colours(images))
        >>> tuple(layer(images, training=True).shape)
        (4, 8, 8, 3)
    """

    def __init__(self, variances, directions, strength=0.1, seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        self.variances = np.asarray(variances, dtype=float).tolist()
        self.directions = np.asarray(directions, dtype=float).tolist()
        self.strength = strength
        channels = len(self.variances)
        if np.shape(self.directions) != (channels, channels):
            raise ValueError(
                f"directions: expected shape ({channels}, {channels}), one column for each "
                f"variance; got {np.shape(self.directions)}"
            )
        if not strength >= 0:
            raise ValueError(f"strength: expected at least 0, got {strength!r}")

    def augmented(self, images):
        """Shift."""
        shape = (ops.shape(images)[0], len(self.variances))
        amounts = keras.random.normal(shape, dtype="float32", seed=self.seed_generator)
        return shift_along_principal_colours(
            images, self.strength * amounts, self.variances, self.directions
        )

    def get_config(self):
        """Return what builds the same layer again."""
        found = {"variances": self.variances, "directions": self.directions}
        return {**super().get_config(), **found, "strength": self.strength}
