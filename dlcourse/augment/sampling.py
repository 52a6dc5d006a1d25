"""Reading images between their pixels: what every geometric augmentation comes down to."""

from keras import ops

from dlcourse.augment.image_batch import as_floats, as_images

__all__ = ["BORDERS", "interpolated", "pixels_at"]

BORDERS = ("zeros", "edge")


def pixels_at(images, rows, columns):
    """Read whole pixels.

    Args:
        images: tensor (m, height, width, channels) of any type.
        rows: whole numbers that broadcast with columns to (m, new height, new width), each inside
            the image.
        columns: as rows.

    Returns:
        Tensor (m, new height, new width, channels) of the images' type.

    Example:
        >>> import numpy as np
        >>> image = np.arange(6).reshape(1, 2, 3, 1)
        >>> int(pixels_at(image, np.array([[[1]]]), np.array([[[2]]]))[0, 0, 0, 0])
        5
    """
    images = as_images(images)
    m, height, width, channels = ops.shape(images)
    # one flat list of pixels makes it a single gather on every backend
    first = ops.reshape(ops.arange(m, dtype="int32") * (height * width), (-1, 1, 1))
    rows, columns = ops.cast(rows, "int32"), ops.cast(columns, "int32")
    places = first + rows * width + columns
    return ops.take(ops.reshape(images, (-1, channels)), places, axis=0)


def interpolated(images, rows, columns, border="zeros", order=1):
    """Read images at any places, linearly between the four pixels around each.

    Args:
        images: (m, height, width, channels).
        rows: places in pixels, 0 at the middle of the first row, that broadcast with columns to
            (m or 1, new height, new width).
        columns: as rows.
        border: what lies outside: "zeros", or the nearest pixel of the "edge".
        order: 1 interpolates linearly; 0 takes the nearest pixel and keeps the type, for masks.

    Returns:
        Tensor (m, new height, new width, channels).

    Raises:
        ValueError: images has not four axes, or border or order is another one.

    Example:
        >>> import numpy as np
        >>> image = np.array([0.0, 4.0], "float32").reshape(1, 1, 2, 1)
        >>> float(interpolated(image, np.zeros((1, 1, 1)), np.full((1, 1, 1), 0.25))[0, 0, 0, 0])
        1.0
    """
    _check(border, order)
    images = as_floats(images) if order else as_images(images)
    rows, columns = ops.cast(rows, "float32"), ops.cast(columns, "float32")
    if border == "zeros":
        # all that lies outside a frame of zeros has the frame as its nearest pixel
        images = ops.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
        rows, columns = rows + 1, columns + 1
    _, height, width, _ = ops.shape(images)
    rows, columns = ops.clip(rows, 0, height - 1), ops.clip(columns, 0, width - 1)
    if order == 0:
        return pixels_at(images, ops.floor(rows + 0.5), ops.floor(columns + 0.5))
    return _linear(images, rows, columns)


def _linear(images, rows, columns):
    _, height, width, _ = ops.shape(images)
    top, bottom, down = _around(rows, height)
    left, right, along = _around(columns, width)
    down, along = (ops.cast(share, images.dtype)[..., None] for share in (down, along))

    def line(row):
        here, there = (pixels_at(images, row, column) for column in (left, right))
        return here + along * (there - here)

    above, below = line(top), line(bottom)
    return above + down * (below - above)


def _around(places, size):
    """The pixels before and after each place, and how far it is on the way between them."""
    before = ops.floor(places)
    return before, ops.minimum(before + 1, size - 1), places - before


def _check(border, order):
    if border not in BORDERS:
        raise ValueError(f"border: expected one of {', '.join(BORDERS)}; got {border!r}")
    if order not in (0, 1):
        raise ValueError(f"order: expected 0 (nearest pixel) or 1 (linear), got {order!r}")
