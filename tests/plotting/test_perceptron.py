"""Pictures of one neuron: curves, lines of the right place and order."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting

X = np.array([[0.0, 4.0, 1.0, 3.0], [0.0, 1.0, 2.0, 2.0]])
Y = np.array([[0, 1, 0, 1]])
TILTED = (np.array([[1.0], [2.0]]), -3.0)
UPRIGHT = (np.array([[2.0], [0.0]]), -4.0)
NOTHING = (np.zeros((2, 1)), 0.0)


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_curves_hold_the_numbers_given():
    z = np.array([[-1.0, 0.0, 1.0]])
    ax = plotting.step_and_sigmoid_curves(z, z >= 0, z / 2)
    step, sigmoid, _ = ax.lines
    assert step.get_ydata().tolist() == [0, 1, 1]
    assert sigmoid.get_ydata().tolist() == [-0.5, 0, 0.5]
    assert len(ax.get_legend().get_texts()) == 2 and ax.get_xlabel()


def test_lines_are_where_the_weighted_sum_is_zero():
    lines, axes = [NOTHING, TILTED, UPRIGHT], ("petal", "sepal")
    figure = plotting.perceptron_training(X, Y, lines, [2, 1, 0], features=axes)
    assert (figure.axes[0].get_xlabel(), figure.axes[0].get_ylabel()) == axes
    tilted, upright = figure.axes[0].lines  # zero weights have no line
    x1, x2 = tilted.get_data()
    np.testing.assert_allclose(x1 + 2 * x2, 3)
    assert set(upright.get_xdata()) == {2.0}
    assert upright.get_linewidth() > tilted.get_linewidth()
    assert figure.axes[1].lines[0].get_ydata().tolist() == [2, 1, 0]


def test_one_line_for_every_pass():
    with pytest.raises(ValueError, match="lines: expected one for each of the 2 passes.*got 1"):
        plotting.perceptron_training(X, Y, [TILTED], [1, 0])


def test_many_lines_are_thinned_out_and_the_last_one_stays():
    lines = [(np.array([[1.0], [1.0]]), -float(i)) for i in range(300)]
    drawn = plotting.perceptron_training(X, Y, lines, [1] * 300).axes[0].lines
    assert len(drawn) == 12
    np.testing.assert_allclose(sum(drawn[-1].get_data()), 299)


@pytest.mark.parametrize(("passes", "marker"), [(3, "o"), (300, "")])
def test_many_passes_are_drawn_without_dots(passes, marker):
    figure = plotting.perceptron_training(X, Y, [TILTED] * passes, [1] * passes)
    assert figure.axes[1].lines[0].get_marker() == marker
