"""Anchor boxes: prototypes of height and width, so that one grid cell can hold several objects."""

from keras import ops

__all__ = ["anchor_overlap", "assign_anchors", "best_anchor", "check_anchors"]


def check_anchors(anchors):
    """Anchors as a float32 tensor, or a ValueError.

    Args:
        anchors: (A, 2) heights and widths, all positive, A >= 1.

    Returns:
        Tensor (A, 2).

    Raises:
        ValueError: another shape, or a size that is not positive.

    Example:
        >>> check_anchors([[0.5, 0.25]]).shape
        TensorShape([1, 2])
    """
    sizes = [tuple(float(size) for size in anchor) for anchor in anchors]
    if not sizes or any(len(size) != 2 or min(size) <= 0 for size in sizes):
        raise ValueError(
            f"anchors: expected at least one pair (height, width) of positive numbers, got {sizes}"
        )
    return ops.convert_to_tensor(sizes, dtype="float32")


def anchor_overlap(sizes, anchors):
    """IoU of boxes with anchors as if they had the same middle: only shapes are compared.

    Args:
        sizes: (..., 2) heights and widths of boxes.
        anchors: (A, 2) heights and widths of the anchors in the same unit, all positive.

    Returns:
        Tensor (..., A) from 0 to 1.

    Raises:
        ValueError: anchors are not (A, 2) or not positive.

    Reference:
        Redmon and Farhadi, "YOLO9000: better, faster, stronger", 2017, section 2 (dimension
        clusters).

    Example:
        >>> anchor_overlap([[2.0, 1.0]], [[2.0, 1.0], [1.0, 2.0]]).numpy().round(3).tolist()
        [[1.0, 0.3330000042915344]]
    """
    anchors = check_anchors(anchors)
    sizes = ops.relu(ops.cast(ops.convert_to_tensor(sizes), "float32"))
    common = ops.prod(ops.minimum(sizes[..., None, :], anchors), axis=-1)
    return common / (ops.prod(sizes, axis=-1)[..., None] + ops.prod(anchors, axis=-1) - common)


def best_anchor(sizes, anchors):
    """Which anchor is most like each box, by IoU; of equal ones, the first.

    Args:
        sizes: (..., 2) heights and widths of boxes.
        anchors: (A, 2) heights and widths in the same unit, all positive.

    Returns:
        int32 tensor (...,) from 0 to A - 1.

    Raises:
        ValueError: anchors are not (A, 2) or not positive.

    Example:
        >>> best_anchor([[3.0, 1.0], [1.0, 2.0]], [[2.0, 1.0], [1.0, 2.0]]).numpy().tolist()
        [0, 1]
    """
    return ops.cast(ops.argmax(anchor_overlap(sizes, anchors), axis=-1), "int32")


def assign_anchors(boxes, anchors, grid):
    """Find for each object the one place of the target that is responsible for it.

    That is the cell that its middle lies in, and there the anchor with the best IoU.

    Args:
        boxes: (..., 4), (b_x, b_y, b_h, b_w) with the image as unit.
        anchors: (A, 2) heights and widths with the image as unit.
        grid: cells along each side, >= 1.

    Returns:
        int32 tensors (...,): the row, the column and the anchor. A middle on the right or lower
        edge of the image counts into the last cell.

    Raises:
        ValueError: anchors are not (A, 2) or not positive.

    Reference:
        Redmon and Farhadi, "YOLO9000: better, faster, stronger", 2017, section 2.

    Example:
        >>> row, column, anchor = assign_anchors(
        ...     ops.array([[0.9, 0.4, 0.2, 0.6]]), [[0.6, 0.2], [0.2, 0.6]], grid=3
        ... )
        >>> int(row[0]), int(column[0]), int(anchor[0])
        (1, 2, 1)
    """
    cells = ops.cast(ops.floor(boxes[..., :2] * grid), "int32")
    cells = ops.clip(cells, 0, grid - 1)
    return cells[..., 1], cells[..., 0], best_anchor(boxes[..., 2:], anchors)
