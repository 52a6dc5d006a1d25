import numpy as np
import pytest

from dlcourse.boxes import pairwise_iou
from dlcourse.datasets import digit_scenes, digits


def test_equal_seeds_give_equal_scenes():
    one, same, other = digit_scenes(6, 4, 1), digit_scenes(6, 4, 1), digit_scenes(6, 4, 2)
    for part, again in zip(one, same, strict=True):
        for array, twin in zip(part, again, strict=True):
            np.testing.assert_array_equal(array, twin)
    assert (one.train.images != other.train.images).any()


def test_more_scenes_do_not_change_the_first_ones():
    few, many = digit_scenes(3, 2), digit_scenes(5, 4)
    assert (few.train.labels == many.train.labels[:3]).all()
    assert (few.test.labels == many.test.labels[:2]).all()


def test_schema():
    scenes = digit_scenes(20, 0).train
    assert scenes.images.shape == (20, 64, 64, 1) and scenes.images.dtype == np.float32
    assert scenes.images.min() >= 0 and scenes.images.max() <= 1
    real = scenes.labels >= 0
    assert (real.sum(axis=1) >= 1).all() and (scenes.labels <= 9).all()
    assert (scenes.boxes[~real] == 0).all()
    boxes = scenes.boxes[real]
    assert (boxes >= 0).all() and (boxes <= 1).all() and (boxes[:, 2:] > boxes[:, :2]).all()


def test_boxes_are_tight_and_hardly_overlap():
    scenes = digit_scenes(30, 0).train
    for image, boxes, labels in zip(*scenes, strict=True):
        real = boxes[labels >= 0]
        assert (np.triu(pairwise_iou(real, real), 1) < 0.5).all()
        for x1, y1, x2, y2 in np.rint(64 * real).astype(int):
            inside = image[y1:y2, x1:x2, 0]
            for edge in (inside[0], inside[-1], inside[:, 0], inside[:, -1]):
                assert edge.max() > 0.05


def test_no_test_digit_is_in_the_training_scenes():
    data = digits()
    train = {image.tobytes() for image in data.train_images}
    assert not [image for image in data.test_images if image.tobytes() in train]


def test_a_test_scene_shows_only_test_digits(monkeypatch):
    from dlcourse.datasets import scattered_digits

    data = digits()
    marked = data._replace(test_images=np.full_like(data.test_images, 16.0))
    monkeypatch.setattr(scattered_digits, "digits", lambda: marked)
    scenes = digit_scenes(2, 2)
    real = scenes.test.labels[0] >= 0
    for x1, y1, x2, y2 in np.rint(64 * scenes.test.boxes[0][real]).astype(int):
        assert scenes.test.images[0, y1:y2, x1:x2].min() > 0.7  # full squares, nothing else


def test_bad_input():
    with pytest.raises(ValueError, match="train_size, test_size: expected 0 or more"):
        digit_scenes(-1, 3)
