"""Photographs, their pieces, and images at another size."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_sample_images

from dlcourse.datasets import patches, resized, sample_image


def test_photographs_are_those_of_scikit_learn():
    for name, expected in zip(("china", "flower"), load_sample_images().images, strict=True):
        image = sample_image(name)
        assert image.dtype == np.float32
        np.testing.assert_allclose(image * 255, expected, rtol=1e-5)


def test_a_portrait_comes_in_the_size_that_is_asked():
    portrait = sample_image("hopper", (60, 50))
    assert portrait.shape == (60, 50, 3) and 0 <= portrait.min() < 0.2 < portrait.max() <= 1


def test_a_photograph_can_be_painted_over_without_harm():
    sample_image("china")[:] = 0
    assert sample_image("china").max() > 0.9


@given(*[st.integers(1, 9)] * 4)
def test_resizing_is_that_of_keras(old_height, old_width, height, width):
    images = np.random.default_rng(0).random((2, old_height, old_width, 3), dtype=np.float32)
    expected = keras.ops.image.resize(images, (height, width), antialias=True)
    np.testing.assert_allclose(resized(images, height, width), np.asarray(expected), atol=1e-5)


def test_resizing_keeps_a_plain_image_plain():
    np.testing.assert_allclose(resized(np.full((7, 5, 2), 3.0), 3, 11), 3.0)


def test_patches_are_the_windows_in_reading_order():
    image = np.arange(5 * 7 * 2).reshape(5, 7, 2)
    expected = [image[r : r + 3, c : c + 3] for r in (0, 2) for c in (0, 2, 4)]
    np.testing.assert_array_equal(patches(image, 3, 2), expected)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sample_image("lena"), "name: expected one of china, flower, hopper"),
        (lambda: sample_image("china", (0, 3)), "height, width: expected at least 1"),
        (lambda: resized(np.ones((3, 3)), 1, 1), "images: expected shape"),
        (lambda: patches(np.ones((3, 3)), 2, 1), "image: expected shape"),
        (lambda: patches(np.ones((3, 4, 1)), 4, 1), "size: expected 1 to 3 pixels, got 4"),
        (lambda: patches(np.ones((3, 4, 1)), 2, 0), "stride: expected at least 1 pixel"),
    ],
)
def test_bad_requests_say_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call()
