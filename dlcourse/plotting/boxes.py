"""Boxes on images: what a detector found, and how a grid with anchors divides the work."""

import numpy as np
from matplotlib import patheffects
from matplotlib import pyplot as plt
from matplotlib.patches import Rectangle

__all__ = ["anchor_grid", "draw_boxes"]

# after Okabe and Ito, told apart with every kind of colour vision
_COLOURS = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#D55E00", "#CC79A7", "#0072B2")
_OUTLINE = [patheffects.withStroke(linewidth=3, foreground="black")]


def draw_boxes(image, boxes, labels=None, scores=None, ax=None):
    """Draw boxes on an image, each with its label and its score.

    Args:
        image: (height, width), (height, width, 1) or (height, width, 3).
        boxes: (N, 4) corners (x1, y1, x2, y2) with the image as unit.
        labels: (N,) texts or numbers; boxes with equal labels have one colour. None: no text.
        scores: (N,) numbers from 0 to 1, written behind the labels. None: no scores.
        ax: where to draw; None makes a new figure.

    Returns:
        The Axes, in pixels.

    Raises:
        ValueError: there are not as many labels or scores as boxes.
    """
    boxes = np.asarray(boxes).reshape(-1, 4)
    for name, column in (("labels", labels), ("scores", scores)):
        if column is not None and len(column) != len(boxes):
            raise ValueError(
                f"{name}: expected one for each of {len(boxes)} boxes, got {len(column)}"
            )
    ax = _show(image, ax)
    kinds = np.unique([str(label) for label in labels]).tolist() if labels is not None else []
    for i, box in enumerate(boxes * _unit(image)):
        label = "" if labels is None else str(labels[i])
        score = "" if scores is None else f"{float(scores[i]):.2f}"
        colour = _COLOURS[kinds.index(label) % len(_COLOURS) if kinds else 0]
        _frame(ax, box, colour, " ".join(filter(None, (label, score))))
    return ax


def anchor_grid(image, boxes, anchors, grid, ax=None):
    """Show which cell and which anchor are responsible for each object.

    Args:
        image: as in `draw_boxes`.
        boxes: (N, 4) corners of the objects with the image as unit.
        anchors: (A, 2) heights and widths with the image as unit.
        grid: cells along each side, >= 1.
        ax: where to draw; None makes a new figure.

    Returns:
        The Axes: the grid, the objects with their middles, the cells of these in colour, and in
        them, dashed, the anchor that overlaps best.
    """
    from dlcourse.boxes import assign_anchors, corners_to_centre

    ax = _show(image, ax)
    height, width = np.shape(image)[:2]
    for k in range(1, grid):
        ax.axvline(width * k / grid - 0.5, color="white", linewidth=0.6, alpha=0.6)
        ax.axhline(height * k / grid - 0.5, color="white", linewidth=0.6, alpha=0.6)
    centres = corners_to_centre(np.asarray(boxes, np.float32).reshape(-1, 4))
    places = (np.asarray(place) for place in assign_anchors(centres, anchors, grid))
    cell = np.array([width, height]) / grid
    for box, centre, row, column, anchor in zip(boxes, np.asarray(centres), *places, strict=True):
        colour = _COLOURS[anchor % len(_COLOURS)]
        corner = np.array([column, row]) * cell - 0.5
        ax.add_patch(Rectangle(corner, *cell, color=colour, alpha=0.35, linewidth=0))
        middle = centre[:2] * (width, height) - 0.5
        ax.plot(*middle, "o", color=colour, markersize=4, markeredgecolor="black")
        _frame(ax, np.asarray(box) * _unit(image), colour, f"anchor {anchor}")
        size = np.asarray(anchors[anchor])[::-1] * (width, height)
        ax.add_patch(
            Rectangle(middle - size / 2, *size, fill=False, edgecolor=colour, linestyle="--")
        )
    return ax


def _show(image, ax):
    ax = plt.subplots(figsize=(4, 4), layout="constrained")[1] if ax is None else ax
    # grey images may come with an axis of length 1
    ax.imshow(np.squeeze(image, axis=-1) if np.shape(image)[2:] == (1,) else image, cmap="gray")
    ax.set(xlabel="x / pixels", ylabel="y / pixels")
    ax.autoscale(False)  # boxes may reach beyond the image
    return ax


def _unit(image):
    height, width = np.shape(image)[:2]
    return np.array([width, height, width, height])


def _frame(ax, box, colour, text):
    x1, y1, x2, y2 = box - 0.5  # the first pixel reaches from -0.5 to 0.5
    ax.add_patch(Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, edgecolor=colour, linewidth=1.8))
    if text:
        ax.text(x1, y1 - 0.5, text, color=colour, fontsize=9, va="bottom", path_effects=_OUTLINE)
