"""Non-max suppression in NumPy, for arrays that are already there and lie in the CPU's memory.

Outside of a compiled function every operation of a backend costs 10 microseconds to start, and a
compiled function 50 to 200; TensorFlow's own kernel is done with a hundred boxes after 30. NumPy
starts an operation in one. So this is the way for eager calls on a CPU, on all backends; compiled
functions and accelerators take the portable way, `dlcourse.boxes.greedy`, which this one equals.
"""

import numpy as np

from dlcourse.kernels.box_columns import BoxColumns, suppress_few, suppress_many

__all__ = ["detections_per_class", "greedy_boxes"]

_FEW = 1024  # boxes; from here on sorting them pays
_AHEAD = 128  # candidates beyond twice the wanted ones that are looked at first


def greedy_boxes(boxes, scores, limit, thresholds):
    """Non-max suppression of a batch; see `dlcourse.boxes.non_max_suppression`.

    Args:
        boxes: float array (..., N, 4).
        scores: float array (..., N).
        limit: most boxes to keep, K.
        thresholds: (IoU, score).

    Returns:
        int32 arrays (..., K) and (...,): places of the kept boxes, then zeros, and how many.

    Example:
        >>> boxes = np.array([[0.0, 0, 2, 2], [0, 0, 2, 1.9], [5, 5, 6, 6]])
        >>> greedy_boxes(boxes, np.array([0.8, 0.9, 0.3]), 3, (0.5, 0.4))
        (array([1, 0, 0], dtype=int32), array(1, dtype=int32))
    """
    leading = scores.shape[:-1]
    indices, count = np.zeros((*leading, limit), np.int32), np.zeros(leading, np.int32)
    for row in np.ndindex(leading):  # pictures of a batch; inside them the work is vectorized
        kept = _greedy(boxes[row], scores[row], 1, (limit, limit), thresholds)
        indices[(*row, slice(len(kept)))] = kept
        count[row] = len(kept)
    return indices, count


def detections_per_class(boxes, scores, limits, thresholds):
    """The same for every class by itself; see `dlcourse.boxes.non_max_suppression_per_class`.

    Args:
        boxes: array (..., N, 4).
        scores: float array (..., N, C).
        limits: most boxes to keep of each class, and of all, K.
        thresholds: (IoU, score).

    Returns:
        Arrays, best first and then zeros: boxes (..., K, 4), scores (..., K), int32 classes
        (..., K), int32 places of the boxes (..., K), and int32 (...,), how many there are.

    Example:
        >>> boxes = np.array([[0.0, 0, 2, 2], [0, 0, 2, 1.9]])
        >>> scores = np.array([[0.8, 0.1], [0.9, 0.3]])
        >>> _, *found = detections_per_class(boxes, scores, (2, 3), (0.5, 0.2))
        >>> [array.tolist() for array in found]
        [[0.9, 0.3, 0.0], [0, 1, 0], [1, 1, 0], 2]
    """
    *leading, _, n_classes = scores.shape
    shape = (*leading, limits[1])
    places, classes = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    found = np.zeros((*shape, 4), boxes.dtype), np.zeros(shape, scores.dtype), classes, places
    count = np.zeros(leading, np.int32)
    for row in np.ndindex(*leading):
        flat = scores[row].reshape(-1)
        kept = _greedy(boxes[row], flat, n_classes, limits, thresholds)
        box, of_class = np.divmod(kept, n_classes)
        for array, values in zip(
            found, (boxes[row][box], flat[kept], of_class, box), strict=True
        ):
            array[(*row, slice(len(kept)))] = values
        count[row] = len(kept)
    return *found, count


def _greedy(boxes, scores, n_classes, limits, thresholds):
    """Places among the scores of one picture, box by box and class by class, that are kept."""
    candidates = np.flatnonzero(scores > thresholds[1])  # also drops NaN
    ahead = 2 * limits[1] + _AHEAD
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        while True:
            order = _best(scores, candidates, ahead)
            chosen = _Chosen(order, n_classes, limits)
            _suppress(boxes, chosen, np.float32(thresholds[0]))
            if chosen.room == 0 or len(order) == len(candidates):
                return np.concatenate(chosen.parts)
            ahead *= 8  # so many of the best were covered that others come into play


def _best(scores, candidates, wanted):
    """The best candidates in order, ties as they stand; at least so many as wanted."""
    values = scores[candidates]
    if len(values) > wanted:
        weakest = np.partition(values, len(values) - wanted)[len(values) - wanted]
        among = np.flatnonzero(values >= weakest)  # all that are as good as the last one
        candidates, values = candidates[among], values[among]
    return candidates[np.argsort(-values, kind="stable")]


def _suppress(boxes, chosen, iou_threshold):
    rows, classes = np.divmod(chosen.order, chosen.n_classes) if chosen.several else (
        chosen.order,
        None,
    )
    columns = BoxColumns.of(boxes.take(rows, axis=0).astype(np.float32, copy=False), classes)
    way = suppress_few if len(rows) <= _FEW else suppress_many
    way(columns, iou_threshold, chosen)


class _Chosen:
    """Takes survivors, best first, while there is room for them."""

    def __init__(self, order, n_classes, limits):
        self.order, self.n_classes, self.several = order, n_classes, n_classes > 1
        self.per_class, self.room = limits
        # of one class there are never more than fit anyway
        self.counted = self.per_class < self.room
        self.counts = np.zeros(n_classes, np.intp)
        self.parts = [np.zeros(0, np.intp)]

    def __call__(self, places):
        """Which of the survivors there was room for, or None: no more are wanted."""
        taken = self._room_in_class(places) if self.counted else np.ones(len(places), bool)
        survivors = self.order[places[taken]][: self.room]
        self.parts.append(survivors)
        self.room -= len(survivors)
        return taken if self.room else None

    def _room_in_class(self, places):
        classes = self.order[places] % self.n_classes
        same_before = np.tril(classes[:, None] == classes, -1)
        taken = self.counts[classes] + same_before.sum(axis=1) < self.per_class
        np.add.at(self.counts, classes[taken], 1)
        return taken
