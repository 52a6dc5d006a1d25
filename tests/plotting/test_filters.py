"""Pictures of filters and activations: all on one scale, none missing."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting

RNG = np.random.default_rng(0)


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_filters_share_a_scale_around_zero():
    kernel = RNG.normal(size=(3, 3, 2, 5))
    axes = plotting.filter_grid(kernel, columns=3).axes
    assert len(axes) == 5 + 1
    for number, ax in enumerate(axes[:5]):
        (image,) = ax.images
        assert np.array_equal(image.get_array(), kernel[:, :, 0, number])
        low, high = image.get_clim()
        assert -low == high == np.abs(kernel).max()


def test_filters_of_colour_images_are_in_colour():
    kernel = RNG.normal(size=(5, 5, 3, 4))
    axes = plotting.filter_grid(kernel).axes
    shown = np.array([ax.images[0].get_array() for ax in axes])
    assert shown.shape == (4, 5, 5, 3) and shown.min() >= 0 and shown.max() <= 1
    expected = np.moveaxis(kernel, -1, 0) / np.abs(kernel).max() / 2 + 0.5
    np.testing.assert_allclose(shown, expected)


def test_filters_of_zeros_are_shown():
    assert len(plotting.filter_grid(np.zeros((2, 2, 1, 1))).axes) == 2


def test_maps_share_a_scale_and_bear_their_number():
    maps = RNG.random((4, 6, 10))
    axes = plotting.activation_grid(maps, columns=4).axes
    assert [ax.get_title() for ax in axes[:10]] == [f"{n}" for n in range(10)]
    assert {ax.images[0].get_clim() for ax in axes[:10]} == {(maps.min(), maps.max())}
    assert np.array_equal(axes[7].images[0].get_array(), maps[..., 7])


def test_wrong_axes_are_named():
    with pytest.raises(ValueError, match=r"kernel: expected shape .*got \(3, 3, 2\)"):
        plotting.filter_grid(np.zeros((3, 3, 2)))
    with pytest.raises(ValueError, match=r"activations: expected shape .*got \(1, 4, 4, 2\)"):
        plotting.activation_grid(np.zeros((1, 4, 4, 2)))
