"""Average precision: how good a detector is at every threshold together."""

import numpy as np

__all__ = ["average_precision", "match_detections", "mean_average_precision"]


def average_precision(scores, correct, n_objects):
    """Area under the precision-recall curve of one class, all points interpolated.

    Going down the scores, precision zigzags: it falls with every false alarm and rises a little
    with every hit. The interpolated precision at a recall is the best one at this or any higher
    recall. Detections of equal scores can only be told apart together.

    Args:
        scores: (D,) how sure the detector was of each detection, from all images.
        correct: (D,) booleans, whether each found an object that no better one had found.
        n_objects: objects there are, found or not, >= 1.

    Returns:
        float from 0 to 1; objects that no detection found count as recall never reached.

    Raises:
        ValueError: lengths differ, there are no objects, or more hits than objects.

    Reference:
        Everingham et al., "The Pascal visual object classes challenge: a retrospective", 2015,
        section 3.4 (the measure since 2010). Without interpolation it would be
        sklearn.metrics.average_precision_score; the two agree where precision never rises.

    Example:
        >>> average_precision([0.9, 0.8, 0.7], [True, False, True], n_objects=2)
        0.8333333333333333
    """
    scores, correct = np.asarray(scores, float), np.asarray(correct, bool)
    _check(scores, correct, n_objects)
    order = np.argsort(-scores, kind="stable")
    last_of_equals = np.flatnonzero(np.diff(scores[order], append=-np.inf))
    hits = np.cumsum(correct[order])[last_of_equals]
    precision = hits / (last_of_equals + 1)
    best_from_here = np.maximum.accumulate(precision[::-1])[::-1]
    return float(np.sum(np.diff(hits, prepend=0) * best_from_here) / n_objects)


def match_detections(overlap, iou_threshold=0.5):
    """Decide which detections of one class in one image are correct.

    Each detection, best first, claims the object that it overlaps most. It is correct if the IoU
    reaches the threshold and nobody claimed the object before: a second box on one object is a
    false alarm.

    Args:
        overlap: (D, G) IoU of detections, best first, with the objects.
        iou_threshold: from 0 to 1.

    Returns:
        bool array (D,).

    Reference:
        Everingham et al., "The Pascal visual object classes (VOC) challenge", 2010, section 4.2.

    Example:
        >>> match_detections(np.array([[0.8, 0.1], [0.9, 0.0], [0.2, 0.4]])).tolist()
        [True, False, False]
    """
    overlap = np.asarray(overlap)
    if not overlap.size:
        return np.zeros(len(overlap), bool)
    claimed = overlap.argmax(axis=1)
    enough = np.flatnonzero(overlap.max(axis=1) >= iou_threshold)
    _, first = np.unique(claimed[enough], return_index=True)
    return np.isin(np.arange(len(overlap)), enough[first])


def mean_average_precision(detections, objects, n_classes, iou_threshold=0.5):
    """Mean over the classes of the average precision over all images (mAP).

    Args:
        detections: (boxes (m, K, 4), scores (m, K), classes (m, K), count (m,)), the detections
            of m images, only the first `count` of each; best first, as
            `dlcourse.boxes.Detections` has them.
        objects: (boxes (m, M, 4), labels (m, M)), the truth; labels of -1 mean no object.
        n_classes: C >= 1. Classes without an object anywhere are left out of the mean.
        iou_threshold: from 0 to 1; 0.5 makes the number known as mAP@0.5.

    Returns:
        float from 0 to 1.

    Raises:
        ValueError: the numbers of images differ, or there are no objects at all.

    Reference:
        Everingham et al., "The Pascal visual object classes (VOC) challenge", 2010, section 4.2.

    Example:
        >>> box = np.array([[[0.0, 0.0, 0.5, 0.5]]])
        >>> found = box, np.array([[0.9]]), np.array([[3]]), np.array([1])
        >>> mean_average_precision(found, (box, np.array([[3]])), n_classes=10)
        1.0
    """
    boxes, scores, classes, count = (np.asarray(array) for array in detections)
    true_boxes, labels = (np.asarray(array) for array in objects)
    if not len(boxes) == len(scores) == len(classes) == len(count) == len(true_boxes):
        raise ValueError(
            f"detections, objects: expected as many images in both, got {len(boxes)} and "
            f"{len(true_boxes)}"
        )
    there = np.arange(scores.shape[1]) < count[:, None]
    overlap = _iou(boxes, true_boxes)
    precisions = [
        _of_class(overlap, scores, there & (classes == c), labels == c, iou_threshold)
        for c in range(n_classes)
        if np.any(labels == c)
    ]
    if not precisions:
        raise ValueError(f"objects: expected some labels from 0 to {n_classes - 1}, got none")
    return float(np.mean(precisions))


def _of_class(overlap, scores, found, real, iou_threshold):
    correct = [
        match_detections(image[some][:, objects], iou_threshold)
        for image, some, objects in zip(overlap, found, real, strict=True)
    ]
    return average_precision(scores[found], np.concatenate(correct), int(real.sum()))


def _iou(boxes, others):
    """IoU (m, K, M) of boxes (m, K, 4) and (m, M, 4), in float64."""
    boxes, others = boxes[:, :, None].astype(float), others[:, None].astype(float)
    low = np.maximum(boxes[..., :2], others[..., :2])
    high = np.minimum(boxes[..., 2:], others[..., 2:])
    common = np.prod(np.maximum(high - low, 0), axis=-1)
    areas = [np.prod(np.maximum(b[..., 2:] - b[..., :2], 0), axis=-1) for b in (boxes, others)]
    covered = areas[0] + areas[1] - common
    return np.divide(common, covered, out=np.zeros_like(common), where=covered > 0)


def _check(scores, correct, n_objects):
    if scores.ndim != 1 or scores.shape != correct.shape:
        raise ValueError(
            f"scores, correct: expected equal shapes (D,), got {scores.shape} and {correct.shape}"
        )
    if n_objects < max(1, correct.sum()):
        raise ValueError(
            f"n_objects: expected at least 1 and at least the {int(correct.sum())} that were "
            f"found, got {n_objects!r}"
        )
