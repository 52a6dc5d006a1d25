"""Images with their labels and what was found instead."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting

IMAGES = np.random.default_rng(0).integers(256, size=(3, 4, 4, 1), dtype=np.uint8)


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_labels_are_written_below_their_images():
    figure = plotting.labelled_images(IMAGES, [1, 0, 1], ("cat", "dog"))
    assert [ax.get_title() for ax in figure.axes] == ["dog", "cat", "dog"]
    np.testing.assert_array_equal(figure.axes[2].images[0].get_array(), IMAGES[2, :, :, 0])


def test_wrong_predictions_are_marked_by_more_than_colour():
    figure = plotting.labelled_images(IMAGES, [1, 0, 1], ("cat", "dog"), predictions=[1, 1, 1])
    assert [ax.get_title() for ax in figure.axes] == ["✓ dog", "✗ dog\n(cat)", "✓ dog"]
    colours = [ax.title.get_color() for ax in figure.axes]
    assert colours[0] == colours[2] != colours[1]
    figure.canvas.draw()  # the font has the marks


def test_classes_without_names_are_numbers():
    figure = plotting.labelled_images(np.zeros((2, 3, 3, 3)), np.array([7, 8]), columns=1)
    assert [ax.get_title() for ax in figure.axes] == ["7", "8"]


def test_a_label_for_each_image():
    with pytest.raises(ValueError, match=r"labels: expected one per image \(3\), got \(2,\)"):
        plotting.labelled_images(IMAGES, [0, 1])
    with pytest.raises(ValueError, match="predictions: expected one per image"):
        plotting.labelled_images(IMAGES, [0, 1, 2], predictions=[[0], [1], [2]])
