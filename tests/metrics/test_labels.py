"""The forms in which truth and prediction come."""

import math

import keras
import numpy as np
import pytest

from dlcourse import metrics

TRUE = np.array([0, 2, 1, 2])
PREDICTED = np.array([0, 1, 1, 2])
SCORES = np.array([[5.0, 1, 1], [0, 9, 8], [-3, -1, -2], [0.1, 0.2, 0.7]])
EXPECTED = [[1, 0, 0], [0, 1, 0], [0, 1, 1]]


def counts(*arguments, **keywords):
    return keras.ops.convert_to_numpy(metrics.confusion_matrix(*arguments, **keywords)).tolist()


@pytest.mark.parametrize(
    ("y_true", "y_pred"),
    [
        (TRUE, PREDICTED),
        (TRUE.tolist(), PREDICTED.tolist()),
        (TRUE[:, None], PREDICTED),
        (TRUE, PREDICTED[:, None]),
        (TRUE.astype("float32"), PREDICTED.astype("uint8")),
        (TRUE.reshape(2, 2), PREDICTED.reshape(2, 2)),
        (TRUE, SCORES),
        (TRUE[:, None], SCORES),
        (np.eye(3)[TRUE], SCORES),
        (np.eye(3, dtype=int)[TRUE], SCORES.astype("float16")),
        (TRUE.reshape(2, 2), SCORES.reshape(2, 2, 3)),
        (TRUE.reshape(2, 2, 1), SCORES.reshape(2, 2, 3)),
    ],
)
def test_forms_of_three_classes(y_true, y_pred):
    assert counts(y_true, y_pred, 3) == EXPECTED


@pytest.mark.parametrize(
    "y_pred",
    [
        np.array([0.2, 0.9, 0.6]),
        np.array([[0.2], [0.9], [0.6]]),
        np.array([[0.8, 0.2], [0.1, 0.9], [0.4, 0.6]]),
        np.array([False, True, True]),
    ],
)
@pytest.mark.parametrize("y_true", [[0, 1, 0], [[0], [1], [0]], [False, True, False]])
def test_forms_of_two_classes(y_true, y_pred):
    assert counts(y_true, y_pred) == [[1, 1], [0, 1]]


def test_two_probabilities_are_not_one_row_of_scores():
    assert counts([0, 1], [0.3, 0.8]) == [[1, 0], [0, 1]]


def test_threshold():
    assert counts([0, 1], [0.3, 0.8], threshold=0.2) == [[0, 1], [0, 1]]
    assert counts([0, 1], [0.3, 0.8], threshold=0.9) == [[1, 0], [1, 0]]


def test_weights_per_example_and_per_label():
    y_true, y_pred = [[0, 1], [1, 1]], [[0, 0], [1, 0]]
    assert counts(y_true, y_pred, sample_weight=[1, 10]) == [[1, 0], [11, 10]]
    assert counts(y_true, y_pred, sample_weight=[[1, 2], [3, 4]]) == [[1, 0], [6, 3]]
    assert counts([0, 1], [0, 1], sample_weight=[[2], [3]]) == [[2, 0], [0, 3]]
    assert counts([[0], [1]], [0, 1], sample_weight=[2, 3]) == [[2, 0], [0, 3]]


@pytest.mark.parametrize(("y_true", "y_pred"), [([0, -1], [0, 0]), ([0, 1], [0, 2])])
def test_labels_out_of_range_are_not_hidden(y_true, y_pred):
    table = metrics.confusion_matrix(y_true, y_pred)
    assert np.isnan(table).all()
    assert math.isnan(float(metrics.mean_over_present(metrics.iou_per_class(table), table)))
    # unless they do not count: the border of an object that nobody labelled, say
    assert counts(y_true, y_pred, sample_weight=[1, 0]) == [[1, 0], [0, 0]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([0, 1], [0, 1, 1], 2), r"y_pred: .* shape \(2,\); got \(3,\)"),
        (([[0, 1]], [0, 1], 1), "num_classes: .*at least 2; got 1"),
        (([0, 1], [0.0, 1.0], 3), r"y_pred: expected labels as whole .*float32 of shape \(2,\)"),
        (([0, 1, 2], np.zeros((3, 2)), 3), r"scores of shape \(..., 3\); got float.* \(3, 2\)"),
        ((np.zeros((2, 4, 4)), np.zeros((2, 5, 4), int), 2), r"\(2, 4, 4\); got \(2, 5, 4\)"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        metrics.confusion_matrix(*arguments)
