"""Pictures of points, borders and hidden units: what is drawn, and on what."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting

X = np.array([[-1.0, 1.0, -1.0, 1.0], [-1.0, -1.0, 1.0, 1.0]])
Y = np.array([[0, 1, 0, 1]])


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def right_half(points):
    return (points[[0]] > 0).astype(float)


def test_points_are_grouped_by_class_and_named():
    ax = plotting.planar_points(X, Y, classes=("left", "right"))
    left, right = (c.get_offsets().tolist() for c in ax.collections)
    assert left == [[-1.0, -1.0], [-1.0, 1.0]]
    assert right == [[1.0, -1.0], [1.0, 1.0]]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["left", "right"]
    assert ax.get_xlabel() == "$x_1$"


def test_points_with_one_class_only_are_drawn():
    assert len(plotting.planar_points(X, np.zeros((1, 4))).collections) == 2


def test_points_of_higher_dimension_are_refused():
    with pytest.raises(ValueError, match=r"X: expected the two coordinates .* got \(3, 4\)"):
        plotting.planar_points(np.zeros((3, 4)), Y)


def smooth_right_half(points):
    return 1 / (1 + np.exp(-3 * points[[0]]))


@pytest.mark.parametrize("predict", [right_half, smooth_right_half])
def test_boundary_is_where_the_prediction_crosses_one_half(predict):
    ax = plotting.decision_boundary(predict, X, Y, title="halves")
    line = ax.collections[-1].get_paths()[0].vertices
    assert np.abs(line[:, 0]).max() < 0.02
    assert ax.get_title() == "halves"


def test_boundary_of_a_constant_prediction_has_no_line():
    constant, changing = (
        plotting.decision_boundary(predict, X, Y)
        for predict in (lambda points: np.zeros((1, points.shape[1])), right_half)
    )
    assert len(changing.collections) == len(constant.collections) + 1


def test_it_draws_on_given_axes():
    _, ax = plt.subplots()
    assert plotting.decision_boundary(right_half, X, Y, ax) is ax
    assert plotting.hidden_lines(np.eye(2), np.zeros((2, 1)), X, Y, ax) is ax


def test_study_has_one_picture_per_model_with_its_accuracy():
    models = {1: right_half, 2: lambda points: 1 - right_half(points), 3: right_half, 4: right_half}
    figure = plotting.hidden_size_study(models, X, Y)
    titles = [ax.get_title() for ax in figure.axes]
    assert titles[:2] == ["1 hidden unit: 100% right", "2 hidden units: 0% right"]
    assert len(titles) == 4


def test_lines_of_hidden_units():
    W1 = np.array([[2.0, 0.0], [0.0, 0.0], [1.0, 1.0]])
    ax = plotting.hidden_lines(W1, np.array([[-1.0], [0.0], [0.0]]), X, Y)
    assert len(ax.lines) == 2
    assert [t.get_text() for t in ax.texts] == ["1", "3"]
    for line, (w, b) in zip(ax.lines, ((W1[0], -1.0), (W1[2], 0.0)), strict=True):
        for point in (line.get_xy1(), line.get_xy2()):
            assert w @ point + b == pytest.approx(0.0, abs=1e-12)
