"""Anchors, targets and answers of YOLO: what goes in comes out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.boxes import (
    anchor_overlap,
    assign_anchors,
    best_anchor,
    detect_objects,
    pairwise_iou,
    yolo_activate,
    yolo_boxes,
    yolo_encode,
)

FLOAT32 = 1e-5
TWO = [[0.6, 0.2], [0.2, 0.6]]
FIVE = [[0.08, 0.06], [0.2, 0.15], [0.15, 0.4], [0.5, 0.2], [0.7, 0.8]]


def scattered(rng, m, n, n_classes):
    """Objects of n images, some of which have fewer than m."""
    middle, size = rng.random((n, m, 2)), rng.uniform(0.02, 0.9, (n, m, 2))
    boxes = np.concatenate([middle - size / 2, middle + size / 2], axis=-1).astype(np.float32)
    labels = rng.integers(0, n_classes, (n, m))
    labels[rng.random((n, m)) < 0.3] = -1
    return boxes, labels.astype(np.int32)


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
@pytest.mark.parametrize(
    ("anchors", "grid", "n_classes", "shape"),
    [(TWO, 3, 3, (3, 3, 2, 8)), (FIVE, 19, 80, (19, 19, 5, 85))],
)
def test_round_trip(anchors, grid, n_classes, shape, seed):
    rng = np.random.default_rng(seed)
    boxes, labels = scattered(rng, 6, 2, n_classes)
    target = yolo_encode(boxes, labels, anchors, grid, n_classes)
    assert target.shape == (2, *shape)
    decoded, scores = (np.asarray(part) for part in yolo_boxes(target))
    for image in range(2):
        wanted = first_of_each_place(boxes[image], labels[image], anchors, grid)
        places, classes = np.nonzero(scores[image])
        got = list(zip(classes.tolist(), decoded[image, places], strict=True))
        assert (scores[image][scores[image] > 0] == 1).all()
        assert len(got) == len(wanted)
        for place_of_box, label in wanted:
            same = [box for c, box in got if c == label]
            assert min(np.abs(box - place_of_box).max() for box in same) < FLOAT32


def first_of_each_place(boxes, labels, anchors, grid):
    """By hand: objects that do not find their cell and anchor taken."""
    taken, wanted = set(), []
    for box, label in zip(boxes, labels, strict=True):
        if label < 0:
            continue
        x, y = (box[:2] + box[2:]) / 2
        size = np.array([box[3] - box[1], box[2] - box[0]])
        common = [np.prod(np.minimum(size, a)) for a in np.array(anchors)]
        iou = [c / (np.prod(size) + np.prod(a) - c) for c, a in zip(common, anchors, strict=True)]
        place = min(int(y * grid), grid - 1), min(int(x * grid), grid - 1), int(np.argmax(iou))
        if place not in taken:
            taken.add(place)
            wanted.append((box, label))
    return wanted


def test_a_target_by_hand():
    # middle (0.6, 0.5) in cell (1, 1) of 3, 0.8 and 0.5 inside it; 0.2 high, 0.4 wide
    target = np.asarray(yolo_encode([[[0.4, 0.4, 0.8, 0.6]]], [[2]], TWO, 3, 3))
    expected = np.zeros((1, 3, 3, 2, 8))
    expected[0, 1, 1, 1] = [1, 0.8, 0.5, 0.6, 1.2, 0, 0, 1]
    np.testing.assert_allclose(target, expected, atol=FLOAT32)


def test_objects_on_the_edge_belong_to_the_last_cell():
    boxes = np.float32([[[0.9, 0.9, 1.1, 1.1]]])
    target = yolo_encode(boxes, [[0]], TWO, 4, 1)
    assert float(target[0, 3, 3, :, 0].numpy().sum()) == 1
    np.testing.assert_allclose(yolo_boxes(target)[0][0, (3 * 4 + 3) * 2], boxes[0, 0], atol=FLOAT32)


def test_of_two_objects_in_one_place_the_first_stays():
    boxes = np.float32([[[0.1, 0.1, 0.2, 0.2], [0.11, 0.1, 0.21, 0.2], [0.1, 0.1, 0.2, 0.2]]])
    target = yolo_encode(boxes, [[-1, 1, 0]], [[0.1, 0.1]], 2, 2).numpy()
    assert target[0, 0, 0, 0, 5:].tolist() == [0, 1] and target[..., 0].sum() == 1


def test_no_objects():
    assert not np.any(yolo_encode(np.zeros((2, 0, 4)), np.zeros((2, 0), int), TWO, 3, 3))


def test_anchors_compare_shapes_like_boxes_with_one_middle():
    rng = np.random.default_rng(0)
    sizes, anchors = rng.uniform(0.1, 1, (6, 2)), rng.uniform(0.1, 1, (4, 2))
    as_boxes = [np.concatenate([-s[:, ::-1] / 2, s[:, ::-1] / 2], axis=1) for s in (sizes, anchors)]
    expected = pairwise_iou(*as_boxes)
    np.testing.assert_allclose(anchor_overlap(sizes, anchors), expected, rtol=FLOAT32)
    np.testing.assert_array_equal(best_anchor(sizes, anchors), np.argmax(expected, axis=1))


def test_middles_decide_over_the_cell():
    boxes = np.float32([[0.99, 0.01, 0.1, 0.9], [0.34, 0.66, 0.9, 0.1]])
    row, column, anchor = (np.asarray(t).tolist() for t in assign_anchors(boxes, TWO, 3))
    assert (row, column, anchor) == ([0, 1], [2, 1], [1, 0])


def test_activation_undoes_its_inverse():
    rng = np.random.default_rng(1)
    boxes, labels = scattered(rng, 5, 3, 4)
    target = np.asarray(yolo_encode(boxes, labels, FIVE, 7, 4), np.float64)
    there = target[..., 0] == 1
    soft = np.clip(target[there], 1e-4, None)
    raw = np.zeros_like(target)
    anchors = np.broadcast_to(np.array(FIVE) * 7, (*target.shape[:4], 2))[there]
    logit = np.clip(soft[:, :3], None, 1 - 1e-4)
    raw[there] = np.concatenate(
        [np.log(logit / (1 - logit)), np.log(soft[:, 3:5] / anchors), np.log(soft[:, 5:])], axis=1
    )
    answer = np.asarray(yolo_activate(raw, FIVE))[there]
    np.testing.assert_allclose(answer, target[there], atol=1e-3)


def test_an_untrained_network_has_finite_boxes():
    raw = np.full((1, 2, 2, 2, 7), 1e9, np.float32)
    assert np.isfinite(yolo_boxes(yolo_activate(raw, TWO))[0]).all()


def test_detection_finds_the_objects_of_a_noisy_target():
    rng = np.random.default_rng(2)
    boxes = np.float32([[[0.1, 0.1, 0.3, 0.5], [0.6, 0.5, 0.9, 0.7]]])
    target = yolo_encode(boxes, [[1, 0]], TWO, 5, 2).numpy()
    target[..., 0] += rng.uniform(0, 0.5, target[..., 0].shape) * (target[..., 0] == 0)
    found = detect_objects(target, max_objects=5)
    assert int(found.count[0]) == 2
    assert sorted(found.classes.numpy()[0, :2].tolist()) == [0, 1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: yolo_encode(np.zeros((1, 2, 4)), [[0]], TWO, 3, 3), "boxes, labels: expected"),
        (lambda: yolo_encode(np.zeros((1, 1, 4)), [[0]], TWO, 0, 3), "grid, n_classes: expected"),
        (lambda: yolo_encode(np.zeros((1, 1, 4)), [[0]], [[0, 1]], 3, 3), "anchors: expected"),
        (lambda: best_anchor([[1.0, 1.0]], []), "anchors: expected at least one pair"),
        (lambda: yolo_boxes(np.zeros((3, 4, 2, 8))), "answer: expected shape"),
        (lambda: yolo_activate(np.zeros((3, 3, 1, 8)), TWO), "raw: expected shape"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(ValueError, match=message):
        call()
