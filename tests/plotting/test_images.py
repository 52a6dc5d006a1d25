"""Grids of images: which image is where, on which scale of grey."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def _shown(figure):
    return [ax.images[0] for ax in figure.axes if ax.images]


def test_images_are_in_reading_order_below_their_titles():
    images = np.arange(5.0)[:, None, None] * np.ones((5, 2, 3))
    figure = plotting.image_grid(images, titles=range(5), columns=3)
    assert [image.get_array().max() for image in _shown(figure)] == [0, 1, 2, 3, 4]
    assert [ax.get_title() for ax in figure.axes[:5]] == ["0", "1", "2", "3", "4"]
    assert len(figure.axes) == 6
    assert not any(ax.axison for ax in figure.axes)


def test_all_images_share_one_scale_of_grey():
    figure = plotting.image_grid([np.zeros((2, 2)), np.full((2, 2), 9.0)])
    assert {image.get_clim() for image in _shown(figure)} == {(0.0, 9.0)}
    figure = plotting.image_grid([np.zeros((2, 2))], limits=(-1, 1))
    assert _shown(figure)[0].get_clim() == (-1, 1)


def test_colour_images_are_shown():
    figure = plotting.image_grid(np.random.default_rng(0).random((2, 4, 4, 3)))
    assert _shown(figure)[0].get_array().shape == (4, 4, 3)


def test_fewer_images_than_columns_make_no_empty_places():
    assert len(plotting.image_grid(np.zeros((2, 3, 3)), columns=8).axes) == 2


def test_no_images_and_missing_titles_are_refused():
    with pytest.raises(ValueError, match="images: expected at least one image"):
        plotting.image_grid([])
    with pytest.raises(ValueError, match=r"titles: expected one per image \(2\), received 1"):
        plotting.image_grid(np.zeros((2, 3, 3)), titles=["one"])


def test_the_column_repeats_the_numbers_of_the_image():
    image = np.arange(16.0).reshape(4, 4)
    figure = plotting.image_as_column(image, image.reshape(-1, 1))
    left, right = figure.axes
    assert [t.get_text() for t in left.texts] == [f"{n}" for n in range(16)]
    assert [t.get_text() for t in right.texts] == [f"{n}" for n in range(12)]
    assert right.get_title() == "column\n(16, 1)"
