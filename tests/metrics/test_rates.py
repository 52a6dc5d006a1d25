"""Streaming metrics against scikit-learn's, whatever the batches, the form and the weights."""

import functools
import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as theirs

from dlcourse import metrics
from tests.backends import BACKENDS, run_on
from tests.metrics.everywhere import BATCHES

PAIRS = {
    "precision": (metrics.Precision, functools.partial(theirs.precision_score, zero_division=0)),
    "recall": (metrics.Recall, functools.partial(theirs.recall_score, zero_division=0)),
    "f1": (metrics.F1Score, functools.partial(theirs.f1_score, zero_division=0)),
    "iou": (metrics.MeanIoU, functools.partial(theirs.jaccard_score, zero_division=0)),
}
LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20)


@functools.cache
def report(backend):
    return run_on(backend, "tests.metrics.everywhere:report")


def streamed(metric, y_true, y_pred, sample_weight=None, at=()):
    """Result after feeding the examples in pieces cut at `at`."""
    weights = np.ones(len(y_true)) if sample_weight is None else sample_weight
    pieces = zip(*(np.split(a, at) for a in (y_true, y_pred, weights)), strict=True)
    for true, predicted, weight in pieces:
        metric.update_state(true, predicted, weight)
    return np.asarray(metric.result())


@pytest.mark.parametrize("name", PAIRS)
@settings(max_examples=25)
@given(labels=LABELS, at=st.integers(0, 20), data=st.data())
def test_equal_to_scikit_learn(name, labels, at, data):
    ours, score = PAIRS[name]
    y_true, y_pred = np.array(labels).T
    weights = data.draw(st.lists(st.integers(1, 4), min_size=len(labels), max_size=len(labels)))
    cut = [min(at, len(labels))]
    for sample_weight in (None, np.array(weights)):
        # without a list of labels, scikit-learn averages over those that occur
        macro = score(y_true, y_pred, average="macro", sample_weight=sample_weight)
        found = streamed(ours(4, "macro"), y_true, y_pred, sample_weight, cut)
        assert found == pytest.approx(macro, rel=1e-5)
        each = score(y_true, y_pred, average=None, labels=[0, 1, 2, 3], sample_weight=sample_weight)
        found = streamed(ours(4, None), y_true, y_pred, sample_weight, cut)
        np.testing.assert_allclose(found, each, rtol=1e-5)
        binary = score(y_true > 1, y_pred > 1, average="binary", sample_weight=sample_weight)
        found = streamed(ours(2, "binary"), y_true > 1, y_pred > 1, sample_weight, cut)
        assert found == pytest.approx(binary, rel=1e-5)


@settings(max_examples=25)
@given(labels=LABELS)
def test_matrix_is_scikit_learn_s(labels):
    y_true, y_pred = np.array(labels).T
    found = metrics.confusion_matrix(y_true, y_pred, 4)
    expected = theirs.confusion_matrix(y_true, y_pred, labels=[0, 1, 2, 3])
    assert np.array_equal(found, expected)


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_backend(backend):
    found = report(backend)
    y_true, y_pred = np.concatenate(BATCHES, axis=1)
    expected = theirs.confusion_matrix(y_true, y_pred)
    assert np.array_equal(found["counts"], expected)
    np.testing.assert_allclose(
        found["precision"], theirs.precision_score(y_true, y_pred, average=None), rtol=1e-6
    )
    for name in ("recall", "f1", "iou"):
        score = PAIRS[name][1](y_true, y_pred, average="macro")
        assert found[name] == pytest.approx(score, rel=1e-6)
    weights = np.array([1, 2, 100])[y_true]
    wrong = theirs.zero_one_loss(y_true, y_pred, sample_weight=weights)
    assert found["weighted"] == pytest.approx(wrong, rel=1e-6)
    assert np.isnan(found["out of range"]).all()


@pytest.mark.parametrize("backend", BACKENDS)
def test_in_a_compiled_training(backend):
    fit = report(backend)["fit"]
    assert fit["names"] == ["f1_score", "loss", "mean_iou", "recall", "weighted_error"]
    assert fit["logged"] == pytest.approx(fit["computed"], rel=1e-6)


