"""What augmentation makes of an image, and where the windows of a ten-crop lie."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.patches import Rectangle

__all__ = ["augmentation_gallery", "ten_crop_windows"]

# Okabe and Ito's colours, told apart by everybody
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00")
_WINDOWS = ("upper left", "upper right", "lower left", "lower right", "middle")


def augmentation_gallery(original, variants, size=1.3):
    """Show an image beside what several augmentations make of it, one row for each.

    Args:
        original: image (height, width), (height, width, 1) or (height, width, 3); colours from 0
            to 1, or whole numbers from 0 to 255.
        variants: dict from the name of an augmentation to its images (n, height, width, channels),
            or without the last axis, in the range of the original; colours beyond it are cut.
        size: width of an image in inches.

    Returns:
        The Figure: the original in the first column, its variants after it.

    Raises:
        ValueError: there are no variants, or not as many in each row.
    """
    rows = {name: np.asarray(images) for name, images in variants.items()}
    counts = {len(images) for images in rows.values()}
    if len(counts) != 1 or 0 in counts:
        raise ValueError(f"variants: expected as many images in each row, got {sorted(counts)}")
    columns = counts.pop() + 1
    height = size * np.shape(original)[0] / np.shape(original)[1] + 0.1
    figure, axes = plt.subplots(
        len(rows),
        columns,
        figsize=(size * columns + 1, height * len(rows) + 0.2),  # room for names and title
        squeeze=False,
        layout="constrained",
    )
    white = 255 if np.issubdtype(np.asarray(original).dtype, np.integer) else 1.0
    for line, (name, images) in zip(axes, rows.items(), strict=True):
        for ax, image in zip(line, [original, *images], strict=True):
            _show(ax, image, white)
        line[0].set_ylabel(name, rotation=0, ha="right", va="center")
    axes[0, 0].set_title("original", fontsize=9)
    return figure


def ten_crop_windows(image, size, ax=None):
    """Draw the five windows of a ten-crop into an image; the other five are their mirror images.

    Args:
        image: (height, width), (height, width, 1) or (height, width, 3).
        size: (height, width) of the windows in pixels, not larger than the image.
        ax: Axes to draw into; a new figure if None.

    Returns:
        The Axes.

    Raises:
        ValueError: the windows are larger than the image.
    """
    image = np.asarray(image)
    down, right = (n - k for n, k in zip(image.shape[:2], size, strict=True))
    if min(down, right) < 0:
        raise ValueError(f"size: expected windows inside {image.shape[:2]} pixels, got {size}")
    ax = plt.subplots(layout="constrained")[1] if ax is None else ax
    _show(ax, image, 255 if np.issubdtype(image.dtype, np.integer) else 1.0)
    corners = [(0, 0), (0, right), (down, 0), (down, right), (down // 2, right // 2)]
    for (row, column), name, colour in zip(corners, _WINDOWS, _COLOURS, strict=True):
        place = column - 0.5, row - 0.5  # a pixel's own corner, half a pixel before its middle
        ax.add_patch(Rectangle(place, size[1], size[0], fill=False, color=colour, lw=2, label=name))
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    return ax


def _show(ax, image, white):
    image = np.asarray(image)
    image = image[..., 0] if image.shape[-1] == 1 else image
    image = np.clip(image, 0, white).astype(float) / white
    ax.imshow(image, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
