"""Curves of trainings: what is drawn, where, and under which name."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_cost_is_drawn_against_the_iteration():
    ax = plotting.cost_curve([0.7, 0.5, 0.4], title="training", every=100)
    assert ax.lines[0].get_xydata().tolist() == [[0, 0.7], [100, 0.5], [200, 0.4]]
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("iteration", "cost", "training")


def test_a_picture_goes_onto_the_axes_that_are_given():
    _, ax = plt.subplots()
    assert plotting.cost_curve([1.0, 0.5], ax) is ax
    assert plotting.learning_rate_curves({0.1: [1.0, 0.5]}, ax) is ax


def test_every_learning_rate_has_a_curve_of_its_own_style():
    ax = plotting.learning_rate_curves({0.001: [1.0, 0.9], 0.1: [1.0, 0.5]})
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["α = 0.001", "α = 0.1"]
    assert len({(line.get_color(), line.get_linestyle()) for line in ax.lines}) == 2
    assert ax.get_yscale() == "log"


def test_a_training_that_ran_off_leaves_a_gap():
    ax = plotting.learning_rate_curves({10: [1.0, np.inf, np.nan]})
    assert np.isfinite(ax.lines[0].get_ydata()).tolist() == [True, False, False]


def test_more_curves_than_colours_are_drawn():
    assert len(plotting.learning_rate_curves({r: [1.0] for r in range(1, 12)}).lines) == 11


def test_heaviest_weights_are_shown_with_their_names():
    ax = plotting.weight_bars(np.array([[0.1], [-3.0], [2.0]]), ["a", "b", "c"], top=2)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["c", "b"]
    assert [bar.get_width() for bar in ax.patches] == [2.0, -3.0]
