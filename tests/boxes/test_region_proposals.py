import numpy as np
import pytest

from dlcourse.boxes import pairwise_iou, propose_regions, to_pixels
from dlcourse.datasets import digit_scenes


def test_most_digits_are_proposed_and_only_touching_ones_are_not():
    scenes = digit_scenes(train_size=0, test_size=40).test
    alone, touching = [], []
    for image, boxes, labels in zip(*scenes, strict=True):
        real = to_pixels(boxes[labels >= 0], 64, 64).numpy()
        best = pairwise_iou(real, propose_regions(image, 0.3)).numpy().max(axis=1)
        margin = np.float32([-2, -2, 2, 2])  # what reaches into it may hang together
        near = pairwise_iou(real + margin, real + margin).numpy() - np.eye(len(real))
        for found, apart in zip(best > 0.5, near.max(axis=1) <= 0, strict=True):
            (alone if apart else touching).append(found)
    assert np.mean(alone) > 0.95
    assert np.mean(touching) < np.mean(alone)


def test_parts_and_wholes():
    image = np.zeros((9, 9))
    image[1:4, 1:4] = image[5:8, 1:4] = 1  # one pixel apart
    assert propose_regions(image, reach=0).tolist() == [[1, 1, 4, 4], [1, 5, 4, 8]]
    assert propose_regions(image, reach=1).tolist() == [[1, 1, 4, 4], [1, 1, 4, 8], [1, 5, 4, 8]]


def test_noise_and_nothing():
    image = np.zeros((5, 5, 3))
    image[2, 2, 1] = 1
    assert propose_regions(image).shape == (0, 4)
    assert propose_regions(image, least_pixels=1, reach=0).tolist() == [[2, 2, 3, 3]]


def test_bad_input():
    with pytest.raises(ValueError, match="image, reach: expected"):
        propose_regions(np.zeros(4))
    with pytest.raises(ValueError, match="image, reach: expected"):
        propose_regions(np.zeros((4, 4)), reach=-1)
