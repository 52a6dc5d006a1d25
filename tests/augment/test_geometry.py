"""Rotation, shear and bending against SciPy's resampling, and against turns by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keras import ops
from scipy import ndimage

from dlcourse import augment
from dlcourse.augment.sampling import interpolated

SCIPY_MODE = {"zeros": "grid-constant", "edge": "nearest"}
sizes = st.tuples(st.integers(1, 7), st.integers(1, 7))
borders = st.sampled_from(["zeros", "edge"])
numbers = st.floats(-1.5, 1.5, width=32)


def some_images(size, m=2, channels=2):
    return np.random.default_rng(0).random((m, *size, channels), dtype=np.float32)


def array(tensor):
    return ops.convert_to_numpy(tensor)


def by_scipy(image, matrix, shift, border, order=1):
    middle = (np.array(image.shape[:2]) - 1) / 2
    offset = middle + shift - matrix @ middle
    channels = [
        ndimage.affine_transform(c, matrix, offset, order=order, mode=SCIPY_MODE[border])
        for c in np.moveaxis(image, -1, 0)
    ]
    return np.stack(channels, -1)


@given(sizes, st.lists(numbers, min_size=12, max_size=12), borders)
def test_affine_transform_is_that_of_scipy(size, entries, border):
    images = some_images(size)
    matrices, shifts = np.array(entries[:8]).reshape(2, 2, 2), np.array(entries[8:]).reshape(2, 2)
    ours = array(augment.affine_transform(images, matrices, shifts, border))
    for image, found, matrix, shift in zip(images, ours, matrices, shifts, strict=True):
        expected = by_scipy(image.astype(float), matrix, shift, border)
        np.testing.assert_allclose(found, expected, atol=2e-5)


@pytest.mark.parametrize("border", ["zeros", "edge"])
def test_nearest_pixels_are_those_of_scipy(border):
    masks = np.random.default_rng(0).integers(9, size=(1, 8, 9, 1))
    matrix = np.array([[0.83, 0.41], [-0.37, 1.13]])
    found = array(augment.affine_transform(masks, matrix, border=border, order=0))
    assert found.dtype == masks.dtype
    np.testing.assert_array_equal(found[0], by_scipy(masks[0], matrix, 0, border, order=0))


@pytest.mark.parametrize(("degrees", "turns"), [(90, 1), (180, 2), (-90, -1), (360, 0)])
@pytest.mark.parametrize("side", [4, 5])
def test_quarter_turns_are_exact(degrees, turns, side):
    images = some_images((side, side))
    expected = np.rot90(images, turns, axes=(1, 2))
    np.testing.assert_allclose(array(augment.rotate(images, degrees)), expected, atol=1e-5)


def test_rotation_is_counter_clockwise_as_in_scipy():
    image = some_images((9, 12), m=1)
    expected = ndimage.rotate(
        image[0].astype(float), 33, reshape=False, order=1, mode="grid-constant"
    )
    np.testing.assert_allclose(array(augment.rotate(image, 33))[0], expected, atol=1e-5)


def test_each_image_has_its_own_angle():
    images = some_images((5, 5))
    found = array(augment.rotate(images, [0.0, 90.0]))
    np.testing.assert_allclose(found[0], images[0], atol=1e-6)
    np.testing.assert_allclose(found[1], np.rot90(images[1]), atol=1e-5)


def test_a_shear_moves_rows_by_whole_pixels():
    images = some_images((5, 6), m=1)
    found = array(augment.shear(images, 1.0, border="zeros"))[0]
    for row in range(5):
        expected = ndimage.shift(images[0, row].astype(float), (2 - row, 0), order=0)
        np.testing.assert_allclose(found[row], expected, atol=1e-6)


@given(sizes, borders)
def test_bending_is_that_of_scipy(size, border):
    images, rng = some_images(size), np.random.default_rng(1)
    moves = rng.uniform(-3, 3, size=(2, 2, *size)).astype(np.float32)
    found = array(augment.warp(images, moves, border))
    grid = np.indices(size)
    for image, move, ours in zip(images, moves, found, strict=True):
        for channel in range(2):
            expected = ndimage.map_coordinates(
                image[..., channel].astype(float), grid + move, order=1, mode=SCIPY_MODE[border]
            )
            np.testing.assert_allclose(ours[..., channel], expected, atol=2e-5)


def test_displacements_have_their_strength_and_are_smooth():
    images = np.ones((300, 12, 9, 1))
    moves = array(augment.random_displacements(images, strength=2.0, smoothness=3.0, seed=0))
    # 600 independent fields: the standard error of a standard deviation is sd / sqrt(2 n)
    np.testing.assert_allclose(moves.std(axis=(0, 1)), 2.0, atol=5 * 2 / np.sqrt(1200))
    assert abs(moves.mean()) < 0.2
    near = np.mean(moves[:, :, 1:] * moves[:, :, :-1]) / 4
    # two Gaussians of width s that are d apart overlap by exp(-d²/4s²)
    assert abs(near - np.exp(-1 / 36)) < 0.02


def test_displacements_are_smoothed_as_scipy_smooths():
    moves = array(augment.random_displacements(np.ones((1, 40, 40, 1)), 1.0, 2.0, seed=3))
    rough = array(augment.random_displacements(np.ones((1, 40, 40, 1)), 1.0, 1e-3, seed=3))
    middle = (slice(15, 25), slice(15, 25))
    smooth = ndimage.gaussian_filter(rough[0, 0].astype(float), 2.0, truncate=7.0)
    found = moves[0, 0][middle]
    ratio = found / smooth[middle]
    np.testing.assert_allclose(ratio, ratio[0, 0], rtol=2e-2)


def test_nothing_moves_where_nothing_is_asked():
    images = some_images((6, 7))
    zeros = np.zeros((2, 2, 6, 7))
    for found in (
        augment.rotate(images, 0),
        augment.shear(images, 0),
        augment.warp(images, zeros),
        augment.affine_transform(images, np.eye(2)),
    ):
        np.testing.assert_allclose(array(found), images, atol=1e-6)


def test_whole_numbers_become_floats_and_masks_stay_whole():
    images = np.full((1, 4, 4, 1), 200, np.uint8)
    assert "float32" in str(augment.rotate(images, 45).dtype)
    assert "uint8" in str(augment.rotate(images, 45, order=0).dtype)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda x: augment.rotate(x[0], 3), r"images: expected a batch .* got shape \(4, 5, 2\)"),
        (lambda x: augment.rotate(x, [[1.0]]), r"degrees: expected shape \(m\), got \(1, 1\)"),
        (lambda x: augment.rotate(x, 3, border="wrap"), "border: expected one of zeros, edge"),
        (lambda x: augment.rotate(x, 3, order=3), "order: expected 0"),
        (lambda x: augment.shear(x, [[1.0]]), "slants: expected shape"),
        (lambda x: augment.affine_transform(x, np.eye(3)), r"matrices: expected shape \(m, 2, 2\)"),
        (lambda x: augment.affine_transform(x, np.eye(2), [1]), "shifts: expected shape"),
        (lambda x: augment.warp(x, np.zeros((2, 4, 5))), r"displacements: .*\(m, 2, 4, 5\)"),
        (lambda x: augment.random_displacements(x, -1, 1), "strength: expected at least 0"),
        (lambda x: augment.random_displacements(x, 1, 0), "smoothness: expected more than 0"),
        (lambda x: augment.RandomRotation(181), "max_degrees: expected 0 to 180"),
        (lambda x: augment.RandomShear(-1), "max_slant: expected at least 0"),
        (lambda x: augment.ElasticWarping(-1), "strength: expected at least 0"),
        (lambda x: interpolated(x, [[[0]]], [[[0]]], "wrap"), "border: expected"),
    ],
)
def test_bad_requests_say_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call(some_images((4, 5)))
