"""Pictures of networks: what is drawn, and on what."""

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse.plotting.network import (
    draw_network,
    first_layer_weights,
    multiplication_growth,
)


@pytest.fixture(autouse=True)
def closed_figures():
    with mpl.rc_context({"figure.max_open_warning": 0}):
        yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_layers_and_matrices_are_labelled():
    labels = texts(draw_network((3, 4, 1)))
    assert {"input\n3", "layer 1\n4", "output\n1", "W1\n(4, 3)", "W2\n(1, 4)"} <= set(labels)
    assert "⋮" not in labels


def test_tall_layers_are_shortened():
    ax = draw_network((64, 3, 1))
    assert texts(ax).count("⋮") == 1
    assert [len(c.get_offsets()) for c in ax.collections] == [8, 3, 1]
    assert len(ax.lines) == 8 * 3 + 3 * 1


def test_it_draws_on_given_axes():
    _, ax = plt.subplots()
    assert draw_network((2, 1), ax) is ax


def test_weights_become_images_on_one_symmetric_scale():
    W1 = np.linspace(-1, 3, 12 * 6).reshape(12, 6)
    figure = first_layer_weights(W1, (2, 3))
    images = [image for ax in figure.axes for image in ax.images]
    assert len(images) == 12
    assert np.array_equal(images[5].get_array(), W1[5].reshape(2, 3))
    assert {image.get_clim() for image in images} == {(-3.0, 3.0)}
    assert first_layer_weights(W1, (2, 3), largest=5).axes[0].images[0].get_clim() == (-5, 5)


def test_image_of_another_size_is_refused():
    with pytest.raises(ValueError, match=r"W1: expected 9 columns; got shape \(2, 8\)"):
        first_layer_weights(np.zeros((2, 8)), (3, 3))


def test_growth_is_logarithmic_with_a_line_for_each_way():
    ax = multiplication_growth([2, 3], [24, 54], [168, 1836])
    assert ax.get_yscale() == "log"
    drawn = {line.get_label(): line.get_ydata().tolist() for line in ax.lines}
    assert drawn == {
        "without a cache": [168, 1836],
        "with a cache (backpropagation)": [24, 54],
    }
    assert ax.get_xlabel() and ax.get_ylabel() and ax.get_legend()
