"""Intersection over union (IoU): how much two boxes are the same box."""

from keras import ops

from dlcourse.boxes.conversions import as_boxes

__all__ = ["box_area", "paired_iou", "pairwise_iou"]


def box_area(boxes):
    """Width times height.

    Args:
        boxes: (..., 4) corners (x1, y1, x2, y2).

    Returns:
        Tensor (...,) in the squared unit of the boxes; 0 for a box whose corners are the wrong way
        round, which holds no point.

    Raises:
        ValueError: the last axis does not hold four numbers.

    Example:
        >>> box_area([[0.0, 0.0, 2.0, 3.0], [2.0, 0.0, 0.0, 3.0]]).numpy().tolist()
        [6.0, 0.0]
    """
    boxes = as_boxes(boxes)
    width, height = ops.unstack(ops.relu(boxes[..., 2:] - boxes[..., :2]), 2, axis=-1)
    return width * height


def pairwise_iou(boxes, others):
    """IoU of every box with every other box: their common area over the area that they cover.

    Args:
        boxes: (..., N, 4) corners (x1, y1, x2, y2); N may be 0.
        others: (..., M, 4) corners in the same unit, with the same leading axes or ones that
            broadcast.

    Returns:
        Tensor (..., N, M) from 0 to 1. Boxes without area have IoU 0 with everything, also with
        themselves.

    Raises:
        ValueError: the last axis does not hold four numbers, or an axis of boxes is missing.

    Reference:
        Jaccard, "The distribution of the flora in the alpine zone", 1912 (of sets in general).

    Example:
        >>> pairwise_iou([[0.0, 0.0, 2.0, 2.0]], [[0.0, 0.0, 2.0, 1.0], [5.0, 5.0, 6.0, 6.0]])
        <tf.Tensor: shape=(1, 2), dtype=float32, numpy=array([[0.5, 0. ]], dtype=float32)>
    """
    boxes, others = as_boxes(boxes), as_boxes(others, "others")
    if min(len(boxes.shape), len(others.shape)) < 2:
        raise ValueError(
            "boxes, others: expected shapes (..., N, 4) and (..., M, 4), got "
            f"{tuple(boxes.shape)} and {tuple(others.shape)}; for single pairs take paired_iou"
        )
    return paired_iou(boxes[..., :, None, :], others[..., None, :, :])


def paired_iou(boxes, others):
    """IoU of each box with the one at the same place.

    Args:
        boxes: (..., 4) corners (x1, y1, x2, y2).
        others: (..., 4) corners in the same unit; leading axes broadcast.

    Returns:
        Tensor (...,) from 0 to 1.

    Raises:
        ValueError: the last axis does not hold four numbers.

    Example:
        >>> float(paired_iou([0.0, 0.0, 2.0, 2.0], [0.0, 0.0, 2.0, 1.0]))
        0.5
    """
    boxes, others = as_boxes(boxes), as_boxes(others, "others")
    # four thin slices: an axis of length 2 at the end would spoil every vector instruction
    (x1, y1, x2, y2), (u1, v1, u2, v2) = ops.unstack(boxes, 4, -1), ops.unstack(others, 4, -1)
    width = ops.relu(ops.minimum(x2, u2) - ops.maximum(x1, u1))
    height = ops.relu(ops.minimum(y2, v2) - ops.maximum(y1, v1))
    common = width * height
    covered = box_area(boxes) + box_area(others) - common
    # two boxes without area cover nothing, and share nothing
    return ops.where(covered > 0, common / ops.where(covered > 0, covered, 1), 0)
