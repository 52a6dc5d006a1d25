"""Pictures of initialization: what is drawn is what was given."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_valleys_with_their_paths():
    w = np.linspace(-1, 1, 5)
    path = np.array([[1.0, 1.0], [0.5, 0.5], [0.2, 0.1]])
    figure = plotting.cost_valleys({"raw": (w, w, np.add.outer(w**2, w**2), path)})
    ax = figure.axes[0]
    assert ax.get_title() == "raw"
    np.testing.assert_allclose(ax.lines[0].get_xydata(), path)
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["start", "after 2 steps"]


def test_histograms_show_shares_and_spread():
    figure = plotting.layer_histograms(
        {
            "dead": {1: np.zeros((2, 3))},
            "alive": {1: np.array([-1.0, 1.0]), 9: np.array([-2.0, 2.0])},
        },
        bins=4,
    )
    titles = [ax.get_title() for ax in figure.axes]
    assert titles == ["layer 1: σ = 0", "layer 1: σ = 1", "layer 9: σ = 2"]
    heights = [[bar.get_height() for bar in ax.patches] for ax in figure.axes]
    np.testing.assert_allclose(heights[1], [0.5, 0, 0, 0.5])
    assert sum(heights[0]) == pytest.approx(1)


@pytest.mark.parametrize(
    "draw", [plotting.costs_by_start, lambda lines: plotting.sizes_by_layer(lines, "size")]
)
def test_lines_on_a_logarithmic_scale(draw):
    ax = draw({"he": [1.0, 0.1, 0.01], "zeros": [1.0, 1.0, 1.0]})
    assert ax.get_yscale() == "log"
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [1.0, 0.1, 0.01])
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["he", "zeros"]
    with pytest.raises(ValueError, match="at most 6"):
        draw({str(n): [1.0] for n in range(7)})
