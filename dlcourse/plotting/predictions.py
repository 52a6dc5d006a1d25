"""Images with what they are, and what a network takes them for."""

import numpy as np

from dlcourse.plotting.images import image_grid

__all__ = ["labelled_images"]

_RIGHT, _WRONG = "#0072B2", "#D55E00"  # blue and vermilion: told apart by everybody


def labelled_images(images, labels, class_names=None, predictions=None, columns=8):
    """Show images in a grid, each below its label, wrong predictions marked.

    Args:
        images: (m, height, width), (m, height, width, 1) or (m, height, width, 3).
        labels: whole numbers (m,), the classes.
        class_names: what the classes are called; their numbers if None.
        predictions: whole numbers (m,), the classes that a network found; none if None. A right
            one shows in blue with a tick; a wrong one in red with a cross and what it should be.
        columns: images in a row.

    Returns:
        The Figure.

    Raises:
        ValueError: there are not as many labels or predictions as images.
    """
    images = np.asarray(images)
    images = images[..., 0] if images.ndim == 4 and images.shape[-1] == 1 else images
    labels = np.asarray(labels)
    found = labels if predictions is None else np.asarray(predictions)
    for argument, classes in (("labels", labels), ("predictions", found)):
        if classes.shape != (len(images),):
            raise ValueError(
                f"{argument}: expected one per image ({len(images)}), got {classes.shape}"
            )
    pairs = list(zip(labels.tolist(), found.tolist(), strict=True))
    titles = [_title(*pair, class_names, predictions is not None) for pair in pairs]
    figure = image_grid(images, titles, columns=columns)
    if predictions is not None:
        for ax, (label, prediction) in zip(figure.axes, pairs, strict=False):
            ax.title.set_color(_RIGHT if label == prediction else _WRONG)
    return figure


def _title(label, found, class_names, marked):
    label, found = (str(i) if class_names is None else class_names[i] for i in (label, found))
    if not marked:
        return label
    return f"✓ {found}" if label == found else f"✗ {found}\n({label})"
