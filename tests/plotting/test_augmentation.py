"""Galleries of augmented images and the windows of a ten-crop."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import augment, plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_a_gallery_has_a_row_for_each_augmentation():
    image = np.full((4, 5, 3), 0.5)
    variants = {"darker": np.zeros((2, 4, 5, 3)), "too bright": np.full((2, 4, 5, 3), 7.0)}
    figure = plotting.augmentation_gallery(image, variants)
    shown = [ax.images[0].get_array().mean() for ax in figure.axes]
    assert shown == [0.5, 0, 0, 0.5, 1, 1]
    assert [ax.get_ylabel() for ax in figure.axes[::3]] == ["darker", "too bright"]


def test_whole_numbers_and_grey_images_are_shown_on_their_scale():
    image = np.full((4, 5, 1), 51, np.uint8)
    figure = plotting.augmentation_gallery(image, {"same": image[None]})
    assert [ax.images[0].get_array().mean() for ax in figure.axes] == pytest.approx([0.2] * 2)
    assert figure.axes[0].images[0].get_clim() == (0, 1)


def test_windows_are_those_of_the_ten_crop():
    image = np.random.default_rng(0).random((8, 9, 1))
    ax = plotting.ten_crop_windows(image, (5, 4))
    crops = np.asarray(augment.ten_crop(image[None], (5, 4)))[0, :5]
    for patch, crop in zip(ax.patches, crops, strict=True):
        column, row = (int(value + 0.5) for value in patch.get_xy())
        height, width = patch.get_height(), patch.get_width()
        np.testing.assert_allclose(image[row : row + height, column : column + width], crop)


def test_rows_of_different_length_and_large_windows_are_refused():
    image = np.zeros((4, 4, 3))
    with pytest.raises(ValueError, match=r"variants: expected as many images .* got \[1, 2\]"):
        plotting.augmentation_gallery(image, {"a": image[None], "b": np.stack([image] * 2)})
    with pytest.raises(ValueError, match=r"variants: .* got \[\]"):
        plotting.augmentation_gallery(image, {})
    with pytest.raises(ValueError, match="size: expected windows inside"):
        plotting.ten_crop_windows(image, (5, 4))
