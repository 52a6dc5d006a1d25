"""Images at another size, each new pixel a mean of the old ones around it."""

import numpy as np

__all__ = ["resized"]


def resized(images, height, width):
    """Resize with linear interpolation that does not skip pixels when it shrinks.

    A new pixel weighs the old ones with a triangle around its place: as wide as the distance of
    two old pixels where the image grows, and of two new pixels where it shrinks.

    Args:
        images: array (..., height, width, channels), at least one pixel.
        height: new height in pixels, >= 1.
        width: new width in pixels, >= 1.

    Returns:
        Array (..., height, width, channels), float64, or float32 where the images were.

    Raises:
        ValueError: images has no height, width and channels, or a size is not positive.

    Example:
        >>> resized(np.array([0.0, 4.0]).reshape(1, 2, 1), 1, 4).ravel().tolist()
        [0.0, 1.0, 3.0, 4.0]
    """
    images = np.asarray(images)
    if images.ndim < 3 or 0 in images.shape[-3:]:
        raise ValueError(
            f"images: expected shape (..., height, width, channels), got {images.shape}"
        )
    if min(height, width) < 1:
        raise ValueError(f"height, width: expected at least 1 and 1, got {height} and {width}")
    dtype = np.float32 if images.dtype == np.float32 else np.float64
    rows = _weights(images.shape[-3], height).astype(dtype)
    columns = _weights(images.shape[-2], width).astype(dtype)
    mixed = np.tensordot(images.astype(dtype, copy=False), columns, axes=(-2, 1))
    # each product puts its new axis last: channels, width, height
    return np.moveaxis(np.tensordot(mixed, rows, axes=(-3, 1)), (-3, -2, -1), (-1, -2, -3))


def _weights(old, new):
    ratio = old / new
    places = (np.arange(new) + 0.5) * ratio - 0.5  # of the new pixels' centres among the old
    distances = np.abs(places[:, None] - np.arange(old)) / max(ratio, 1)
    triangle = np.maximum(1 - distances, 0)
    return triangle / triangle.sum(axis=1, keepdims=True)
