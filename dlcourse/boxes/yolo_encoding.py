"""The target of YOLO: a grid in which the cell of an object's middle describes the object."""

from keras import ops

from dlcourse.boxes.anchors import assign_anchors, check_anchors
from dlcourse.boxes.conversions import as_boxes, corners_to_centre

__all__ = ["yolo_encode"]


def yolo_encode(boxes, labels, anchors, grid, n_classes):
    """Turn lists of objects into the tensor that a network on a grid should answer.

    Every entry of the target holds (p_c, b_x, b_y, b_h, b_w, c_1, …, c_C): p_c is 1 where there is
    an object and everything 0 where there is none; b_x and b_y place the middle inside its cell,
    from 0 to 1; b_h and b_w measure the box in cells, so they may exceed 1.

    Args:
        boxes: (B, M, 4) corners (x1, y1, x2, y2) with the image as unit.
        labels: (B, M) whole numbers from 0 to n_classes - 1, or -1: no object, so that images with
            different numbers of objects fit into one array.
        anchors: (A, 2) heights and widths with the image as unit.
        grid: cells along each side, S >= 1.
        n_classes: C >= 1.

    Returns:
        float32 tensor (B, S, S, A, 5 + C). Where two objects claim one anchor of one cell, the
        first one listed gets it and the other one is lost: that is the limit of the method, met
        more rarely with a finer grid or more anchors.

    Raises:
        ValueError: shapes do not fit, or the grid or the number of classes is not positive.

    Reference:
        Redmon et al., "You only look once", 2016, section 2; anchors: Redmon and Farhadi,
        "YOLO9000: better, faster, stronger", 2017.

    Example:
        >>> target = yolo_encode([[[0.0, 0.5, 1.0, 0.75]]], [[2]], [[0.3, 0.3], [0.2, 0.9]], 2, 3)
        >>> target.shape, target[0, 1, 1, 1].numpy().tolist()
        (TensorShape([1, 2, 2, 2, 8]), [1.0, 0.0, 0.25, 0.5, 2.0, 0.0, 0.0, 1.0])
    """
    boxes, labels = _checked(boxes, labels, grid, n_classes)
    anchors = check_anchors(anchors)
    objects = corners_to_centre(boxes)
    row, column, anchor = assign_anchors(objects, anchors, grid)
    n_places = grid * grid * anchors.shape[0]
    place = (row * grid + column) * anchors.shape[0] + anchor
    place = ops.where(_gets_its_place(place, labels), place, n_places)  # one more for the lost
    values = _values(objects, labels, row, column, grid, n_classes)
    batch = ops.shape(boxes)[0]
    image = ops.broadcast_to(ops.arange(batch)[:, None], ops.shape(place))
    target = ops.scatter(
        ops.reshape(ops.stack([image, place], axis=-1), (-1, 2)),
        ops.reshape(values, (-1, 5 + n_classes)),
        (batch, n_places + 1, 5 + n_classes),
    )
    return ops.reshape(target[:, :n_places], (batch, grid, grid, anchors.shape[0], 5 + n_classes))


def _gets_its_place(place, labels):
    """Objects that are there, and first among those of their image with the same place."""
    real = labels >= 0
    n = ops.shape(place)[1]
    earlier = ops.tril(ops.ones((n, n), "bool"), -1)
    rivals = (place[:, :, None] == place[:, None, :]) & earlier & real[:, None, :]
    return real & ~ops.any(rivals, axis=-1)


def _values(objects, labels, row, column, grid, n_classes):
    cell = ops.cast(ops.stack([column, row], axis=-1), objects.dtype)
    there = ops.cast(labels >= 0, objects.dtype)[..., None]
    inside = objects[..., :2] * grid - cell
    classes = ops.cast(labels[..., None] == ops.arange(n_classes), objects.dtype)
    # invalid objects are scattered, too, into the place that is cut off
    return ops.concatenate([there, inside, objects[..., 2:] * grid, classes], axis=-1)


def _checked(boxes, labels, grid, n_classes):
    if grid < 1 or n_classes < 1:
        raise ValueError(
            f"grid, n_classes: expected at least 1 and 1, got {grid!r} and {n_classes!r}"
        )
    boxes = ops.cast(as_boxes(boxes), "float32")
    labels = ops.cast(ops.convert_to_tensor(labels), "int32")
    if len(boxes.shape) != 3 or tuple(boxes.shape[:2]) != tuple(labels.shape):
        raise ValueError(
            "boxes, labels: expected shapes (B, M, 4) and (B, M), got "
            f"{tuple(boxes.shape)} and {tuple(labels.shape)}"
        )
    return boxes, labels
