"""The embedded digits as batches for convolutional networks."""

import numpy as np

from dlcourse.datasets import digits, resized
from dlcourse.datasets.digit_images import BRIGHTEST

__all__ = ["digit_batches", "with_shifted_copies"]


def digit_batches(side):
    """Training images and labels, test images and labels.

    Args:
        side: height and width that the 8 by 8 pixels are enlarged to.

    Returns:
        Tuple of float32 (1347, side, side, 1) from 0 to 1, int64 (1347,), and the 450 for testing.
    """
    data = digits()
    train, test = (
        resized(images[..., None], side, side).astype("float32") / BRIGHTEST
        for images in (data.train_images, data.test_images)
    )
    return train, data.train_labels, test, data.test_labels


def with_shifted_copies(images, labels, pixels):
    """Images and four copies of each, moved up, down, left and right (their margins are empty).

    Args:
        images: (m, h, w, channels).
        labels: (m,).
        pixels: how far.

    Returns:
        Tuple of images (5m, h, w, channels) and labels (5m,).
    """
    moves = [(0, 0), (-pixels, 0), (pixels, 0), (0, -pixels), (0, pixels)]
    moved = [np.roll(images, move, axis=(1, 2)) for move in moves]
    return np.concatenate(moved), np.tile(labels, len(moves))
