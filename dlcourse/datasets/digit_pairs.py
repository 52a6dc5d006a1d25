"""Pairs and triplets of the embedded digits, and classes that training never sees.

A verifier shall judge people whom it never saw in training. The digits imitate that: some of the
ten classes are held out altogether, and the test asks about those.
"""

from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_digits

from dlcourse.datasets.class_members import ClassMembers
from dlcourse.datasets.digit_images import BRIGHTEST

__all__ = [
    "HeldOutDigits",
    "Pairs",
    "Triplets",
    "digits_with_held_out_classes",
    "sample_pairs",
    "sample_triplets",
]


class HeldOutDigits(NamedTuple):
    """Images of digits that may be trained with, and of others that may not.

    Args:
        seen_images: float32 (m, 8, 8, 1), from 0 (paper) to 1 (ink).
        seen_labels: int64 (m,).
        unseen_images: float32 (m_unseen, 8, 8, 1), as seen_images.
        unseen_labels: int64 (m_unseen,), none of which is among the seen.
    """

    seen_images: np.ndarray
    seen_labels: np.ndarray
    unseen_images: np.ndarray
    unseen_labels: np.ndarray


class Pairs(NamedTuple):
    """Two images at a time, and whether both show the same class.

    Args:
        left: (n, ...) images.
        right: (n, ...) images.
        same: int64 (n,), 1 for the same class, else 0.
    """

    left: np.ndarray
    right: np.ndarray
    same: np.ndarray


class Triplets(NamedTuple):
    """Three images at a time.

    Args:
        anchor: (n, ...) images.
        positive: (n, ...) other images of the anchors' classes.
        negative: (n, ...) images of other classes.
    """

    anchor: np.ndarray
    positive: np.ndarray
    negative: np.ndarray


def digits_with_held_out_classes(unseen=(5, 6, 7, 8, 9)):
    """Split the 1797 images by class.

    Args:
        unseen: the digits that training must not see, 1 to 8 of 0 to 9.

    Returns:
        HeldOutDigits.

    Raises:
        ValueError: unseen is empty, leaves fewer than two classes, or holds something else.

    Reference:
        Koch, Zemel and Salakhutdinov, "Siamese neural networks for one-shot image recognition",
        2015, section 4 (classes, not images, are set apart); the images: see `digits`.

    Example:
        >>> data = digits_with_held_out_classes(unseen=(8, 9))
        >>> data.seen_images.shape, sorted(set(data.unseen_labels.tolist()))
        ((1443, 8, 8, 1), [8, 9])
    """
    classes = {int(digit) for digit in unseen}
    if not classes <= set(range(10)) or not 1 <= len(classes) <= 8:
        raise ValueError(f"unseen: expected 1 to 8 different digits from 0 to 9, got {unseen!r}")
    bunch = load_digits()
    images = (bunch.images[..., None] / BRIGHTEST).astype(np.float32)
    labels = bunch.target.astype(np.int64)
    held = np.isin(labels, sorted(classes))
    return HeldOutDigits(images[~held], labels[~held], images[held], labels[held])


def sample_pairs(images, labels, count, rng):
    """Draw pairs, half of them of one class.

    Args:
        images: (m, ...) anything with one entry per label.
        labels: whole numbers (m,), at least two classes, each with at least two images.
        count: number of pairs, >= 1; of an odd number the smaller half is "the same".
        rng: `numpy.random.Generator`.

    Returns:
        Pairs, in random order. The two of a pair are never the same image.

    Raises:
        ValueError: labels with too few classes or images, or of another number than the images.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> pairs = sample_pairs(np.arange(6), [0, 0, 0, 1, 1, 1], 4, rng)
        >>> int(pairs.same.sum())
        2
    """
    images, members = np.asarray(images), ClassMembers(images, labels)
    same = rng.permutation(np.arange(count) < count // 2)
    left = members.any(count, rng)
    right = np.where(same, members.of_the_same(left, rng), members.of_another(left, rng))
    return Pairs(images[left], images[right], same.astype(np.int64))


def sample_triplets(images, labels, count, rng):
    """Draw triplets, all classes equally often.

    Args:
        images: (m, ...) anything with one entry per label.
        labels: whole numbers (m,), at least two classes, each with at least two images.
        count: number of triplets, >= 1.
        rng: `numpy.random.Generator`.

    Returns:
        Triplets. Anchor and positive are never the same image.

    Raises:
        ValueError: labels with too few classes or images, or of another number than the images.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> a, p, n = sample_triplets(np.arange(6), [0, 0, 0, 1, 1, 1], 1, rng)
        >>> bool(a // 3 == p // 3), bool(a // 3 == n // 3), bool(a == p)
        (True, False, False)
    """
    images, members = np.asarray(images), ClassMembers(images, labels)
    anchor = members.any(count, rng)
    positive, negative = members.of_the_same(anchor, rng), members.of_another(anchor, rng)
    return Triplets(images[anchor], images[positive], images[negative])
