"""Non-max suppression in NumPy, for arrays that are already there and lie in the CPU's memory.

Outside of a compiled function every operation of a backend costs 10 microseconds to start, and a
compiled function 50 to 200; TensorFlow's own kernel is done with a hundred boxes after 30. NumPy
starts an operation in one. So this is the way for eager calls on a CPU, on all backends; compiled
functions and accelerators take the portable way, `dlcourse.boxes.greedy`, which this one equals.
"""

import functools

import numpy as np

from dlcourse.kernels.box_columns import (
    PAIRS,
    BoxColumns,
    suppress_few,
    suppress_many,
    suppress_pairs,
)

__all__ = ["detections_per_class", "greedy_boxes"]

_FEW = 1024  # boxes; from here on sorting them pays
_CLASSES = 8  # from here on few of the pairs are of one class
_SHORT = 256  # if no more are wanted, most candidates need no look, not even sorting
_AHEAD = 128  # candidates that are looked at first, or 5/4 of the wanted ones
_POOL = 2  # times as many that stand ready, if these are not enough,
_STEP = 32  # of which twice the missing ones are looked at, or so many
_MORE = 4096  # and then at a time


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
        for array, values in zip(found, (boxes[row][box], flat[kept], of_class, box), strict=True):
            array[(*row, slice(len(kept)))] = values
        count[row] = len(kept)
    return *found, count


def _greedy(boxes, scores, n_classes, limits, thresholds):
    """Places among the scores of one picture, box by box and class by class, that are kept."""
    threshold = np.float32(thresholds[0])
    chosen = _Chosen(n_classes, limits)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for best in _in_turn(scores, thresholds[1], chosen):
            order, columns = best, _columns(boxes, best, n_classes)
            if len(chosen.parts) > 1:  # what was kept before covers some of these
                before = _columns(boxes, np.concatenate(chosen.parts), n_classes)
                free = (~before.overlaps(columns, threshold).any(axis=0)).nonzero()[0]
                order, columns = order[free], columns[free]
            _way(len(order), n_classes)(columns, threshold, functools.partial(chosen.take, order))
            if not chosen.room:
                break
    return np.concatenate(chosen.parts)


def _way(n, n_classes):
    if n <= PAIRS and n_classes >= _CLASSES:
        return suppress_pairs
    return suppress_few if n <= _FEW else suppress_many


def _in_turn(scores, score_threshold, chosen):
    """Candidates in order, ties as they stand: as many as will probably do, then the others."""
    candidates = (scores > score_threshold).nonzero()[0]  # also drops NaN
    first = max(5 * chosen.room // 4, _AHEAD)
    if chosen.room > _SHORT or len(candidates) <= first:
        yield _sorted(candidates, scores)
        return
    values = scores if len(candidates) == len(scores) else scores[candidates]
    ready = _best(values, _POOL * first)
    pool = candidates[ready]
    ahead = _best(scores[pool], first)
    yield _sorted(pool[ahead], scores)
    order = _sorted(pool[~ahead], scores)
    while len(order):
        n = max(2 * chosen.room, _STEP)
        yield order[:n]
        order = order[n:]
    order = _sorted(candidates[~ready], scores)
    for start in range(0, len(order), _MORE):
        yield order[start : start + _MORE]


def _best(values, n):
    """Which are the best: n of them, or about n where a sample is enough to tell, and no worse."""
    step = max(n // _AHEAD, 1)
    sample, n = values[::step], n // step
    if n >= len(sample):
        return np.ones(len(values), bool)
    return values >= np.partition(sample, len(sample) - n)[len(sample) - n]


def _sorted(candidates, scores):
    return candidates[(-scores[candidates]).argsort(kind="stable")]


def _columns(boxes, order, n_classes):
    rows, classes = order, None
    if n_classes > 1:
        rows, classes = np.divmod(order, n_classes)
    return BoxColumns.of(boxes.take(rows, axis=0).astype(np.float32, copy=False), classes)


class _Chosen:
    """Takes survivors, best first, while there is room for them."""

    def __init__(self, n_classes, limits):
        self.n_classes = n_classes
        self.per_class, self.room = limits
        # of one class there are never more than fit anyway
        self.counted = self.per_class < self.room
        self.counts = np.zeros(n_classes, np.intp)
        self.parts = [np.zeros(0, np.intp)]

    def take(self, order, places):
        """Keep the survivors that there is room for, and say whether there is room for more.

        Those of a class that is full still cover others, but only others of the same full class.
        """
        survivors = order[places]
        if self.counted:
            survivors = survivors[self._room_in_class(survivors)]
        self.parts.append(survivors[: self.room])
        self.room -= len(self.parts[-1])
        return self.room > 0

    def _room_in_class(self, survivors):
        classes = survivors % self.n_classes
        same_before = np.tril(classes[:, None] == classes, -1)
        taken = self.counts[classes] + same_before.sum(axis=1) < self.per_class
        np.add.at(self.counts, classes[taken], 1)
        return taken
