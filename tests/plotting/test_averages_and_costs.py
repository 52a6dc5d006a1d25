"""Averages over noisy values, the memory of an average, and costs beside each other."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def labels(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_values_are_dots_and_averages_are_curves():
    ax = plotting.smoothed_curves([1, 5, 3], {"β = 0.5": [1, 3, 3]}, labels=("step", "cost"))
    assert ax.lines[0].get_xydata().tolist() == [[1, 1], [2, 5], [3, 3]]
    assert (ax.lines[0].get_linestyle(), ax.lines[1].get_linestyle()) == ("None", "-")
    assert labels(ax) == ["values", "β = 0.5"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("step", "cost")


def test_memory_is_relative_to_the_newest_value():
    ax = plotting.memory_curves({"β = 0.9": 0.1 * 0.9 ** np.arange(19, -1, -1)})
    np.testing.assert_allclose(ax.lines[0].get_ydata(), 0.9 ** np.arange(20))
    assert ax.lines[-1].get_ydata()[0] == pytest.approx(1 / np.e)


def test_costs_are_drawn_against_the_epoch():
    costs = {"large": [1.0, 0.5], "small": [1.0, 0.9, 0.8, 0.7]}
    ax = plotting.compare_costs(costs, {"large": 1, "small": 2}, title="batches")
    assert [line.get_xdata().tolist() for line in ax.lines] == [[1, 2], [0.5, 1, 1.5, 2]]
    assert (ax.get_yscale(), ax.get_title(), labels(ax)) == ("log", "batches", ["large", "small"])


def test_a_training_that_ran_off_leaves_a_gap():
    ax = plotting.compare_costs({"too fast": [1.0, np.inf, np.nan]})
    assert np.isfinite(ax.lines[0].get_ydata()).tolist() == [True, False, False]


def test_pictures_go_onto_the_axes_that_are_given():
    _, ax = plt.subplots()
    assert plotting.smoothed_curves([1.0], {"a": [1.0]}, ax) is ax
    assert plotting.memory_curves({"a": [1.0]}, ax) is ax
    assert plotting.compare_costs({"a": [1.0]}, ax=ax) is ax
