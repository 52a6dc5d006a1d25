"""Embedded digits in front of photographs: small colour images in ten classes, hard to tell apart.

What stands in for CIFAR-10 where there is no network: colours that mean nothing, backgrounds that
mean nothing, and few images, so that augmentation and regularization show.
"""

import numpy as np

from dlcourse.datasets.enlarged_digits import enlarged_digits
from dlcourse.datasets.sample_images import sample_image

__all__ = ["digits_on_photos"]

_SIZE = 32


def digits_on_photos(seed=0):
    """Load 1797 digits of 28 by 28 pixels, each somewhere on a patch of a photograph.

    A digit turns the colours below it to their distance from its ink, |patch - ink|.

    Args:
        seed: of the split, as in `digits`, and of patches and places.

    Returns:
        LabelledImages with 1347 training and 450 test images (m, 32, 32, 3).

    Reference:
        The blend: Ganin and Lempitsky, "Unsupervised domain adaptation by backpropagation", 2015,
        section 4 (MNIST-M).

    Example:
        >>> digits_on_photos().test_images.shape
        (450, 32, 32, 3)
    """
    data, rng = enlarged_digits(seed), np.random.default_rng(seed)
    photos = np.stack([sample_image("china"), sample_image("flower")])
    return data._replace(
        train_images=_blended(data.train_images, photos, rng),
        test_images=_blended(data.test_images, photos, rng),
        origin="scikit-learn's digits on patches of its two photographs, 32 by 32",
    )


def _blended(digits, photos, rng):
    m, height, width, _ = digits.shape
    ink = np.zeros((m, _SIZE, _SIZE, 1), np.float32)
    places = _windows(ink.shape, (height, width), rng)
    ink[places] = digits / np.float32(255)
    patches = photos[_windows(photos.shape, (_SIZE, _SIZE), rng, m)]
    return np.rint(np.abs(patches - ink) * 255).astype(np.uint8)


def _windows(shape, size, rng, m=None):
    """Index of one window of each image in turn, or of m images drawn at random."""
    chosen = np.arange(shape[0]) if m is None else rng.integers(shape[0], size=m)
    top, left = (
        rng.integers(shape[axis] - size[axis - 1] + 1, size=len(chosen)) for axis in (1, 2)
    )
    rows = top[:, None, None] + np.arange(size[0])[:, None]
    columns = left[:, None, None] + np.arange(size[1])
    return chosen[:, None, None], rows, columns
