"""Images in rows and columns, and an image as the column of numbers that a network reads."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["image_as_column", "image_grid"]


def image_grid(images, titles=None, columns=8, size=1.3, limits=None):
    """Show images in a grid, each below its title.

    Args:
        images: array or sequence of images, each (height, width) in grey or (height, width, 3)
            in colour; colours from 0 to 1, or whole numbers from 0 to 255.
        titles: one text per image; none where it is None.
        columns: images in a row.
        size: width of an image in inches.
        limits: (black, white) of grey images; by default the extremes of all of them together, so
            that equal numbers look equal everywhere.

    Returns:
        The Figure.

    Raises:
        ValueError: there are no images, or not as many titles as images.
    """
    images = [np.asarray(image) for image in images]
    titles = [""] * len(images) if titles is None else [str(title) for title in titles]
    _check(images, titles)
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    height = size + (0.3 if any(titles) else 0.05)
    figure, axes = plt.subplots(
        rows, columns, figsize=(size * columns, height * rows), squeeze=False, layout="constrained"
    )
    low, high = limits or (min(i.min() for i in images), max(i.max() for i in images))
    for ax, image, title in zip(axes.flat, images, titles, strict=False):
        ax.imshow(image, cmap="gray", vmin=low, vmax=high, interpolation="nearest")
        ax.set_title(title, fontsize=9)
    for ax in axes.flat:
        ax.axis("off")
    return figure


def image_as_column(image, column):
    """Show an image with its numbers beside the first entries of its column.

    Args:
        image: grey image (height, width), small enough to read its numbers.
        column: the same numbers as a column (height * width, 1).

    Returns:
        The Figure; the column is cut after three rows of the image.
    """
    height, width = image.shape
    shown = np.asarray(column).reshape(-1, 1)[: 3 * width]
    figure, (left, right) = plt.subplots(
        1, 2, figsize=(5.5, 4.5), width_ratios=(4, 1), layout="constrained"
    )
    for ax, numbers in ((left, image), (right, shown)):
        ax.imshow(numbers, cmap="gray", vmin=image.min(), vmax=image.max(), aspect="auto")
        _write_numbers(ax, numbers, (image.min() + image.max()) / 2)
    left.set(title=f"image {image.shape}", xlabel="column of pixels", ylabel="row of pixels")
    right.set(title=f"column\n{np.shape(column)}", xticks=[], ylabel=f"entry (first {len(shown)})")
    return figure


def _write_numbers(ax, numbers, middle):
    for (row, column), number in np.ndenumerate(numbers):
        color = "black" if number > middle else "white"
        ax.text(column, row, f"{number:g}", ha="center", va="center", fontsize=7, color=color)


def _check(images, titles):
    if not images:
        raise ValueError("images: expected at least one image, received none")
    if len(titles) != len(images):
        raise ValueError(f"titles: expected one per image ({len(images)}), received {len(titles)}")
