"""Slices and surfaces of a cost: valleys and descents are where they should be."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_valleys_of_a_slice_are_marked():
    w = np.linspace(-2, 2, 81)
    figure = plotting.cost_slices(w, {"two": (w**2 - 1) ** 2, "one": w**2, "none": w})
    two, one, none = (ax.lines[1].get_xdata() for ax in figure.axes)
    np.testing.assert_allclose(two, [-1, 1], atol=1e-9)
    np.testing.assert_allclose(one, [0], atol=1e-9)
    assert none.size == 0
    assert [ax.get_title() for ax in figure.axes] == ["two", "one", "none"]


def test_surfaces_show_their_descents_from_start_to_end():
    w, b = np.linspace(-1, 1, 5), np.linspace(-2, 2, 7)
    values = w**2 + b[:, np.newaxis] ** 2
    path = np.array([[9.0, 2.0], [0.5, 1.0], [0.0, 0.0]])  # begins outside the picture
    figure = plotting.cost_surfaces(w, b, {"bowl": values, "other": values}, {"bowl": [path]})
    bowl, other = figure.axes[:2]
    assert [line.get_xydata()[-1].tolist() for line in bowl.lines] == [[0, 0], [9, 2], [0, 0]]
    assert not other.lines
    assert (bowl.get_xlim(), bowl.get_ylim()) == ((-1, 1), (-2, 2))
