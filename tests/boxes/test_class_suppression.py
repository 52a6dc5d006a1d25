"""Suppression per class against tf.image.combined_non_max_suppression, and by hand for ties."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.boxes import non_max_suppression, non_max_suppression_per_class
from tests.boxes.arrangements import arrangements, clustered, uniform

BOTH_WAYS = pytest.mark.parametrize("compiled", [False, True])


def ours(compiled, boxes, scores, *limits):
    tensors = tf.constant(boxes), tf.constant(scores)
    if compiled:
        way = tf.function(lambda b, s: non_max_suppression_per_class(b, s, *limits))
        return way(*tensors)
    return non_max_suppression_per_class(*tensors, *limits)


def distinct_scores(shape, rng):
    """No ties, which TensorFlow's combined function orders as its sorting happens to."""
    n = int(np.prod(shape))
    return (rng.permutation(n).reshape(shape) / n).astype(np.float32)


def check_equal(found, boxes, scores, *limits):
    max_per_class, max_total, iou_threshold, score_threshold = limits
    theirs = tf.image.combined_non_max_suppression(
        boxes[:, :, None],
        scores,
        max_per_class,
        max_total,
        iou_threshold,
        score_threshold,
        clip_boxes=False,
    )
    np.testing.assert_array_equal(found.boxes, theirs.nmsed_boxes)
    np.testing.assert_array_equal(found.scores, theirs.nmsed_scores)
    np.testing.assert_array_equal(found.classes, theirs.nmsed_classes)
    np.testing.assert_array_equal(found.count, theirs.valid_detections)


@BOTH_WAYS
@pytest.mark.parametrize("limits", [(5, 30, 0.5, 0.3), (100, 9, 0.3, 0.0), (1, 4, 0.0, 0.9)])
def test_the_same_detections_as_tensorflow(compiled, limits):
    rng = np.random.default_rng(0)
    boxes = np.stack([clustered(90, rng, 30), uniform(90, rng, 0.5)])
    scores = distinct_scores((2, 90, 4), rng)
    check_equal(ours(compiled, boxes, scores, *limits), boxes, scores, *limits)


@settings(max_examples=30)
@given(st.integers(0, 2**32 - 1), st.integers(0, 6), st.integers(1, 20), st.integers(1, 5))
def test_any_limits(seed, max_per_class, max_total, n_classes):
    rng = np.random.default_rng(seed)
    boxes = rng.integers(0, 5, (1, 40, 4)).astype(np.float32)
    scores = distinct_scores((1, 40, n_classes), rng)
    limits = max(1, max_per_class), max_total, 0.25, 0.1
    check_equal(ours(False, boxes, scores, *limits), boxes, scores, *limits)


def test_more_candidates_than_one_look():
    rng = np.random.default_rng(1)
    boxes = np.tile(clustered(1, rng), (1, 3000, 1)) + np.float32(1e-4) * rng.random((1, 3000, 4))
    boxes[:, 2900:] = uniform(100, rng)
    boxes = boxes.astype(np.float32)
    scores = distinct_scores((1, 3000, 3), rng)
    scores[:, 2900:] *= 0.01  # only after thousands of equal boxes comes something else
    limits = 20, 50, 0.5, 0.0
    check_equal(ours(False, boxes, scores, *limits), boxes, scores, *limits)


@BOTH_WAYS
def test_labelled_boxes(compiled):
    rng = np.random.default_rng(2)
    boxes, scores = clustered(300, rng)[None], np.zeros((1, 300, 80), np.float32)
    values = distinct_scores(300, rng) + 0.01
    scores[0, np.arange(300), rng.integers(0, 80, 300)] = values
    limits = 10, 40, 0.5, 0.005
    check_equal(ours(compiled, boxes, scores, *limits), boxes, scores, *limits)


@BOTH_WAYS
@pytest.mark.parametrize("name", ["whole numbers and ties", "all the same", "no area", "ties"])
def test_each_class_is_suppressed_as_if_it_were_alone(compiled, name):
    rng = np.random.default_rng(3)
    boxes = {row[0]: row[1] for row in arrangements(60, rng)}[name].astype(np.float32)
    scores = rng.integers(0, 4, (60, 3)).astype(np.float32)
    found = ours(compiled, boxes, scores, 60, 180, 0.5, 0.5)
    count = int(found.count)
    for c in range(3):
        alone = non_max_suppression(boxes, scores[:, c], 60, 0.5, 0.5)
        of_class = found.indices.numpy()[:count][found.classes.numpy()[:count] == c]
        assert of_class.tolist() == alone.indices.numpy()[: int(alone.count)].tolist()
    columns = -found.scores.numpy(), found.indices.numpy(), found.classes.numpy()
    order = list(zip(*(column[:count] for column in columns), strict=True))
    assert order == sorted(order)


@BOTH_WAYS
def test_nothing(compiled):
    boxes, scores = uniform(4, np.random.default_rng(0)), np.zeros((4, 3), np.float32)
    none = ours(compiled, boxes[:0], scores[:0], 2, 5)
    assert int(none.count) == 0 and none.boxes.shape == (5, 4)
    low = ours(compiled, boxes, scores, 2, 5, 0.5, 0.1)
    assert int(low.count) == 0 and not np.any(low.boxes)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.zeros((2, 4)), np.zeros(2), 1, 1), "boxes, scores: expected shapes"),
        ((np.zeros((2, 4)), np.zeros((3, 2)), 1, 1), "boxes, scores: expected shapes"),
        ((np.zeros((2, 4)), np.zeros((2, 2)), -1, 1), "max_per_class: expected a number"),
        ((np.zeros((2, 4)), np.zeros((2, 2)), 1, 2.5), "max_total: expected a number"),
        ((np.zeros((2, 4)), np.zeros((2, 2)), 1, 1, -1), "iou_threshold: expected a number"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        non_max_suppression_per_class(*arguments)
