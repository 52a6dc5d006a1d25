"""From what a YOLO network answers to boxes on the image."""

from keras import ops

from dlcourse.boxes.anchors import check_anchors
from dlcourse.boxes.class_suppression import non_max_suppression_per_class
from dlcourse.boxes.conversions import centre_to_corners

__all__ = ["detect_objects", "yolo_activate", "yolo_boxes"]

_LARGEST_EXPONENT = 20.0  # an untrained network must not answer with infinite boxes


def yolo_activate(raw, anchors):
    """Turn the plain numbers of the last layer into a target's: shares, places and sizes.

    p_c, b_x and b_y go through a sigmoid; b_h and b_w are the anchor's, times e to the raw number;
    the classes share 1 through a softmax.

    Args:
        raw: (..., S, S, A, 5 + C), any real numbers.
        anchors: (A, 2) heights and widths with the image as unit.

    Returns:
        Tensor of the same shape, in the units of `yolo_encode`.

    Raises:
        ValueError: the shape does not fit the anchors.

    Reference:
        Redmon and Farhadi, "YOLO9000: better, faster, stronger", 2017, section 2 (direct location
        prediction).

    Example:
        >>> yolo_activate(ops.zeros((1, 2, 2, 1, 7)), [[0.25, 0.5]])[0, 0, 0, 0].numpy().tolist()
        [0.5, 0.5, 0.5, 0.5, 1.0, 0.5, 0.5]
    """
    raw, anchors = ops.convert_to_tensor(raw), check_anchors(anchors)
    _check(raw, "raw", anchors.shape[0])
    cells = ops.cast(anchors * raw.shape[-3], raw.dtype)
    sizes = cells * ops.exp(ops.minimum(raw[..., 3:5], _LARGEST_EXPONENT))
    classes = ops.softmax(raw[..., 5:], axis=-1)
    return ops.concatenate([ops.sigmoid(raw[..., :3]), sizes, classes], axis=-1)


def yolo_boxes(answer):
    """Read boxes and scores off a target, or off an answer in the same units.

    Args:
        answer: (..., S, S, A, 5 + C): p_c, b_x and b_y inside the cell, b_h and b_w in cells, and
            the classes, as `yolo_encode` and `yolo_activate` give it.

    Returns:
        boxes (..., S·S·A, 4), corners with the image as unit, cell by cell in reading order; and
        scores (..., S·S·A, C): p_c times the class, so that of a target, exactly the objects have
        a score of 1.

    Raises:
        ValueError: the shape is not that of a square grid.

    Reference:
        Redmon et al., "You only look once", 2016, section 2, equation 1.

    Example:
        >>> answer = ops.array([1.0, 0.5, 0.5, 1.0, 2.0, 0.0, 1.0])
        >>> boxes, scores = yolo_boxes(ops.reshape(answer, (1, 1, 1, 7)))
        >>> boxes.numpy().tolist(), scores.numpy().tolist()
        ([[-0.5, 0.0, 1.5, 1.0]], [[0.0, 1.0]])
    """
    answer = ops.convert_to_tensor(answer)
    _check(answer, "answer")
    grid, leading = answer.shape[-3], ops.shape(answer)[:-4]
    along = ops.cast(ops.arange(grid), answer.dtype)
    columns, rows = ops.meshgrid(along, along)
    middle = answer[..., 1:3] + ops.stack([columns, rows], axis=-1)[:, :, None, :]
    boxes = centre_to_corners(ops.concatenate([middle, answer[..., 3:5]], axis=-1) / grid)
    scores = answer[..., :1] * answer[..., 5:]
    n = grid * grid * answer.shape[-2]
    return (
        ops.reshape(boxes, (*leading, n, 4)),
        ops.reshape(scores, (*leading, n, answer.shape[-1] - 5)),
    )


def detect_objects(answer, max_objects=20, score_threshold=0.6, iou_threshold=0.5):
    """The objects in an answer: drop weak boxes, then suppress those of one class by each other.

    Args:
        answer: (..., S, S, A, 5 + C) in the units of `yolo_encode`.
        max_objects: most objects in an image, K >= 0.
        score_threshold: least score, p_c times the class; the default is the course's.
        iou_threshold: from 0 to 1; boxes of one class with a larger IoU are the same object.

    Returns:
        `dlcourse.boxes.Detections`, corners with the image as unit.

    Raises:
        ValueError: the shape is not that of a square grid, or a limit is out of range.

    Example:
        >>> answer = ops.array([1.0, 0.5, 0.5, 1.0, 2.0, 0.0, 1.0])
        >>> found = detect_objects(ops.reshape(answer, (1, 1, 1, 7)), max_objects=3)
        >>> int(found.count), found.classes.numpy().tolist()
        (1, [1, 0, 0])
    """
    return non_max_suppression_per_class(
        *yolo_boxes(answer), max_objects, max_objects, iou_threshold, score_threshold
    )


def _check(tensor, name, n_anchors=None):
    shape = tuple(tensor.shape)
    square = len(shape) >= 4 and shape[-4] == shape[-3] and shape[-1] > 5
    if not square or n_anchors not in {None, shape[-2]}:
        expected = "A" if n_anchors is None else n_anchors
        raise ValueError(
            f"{name}: expected shape (..., S, S, {expected}, 5 + C), a square grid of cells with "
            f"one entry for each anchor, got {shape}"
        )
