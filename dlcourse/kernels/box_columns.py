"""Boxes as columns of numbers in NumPy, and the three ways to suppress with them.

Few boxes: the best ones are compared with all that remain, as one matrix; or, where there are many
classes, the pairs of one class as a list. Many boxes: they can overlap only where their shadows on
the x axis do, and with the boxes sorted by their left sides, everything that a few neighbours can
overlap stands side by side: a slice, not a search.
"""

import numpy as np

__all__ = ["PAIRS", "BoxColumns", "suppress_few", "suppress_many", "suppress_pairs"]

_HEAD = PAIRS = 128  # most boxes that are compared with each other at once
_FIRST = 16  # of more boxes: where they cluster, these cover most of the rest
_GROUP = 16  # kept neighbours that are compared with their slice at once
_BEFORE = np.triu(np.ones((_HEAD, _HEAD), bool), 1)


class BoxColumns:
    """Boxes of a fixed order, as contiguous columns.

    Args:
        corners: float32 array (2, 2, N): lower then upper, x then y.
        area: float32 array (N,).
        classes: int array (N,), or None where all boxes are of one class.

    Example:
        >>> columns = BoxColumns.of(np.float32([[0, 0, 2, 2], [0, 0, 2, 1], [5, 5, 6, 6]]), None)
        >>> columns.overlaps(columns, 0.4)[0].tolist()
        [True, True, False]
    """

    def __init__(self, corners, area, classes):
        self.corners, self.area, self.classes = corners, area, classes

    @classmethod
    def of(cls, boxes, classes):
        """Columns of boxes (N, 4), opposite corners in any order."""
        # rows would be strided, and every operation on them five times slower
        one, other = boxes.T.copy().reshape(2, 2, -1)
        corners = np.empty((2, *one.shape), np.float32)
        low, high = np.minimum(one, other, out=corners[0]), np.maximum(one, other, out=corners[1])
        width, height = high - low
        return cls(corners, width * height, classes)

    def __getitem__(self, which):
        """The columns of some of the boxes: a slice or an array of places."""
        classes = None if self.classes is None else self.classes[which]
        if isinstance(which, slice):
            return BoxColumns(self.corners[..., which], self.area[which], classes)
        # indexing with [..., which] would leave the columns strided
        return BoxColumns(self.corners.take(which, axis=2), self.area[which], classes)

    def overlaps(self, others, threshold):
        """Which pairs have an IoU above the threshold and one class: bool (N, M)."""
        above = _above(
            (self.corners[..., None], self.area[:, None]),
            (others.corners[:, :, None], others.area),
            threshold,
        )
        if self.classes is not None:
            above &= self.classes[:, None] == others.classes
        return above


def _above(boxes, others, threshold):
    """Whether the IoU of (corners, area) with others, broadcast, is above the threshold.

    The arithmetic, and so every rounding, is the one of the textbook formula in float32.
    """
    ((low, high), area), ((other_low, other_high), other_area) = boxes, others
    shared = np.minimum(high, other_high)
    shared -= np.maximum(low, other_low)
    np.maximum(shared, 0, out=shared)
    common, covered = np.multiply(*shared, out=shared[0]), shared[1]
    np.add(area, other_area, out=covered)
    covered -= common
    common /= covered  # 0 / 0 of boxes without area is not above anything
    return common > threshold


def suppress_pairs(columns, threshold, accept):
    """The same as `suppress_few` for up to PAIRS boxes of many classes.

    Only pairs of one class can matter, and these are few.

    Args:
        columns: BoxColumns with classes, best first.
        threshold: float32, IoU above which a box is dropped.
        accept: as `suppress_few` takes it.

    Example:
        >>> boxes = np.float32([[0, 0, 2, 2], [0, 0, 2, 1.9], [0, 0, 2, 1.8]])
        >>> columns = BoxColumns.of(boxes, np.array([4, 5, 4]))
        >>> suppress_pairs(columns, np.float32(0.5), lambda places: print(places) is None)
        [0 1]
    """
    n = len(columns.classes)
    same = columns.classes[:, None] == columns.classes
    same &= _BEFORE[:n, :n]
    # one flat search; `nonzero` of a matrix takes eight times as long
    better, worse = np.divmod(same.ravel().nonzero()[0], n)
    above = _above(
        *((columns.corners.take(which, axis=2), columns.area[which]) for which in (better, worse)),
        threshold,
    ).nonzero()[0]
    alive = np.ones(n, bool)
    # row by row: whether a box lives is settled before it covers another
    for one, other in zip(better[above].tolist(), worse[above].tolist(), strict=True):
        if alive[one]:
            alive[other] = False
    accept(alive.nonzero()[0])


