"""Pictures of activation functions and of the values that they take."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_each_activation_is_drawn_with_its_slope():
    figure = plotting.values_and_slopes(
        {str(power): lambda z, p=power: (z**p, p * z ** (p - 1)) for power in (1, 2, 3)}, columns=2
    )
    assert [ax.get_title() for ax in figure.axes] == ["1", "2", "3"]
    value, slope = figure.axes[1].lines[:2]
    np.testing.assert_allclose(value.get_ydata(), value.get_xdata() ** 2)
    np.testing.assert_allclose(slope.get_ydata(), 2 * value.get_xdata())
    assert [t.get_text() for t in figure.axes[0].get_legend().get_texts()] == ["value", "slope"]


def test_histograms_show_shares():
    figure = plotting.activation_histograms(
        {"all at one": np.ones((3, 4)), "spread": np.linspace(-1, 1, 100)}, bins=10
    )
    heights = [[bar.get_height() for bar in ax.patches] for ax in figure.axes]
    np.testing.assert_allclose(heights[0], [0] * 9 + [1])
    np.testing.assert_allclose(heights[1], [0.1] * 10)
    assert [ax.get_title() for ax in figure.axes] == ["all at one", "spread"]
