"""Digits on pieces of photographs, and for each pixel which digit it belongs to."""

from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from dlcourse.datasets.digit_images import BRIGHTEST
from dlcourse.datasets.resizing import resized
from dlcourse.datasets.sample_images import SAMPLE_IMAGES, sample_image

__all__ = ["SegmentationData", "Segments", "segmented_digits"]

SIDE = 32  # of the pictures, in pixels
DIGIT_SIDES = (12, 14, 16)  # at most half of SIDE, so that two digits fit side by side
COARSER = 3  # the photographs are reduced by this factor, for more to happen in 32 pixels
CONTRAST = (0.3, 0.6)  # between ink and the mean of what lies below, up or down
NOISE = 0.05  # standard deviation
# Of five vertical stripes of every photograph, which parts use which
STRIPES = {"train": (0, 2, 4), "dev": (1,), "test": (3,)}


class Segments(NamedTuple):
    """Pictures and what each of their pixels shows.

    Args:
        images: float32 (m, 32, 32, 1), from 0 (black) to 1 (white). Examples come first, as Keras
            wants them; the columns of dlcourse.scratch are for vectors.
        masks: int32 (m, 32, 32): 0 for background, d + 1 for the ink of digit d.
    """

    images: np.ndarray
    masks: np.ndarray


class SegmentationData(NamedTuple):
    """Three parts that share neither a digit nor a piece of a photograph.

    Args:
        train: `Segments` to learn from.
        dev: `Segments` to choose by.
        test: `Segments` to judge by, once.
    """

    train: Segments
    dev: Segments
    test: Segments


def segmented_digits(train_size=1000, test_size=200, seed=0):
    """Put one or two digits on each of many pieces of photographs, brighter or darker than these.

    Because ink may be brighter or darker than what is around it, no threshold finds it.

    Args:
        train_size: number of pictures to learn from, >= 1.
        test_size: number of pictures in each of the two other parts, >= 1.
        seed: whole number that decides everything; equal seeds, equal pictures.

    Returns:
        SegmentationData.

    Raises:
        ValueError: a size is below 1.

    Reference:
        Made for this course from scikit-learn's digits (see `digits`) and the photographs of
        `sample_image`.

    Example:
        >>> data = segmented_digits(train_size=8, test_size=4)
        >>> data.train.images.shape, data.train.masks.shape, len(data.test.masks)
        ((8, 32, 32, 1), (8, 32, 32), 4)
    """
    for name, value in (("train_size", train_size), ("test_size", test_size)):
        if value < 1:
            raise ValueError(f"{name}: expected at least 1 picture; got {value!r}")
    sizes = {"train": train_size, "dev": test_size, "test": test_size}
    rng = np.random.default_rng(seed)
    digits = _split_digits(seed)
    return SegmentationData(
        *(_pictures(size, digits[part], _stripes(part), rng) for part, size in sizes.items())
    )


def _split_digits(seed):
    """Ink (m, 8, 8, 1) from 0 to 1 and labels (m,) of each part: three, one and one fifth."""
    bunch = load_digits()
    ink = bunch.images[..., None] / BRIGHTEST
    ink, other_ink, labels, other_labels = train_test_split(
        ink, bunch.target, train_size=0.6, stratify=bunch.target, random_state=seed
    )
    dev_ink, test_ink, dev_labels, test_labels = train_test_split(
        other_ink, other_labels, train_size=0.5, stratify=other_labels, random_state=seed
    )
    return {
        "train": (ink, labels),
        "dev": (dev_ink, dev_labels),
        "test": (test_ink, test_labels),
    }


def _stripes(part):
    for name in SAMPLE_IMAGES:
        grey = sample_image(name).mean(axis=-1, keepdims=True)
        height, width = (n // COARSER for n in grey.shape[:2])
        stripes = np.array_split(resized(grey, height, width)[..., 0], 5, axis=1)
        yield from (stripes[number] for number in STRIPES[part])


def _pictures(m, digits, stripes, rng):
    ink, labels = digits
    by_side = {side: resized(ink, side, side)[..., 0] for side in DIGIT_SIDES}
    stripes = list(stripes)
    images = np.empty((m, SIDE, SIDE))
    masks = np.zeros((m, SIDE, SIDE), dtype=np.int32)
    for image, mask in zip(images, masks, strict=True):
        image[:] = _window(stripes[rng.integers(len(stripes))], rng)
        for slot in _slots(rng):
            chosen = rng.integers(len(labels))
            shape = by_side[rng.choice(DIGIT_SIDES)][chosen]
            place = _place(slot, len(shape), rng)
            image[place] = _inked(image[place], shape, rng)
            mask[place][shape >= 0.5] = labels[chosen] + 1
    images += rng.normal(scale=NOISE, size=images.shape)
    return Segments(images.clip(0, 1).astype(np.float32)[..., None], masks)


def _window(stripe, rng):
    top, left = (rng.integers(length - SIDE + 1) for length in stripe.shape)
    return stripe[top : top + SIDE, left : left + SIDE]


def _slots(rng):
    """Places for one or two digits that cannot overlap: (top, left, height, width)."""
    half = SIDE // 2
    layouts = (
        [(0, 0, SIDE, SIDE)],
        [(0, 0, SIDE, half), (0, half, SIDE, half)],
        [(0, 0, half, SIDE), (half, 0, half, SIDE)],
    )
    return layouts[rng.integers(len(layouts))]


def _place(slot, side, rng):
    top, left, height, width = slot
    top += rng.integers(height - side + 1)
    left += rng.integers(width - side + 1)
    return slice(top, top + side), slice(left, left + side)


def _inked(below, ink, rng):
    """The digit over what lies below, in one shade that differs enough from its mean."""
    difference = rng.uniform(*CONTRAST) * rng.choice((-1, 1))
    if not 0 <= below.mean() + difference <= 1:
        difference = -difference
    shade = np.clip(below.mean() + difference, 0, 1)
    return below + ink * (shade - below)