def suppress_few(columns, threshold, accept):
    """Greedy suppression of boxes in the order of their columns, by whole matrices.

    Args:
        columns: BoxColumns, best first.
        threshold: float32, IoU above which a box is dropped.
        accept: function of the places of the next survivors, in order, that returns whether it
            wants more.

    Example:
        >>> columns = BoxColumns.of(np.float32([[0, 0, 2, 2], [0, 0, 2, 1.9], [5, 5, 6, 6]]), None)
        >>> suppress_few(columns, np.float32(0.5), lambda places: print(places) is None)
        [0 2]
    """
    places = np.arange(len(columns.area))
    size = _HEAD if len(places) <= _HEAD else _FIRST
    while len(places):
        covers = columns[:size].overlaps(columns, threshold)
        alive = _survivors(covers)
        head, alive = alive[:size], alive[size:]
        if not accept(places[:size][head]):
            return
        rest = alive.nonzero()[0] + size
        places, columns = places[rest], columns[rest]
        size = min(2 * size, _HEAD)


def _survivors(covers):
    """Go down the rows of `covers` (H, N), of the first H of N boxes: which boxes survive them."""
    size = len(covers)
    covers[:, :size] &= _BEFORE[:size, :size]
    alive = np.ones(covers.shape[1], bool)
    for better in np.logical_or.reduce(covers, axis=1).nonzero()[0].tolist():
        if alive[better]:
            np.greater(alive, covers[better], out=alive)  # alive and not covered
    return alive


def suppress_many(columns, threshold, accept):
    """The same as `suppress_few`, by slices of the boxes sorted by their left sides."""
    lanes = _Lanes(columns, threshold)
    queue = lanes.place_of
    while len(queue):
        head, queue = queue[:_HEAD], queue[_HEAD:]
        boxes = lanes.columns[head]
        survivors = head[_survivors(boxes.overlaps(boxes, threshold))]
        if not accept(lanes.original[survivors]):
            return
        lanes.cover(np.sort(survivors))
        queue = queue[lanes.alive[queue]]


class _Lanes:
    """Boxes sorted by their left sides, each class in a stretch of the axis of its own."""

    def __init__(self, columns, threshold):
        self.threshold = threshold
        left, right = columns.corners[:, 0].astype(np.float64)
        if columns.classes is not None:
            stretch = 2 * (right.max() - left.min()) + 1
            left, right = (side + stretch * columns.classes for side in (left, right))
        self.original = np.argsort(left)
        self.columns = columns[self.original]
        self.left = left[self.original]
        self._reach(right[self.original] - self.left)
        self.alive = np.ones(len(left), bool)
        self.place_of = np.empty(len(left), np.intp)
        self.place_of[self.original] = np.arange(len(left))

    def _reach(self, width):
        """Between which left sides the boxes lie that can have an IoU above the threshold.

        Common area over covered area is at most common width over the larger width; so the left
        sides are at most (1 - threshold) of the width of the left one apart, and the other is not
        wider than width / threshold. A little more, because float32 rounds.
        """
        share = max(0.999 * float(self.threshold), 1e-6)
        slack = 1e-5 * (abs(self.left[[0, -1]]).max() + width.max())
        widest = np.minimum(width.max(), width / share)
        self.start = self.left - (1 - share) * widest - slack
        self.stop = self.left + (1 - share) * width + slack

    def cover(self, kept):
        """Boxes that one of the kept ones, places in ascending order, overlaps are not alive."""
        for first in range(0, len(kept), _GROUP):
            group = kept[first : first + _GROUP]
            bounds = self.start[group].min(), self.stop[group].max()
            start, stop = np.searchsorted(self.left, bounds)
            near = slice(start, stop)
            covers = self.columns[group].overlaps(self.columns[near], self.threshold)
            self.alive[near] &= ~np.logical_or.reduce(covers, axis=0)
