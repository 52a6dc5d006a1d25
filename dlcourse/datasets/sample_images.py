"""Photographs that come with the installed packages, and pieces of them."""

from functools import lru_cache

import numpy as np

from dlcourse.datasets.resizing import resized

__all__ = ["SAMPLE_IMAGES", "patches", "sample_image"]

SAMPLE_IMAGES = ("china", "flower", "hopper")


def sample_image(name="china", size=None):
    """Load a photograph in colour.

    Args:
        name: "china" (a temple) or "flower" (a dahlia), both 427 by 640 pixels, which scikit-learn
            carries under CC BY 2.0, by the photographers that its README names; or "hopper" (a
            portrait of Grace Hopper, 600 by 512, public domain), which Matplotlib carries.
        size: (height, width) in pixels to resize to; the photograph's own where it is None.

    Returns:
        float32 (height, width, 3), 0 to 1; red, green and blue.

    Raises:
        ValueError: there is no photograph of that name, or a size is not positive.

    Example:
        >>> sample_image("flower").shape, sample_image("china", (64, 96)).shape
        ((427, 640, 3), (64, 96, 3))
    """
    if name not in SAMPLE_IMAGES:
        raise ValueError(f"name: expected one of {', '.join(SAMPLE_IMAGES)}; got {name!r}")
    image = _bytes_of(name).astype(np.float32) / 255
    return image if size is None else resized(image, *size)


def patches(image, size, stride):
    """Cut an image into square windows, in reading order.

    Args:
        image: array (height, width, channels).
        size: side of a window in pixels, from 1 to the shorter side of the image.
        stride: distance between neighbouring windows in pixels, at least 1; what is left over at
            the right and at the bottom is dropped.

    Returns:
        Array (n, size, size, channels), n = (1 + (height - size) // stride) times the same of the
        width.

    Raises:
        ValueError: the window is larger than the image, or size or stride is not positive.

    Example:
        >>> patches(np.arange(6).reshape(2, 3, 1), size=2, stride=1)[1, :, :, 0].tolist()
        [[1, 2], [4, 5]]
    """
    image = np.asarray(image)
    if image.ndim != 3:
        raise ValueError(f"image: expected shape (height, width, channels), got {image.shape}")
    if not 1 <= size <= min(image.shape[:2]):
        raise ValueError(f"size: expected 1 to {min(image.shape[:2])} pixels, got {size!r}")
    if stride < 1:
        raise ValueError(f"stride: expected at least 1 pixel, got {stride!r}")
    windows = np.lib.stride_tricks.sliding_window_view(image, (size, size), axis=(0, 1))
    # sliding_window_view puts the pixels of a window after the channels
    kept = windows[::stride, ::stride].transpose(0, 1, 3, 4, 2)
    return kept.reshape(-1, *kept.shape[2:])


@lru_cache(maxsize=len(SAMPLE_IMAGES))
def _bytes_of(name):
    if name == "hopper":
        from matplotlib import cbook, image

        with cbook.get_sample_data("grace_hopper.jpg") as file:
            return image.imread(file, format="jpg")
    from sklearn.datasets import load_sample_image  # takes a second

    return load_sample_image(f"{name}.jpg")
