"""Colour shifts, and AlexNet's along the principal colours."""

import numpy as np
import pytest
from keras import ops
from sklearn.decomposition import PCA

from dlcourse import augment

RNG = np.random.default_rng(0)
MIX = np.array([[1.0, 0.8, 0.5], [0.0, 0.4, -0.3], [0.0, 0.0, 0.1]])
IMAGES = (0.3 + 0.1 * RNG.standard_normal((20, 6, 5, 3)) @ MIX).astype(np.float32)


def array(tensor):
    return ops.convert_to_numpy(tensor)


def test_a_shift_is_added_and_cut_at_black_and_white():
    images = np.full((2, 2, 3, 3), 0.9, np.float32)
    found = array(augment.shift_colours(images, [[0.05, -0.2, 0.3], [-1.0, 0.0, 0.0]]))
    np.testing.assert_allclose(found[0], np.broadcast_to([0.95, 0.7, 1.0], (2, 3, 3)), rtol=1e-6)
    np.testing.assert_allclose(found[1], np.broadcast_to([0.0, 0.9, 0.9], (2, 3, 3)), rtol=1e-6)


def test_principal_colours_are_those_of_scikit_learn():
    variances, directions = augment.principal_colours(IMAGES)
    pca = PCA().fit(IMAGES.reshape(-1, 3).astype(float))
    np.testing.assert_allclose(variances, pca.explained_variance_, rtol=1e-5)
    for ours, theirs in zip(directions.T, pca.components_, strict=True):
        np.testing.assert_allclose(abs(ours @ theirs), 1, rtol=1e-6)
        assert ours[np.abs(ours).argmax()] > 0


def test_the_shift_is_the_formula_of_the_paper():
    variances, directions = augment.principal_colours(IMAGES)
    amounts = RNG.standard_normal((20, 3))
    found = array(augment.shift_along_principal_colours(IMAGES, amounts, variances, directions))
    for image, shifted, alpha in zip(IMAGES, found, amounts, strict=True):
        added = sum(alpha[i] * variances[i] * directions[:, i] for i in range(3))
        np.testing.assert_allclose(shifted, image + added, atol=1e-6)


def test_drawn_shifts_vary_along_the_principal_colours_with_their_strength():
    variances, directions = augment.principal_colours(IMAGES)
    layer = augment.PrincipalColourShift(variances, directions, strength=0.1, seed=0)
    black = np.zeros((4000, 1, 1, 3), np.float32)
    shifts = array(layer(black, training=True))[:, 0, 0] @ directions
    # standard error of a standard deviation: sd / sqrt(2 n)
    np.testing.assert_allclose(shifts.std(axis=0), 0.1 * variances, rtol=5 / np.sqrt(8000))
    assert np.all(np.abs(np.corrcoef(shifts.T) - np.eye(3)) < 0.1)


def test_drawn_colour_shifts_stay_within_their_limit():
    grey = np.full((500, 1, 1, 3), 100.0, np.float32)
    found = array(augment.ColourShift(20.0, brightest=255.0, seed=0)(grey, training=True))
    assert 80 <= found.min() < 82 and 118 < found.max() <= 120
    assert np.abs(np.corrcoef(found[:, 0, 0].T) - np.eye(3)).max() < 0.25


def test_grey_images_have_one_principal_colour():
    variances, directions = augment.principal_colours(IMAGES[..., :1])
    assert variances.shape == (1,) and directions.tolist() == [[1.0]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: augment.shift_colours(IMAGES, [1.0]), r"shifts: expected shape \(m, 3\)"),
        (lambda: augment.principal_colours(IMAGES[:1, :1, :1]), "images: expected at least two"),
        (
            lambda: augment.shift_along_principal_colours(IMAGES, [1, 2], [1, 1, 1], np.eye(3)),
            "amounts: expected shape",
        ),
        (lambda: augment.PrincipalColourShift([1, 2], np.eye(3)), "directions: expected shape"),
        (lambda: augment.PrincipalColourShift([1], [[1]], -1), "strength: expected at least 0"),
        (lambda: augment.ColourShift(-1), "max_shift: expected at least 0"),
        (lambda: augment.ColourShift(1, 0), "brightest: expected more than 0"),
    ],
)
def test_bad_requests_say_what_was_expected(call, message):
    with pytest.raises(ValueError, match=message):
        call()
