"""Pictures of what regularization changes."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting

RNG = np.random.default_rng(0)
X = RNG.standard_normal((2, 20))
Y = (X[:1] > 0).astype(float)


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def texts(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_study_tells_the_accuracy_on_both_sets():
    models = {"good": lambda P: (P[:1] > 0) * 1.0, "bad": lambda P: (P[:1] < 0) * 1.0}
    figure = plotting.regularization_study(models, (X, Y), (X, 1 - Y))
    titles = [ax.get_title() for ax in figure.axes]
    assert titles == [
        "good\ntrain 100%, dev 0% right",
        "bad\ntrain 0%, dev 100% right",
    ]


def test_curves_and_marks():
    curves = {"a": ([3, 2, 1], [3, 2, 4]), "b": ([3, 2, 2], [3, 3, 3])}
    figure = plotting.train_dev_curves([0, 10, 20], curves, best=10, stop=20)
    assert [ax.get_title() for ax in figure.axes] == ["a", "b"]
    assert figure.axes[0].lines[1].get_xydata().tolist() == [[0, 3], [10, 2], [20, 4]]
    assert texts(figure.axes[0]) == ["train", "dev", "lowest on dev: step 10", "stop: step 20"]
    assert texts(plotting.train_dev_curves([0], {"c": ([1], [1])}).axes[0]) == ["train", "dev"]


def test_weights_are_shown_by_size_and_zeros_counted():
    ax = plotting.weight_sizes({"L1": np.array([[0.0], [-2.0]]), "L2": [1.0, 1.0]}, ["p", "q"])
    assert texts(ax) == ["L1: 1 zeros", "L2: 0 zeros"]
    assert [bar.get_height() for bar in ax.patches] == [0, 2, 1, 1]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["p", "q"]
    plotting.weight_sizes({"w": np.ones(3)})


@pytest.mark.parametrize(
    ("draw", "arguments"),
    [
        (plotting.regularization_study, ({}, (X, Y), (X, Y))),
        (plotting.train_dev_curves, ([], {})),
        (plotting.weight_sizes, ({},)),
        (plotting.weight_sizes, ({name: [1.0] for name in "abcde"},)),
    ],
)
def test_nothing_or_too_much_is_refused(draw, arguments):
    with pytest.raises(ValueError, match="expected"):
        draw(*arguments)
