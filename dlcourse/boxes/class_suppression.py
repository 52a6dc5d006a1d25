"""Non-max suppression of each class by itself, and the best boxes of all classes together."""

import math
from typing import Any, NamedTuple

from keras import ops

from dlcourse.boxes.conversions import as_boxes
from dlcourse.boxes.greedy import Candidates, greedy_selection
from dlcourse.boxes.suppression import best_first, check_limits, upright
from dlcourse.kernels.greedy_boxes import detections_per_class
from dlcourse.kernels.host_arrays import on_the_host, to_tensors

__all__ = ["Detections", "non_max_suppression_per_class"]


class Detections(NamedTuple):
    """Objects found, best first, in arrays of a fixed size; after the first `count` come zeros.

    Args:
        boxes: tensor (..., K, 4), the boxes as they were given.
        scores: tensor (..., K).
        classes: int32 tensor (..., K).
        indices: int32 tensor (..., K), which of the boxes it was.
        count: int32 tensor (...,), from 0 to K.
    """

    boxes: Any
    scores: Any
    classes: Any
    indices: Any
    count: Any


def non_max_suppression_per_class(
    boxes,
    scores,
    max_per_class,
    max_total,
    iou_threshold=0.5,
    score_threshold=float("-inf"),
):
    """Suppress the boxes of each class by those of the same class, then keep the best of all.

    A pedestrian in front of a car has a large IoU with the car: only boxes of one class compete.

    Args:
        boxes: (..., N, 4) finite corners, any unit; N may be 0.
        scores: (..., N, C), how much each box is each class; one box may be several.
        max_per_class: most boxes to keep of one class, >= 0.
        max_total: most boxes to keep, K >= 0.
        iou_threshold: from 0 to 1; see `non_max_suppression`.
        score_threshold: a box is a candidate for the classes whose score is above it.

    Returns:
        Detections. Of equal scores, the lower box and then the lower class goes first.

    Raises:
        ValueError: shapes do not fit, or a limit is out of range.

    Reference:
        Redmon et al., "You only look once", 2016, section 2.3; equal to
        tf.image.combined_non_max_suppression with clip_boxes=False, which orders ties at random.

    Example:
        >>> boxes = [[0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 1.9], [5.0, 5.0, 6.0, 6.0]]
        >>> scores = [[0.8, 0.1], [0.9, 0.0], [0.0, 0.7]]
        >>> found = non_max_suppression_per_class(boxes, scores, 2, 3, score_threshold=0.5)
        >>> found.indices.numpy().tolist(), found.classes.numpy().tolist(), int(found.count)
        ([1, 2, 0], [0, 1, 0], 2)
    """
    check_limits(iou_threshold, max_per_class=max_per_class, max_total=max_total)
    limits, thresholds = (max_per_class, max_total), (iou_threshold, score_threshold)
    if arrays := on_the_host(boxes, scores):
        _check_shapes(*arrays)
        return Detections(*to_tensors(*detections_per_class(*arrays, limits, thresholds)))
    boxes, scores = as_boxes(boxes), ops.convert_to_tensor(scores)
    _check_shapes(boxes, scores)
    return _gathered(boxes, scores, *_portable(boxes, scores, limits, thresholds))


def _portable(boxes, scores, limits, thresholds):
    *leading, n, n_classes = ops.shape(scores)
    rows = math.prod(leading)  # -1 would be ambiguous where there are no boxes
    flat = ops.reshape(ops.cast(scores, "float32"), (rows, n * n_classes))
    order, valid = best_first(flat, thresholds[1])
    boxes = ops.reshape(upright(boxes), (rows, n, 4))
    candidates = Candidates(
        ops.take_along_axis(boxes, (order // n_classes)[..., None], axis=1),
        order % n_classes,
        valid,
    )
    places, count = greedy_selection(candidates, *limits, thresholds[0])
    order = ops.pad(order, [(0, 0), (0, 1)])  # one more to point at, if there is none
    kept = ops.where(
        ops.arange(limits[1]) < count[:, None], ops.take_along_axis(order, places, axis=1), 0
    )
    kept, count = ops.reshape(kept, (*leading, limits[1])), ops.reshape(count, leading)
    return kept // n_classes, kept % n_classes, count


def _gathered(boxes, scores, indices, classes, count):
    """Detections from which boxes and classes they are."""
    some = [(0, 0)] * (len(boxes.shape) - 2) + [(0, 1), (0, 0)]
    boxes, scores = ops.pad(boxes, some), ops.pad(scores, some)
    of_box = ops.take_along_axis(scores, indices[..., None], axis=-2)
    of_class = ops.take_along_axis(of_box, classes[..., None], axis=-1)[..., 0]
    filled = ops.arange(indices.shape[-1]) < count[..., None]
    return Detections(
        ops.where(filled[..., None], ops.take_along_axis(boxes, indices[..., None], axis=-2), 0),
        ops.where(filled, of_class, 0),
        classes,
        indices,
        count,
    )


def _check_shapes(boxes, scores):
    if boxes.ndim < 2 or scores.ndim < 2 or tuple(boxes.shape) != (*scores.shape[:-1], 4):
        raise ValueError(
            "boxes, scores: expected shapes (..., N, 4) and (..., N, C), got "
            f"{tuple(boxes.shape)} and {tuple(scores.shape)}"
        )
