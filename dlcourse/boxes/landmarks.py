"""Landmarks: points of an object, such as the corners of an eye, as a network's target."""

from keras import ops

__all__ = ["landmark_points", "landmark_target"]


def landmark_target(points, present, height, width):
    """Write the landmarks of images as one row each: (p, l_1x, l_1y, l_2x, l_2y, …).

    The order of the points carries their meaning, so it must be the same in every image. The loss
    is that of localization: where p is 0, only p counts.

    Args:
        points: (m, L, 2), x and y of L points in pixels.
        present: (m,) of 0 and 1 or of booleans, whether the object is there.
        height: of the images in pixels, > 0.
        width: of the images in pixels, > 0.

    Returns:
        float32 tensor (m, 1 + 2 L), coordinates from 0 to 1 inside the image; all 0 where the
        object is absent. 64 landmarks of a face make 129 numbers.

    Raises:
        ValueError: shapes do not fit, or a size is not positive.

    Example:
        >>> landmark_target([[[8.0, 4.0], [2.0, 6.0]]], [1], height=8, width=16).numpy().tolist()
        [[1.0, 0.5, 0.5, 0.125, 0.75]]
    """
    points = ops.convert_to_tensor(points, dtype="float32")
    present = ops.cast(ops.convert_to_tensor(present), "float32")
    if len(points.shape) != 3 or points.shape[-1] != 2 or points.shape[0] != present.shape[0]:
        raise ValueError(
            "points, present: expected shapes (m, L, 2) and (m,), got "
            f"{tuple(points.shape)} and {tuple(present.shape)}"
        )
    flat = ops.reshape(points / _size(height, width), (-1, 2 * points.shape[1]))
    return present[:, None] * ops.pad(flat, [(0, 0), (1, 0)], constant_values=1.0)


def landmark_points(target, height, width):
    """Read the points off targets or answers: the inverse of `landmark_target`.

    Args:
        target: (m, 1 + 2 L).
        height: of the images in pixels, > 0.
        width: of the images in pixels, > 0.

    Returns:
        points (m, L, 2) in pixels, and (m,), how surely they are there.

    Raises:
        ValueError: the rows are not 1 + 2 L long, or a size is not positive.

    Example:
        >>> points, present = landmark_points([[1.0, 0.5, 0.5, 0.125, 0.75]], height=8, width=16)
        >>> points.numpy().tolist(), present.numpy().tolist()
        ([[[8.0, 4.0], [2.0, 6.0]]], [1.0])
    """
    target = ops.convert_to_tensor(target)
    if len(target.shape) != 2 or target.shape[1] < 3 or target.shape[1] % 2 == 0:
        raise ValueError(f"target: expected shape (m, 1 + 2 L), got {tuple(target.shape)}")
    points = ops.reshape(target[:, 1:], (-1, target.shape[1] // 2, 2))
    return points * ops.cast(_size(height, width), points.dtype), target[:, 0]


def _size(height, width):
    if not (height > 0 and width > 0):
        raise ValueError(
            f"height, width: expected positive numbers of pixels, got {height!r} and {width!r}"
        )
    return ops.convert_to_tensor([width, height], dtype="float32")
