"""Region proposals: where an image is worth a look, before any network has seen it.

R-CNN classifies some proposed regions instead of all windows; Fast R-CNN shares the convolutions
between them; Faster R-CNN lets a network propose. This is the first of the three, in a form that
fits simple scenes: bright pixels that hang together are a region, and so are neighbouring regions.
"""

import numpy as np
from scipy import ndimage

__all__ = ["propose_regions"]


def propose_regions(image, threshold=0.5, reach=2, least_pixels=4):
    """Propose boxes around connected bright regions, and around groups of near ones.

    Segment at two levels: pixels above the threshold, once as they are (parts of objects), once
    spread by `reach` pixels (objects whose parts do not touch). Every region gives one box.

    Args:
        image: (height, width), or (height, width, channels), whose brightest channel counts;
            bright objects on a dark ground.
        threshold: in the unit of the pixels; brighter ones belong to objects.
        reach: pixels that two parts of one object may be apart on each side, >= 0.
        least_pixels: smaller regions are noise.

    Returns:
        float32 array (R, 4), different boxes as corners in pixels, x2 and y2 behind the last
        pixel, in reading order of their upper left corners; (0, 4) if there is nothing.

    Raises:
        ValueError: image has another number of axes, or reach is negative.

    Reference:
        Girshick et al., "Rich feature hierarchies for accurate object detection and semantic
        segmentation", 2014, section 2.1 (R-CNN); grouping of regions after Uijlings et al.,
        "Selective search for object recognition", 2013.

    Example:
        >>> image = np.zeros((8, 9)); image[1:4, 2:5] = 1; image[6:8, 7:9] = 1
        >>> propose_regions(image, reach=0).tolist()
        [[2.0, 1.0, 5.0, 4.0], [7.0, 6.0, 9.0, 8.0]]
    """
    image = np.asarray(image)
    if image.ndim not in {2, 3} or reach < 0:
        raise ValueError(
            "image, reach: expected (height, width) or (height, width, channels) and at least 0, "
            f"got shape {image.shape} and {reach!r}"
        )
    bright = (image if image.ndim == 2 else image.max(axis=-1)) > threshold
    spread = ndimage.binary_dilation(bright, iterations=reach) if reach else bright
    boxes = [*_boxes(bright, bright, least_pixels), *_boxes(spread, bright, least_pixels)]
    ordered = sorted(set(boxes), key=lambda box: (box[1], box[0], box[3], box[2]))
    return np.array(ordered, np.float32).reshape(-1, 4)


def _boxes(regions, bright, least_pixels):
    """Boxes of the bright pixels in each connected region."""
    labels, _ = ndimage.label(regions, structure=np.ones((3, 3)))
    labels = np.where(bright, labels, 0)
    sizes = np.bincount(labels.ravel())
    for number, found in enumerate(ndimage.find_objects(labels), start=1):
        if found is not None and sizes[number] >= least_pixels:
            rows, columns = found
            yield columns.start, rows.start, columns.stop, rows.stop
