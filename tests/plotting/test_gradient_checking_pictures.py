"""Pictures of gradient checking and clipping: what is drawn is what was given."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_errors_without_the_zeros():
    ax = plotting.difference_errors([0.1, 0.01], {"one side": [0.3, 0.0], "two sides": [0.1, 0.01]})
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), [0.3, np.nan])
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["one side", "two sides"]


def test_steps_begin_at_the_origin():
    ax = plotting.clipped_steps({"gradient": (3.0, 4.0), "clipped": (0.6, 0.8)})
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), [[0, 0], [0.6, 0.8]])
    assert [t.get_text() for t in ax.texts] == ["gradient", "clipped"]
