"""Pictures of style transfer and of what excites a unit."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_three_images_and_their_costs():
    images = np.random.default_rng(0).random((3, 4, 5, 3))
    figure = plotting.style_transfer_panel(*images, {"style": [8.0, 2.0], "content": [0.0, 0.0]})
    shown, curves = figure.axes[:3], figure.axes[3]
    for ax, image in zip(shown, images, strict=True):
        np.testing.assert_array_equal(ax.images[0].get_array(), image)
    assert [ax.get_title() for ax in shown] == ["content", "style", "generated"]
    assert [line.get_label() for line in curves.lines] == ["style", "content"]
    np.testing.assert_allclose(curves.lines[0].get_ydata(), [1, 0.25])
    np.testing.assert_allclose(curves.lines[0].get_xdata(), [1, 2])
    assert len({(line.get_color(), line.get_linestyle()) for line in curves.lines}) == 2


@pytest.mark.parametrize("channels", [1, 3])
def test_a_row_for_every_unit(channels):
    patches = np.random.default_rng(0).random((5, 2, 3, 3, channels))
    figure = plotting.unit_patches(patches, units=[4, 1])
    assert [ax.get_ylabel() for ax in figure.axes] == ["unit 4", "", "unit 1", ""]
    third = figure.axes[2].images[0]
    np.testing.assert_array_equal(np.ravel(third.get_array()), patches[1, 0].ravel())
    assert len(plotting.unit_patches(patches).axes) == 10


def test_wrong_arguments_are_refused():
    image = np.zeros((2, 2, 3))
    with pytest.raises(ValueError, match="costs: expected at least one"):
        plotting.style_transfer_panel(image, image, image, {"style": []})
    with pytest.raises(ValueError, match=r"patches: expected .* got shape \(2, 2, 3\)"):
        plotting.unit_patches(image)
