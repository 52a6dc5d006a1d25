"""Pictures of searches show what was tried, and mark the best."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse.plotting import (
    grid_against_random,
    parallel_coordinates,
    range_test_curve,
    search_heatmap,
)

TRIALS = [
    {"units": u, "rate": r, "activation": a, "score": s, "seconds": 1.0}
    for u, r, a, s in [(8, 0.1, "relu", 0.7), (16, 0.001, "tanh", 0.9), (8, 0.01, "relu", 0.8)]
]


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


def test_a_grid_knows_fewer_values():
    steps = (np.arange(3) + 0.5) / 3
    points = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    drawn = np.random.default_rng(0).random((9, 2))
    figure = grid_against_random(lambda x: (x - 0.4) ** 2, points, drawn)
    titles = [ax.get_title() for ax in figure.axes if ax.get_title()]
    assert titles == ["grid: 9 trials, 3 values of x", "random: 9 trials, 9 values of x"]


def test_a_line_per_trial_reaches_its_score():
    ax = parallel_coordinates(TRIALS, log=("rate",))
    assert [t.get_text() for t in ax.get_xticklabels()] == ["units", "rate", "activation", "score"]
    lines = [line.get_ydata() for line in ax.lines if len(line.get_ydata()) == 4]
    np.testing.assert_allclose(sorted(line[-1] for line in lines), [0, 0.5, 1])
    np.testing.assert_allclose(sorted(line[1] for line in lines), [0, 0.5, 1])
    np.testing.assert_allclose(lines[-1], [1, 0, 1, 1])  # the best one is on top


def test_a_value_that_never_changes_lies_in_the_middle():
    ax = parallel_coordinates([{"units": 8, "score": 0.1}, {"units": 8, "score": 0.2}])
    assert ax.lines[0].get_ydata()[0] == 0.5


def test_the_heat_map_shows_means_and_frames_the_best():
    ax = search_heatmap([*TRIALS, {**TRIALS[0], "score": 0.5}], "units", "rate")
    shown = ax.images[0].get_array()
    np.testing.assert_allclose(
        np.ma.filled(shown, np.nan), [[np.nan, 0.9], [0.8, np.nan], [0.6, np.nan]]
    )
    assert ax.patches[0].get_xy() == (0.5, -0.5)


def test_the_range_test_marks_the_rate_and_the_limit():
    ax = range_test_curve(np.geomspace(0.01, 1, 5), [3.0, 2.0, 9.0], 0.03, limit=0.2)
    assert ax.get_legend_handles_labels()[1][1:] == ["suggested: 0.03", "unstable beyond 0.2"]
    assert len(ax.lines[0].get_xdata()) == 3


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="trials: expected at least one; got none"):
        parallel_coordinates([])
    with pytest.raises(ValueError, match="x, y: expected names of hyper-parameters, units"):
        search_heatmap(TRIALS, "units", "width")
