"""Non-max suppression: of boxes that are on the same object, keep the one with the best score."""

import math
from typing import Any, NamedTuple

from keras import ops

from dlcourse.boxes.conversions import as_boxes
from dlcourse.boxes.greedy import Candidates, greedy_selection
from dlcourse.kernels.greedy_boxes import greedy_boxes
from dlcourse.kernels.host_arrays import on_the_host, to_tensors
from dlcourse.kernels.native_boxes import suppressed_natively

__all__ = ["Kept", "best_first", "check_limits", "non_max_suppression", "upright"]


class Kept(NamedTuple):
    """What survives, in arrays of a fixed size.

    Args:
        indices: int32 tensor (..., max_output_size), best first; after the first `count` of them
            come zeros, which mean nothing.
        count: int32 tensor (...,), how many boxes are kept.
    """

    indices: Any
    count: Any


def non_max_suppression(
    boxes, scores, max_output_size, iou_threshold=0.5, score_threshold=float("-inf")
):
    """Go through the boxes from the best score down, keep each that overlaps none kept before.

    Of equal scores the box that stands first goes first. A box without area, or a pair of corners
    the wrong way round, is treated as tf.image does: corners are put in order, and what then has
    no area overlaps nothing.

    Args:
        boxes: (..., N, 4) finite corners of two opposite corners, any unit; N may be 0.
        scores: (..., N); NaN counts as below every threshold.
        max_output_size: most boxes to keep, >= 0.
        iou_threshold: from 0 to 1; a box whose IoU with a better kept one is above it is dropped.
        score_threshold: boxes whose score is not above it are dropped first.

    Returns:
        Kept. The leading axes are batches, each suppressed by itself. Works inside compiled
        functions, and there on every accelerator; outside of them, on a CPU, a kernel does the
        same without the cost of starting a compiled function: TensorFlow's own for a few boxes,
        one in NumPy for many.

    Raises:
        ValueError: shapes do not fit, or a limit is out of range.

    Reference:
        Neubeck and Van Gool, "Efficient non-maximum suppression", 2006 (greedy suppression);
        equal to tf.image.non_max_suppression.

    Example:
        >>> boxes = [[0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 1.9], [5.0, 5.0, 6.0, 6.0]]
        >>> kept = non_max_suppression(boxes, [0.8, 0.9, 0.3], max_output_size=3)
        >>> kept.indices.numpy().tolist(), int(kept.count)
        ([1, 2, 0], 2)
    """
    check_limits(iou_threshold, max_output_size=max_output_size)
    thresholds = iou_threshold, score_threshold
    if found := suppressed_natively(boxes, scores, max_output_size, thresholds):
        return Kept(*found)
    if arrays := on_the_host(boxes, scores):
        _check_shapes(*arrays)
        return Kept(*to_tensors(*greedy_boxes(*arrays, max_output_size, thresholds)))
    boxes, scores = as_boxes(boxes), ops.convert_to_tensor(scores)
    _check_shapes(boxes, scores)
    return _portable(boxes, scores, max_output_size, thresholds)


def _portable(boxes, scores, max_output_size, thresholds):
    iou_threshold, score_threshold = thresholds
    *leading, n = ops.shape(scores)
    rows = math.prod(leading)  # -1 would be ambiguous where there are no boxes
    order, valid = best_first(ops.reshape(ops.cast(scores, "float32"), (rows, n)), score_threshold)
    boxes = ops.reshape(upright(boxes), (rows, n, 4))
    candidates = Candidates(
        ops.take_along_axis(boxes, order[..., None], axis=1), ops.zeros_like(order), valid
    )
    places, count = greedy_selection(candidates, max_output_size, max_output_size, iou_threshold)
    # a box more to point at, so that there is one even among none
    order = ops.pad(order, [(0, 0), (0, 1)])
    filled = ops.arange(max_output_size) < count[:, None]
    indices = ops.where(filled, ops.take_along_axis(order, places, axis=1), 0)
    return Kept(ops.reshape(indices, (*leading, max_output_size)), ops.reshape(count, leading))


def best_first(scores, score_threshold):
    """Order of scores (R, N) from high to low, ties as they stand, and which exceed a threshold.

    Args:
        scores: float tensor (R, N).
        score_threshold: number; scores up to it, and NaN, come last.

    Returns:
        int32 tensor (R, N), the order, and bool tensor (R, N) in that order: above the threshold.

    Example:
        >>> order, valid = best_first(ops.array([[0.1, 0.7, 0.7]]), 0.5)
        >>> order.numpy().tolist(), valid.numpy().tolist()
        ([[1, 2, 0]], [[True, True, False]])
    """
    above = scores > score_threshold
    order = ops.argsort(ops.where(above, -scores, float("inf")), axis=-1)
    return ops.cast(order, "int32"), ops.take_along_axis(above, order, axis=-1)


def upright(boxes):
    """Boxes as float32 with x1 <= x2 and y1 <= y2, whichever opposite corners were given.

    Args:
        boxes: (..., 4) tensor.

    Returns:
        Tensor (..., 4).

    Example:
        >>> upright(ops.array([2.0, 0.0, 1.0, 3.0])).numpy().tolist()
        [1.0, 0.0, 2.0, 3.0]
    """
    boxes = ops.cast(boxes, "float32")
    one, other = boxes[..., :2], boxes[..., 2:]
    return ops.concatenate([ops.minimum(one, other), ops.maximum(one, other)], axis=-1)


def check_limits(iou_threshold, **sizes):
    """Raise a ValueError unless the threshold is a share and the sizes are numbers of boxes.

    Args:
        iou_threshold: should be from 0 to 1.
        **sizes: should be whole numbers >= 0.

    Raises:
        ValueError: one of them is not.

    Example:
        >>> check_limits(1.5)
        Traceback (most recent call last):
        ...
        ValueError: iou_threshold: expected a number from 0 to 1, got 1.5
    """
    if not 0 <= iou_threshold <= 1:
        raise ValueError(f"iou_threshold: expected a number from 0 to 1, got {iou_threshold!r}")
    for name, size in sizes.items():
        if size < 0 or size != int(size):
            raise ValueError(f"{name}: expected a number of boxes, 0 or more, got {size!r}")


def _check_shapes(boxes, scores):
    if boxes.ndim < 2 or tuple(boxes.shape) != (*scores.shape, 4):
        raise ValueError(
            "boxes, scores: expected shapes (..., N, 4) and (..., N), got "
            f"{tuple(boxes.shape)} and {tuple(scores.shape)}"
        )
