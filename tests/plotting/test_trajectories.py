"""Paths on contours: what is drawn, where, and in which style."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting
from dlcourse.plotting.trajectories import path_styles

PATHS = {"a": [(1.0, 1.0), (0.5, 0.2), (0.0, 0.0)], "b": [(1.0, 1.0), (2.0, -1.0)]}


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def panel(paths=PATHS, **settings):
    return plotting.PathPanel(lambda x, y: x**2 + 3 * y**2, paths, (-2, 2), (-1, 1.5), **settings)


def test_paths_run_from_their_start_to_their_end():
    figure = plotting.optimizer_paths({"bowl": panel()})
    lines = {line.get_label(): line for line in figure.axes[0].lines}
    for name, path in PATHS.items():
        np.testing.assert_allclose(lines[name].get_xydata(), path)
    ends = [line.get_xydata().tolist() for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert [[0.0, 0.0]] in ends and [[2.0, -1.0]] in ends and [[1.0, 1.0]] in ends


def test_each_name_has_one_style_in_all_panels():
    panels = {"one": panel({"b": PATHS["b"]}), "two": panel()}
    figure = plotting.optimizer_paths(panels)
    styles = path_styles(panels)
    assert len(set(styles.values())) == 2
    for ax in figure.axes:
        for line in ax.lines:
            if line.get_label() in styles:
                assert line.get_color() == styles[line.get_label()][0]
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["b", "a"]


def test_seven_paths_are_told_apart():
    styles = path_styles({"p": panel({str(k): PATHS["a"] for k in range(7)})})
    assert len({color for color, _ in styles.values()}) == 7
    assert len({dashes for _, dashes in styles.values()}) == 7


def test_panel_shows_what_it_was_told():
    settings = {"minima": ((0.25, 0.5),), "labels": ("w", "b")}
    (ax,) = plotting.optimizer_paths({"a bowl": panel(**settings)}).axes
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 2), (-1, 1.5))
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("w", "b", "a bowl")
    stars = [line.get_xydata().tolist() for line in ax.lines if line.get_marker() == "*"]
    assert stars == [[[0.25, 0.5]]]


def test_the_lowest_land_is_the_palest():
    (ax,) = plotting.optimizer_paths({"bowl": panel()}).axes
    brightness = [patch.mean() for patch in ax.collections[0].get_facecolor()[:, :3]]
    assert brightness == sorted(brightness, reverse=True)


def test_flat_land_has_no_contours():
    flat = plotting.PathPanel(lambda x, y: 0 * x, PATHS, (-2, 2), (-1, 1))
    assert len(plotting.optimizer_paths({"flat": flat}).axes[0].collections) == 0


@pytest.mark.parametrize("count", [1, 4])
def test_nothing_sticks_out_of_the_figure(count):
    paths = {f"a rather long name {k}": PATHS["a"] for k in range(4)}
    figure = plotting.optimizer_paths({str(k): panel(paths) for k in range(count)})
    figure.draw_without_rendering()
    box = figure.legends[0].get_window_extent()
    assert box.x0 >= 0 and box.x1 <= figure.bbox.x1


def test_no_panel_is_refused():
    with pytest.raises(ValueError, match="panels: expected at least one; got none"):
        plotting.optimizer_paths({})