def test_keras_agrees_on_mean_iou():
    y_true, y_pred = np.concatenate(BATCHES, axis=1)
    keras_metric = keras.metrics.MeanIoU(4)  # class 3 does not occur
    keras_metric.update_state(y_true, y_pred)
    ours = streamed(metrics.MeanIoU(4), y_true, y_pred)
    assert ours == pytest.approx(float(keras_metric.result()), rel=1e-6)


def test_the_average_of_batches_would_be_another_number():
    y_true, y_pred = np.array([1, 1, 1, 0]), np.array([1, 0, 0, 1])
    whole = streamed(metrics.F1Score(), y_true, y_pred, at=[1])
    halves = [streamed(metrics.F1Score(), y_true[s], y_pred[s]) for s in (slice(1), slice(1, 4))]
    assert whole == pytest.approx(theirs.f1_score(y_true, y_pred))
    assert abs(whole - np.mean(halves)) > 0.05


def test_reset_forgets():
    metric = metrics.F1Score()
    streamed(metric, np.array([1, 1]), np.array([0, 0]))
    metric.reset_state()
    assert streamed(metric, np.array([1]), np.array([1])) == 1


def test_a_result_does_not_change_afterwards():
    metric = metrics.ConfusionMatrix()
    before = metric(np.array([1]), np.array([1]))
    metric.update_state([1], [1])
    assert np.sum(before) == 1


def test_nothing_counted_is_zero():
    for make, _ in PAIRS.values():
        assert float(make(3, "macro").result()) == 0
    assert float(metrics.WeightedError([1, 2]).result()) == 0


@pytest.mark.parametrize(
    "metric",
    [
        metrics.ConfusionMatrix(3, 0.25, "a", "float64"),
        metrics.F1Score(3, None, 0.25, "b", "float64"),
        metrics.MeanIoU(2, "binary", 0.25, "c", "float64"),
        metrics.WeightedError([1.0, 5.0, 0.0], 0.25, "d", "float64"),
    ],
    ids=lambda metric: type(metric).__name__,
)
def test_configuration_is_whole(metric):
    text = json.dumps(keras.saving.serialize_keras_object(metric))
    again = keras.saving.deserialize_keras_object(json.loads(text))
    assert type(again) is type(metric) and again.get_config() == metric.get_config()
    assert again.get_config()["threshold"] == 0.25 and again.counts.dtype == "float64"


def test_weighted_error_of_the_course():
    # two classifiers: A is wrong on 3 of 100, one of them unacceptable; B on 5, none of them so
    y_true = np.array([1] * 2 + [0] * 98)
    a = np.where(np.isin(np.arange(100), [0, 50, 60]), 1 - y_true, y_true)
    b = np.where(np.arange(100) >= 95, 1 - y_true, y_true)
    plain = [float(streamed(metrics.WeightedError([1, 1]), y_true, p)) for p in (a, b)]
    costly = [float(streamed(metrics.WeightedError([1, 100]), y_true, p)) for p in (a, b)]
    np.testing.assert_allclose(plain, [0.03, 0.05], rtol=1e-6)
    np.testing.assert_allclose(costly, [102 / 298, 5 / 298], rtol=1e-6)


def test_in_a_graph_of_unknown_batch_size():
    metric = metrics.F1Score(3, "macro")

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32), tf.TensorSpec([None, 3])])
    def update(y_true, scores):
        metric.update_state(y_true, scores)

    update(tf.constant([0, 2]), tf.eye(3)[:2])
    update(tf.constant([1, 1, 1]), tf.eye(3))
    y_true, y_pred = [0, 2, 1, 1, 1], [0, 1, 0, 1, 2]
    expected = theirs.f1_score(y_true, y_pred, average="macro")
    assert float(metric.result()) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: metrics.F1Score(average="micro"), "average: expected 'binary'.*got 'micro'"),
        (
            lambda: metrics.Recall(3),
            "average: expected 'macro' or None for 3 classes; got 'binary'",
        ),
        (lambda: metrics.MeanIoU(1), "num_classes: .*at least 2; got 1"),
        (lambda: metrics.WeightedError([1.0]), r"class_weights: .*at least two.*got \[1.0\]"),
        (lambda: metrics.WeightedError([1, -1]), r"class_weights: .*got \[1, -1\]"),
        (lambda: metrics.WeightedError([0, 0]), r"class_weights: .*got \[0, 0\]"),
    ],
)
def test_bad_arguments_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()
