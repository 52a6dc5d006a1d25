"""Functions of z and ratios of times: what is drawn, and under which name."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_functions_are_named_and_marked():
    z = np.array([-1.0, 0.0, 1.0])
    ax = plotting.activation_curves(z, {"a": z, "slope": z**0}, marks=[(0.0, 0.25)])
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["a", "slope"]
    assert ax.texts[0].get_text() == "0.25"
    assert [0.0, 0.25] in [line.get_xydata()[0].tolist() for line in ax.lines]


def test_ratio_is_loop_over_array():
    ax = plotting.timing_ratio([10, 100], [1.0, 10.0], [1.0, 0.5])
    assert ax.lines[0].get_xydata().tolist() == [[10, 1], [100, 20]]
    assert ax.get_yscale() == ax.get_xscale() == "log"
