"""Average precision against scikit-learn's curve, and matching against a plain loop."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, precision_recall_curve

from dlcourse.metrics import average_precision, match_detections, mean_average_precision

SEEDS = st.integers(0, 2**32 - 1)


def a_class(seed):
    rng = np.random.default_rng(seed)
    n = rng.integers(1, 30)
    correct = rng.random(n) < rng.random()
    scores = rng.integers(0, 12, n) / 12 if rng.random() < 0.5 else rng.random(n)
    return scores, correct, int(correct.sum())


@given(SEEDS)
def test_area_under_the_interpolated_curve_of_sklearn(seed):
    scores, correct, found = a_class(seed)
    if not found:
        return
    missed = seed % 3  # objects without a detection scale the recall
    precision, recall, _ = precision_recall_curve(correct, scores)
    recall, precision = recall[::-1], np.maximum.accumulate(precision[:-1])[::-1]
    expected = np.sum(np.diff(recall) * precision) * found / (found + missed)
    assert average_precision(scores, correct, found + missed) == pytest.approx(expected)


@given(SEEDS)
def test_never_below_sklearn_s_and_equal_where_precision_never_rises(seed):
    scores, correct, found = a_class(seed)
    if not found:
        return
    plain = average_precision_score(correct, scores)
    assert average_precision(scores, correct, found) >= plain - 1e-12
    first = np.sort(correct)[::-1]  # hits before false alarms
    falling = np.arange(len(first))[::-1]
    expected = average_precision_score(first, falling)
    assert average_precision(falling, first, found) == pytest.approx(expected) == 1


def test_by_hand():
    # precision 1, 1/2, 2/3, 1/2, 3/5 at recall 1/4, 1/4, 2/4, 2/4, 3/4; one object is missed
    correct = [True, False, True, False, True]
    ap = average_precision([0.9, 0.8, 0.7, 0.6, 0.5], correct, 4)
    assert ap == pytest.approx((1 + 2 / 3 + 3 / 5) / 4)
    assert average_precision([], [], 3) == 0


@given(SEEDS)
def test_only_the_order_of_the_scores_counts(seed):
    scores, correct, found = a_class(seed)
    if found:
        order = np.random.default_rng(seed).permutation(len(scores))
        assert average_precision(3 * scores[order] - 7, correct[order], found) == pytest.approx(
            average_precision(scores, correct, found)
        )


@given(SEEDS)
def test_matching_as_a_loop_would(seed):
    rng = np.random.default_rng(seed)
    overlap = rng.random((rng.integers(0, 6), rng.integers(0, 4)))
    claimed, expected = set(), []
    for row in overlap:
        best = max(range(len(row)), key=lambda g, row=row: row[g], default=None)
        hit = best is not None and row[best] >= 0.5 and best not in claimed
        expected.append(hit)
        claimed |= {best} if hit else set()
    assert match_detections(overlap).tolist() == expected


def scenes(seed, n_classes=3):
    """Objects, and detections some of which are these, shaken a little; as padded arrays."""
    rng = np.random.default_rng(seed)
    low, size = rng.random((2, 5, 4, 2))
    truth = np.concatenate([low, low + 0.1 + size], axis=-1)
    labels = rng.integers(-1, n_classes, (5, 4))
    labels[0, 0] = 0
    noise = np.concatenate([truth + rng.normal(0, 0.1, truth.shape), rng.random((5, 3, 4))], axis=1)
    classes = np.concatenate([labels, rng.integers(0, n_classes, (5, 3))], axis=1)
    scores = np.sort(rng.random((5, 7)))[:, ::-1]
    return (noise, scores, np.maximum(classes, 0), rng.integers(0, 8, 5)), (truth, labels)


def map_by_hand(detections, objects, n_classes):
    """Class by class, detection by detection over all images."""
    boxes, scores, classes, count = detections
    precisions = []
    for c in range(n_classes):
        real = [
            [tuple(b) for b, y in zip(*image, strict=True) if y == c]
            for image in zip(*objects, strict=True)
        ]
        if not (total := sum(map(len, real))):
            continue
        found = sorted(
            (-scores[i, k], i, k)
            for i in range(len(boxes))
            for k in range(count[i])
            if classes[i, k] == c
        )
        taken, hits, points = set(), 0, []
        for rank, (_, i, k) in enumerate(found, start=1):
            overlaps = [iou(boxes[i, k], b) for b in real[i]]
            best = int(np.argmax(overlaps)) if overlaps else None
            if best is not None and overlaps[best] >= 0.5 and (i, best) not in taken:
                taken.add((i, best))
                hits += 1
                points.append([hits / total, 0])
            if points:
                points[-1][1] = max(points[-1][1], 0)
            precision = hits / rank
            for point in points:
                if point[0] <= hits / total:
                    point[1] = max(point[1], precision)
        precisions.append(sum(p for _, p in points) / total)
    return np.mean(precisions)


def iou(a, b):
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [max(x[2] - x[0], 0) * max(x[3] - x[1], 0) for x in (a, b)]
    return width * height / (sum(areas) - width * height)


@settings(max_examples=40)
@given(SEEDS)
def test_map_against_loops(seed):
    detections, objects = scenes(seed)
    got = mean_average_precision(detections, objects, n_classes=3)
    assert got == pytest.approx(map_by_hand(detections, objects, 3))


def test_perfect_detections():
    _, (boxes, labels) = scenes(0)
    order = np.argsort(labels < 0, axis=1, kind="stable")
    found = np.take_along_axis(boxes, order[..., None], axis=1)
    classes = np.take_along_axis(labels, order, axis=1)
    detections = found, np.ones((5, 4)), np.maximum(classes, 0), (labels >= 0).sum(axis=1)
    assert mean_average_precision(detections, (boxes, labels), 3) == 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: average_precision([1.0], [True, True], 2), "scores, correct: expected equal"),
        (lambda: average_precision([1.0], [True], 0), "n_objects: expected at least 1"),
        (lambda: average_precision([1.0, 0.5], [True, True], 1), "at least the 2"),
        (
            lambda: mean_average_precision(scenes(0)[0], (np.zeros((1, 2, 4)), [[0, 0]]), 3),
            "as many images",
        ),
        (
            lambda: mean_average_precision(scenes(0)[0], (np.zeros((5, 1, 4)), [[-1]] * 5), 3),
            "some labels",
        ),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
