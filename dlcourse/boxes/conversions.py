"""The ways to write a box down, and how to get from one to another.

Three formats and two units are in use, which makes six kinds of array that look the same:

- corners (x1, y1, x2, y2): the upper left and the lower right corner. Everything here that compares
  boxes wants corners.
- centre (b_x, b_y, b_h, b_w): the middle, then the height *before* the width, as in the course.
- xywh (x, y, w, h): the upper left corner, then the width before the height, as in COCO.

The unit is the pixel, or the whole image ("normalised": 0 to 1 from the left and from the top).
"""

from keras import ops

__all__ = [
    "as_boxes",
    "centre_to_corners",
    "corners_to_centre",
    "corners_to_xywh",
    "to_normalised",
    "to_pixels",
    "xywh_to_corners",
]


def as_boxes(boxes, name="boxes"):
    """Turn boxes into a float tensor whose last axis is known to hold four numbers.

    Args:
        boxes: array (..., 4), whole numbers or floats.
        name: what the error calls them.

    Returns:
        Tensor (..., 4) of a float dtype.

    Raises:
        ValueError: the last axis does not hold four numbers.

    Example:
        >>> as_boxes([[0, 0, 2, 3]]).shape
        TensorShape([1, 4])
    """
    boxes = ops.convert_to_tensor(boxes)
    if len(boxes.shape) == 0 or boxes.shape[-1] != 4:
        raise ValueError(
            f"{name}: expected shape (..., 4), four numbers for each box, got "
            f"{tuple(boxes.shape)}; no boxes at all are an array of shape (0, 4)"
        )
    return boxes if "float" in str(boxes.dtype) else ops.cast(boxes, "float32")


def corners_to_centre(boxes):
    """Write corners (x1, y1, x2, y2) as the middle, the height and the width.

    Args:
        boxes: (..., 4) corners, any unit.

    Returns:
        Tensor (..., 4) of (b_x, b_y, b_h, b_w) in the same unit.

    Raises:
        ValueError: the last axis does not hold four numbers.

    Reference:
        Redmon et al., "You only look once", 2016, section 2 (the four numbers).

    Example:
        >>> corners_to_centre([10.0, 10.0, 50.0, 30.0]).numpy().tolist()
        [30.0, 20.0, 20.0, 40.0]
    """
    x1, y1, x2, y2 = _split(boxes)
    return ops.concatenate([(x1 + x2) / 2, (y1 + y2) / 2, y2 - y1, x2 - x1], axis=-1)


def centre_to_corners(boxes):
    """Write (b_x, b_y, b_h, b_w) as corners (x1, y1, x2, y2).

    Args:
        boxes: (..., 4), the middle, the height and the width, any unit.

    Returns:
        Tensor (..., 4) of corners in the same unit.

    Raises:
        ValueError: the last axis does not hold four numbers.

    Example:
        >>> centre_to_corners([30.0, 20.0, 20.0, 40.0]).numpy().tolist()
        [10.0, 10.0, 50.0, 30.0]
    """
    x, y, height, width = _split(boxes)
    return ops.concatenate([x - width / 2, y - height / 2, x + width / 2, y + height / 2], axis=-1)


def corners_to_xywh(boxes):
    """Write corners (x1, y1, x2, y2) as the upper left corner, the width and the height.

    Args:
        boxes: (..., 4) corners, any unit.

    Returns:
        Tensor (..., 4) of (x, y, w, h) in the same unit.

    Raises:
        ValueError: the last axis does not hold four numbers.

    Reference:
        Lin et al., "Microsoft COCO: common objects in context", 2014 (the format of its
        annotations).

    Example:
        >>> corners_to_xywh([10.0, 10.0, 50.0, 30.0]).numpy().tolist()
        [10.0, 10.0, 40.0, 20.0]
    """
    x1, y1, x2, y2 = _split(boxes)
    return ops.concatenate([x1, y1, x2 - x1, y2 - y1], axis=-1)


def xywh_to_corners(boxes):
    """Write (x, y, w, h) as corners (x1, y1, x2, y2).

    Args:
        boxes: (..., 4), the upper left corner, the width and the height, any unit.

    Returns:
        Tensor (..., 4) of corners in the same unit.

    Raises:
        ValueError: the last axis does not hold four numbers.

    Example:
        >>> xywh_to_corners([10.0, 10.0, 40.0, 20.0]).numpy().tolist()
        [10.0, 10.0, 50.0, 30.0]
    """
    x, y, width, height = _split(boxes)
    return ops.concatenate([x, y, x + width, y + height], axis=-1)


def to_normalised(boxes, height, width):
    """Measure corners, or xywh boxes, by the image instead of by its pixels.

    Args:
        boxes: (..., 4) corners or xywh in pixels (in both, x stands in the even places).
        height: of the image in pixels, > 0.
        width: of the image in pixels, > 0.

    Returns:
        Tensor (..., 4), from 0 to 1 for boxes inside the image.

    Raises:
        ValueError: the last axis does not hold four numbers, or a size is not positive.

    Example:
        >>> to_normalised([10.0, 10.0, 50.0, 30.0], height=40, width=100).numpy().tolist()
        [0.10000000149011612, 0.25, 0.5, 0.75]
    """
    boxes = as_boxes(boxes)
    return boxes / _scale(boxes, height, width)


def to_pixels(boxes, height, width):
    """Measure corners, or xywh boxes, in pixels instead of by the image.

    Args:
        boxes: (..., 4) corners or xywh, from 0 to 1 for boxes inside the image.
        height: of the image in pixels, > 0.
        width: of the image in pixels, > 0.

    Returns:
        Tensor (..., 4) in pixels, not rounded.

    Raises:
        ValueError: the last axis does not hold four numbers, or a size is not positive.

    Example:
        >>> to_pixels([0.5, 0.25, 1.0, 0.75], height=40, width=100).numpy().tolist()
        [50.0, 10.0, 100.0, 30.0]
    """
    boxes = as_boxes(boxes)
    return boxes * _scale(boxes, height, width)


def _split(boxes):
    return ops.split(as_boxes(boxes), 4, axis=-1)


def _scale(boxes, height, width):
    if not (height > 0 and width > 0):
        raise ValueError(
            f"height, width: expected positive numbers of pixels, got {height!r} and {width!r}"
        )
    return ops.convert_to_tensor([width, height, width, height], dtype=boxes.dtype)
