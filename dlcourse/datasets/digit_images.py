"""Handwritten digits, 8 by 8 pixels, as they come with scikit-learn."""

from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

__all__ = ["BRIGHTEST", "BinaryTask", "Digits", "digits", "is_it_a_two"]

BRIGHTEST = 16  # each pixel counts the dark points of a 4 by 4 block of a 32 by 32 bitmap


class Digits(NamedTuple):
    """Images and labels of handwritten digits.

    Args:
        train_images: float64 (m, 8, 8), whole numbers from 0 (paper) to 16 (ink).
        train_labels: int64 (m,), the digits 0 to 9.
        test_images: float64 (m_test, 8, 8), as train_images.
        test_labels: int64 (m_test,), as train_labels.
    """

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


class BinaryTask(NamedTuple):
    """A yes/no question about examples in columns.

    Args:
        train_x: float64 (n_x, m), from 0 to 1.
        train_y: int64 (1, m), 1 for yes.
        test_x: float64 (n_x, m_test), as train_x.
        test_y: int64 (1, m_test), as train_y.
    """

    train_x: np.ndarray
    train_y: np.ndarray
    test_x: np.ndarray
    test_y: np.ndarray


def digits(train_size=1347, seed=0):
    """Load all 1797 images, split so that every digit is as frequent in both parts.

    Args:
        train_size: number of training images, from 10 to 1787; the rest is for testing. The
            default is three quarters.
        seed: whole number that decides which image goes where; equal seeds, equal splits.

    Returns:
        Digits.

    Raises:
        ValueError: train_size does not leave ten images on either side.

    Reference:
        Alpaydin and Kaynak, "Cascading classifiers", Kybernetika, 1998 (optical recognition of
        handwritten digits, UCI machine learning repository, test part).

    Example:
        >>> data = digits(train_size=300)
        >>> data.train_images.shape, data.train_labels.shape, data.test_images.shape
        ((300, 8, 8), (300,), (1497, 8, 8))
    """
    bunch = load_digits()
    if not 10 <= train_size <= len(bunch.images) - 10:
        raise ValueError(
            f"train_size: expected 10 to {len(bunch.images) - 10}, so that each digit can be in "
            f"both parts; got {train_size!r}"
        )
    train_images, test_images, train_labels, test_labels = train_test_split(
        bunch.images,
        bunch.target.astype(np.int64),
        train_size=train_size,
        stratify=bunch.target,
        random_state=seed,
    )
    return Digits(train_images, train_labels, test_images, test_labels)


def is_it_a_two(train_size=300, seed=0):
    """Ask of every image whether it shows a 2: a tenth of the answers are yes.

    Args:
        train_size: number of training images, from 10 to 1787; few, so that some errors remain.
        seed: as in `digits`.

    Returns:
        BinaryTask with 64 inputs, the pixels in reading order.

    Raises:
        ValueError: train_size does not leave ten images on either side.

    Example:
        >>> task = is_it_a_two()
        >>> task.train_x.shape, task.train_y.shape, task.train_y.sum().item()
        ((64, 300), (1, 300), 30)
    """
    data = digits(train_size, seed)
    return BinaryTask(
        _columns(data.train_images),
        _is_two(data.train_labels),
        _columns(data.test_images),
        _is_two(data.test_labels),
    )


def _columns(images):
    return images.reshape(len(images), -1).T / BRIGHTEST


def _is_two(labels):
    return (labels == 2).astype(np.int64).reshape(1, -1)
