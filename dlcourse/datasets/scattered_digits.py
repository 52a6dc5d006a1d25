"""Scenes for object detection: handwritten digits of several sizes, scattered over the dark."""

from typing import NamedTuple

import numpy as np

from dlcourse.datasets.digit_images import BRIGHTEST, digits
from dlcourse.datasets.resizing import resized

__all__ = ["DigitScenes", "Scenes", "digit_scenes"]

_SIDE = 64  # pixels of a scene
_MOST = 4  # digits in a scene
_SMALLEST, _LARGEST = 14, 24  # pixels of a digit's frame
_NOISE = 0.05  # standard deviation of the ground, where ink is 1
_INK = 0.25  # fainter pixels do not count for the box
_ATTEMPTS = 20  # to find a free spot, before a digit is left out
_SHARED = 0.1  # of a digit's ink, that may lie on the ink of others


class Scenes(NamedTuple):
    """Images with the objects that they show.

    Args:
        images: float32 (m, 64, 64, 1), from 0 (ground) to 1 (ink), with a little noise.
        boxes: float32 (m, 4, 4), corners (x1, y1, x2, y2) of the ink with the image as unit; rows
            of zeros where there are fewer than four digits.
        labels: int32 (m, 4), the digits 0 to 9, and -1 where there are fewer than four.
    """

    images: np.ndarray
    boxes: np.ndarray
    labels: np.ndarray


class DigitScenes(NamedTuple):
    """Scenes to learn from, and scenes of digits that appear in none of these.

    Args:
        train: Scenes.
        test: Scenes.
    """

    train: Scenes
    test: Scenes


def digit_scenes(train_size=1000, test_size=200, seed=0):
    """Compose scenes of one to four digits, the same for the same seed.

    Digits may touch and overlap a little, so that pixels that hang together are not always one.

    Args:
        train_size: number of training scenes, >= 0.
        test_size: number of test scenes, >= 0.
        seed: whole number >= 0.

    Returns:
        DigitScenes. The digits of the test scenes are those that `digits` keeps for testing.

    Raises:
        ValueError: a size is negative.

    Reference:
        The digits: Alpaydin and Kaynak, "Cascading classifiers", Kybernetika, 1998.

    Example:
        >>> scenes = digit_scenes(train_size=3, test_size=1)
        >>> scenes.train.images.shape, scenes.train.boxes.shape, scenes.test.labels.shape
        ((3, 64, 64, 1), (3, 4, 4), (1, 4))
    """
    if min(train_size, test_size) < 0:
        raise ValueError(
            f"train_size, test_size: expected 0 or more, got {train_size!r} and {test_size!r}"
        )
    data = digits()  # its own fixed split: no seed moves a digit from the test to the training
    train, test = np.random.default_rng(seed).spawn(2)
    return DigitScenes(
        _scenes(data.train_images, data.train_labels, train_size, train),
        _scenes(data.test_images, data.test_labels, test_size, test),
    )


def _scenes(images, labels, m, rng):
    scenes = Scenes(
        np.zeros((m, _SIDE, _SIDE, 1), np.float32),
        np.zeros((m, _MOST, 4), np.float32),
        np.full((m, _MOST), -1, np.int32),
    )
    for i in range(m):
        placed = 0
        for which in rng.integers(len(images), size=rng.integers(1, _MOST + 1)):
            box = _place(scenes.images[i], images[which] / BRIGHTEST, rng)
            if box is not None:
                scenes.boxes[i, placed], scenes.labels[i, placed] = box, labels[which]
                placed += 1
    noise = rng.normal(0, _NOISE, scenes.images.shape)
    return scenes._replace(images=np.clip(scenes.images + noise, 0, 1).astype(np.float32))


def _place(scene, digit, rng):
    """Draw a digit where little is yet and return the box of its ink, or None without room."""
    side = rng.integers(_SMALLEST, _LARGEST + 1)
    glyph = resized(digit[..., None], side, side)
    for y, x in rng.integers(0, _SIDE - side + 1, size=(_ATTEMPTS, 2)):
        spot = scene[y : y + side, x : x + side]
        if np.minimum(spot, glyph).sum() <= _SHARED * glyph.sum():
            np.maximum(spot, glyph, out=spot)
            rows, columns = np.nonzero(glyph[..., 0] > _INK)
            corners = x + columns.min(), y + rows.min(), x + columns.max() + 1, y + rows.max() + 1
            return np.array(corners) / _SIDE
    return None
