"""Segmentation maps: each pixel in the colour of its class, over the image or beside it."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.colors import ListedColormap
from matplotlib.patches import Patch

__all__ = ["mask_overlay", "segmentation_grid"]

# Okabe and Ito without black, which is left to the background, then their darker halves: told
# apart in every kind of colour blindness up to seven classes; the legend names them all
COLORS = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7")
DARKER = ("#7f5800", "#1c5a7c", "#004d38", "#7a7320", "#00395a", "#6b2f00", "#663c53")
WRONG = "#d55e00"
HALF = 0.55  # how much of the image the colour of a class covers


def mask_overlay(image, mask, classes=None, ax=None):
    """Show an image with the classes of its pixels in colour; background stays as it is.

    Args:
        image: (h, w), (h, w, 1) or (h, w, 3), from 0 to 1.
        mask: whole numbers (h, w); 0 is background.
        classes: names of the classes, background first; where given, those that occur stand in a
            legend.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: the sides of image and mask differ, or a class has no colour or no name.

    Example:
        >>> ax = mask_overlay(np.zeros((4, 4)), np.eye(4, dtype=int), ["paper", "ink"])
    """
    image, mask = _checked(image, mask, classes)
    if ax is None:
        _, ax = plt.subplots(figsize=(3, 3), layout="constrained")
    ax.imshow(image, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    _draw_mask(ax, np.ma.masked_equal(mask, 0), HALF)
    if classes is not None:
        handles = [
            Patch(color=_color(number), label=classes[number])
            for number in np.unique(mask)
            if number > 0
        ]
        if handles:
            ax.legend(handles=handles, fontsize=7, loc="upper right")
    ax.axis("off")
    return ax


def segmentation_grid(images, masks, predictions, classes=None, size=1.6):
    """One row per image: the image, its true mask, the predicted mask, and where they differ.

    Args:
        images: (m, h, w), (m, h, w, 1) or (m, h, w, 3), from 0 to 1.
        masks: whole numbers (m, h, w); 0 is background.
        predictions: as masks.
        classes: names of the classes, background first, for a legend below.
        size: width of an image in inches.

    Returns:
        The Figure. On the right, pixels of the wrong class are vermilion on the grey image, and
        the share of the right ones stands above.

    Raises:
        ValueError: the three do not fit one another, or a class has no colour or no name.

    Example:
        >>> image, mask = np.zeros((1, 4, 4)), np.eye(4, dtype=int)[None]
        >>> figure = segmentation_grid(image, mask, 0 * mask)
        >>> figure.axes[3].get_title()
        '75 % right'
    """
    if not len(images) == len(masks) == len(predictions) > 0:
        raise ValueError(
            "images, masks, predictions: expected equally many, at least one; got "
            f"{len(images)}, {len(masks)} and {len(predictions)}"
        )
    figure, axes = plt.subplots(
        len(images),
        4,
        figsize=(4 * size, (size + 0.2) * len(images) + 0.2),
        squeeze=False,
        layout="constrained",
    )
    for row, image, mask, prediction in zip(axes, images, masks, predictions, strict=True):
        _draw_row(row, image, mask, prediction, classes)
    for ax, title in zip(axes[0], ("image", "truth", "prediction"), strict=False):
        ax.set_title(title, fontsize=9)
    if classes is not None:
        shown = np.union1d(masks, predictions)
        handles = [Patch(color=_color(number), label=classes[number]) for number in shown]
        figure.legend(handles=handles, loc="outside lower center", ncols=6, fontsize=8)
    return figure


def _draw_row(row, image, mask, prediction, classes):
    image, mask = _checked(image, mask, classes)
    _, prediction = _checked(image, prediction, classes)
    row[0].imshow(image, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    _draw_mask(row[1], mask, 1)
    _draw_mask(row[2], prediction, 1)
    row[3].imshow(image, cmap="gray", vmin=0, vmax=1, alpha=0.5, interpolation="nearest")
    wrong = np.ma.masked_equal(mask != prediction, False)
    row[3].imshow(wrong, cmap=ListedColormap([WRONG]), interpolation="nearest")
    row[3].set_title(f"{100 * np.mean(mask == prediction):.0f} % right", fontsize=9)
    for ax in row:
        ax.axis("off")


def _draw_mask(ax, mask, alpha):
    colors = ListedColormap([_color(number) for number in range(1 + len(COLORS + DARKER))])
    ax.imshow(mask, cmap=colors, vmin=0, vmax=colors.N - 1, alpha=alpha, interpolation="nearest")


def _color(number):
    return ("#000000", *COLORS, *DARKER)[number]


def _checked(image, mask, classes):
    image, mask = np.asarray(image), np.asarray(mask)
    if image.ndim == 3 and image.shape[-1] == 1:
        image = image[..., 0]
    if image.shape[:2] != mask.shape:
        raise ValueError(
            f"mask: expected shape {image.shape[:2]}, one class per pixel; got {mask.shape}"
        )
    most = min(len(COLORS + DARKER), len(classes or (COLORS + DARKER)) - (classes is not None))
    if mask.min() < 0 or mask.max() > most:
        raise ValueError(
            f"mask: expected classes from 0 to {most}, which have a colour or a name; got "
            f"{mask.min()} to {mask.max()}"
        )
    return image, mask
