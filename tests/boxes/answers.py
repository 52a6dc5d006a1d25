"""Everything about boxes on whichever backend this process has: what it answers to fixed inputs."""

import keras
import numpy as np
from keras import ops

from dlcourse import boxes as b
from dlcourse.boxes import class_suppression, suppression
from dlcourse.losses import localization_cross_entropy, localization_squared_error, yolo_loss
from tests.boxes.arrangements import arrangements, clustered

__all__ = ["answers"]

N = 150  # more than a block
ANCHORS = [[0.6, 0.2], [0.2, 0.6]]


def answers():
    """Nested lists of numbers by topic; whole numbers must agree exactly, others nearly."""
    parts = (_suppression, _class_suppression, _conversions, _yolo, _losses)
    return {part.__name__: keras.tree.map_structure(_as_lists, part()) for part in parts}


def _as_lists(tensor):
    return ops.convert_to_numpy(tensor).tolist()


def _compiled(function):
    """The function as its backend compiles it; PyTorch runs it as it is."""
    if keras.backend.backend() == "jax":
        import jax

        return jax.jit(function)
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        return tf.function(function)
    return function


def _suppression():
    limits = 40, (0.5, float("-inf"))
    portable = _compiled(lambda x, s: tuple(suppression._portable(x, s, *limits)))
    found = []
    for _, boxes, scores in arrangements(N, np.random.default_rng(0)):
        tensors = [ops.convert_to_tensor(np.float32(array)) for array in (boxes, scores)]
        eager = tuple(b.non_max_suppression(*tensors, 40))
        found.append([eager, portable(*tensors)])
    return found


def _class_suppression():
    rng = np.random.default_rng(1)
    boxes = np.stack([clustered(70, rng, 20) for _ in range(2)])
    scores = rng.permutation(420).reshape(2, 70, 3).astype(np.float32) / 420
    tensors = [ops.convert_to_tensor(array) for array in (boxes, scores)]
    limits, thresholds = (6, 15), (0.5, 0.2)
    portable = _compiled(lambda x, s: class_suppression._portable(x, s, limits, thresholds))
    eager = b.non_max_suppression_per_class(*tensors, *limits, *thresholds)
    return [tuple(eager), portable(*tensors)]


def _conversions():
    boxes = np.random.default_rng(2).random((5, 4)).astype(np.float32)
    ways = b.corners_to_centre, b.corners_to_xywh, b.centre_to_corners, b.xywh_to_corners
    points = boxes.reshape(5, 2, 2)
    target = b.landmark_target(points, [1, 0, 1, 1, 0], 3, 4)
    return [*(way(boxes) for way in ways), b.pairwise_iou(boxes, boxes), target]


def _objects():
    rng = np.random.default_rng(3)
    low, size = rng.random((2, 2, 4, 2)) / 2
    return np.float32(np.concatenate([low, low + size], axis=-1)), rng.integers(-1, 3, (2, 4))


def _yolo():
    target = b.yolo_encode(*_objects(), ANCHORS, 5, 3)
    answer = b.yolo_activate(3 * target - 1, ANCHORS)
    return [target, answer, *b.detect_objects(target), *b.detect_objects(answer, 5, 0.1)]


def _losses():
    target = b.yolo_encode(*_objects(), ANCHORS, 5, 3)
    raw = np.random.default_rng(4).normal(size=target.shape).astype(np.float32)
    true, pred = ops.reshape(target, (-1, 8)), raw.reshape(-1, 8)
    plain = localization_squared_error(true, pred), localization_cross_entropy(true, pred)
    return [*plain, yolo_loss(target, raw, ANCHORS)]
