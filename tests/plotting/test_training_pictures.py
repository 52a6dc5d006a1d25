"""Curves of trainings, schedules and thresholds, and embeddings in the plane."""

import numpy as np
import pytest
from matplotlib import colors
from matplotlib import pyplot as plt
from sklearn.metrics import average_precision_score, precision_recall_curve

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def texts(legend):
    return [text.get_text() for text in legend.get_texts()]


def test_training_and_validation_share_a_panel():
    history = {"loss": [3, 2, 1], "mae": [1, 1, 1], "val_loss": [3, 1, 2], "val_mae": [2, 2, 2]}
    figure = plotting.loss_curves(history)
    assert [ax.get_ylabel() for ax in figure.axes] == ["loss", "mae"]
    loss = figure.axes[0]
    assert loss.lines[0].get_xydata().tolist() == [[1, 3], [2, 2], [3, 1]]
    assert loss.lines[1].get_ydata().tolist() == [3, 1, 2]
    assert loss.lines[2].get_xydata().tolist() == [[2, 1]]  # the lowest validation loss
    assert texts(loss.get_legend()) == ["training", "validation", "lowest: epoch 2"]
    assert loss.lines[0].get_linestyle() != loss.lines[1].get_linestyle()


def test_curves_with_only_one_side_one_epoch_or_a_training_that_ran_off():
    figure = plotting.loss_curves({"val_loss": [np.nan, np.nan], "accuracy": [0.5]})
    assert [len(ax.lines) for ax in figure.axes] == [1, 1]
    assert figure.axes[1].lines[0].get_marker() == "o"


def test_no_history_is_refused():
    with pytest.raises(ValueError, match="history: expected at least one list"):
        plotting.loss_curves({})


def test_schedules_hold_for_their_steps():
    ax = plotting.schedule_curves({"a": [1, 2, 3], "b": [3, 2, 1]})
    assert ax.get_xlabel() == "step" and ax.get_ylabel() == "learning rate"
    assert ax.lines[0].get_xydata().tolist() == [[0, 1], [1, 2], [2, 3]]
    assert ax.lines[0].get_drawstyle() == "steps-post"
    assert len({(line.get_color(), line.get_linestyle()) for line in ax.lines}) == 2
    assert texts(ax.get_legend()) == ["a", "b"]
    _, given = plt.subplots()
    assert plotting.schedule_curves({"a": [1, 2]}, steps_per_epoch=2, ax=given) is given
    assert given.get_xlabel() == "epoch" and given.lines[0].get_xdata().tolist() == [0, 0.5]


def test_area_under_the_curve_is_average_precision():
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 2, 60)
    scores = truth + rng.standard_normal(60)
    precision, recall, _ = precision_recall_curve(truth, scores)
    curves = {"falling": (precision, recall), "rising": (precision[::-1], recall[::-1])}
    ax = plotting.precision_recall_curves(curves)
    expected = average_precision_score(truth, scores)
    assert texts(ax.get_legend()) == [f"{name}, area {expected:.2f}" for name in curves]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("recall", "precision")
    # behind them, lines on which F1 is what they say
    for line, f1 in zip(ax.lines, (0.2, 0.4, 0.6, 0.8), strict=False):
        recall, precision = line.get_xydata().T
        np.testing.assert_allclose(2 * precision * recall / (precision + recall), f1)


def test_curves_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match=r"curves\['x'\]: .*shapes \(2,\) and \(3,\)"):
        plotting.precision_recall_curves({"x": ([1, 1], [0, 1, 1])})


def test_every_class_has_its_marks_and_its_name_in_their_middle():
    points = np.array([[0, 0], [1, 1], [2, 2], [9, 9]])
    ax = plotting.embedding_scatter(points, [3, 3, 3, 5])
    assert [c.get_offsets().tolist() for c in ax.collections] == [points[:3].tolist(), [[9, 9]]]
    assert [(t.get_text(), t.get_position()) for t in ax.texts] == [("3", (1, 1)), ("5", (9, 9))]
    named = plotting.embedding_scatter(points, [0, 0, 1, 1], ["cat", "dog"])
    assert [t.get_text() for t in named.texts] == ["cat", "dog"]


def test_ten_classes_can_be_told_apart():
    ax = plotting.embedding_scatter(np.zeros((10, 2)), np.arange(10))
    looks = {
        (colors.to_hex(c.get_facecolor()[0]), c.get_paths()[0].vertices.tobytes())
        for c in ax.collections
    }
    assert len(looks) == 10


@pytest.mark.parametrize(
    ("points", "labels", "message"),
    [
        (np.zeros((3, 3)), [0, 0, 0], r"points: expected shape \(m, 2\); got \(3, 3\)"),
        (np.zeros((3, 2)), [0, 0], r"labels: expected shape \(3,\); got \(2,\)"),
    ],
)
def test_points_and_labels_that_do_not_fit(points, labels, message):
    with pytest.raises(ValueError, match=message):
        plotting.embedding_scatter(points, labels)
