"""Digits on photographs: shapes, ranges, masks that tell the ink, parts that share nothing."""

import numpy as np
import pytest

from dlcourse import datasets
from dlcourse.datasets import digit_segmentation
from dlcourse.datasets.digit_segmentation import segmented_digits


@pytest.fixture(scope="module")
def data():
    return segmented_digits(train_size=60, test_size=30)


def test_shapes_ranges_and_dtypes(data):
    for part, size in zip(data, (60, 30, 30), strict=True):
        assert part.images.shape == (size, 32, 32, 1) and part.images.dtype == np.float32
        assert part.masks.shape == (size, 32, 32) and part.masks.dtype == np.int32
        assert 0 <= part.images.min() < 0.1 and 0.9 < part.images.max() <= 1
        assert 0 <= part.masks.min() and part.masks.max() <= 10


def test_every_picture_has_one_or_two_digits_and_all_occur(data):
    for part in data:
        classes = [np.setdiff1d(mask, [0]) for mask in part.masks]
        assert {len(found) for found in classes} == {1, 2}
        ink = np.mean(part.masks > 0)
        assert 0.05 < ink < 0.2  # of the area
    assert len(np.unique(data.train.masks)) == 11


def test_ink_is_brighter_here_and_darker_there(data):
    images, ink = data.train.images[..., 0], data.train.masks > 0
    around = np.array([image[~mask].mean() for image, mask in zip(images, ink, strict=True)])
    on_ink = np.array([image[mask].mean() for image, mask in zip(images, ink, strict=True)])
    assert 0.2 < np.mean(on_ink > around) < 0.95


def test_ink_on_grey_may_be_darker_or_brighter():
    rng, grey = np.random.default_rng(0), np.full((8, 8), 0.5)
    shades = [digit_segmentation._inked(grey, np.ones((8, 8)), rng)[0, 0] for _ in range(400)]
    assert 160 < np.sum(np.array(shades) > 0.5) < 240  # 200 ± 10 if both are equally likely
    assert np.min(np.abs(np.array(shades) - 0.5)) >= 0.3


def test_equal_seeds_equal_pictures():
    first, again, other = (segmented_digits(5, 3, seed=seed) for seed in (1, 1, 2))
    for one, two in zip(first, again, strict=True):
        assert np.array_equal(one.images, two.images) and np.array_equal(one.masks, two.masks)
    assert not np.array_equal(first.train.images, other.train.images)


def test_no_digit_and_no_piece_of_a_photograph_is_in_two_parts():
    digits = digit_segmentation._split_digits(seed=0)
    images = {part: {image.tobytes() for image in ink} for part, (ink, _) in digits.items()}
    assert sum(map(len, images.values())) == len(set.union(*images.values())) > 1700
    assert [len(labels) for _, labels in digits.values()] == [1078, 359, 360]
    stripes = [number for part in digit_segmentation.STRIPES.values() for number in part]
    assert sorted(stripes) == [0, 1, 2, 3, 4]


def test_masks_lie_on_the_digits():
    rng = np.random.default_rng(0)
    paper = [np.zeros((40, 40))]  # a photograph of nothing: what differs from it is ink or noise
    digits = digit_segmentation._split_digits(seed=0)["test"]
    images, masks = digit_segmentation._pictures(40, digits, paper, rng)
    covered = images[..., 0] > 0.25
    assert np.mean(covered[masks == 0]) < 0.1 and np.mean(~covered[masks > 0]) < 0.35


def test_sizes_must_be_positive():
    with pytest.raises(ValueError, match="train_size: expected at least 1 picture; got 0"):
        segmented_digits(train_size=0)
    with pytest.raises(ValueError, match="test_size: expected at least 1 picture; got -2"):
        segmented_digits(test_size=-2)


def test_the_loader_is_exported():
    for _ in range(2):
        assert callable(datasets.segmented_digits)
