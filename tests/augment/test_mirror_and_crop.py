"""Mirrors and windows: images, masks and boxes stay together."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras import ops

from dlcourse import augment

RNG = np.random.default_rng(0)


def array(tensor):
    return ops.convert_to_numpy(tensor)


def painted(boxes, height, width):
    """Images in which each whole-numbered box is filled: what its pixels must stay."""
    images = np.zeros((len(boxes), height, width, 1), np.int32)
    for image, (box,) in zip(images, boxes, strict=True):
        left, top, right, bottom = box.astype(int)
        image[top:bottom, left:right] = 1
    return images


def some_boxes(m, height, width):
    rows, columns = (np.sort(RNG.integers(n + 1, size=(m, 2))) for n in (height, width))
    return np.stack([columns[:, 0], rows[:, 0], columns[:, 1], rows[:, 1]], 1)[:, None].astype(
        np.float32
    )


def test_a_mirror_swaps_left_and_right_where_it_is_asked():
    images = RNG.integers(256, size=(3, 4, 5, 2), dtype=np.uint8)
    found = array(augment.mirror(images, np.array([True, False, True])))
    assert found.dtype == np.uint8
    np.testing.assert_array_equal(found, [images[0, :, ::-1], images[1], images[2, :, ::-1]])


@given(st.integers(1, 8), st.integers(1, 8))
def test_mirrored_boxes_hold_the_same_pixels(height, width):
    boxes, flipped = some_boxes(6, height, width), RNG.random(6) < 0.5
    moved = array(augment.mirror_boxes(boxes, flipped, width))
    expected = array(augment.mirror(painted(boxes, height, width), flipped))
    np.testing.assert_array_equal(painted(moved, height, width), expected)
    again = array(augment.mirror_boxes(moved, flipped, width))
    np.testing.assert_allclose(again, boxes)


def test_flips_are_as_frequent_as_asked():
    flips = array(augment.random_flips(4000, 0.3, seed=0))
    assert abs(flips.mean() - 0.3) < 5 * np.sqrt(0.3 * 0.7 / 4000)


def test_a_window_is_a_slice():
    images = RNG.integers(256, size=(3, 6, 7, 2), dtype=np.uint8)
    corners = np.array([[0, 0], [2, 1], [3, 4]])
    found = array(augment.crop(images, corners, (3, 3)))
    assert found.dtype == np.uint8
    expected = [image[r : r + 3, c : c + 3] for image, (r, c) in zip(images, corners, strict=True)]
    np.testing.assert_array_equal(found, expected)


@given(st.integers(1, 8), st.integers(1, 8), st.data())
def test_boxes_in_windows_hold_the_same_pixels(height, width, data):
    size = data.draw(st.integers(1, height)), data.draw(st.integers(1, width))
    boxes = some_boxes(4, height, width)
    images = painted(boxes, height, width)
    corners = array(augment.random_corners(images, size, seed=1))
    moved, seen = (array(part) for part in augment.crop_boxes(boxes, corners, size))
    cropped = array(augment.crop(images, corners, size))
    np.testing.assert_array_equal(painted(moved, *size), cropped)
    before, after = (x.sum(axis=(1, 2, 3)) for x in (images, cropped))
    np.testing.assert_allclose(seen[:, 0], after / np.maximum(before, 1), rtol=1e-6)


def test_every_window_is_as_likely():
    corners = array(augment.random_corners(np.ones((6000, 4, 6, 1)), (3, 4), seed=0))
    counts = np.bincount(corners[:, 0] * 3 + corners[:, 1], minlength=6)
    assert corners.max(axis=0).tolist() == [1, 2] and corners.min() == 0
    np.testing.assert_allclose(counts / 6000, 1 / 6, atol=5 * np.sqrt(1 / 6 * 5 / 6 / 6000))


def test_a_cropping_layer_moves_in_training_and_centres_in_inference():
    images = RNG.random((50, 5, 5, 1), dtype=np.float32)
    layer = augment.RandomCrop(5, 5, padding=2, seed=0)
    np.testing.assert_array_equal(array(layer(images)), images)
    framed = np.pad(images, ((0, 0), (2, 2), (2, 2), (0, 0)))
    places = set()
    for image, frame in zip(array(layer(images, training=True)), framed, strict=True):
        windows = {(r, c): frame[r : r + 5, c : c + 5] for r in range(5) for c in range(5)}
        places |= {place for place, window in windows.items() if np.array_equal(window, image)}
    assert len(places) > 15
    middle = array(augment.RandomCrop(3, 2)(images))
    np.testing.assert_array_equal(middle, images[:, 1:4, 1:3])


def test_layers_draw_anew_each_time_and_the_same_for_a_seed():
    images = RNG.random((8, 6, 6, 3), dtype=np.float32)
    makers = {
        "RandomMirror": augment.RandomMirror,
        "RandomCrop": lambda seed: augment.RandomCrop(6, 6, 3, seed=seed),
        "RandomRotation": lambda seed: augment.RandomRotation(90, seed=seed),
        "RandomShear": lambda seed: augment.RandomShear(0.5, seed=seed),
        "ElasticWarping": lambda seed: augment.ElasticWarping(seed=seed),
        "ColourShift": lambda seed: augment.ColourShift(0.2, seed=seed),
        "PrincipalColourShift": lambda seed: augment.PrincipalColourShift(
            *augment.principal_colours(images), strength=1.0, seed=seed
        ),
    }
    assert set(makers) == {name for name in augment.__all__ if name[0].isupper()}
    for name, make in makers.items():
        one, twin = make(seed=3), make(seed=3)
        first, second, again = (array(x(images, training=True)) for x in (one, one, twin))
        np.testing.assert_array_equal(first, again, err_msg=name)
        assert not np.array_equal(first, second), name
        np.testing.assert_array_equal(array(one(images, training=False)), images, err_msg=name)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: augment.mirror(x[0], [True]), "images: expected a batch"),
        (lambda x: augment.mirror_boxes(x[0], [True]), "boxes: expected shape"),
        (lambda x: augment.crop_boxes(x[0], [[0, 0]], (1, 1)), "boxes: expected shape"),
        (lambda x: augment.crop(x, [[0, 0]], (5, 1)), r"size: .* images of \(4, 4\) .* \(5, 1\)"),
        (lambda x: augment.random_corners(x, (1, 5)), "size: expected windows inside"),
        (lambda x: augment.RandomMirror(1.5), "probability: expected 0 to 1"),
        (lambda x: augment.RandomCrop(0, 3), "height, width: expected at least 1"),
        (lambda x: augment.RandomCrop(3, 3, -1), "padding: expected at least 0"),
        (augment.RandomCrop(9, 9), "size: expected windows inside"),
    ],
)
def test_bad_requests_say_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call(np.zeros((1, 4, 4, 3), np.float32))
