"""Pictures of masks: what is shown where, and what does not fit."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting

IMAGES = np.linspace(0, 1, 2 * 4 * 5).reshape(2, 4, 5, 1)
MASKS = np.arange(40).reshape(2, 4, 5) % 3
CLASSES = ["paper", "ink", "stain"]


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_one_row_per_image_with_the_share_of_right_pixels():
    predictions = MASKS.copy()
    predictions[1, 0] = 0
    figure = plotting.segmentation_grid(IMAGES, MASKS, predictions, CLASSES)
    assert len(figure.axes) == 8
    assert [ax.get_title() for ax in figure.axes[:4]] == [
        "image",
        "truth",
        "prediction",
        "100 % right",
    ]
    share = 100 * np.mean(MASKS[1] == predictions[1])
    assert figure.axes[7].get_title() == f"{share:.0f} % right" != "100 % right"
    wrong = figure.axes[7].images[1].get_array()
    assert np.array_equal(~wrong.mask, MASKS[1] != predictions[1])
    assert [text.get_text() for text in figure.legends[0].get_texts()] == CLASSES


def test_every_class_has_its_own_colour():
    figure = plotting.segmentation_grid(IMAGES[:1], MASKS[:1], MASKS[:1])
    shown = figure.axes[1].images[0]
    colors = shown.cmap(shown.norm(np.arange(15)))
    assert len(np.unique(colors, axis=0)) == 15
    assert np.allclose(colors[0], (0, 0, 0, 1))


def test_the_overlay_leaves_the_background_alone():
    ax = plotting.mask_overlay(IMAGES[0], MASKS[0], CLASSES)
    image, mask = ax.images
    assert np.array_equal(image.get_array(), IMAGES[0, ..., 0])
    assert np.array_equal(mask.get_array().mask, MASKS[0] == 0)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["ink", "stain"]


def test_an_empty_mask_needs_no_legend():
    assert plotting.mask_overlay(IMAGES[0], 0 * MASKS[0], CLASSES).get_legend() is None


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=r"mask: expected shape \(4, 5\).*got \(5, 4\)"):
        plotting.mask_overlay(IMAGES[0], MASKS[0].T)
    with pytest.raises(ValueError, match="mask: expected classes from 0 to 1.*got 0 to 2"):
        plotting.mask_overlay(IMAGES[0], MASKS[0], ["paper", "ink"])
    with pytest.raises(ValueError, match="mask: expected classes from 0 to 14.*got 0 to 20"):
        plotting.mask_overlay(IMAGES[0], 10 * MASKS[0])
    with pytest.raises(ValueError, match="expected equally many.*got 2, 2 and 1"):
        plotting.segmentation_grid(IMAGES, MASKS, MASKS[:1])
