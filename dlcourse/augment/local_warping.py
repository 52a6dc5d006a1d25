"""Images bent like rubber: every place moves a little, and neighbours move alike."""

import keras
import numpy as np
from keras import ops

from dlcourse.augment.image_batch import as_images
from dlcourse.augment.random_layer import RandomLayer
from dlcourse.augment.sampling import interpolated

__all__ = ["ElasticWarping", "random_displacements", "warp"]


def random_displacements(images, strength, smoothness, seed=None):
    """Draw how far every pixel moves: independent noise, smoothed by a Gaussian.

    Args:
        images: images (m, height, width, channels); only the shape matters.
        strength: standard deviation of each displacement in pixels, >= 0.
        smoothness: standard deviation of the Gaussian in pixels, > 0: the distance over which
            displacements are alike. Small makes noise, large bends the image as a whole.
        seed: whole number or `keras.random.SeedGenerator`.

    Returns:
        float32 tensor (m, 2, height, width): rows and columns, in pixels, for `warp`.

    Raises:
        ValueError: images has not four axes, strength is negative or smoothness not positive.

    Reference:
        Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to
        visual document analysis", 2003, section 2. There the noise is uniform and its strength a
        factor; here it is normal, so that strength has a unit.

    Example:
        >>> import numpy as np
        >>> moves = random_displacements(np.ones((1, 9, 9, 1)), 2.0, smoothness=3.0, seed=0)
        >>> tuple(moves.shape)
        (1, 2, 9, 9)
    """
    images = as_images(images)
    _check_limits(strength, smoothness)
    m, height, width, _ = ops.shape(images)
    noise = keras.random.normal((m, 2, height, width), dtype="float32", seed=seed)
    rows, columns = (_gaussian(size, smoothness) for size in images.shape[1:3])
    # a Gaussian in the plane is one over the rows and one over the columns: two small products
    return strength * ops.matmul(rows, ops.matmul(noise, ops.transpose(columns)))


def warp(images, displacements, border="edge", order=1):
    """Fill every pixel from a place nearby.

    Args:
        images: (m, height, width, channels).
        displacements: (m, 2, height, width): rows and columns from the pixel to its source, in
            pixels.
        border: what lies outside: "zeros", or the nearest pixel of the "edge".
        order: 1 interpolates linearly, for images; 0 takes the nearest pixel, for masks.

    Returns:
        Tensor of the shape of the images.

    Raises:
        ValueError: displacements are not (m, 2, height, width), or border or order is another one.

    Example:
        >>> import numpy as np
        >>> image = np.array([1.0, 2.0, 3.0]).reshape(1, 1, 3, 1)
        >>> one_to_the_left = np.zeros((1, 2, 1, 3)) + np.array([0, 1]).reshape(1, 2, 1, 1)
        >>> ops.convert_to_numpy(warp(image, one_to_the_left)).ravel().tolist()
        [2.0, 3.0, 3.0]
    """
    images, displacements = as_images(images), ops.convert_to_tensor(displacements)
    height, width = images.shape[1:3]
    if tuple(displacements.shape[1:]) != (2, height, width):
        raise ValueError(
            f"displacements: expected shape (m, 2, {height}, {width}), got "
            f"{tuple(displacements.shape)}"
        )
    displacements = ops.cast(displacements, "float32")
    rows = ops.arange(height, dtype="float32")[:, None] + displacements[:, 0]
    columns = ops.arange(width, dtype="float32") + displacements[:, 1]
    return interpolated(images, rows, columns, border=border, order=order)


@keras.saving.register_keras_serializable(package="dlcourse")
class ElasticWarping(RandomLayer):
    """Bend every image in a way of its own, in training only.

    Args:
        strength: standard deviation of the displacements in pixels, >= 0.
        smoothness: distance over which displacements are alike, in pixels, > 0.
        border: "zeros", or the nearest pixel of the "edge".
        seed: as in `RandomLayer`.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Raises:
        ValueError: strength is negative or smoothness not positive.

    Reference:
        Simard, Steinkraus and Platt, 2003, section 2; see `random_displacements`.

    Example:
        >>> import numpy as np
        >>> tuple(ElasticWarping(1.0, 4.0)(np.ones((2, 8, 8, 1)), training=True).shape)
        (2, 8, 8, 1)
    """

    def __init__(self, strength=1.0, smoothness=4.0, border="edge", seed=None, **kwargs):
        super().__init__(seed, **kwargs)
        _check_limits(strength, smoothness)
        self.strength, self.smoothness, self.border = strength, smoothness, border

    def augmented(self, images):
        """Bend."""
        limits = self.strength, self.smoothness
        return warp(images, random_displacements(images, *limits, self.seed_generator), self.border)

    def get_config(self):
        """Return what builds the same layer again."""
        own = {"strength": self.strength, "smoothness": self.smoothness, "border": self.border}
        return {**super().get_config(), **own}


def _gaussian(size, smoothness):
    places = np.arange(size)
    weights = np.exp(-0.5 * ((places[:, None] - places) / smoothness) ** 2)
    # sums of squares of 1 keep the standard deviation of the noise, at the sides as well
    return (weights / np.linalg.norm(weights, axis=1, keepdims=True)).astype("float32")


def _check_limits(strength, smoothness):
    if not strength >= 0:
        raise ValueError(f"strength: expected at least 0 pixels, got {strength!r}")
    if not smoothness > 0:
        raise ValueError(f"smoothness: expected more than 0 pixels, got {smoothness!r}")
