"""Names of words stand beside their points and not on each other."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def names(ax):
    return [text for text in ax.texts if text.get_text()]


def test_each_point_has_its_name_and_each_pair_its_arrow():
    points = np.random.default_rng(0).normal(size=(5, 2))
    ax = plotting.word_map(points, list("abcde"), pairs=[("a", "b"), ("c", "d")])
    assert [text.get_text() for text in names(ax)] == list("abcde")
    np.testing.assert_allclose([text.xy for text in names(ax)], points)
    np.testing.assert_allclose(ax.collections[0].get_offsets(), points)
    arrows = [text for text in ax.texts if text.arrow_patch is not None]
    np.testing.assert_allclose([arrow.xy for arrow in arrows], points[[1, 3]])


def test_names_get_out_of_each_others_way():
    ax = plotting.word_map([[0, 0], [0.01, 0], [5, 5]], ["first", "second", "third"])
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in names(ax)]
    assert not boxes[0].overlaps(boxes[1])


def test_names_stand_on_each_other_only_where_there_is_no_place():
    ax = plotting.word_map(np.zeros((6, 2)), ["word"] * 6)
    assert len(names(ax)) == 6


def test_an_axes_of_ones_own():
    _, own = plt.subplots()
    assert plotting.word_map([[0, 1]], ["a"], ax=own) is own


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([[0, 1, 2]], ["a"]), r"points: expected shape \(1, 2\); got \(1, 3\)"),
        (([[0, 1]], ["a", "b"]), r"points: expected shape \(2, 2\)"),
        (([[0, 1]], ["a"], [("a", "z")]), r"pairs: expected words among those drawn; got \['z'\]"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        plotting.word_map(*arguments)
