"""Greedy selection of boxes in blocks: what non-max suppression computes, ready for compilers.

The plain algorithm looks at one box after the other, which no vector unit likes. Here a block of
boxes (in the order of their scores) is compared at once with everything selected so far and with
itself. Inside the block "kept" is defined through itself: a box is kept unless an earlier kept box
covers it. Iterating that definition settles the first box of the block, then at least the next, and
so on. Real boxes need a handful of rounds: chains of boxes that rescue each other are short.
"""

from typing import Any, NamedTuple

from keras import ops

from dlcourse.boxes.overlap import pairwise_iou

__all__ = ["Candidates", "greedy_selection"]

_BLOCK = 128  # boxes at a time: large enough for vectors, small enough to stop early


class Candidates(NamedTuple):
    """Boxes that may be selected, best first.

    Args:
        boxes: float tensor (R, N, 4), R independent rows of corners with x1 <= x2 and y1 <= y2.
        classes: int tensor (R, N); boxes of different classes ignore each other.
        valid: bool tensor (R, N); false ones are never selected and stand at the end.
    """

    boxes: Any
    classes: Any
    valid: Any


class _State(NamedTuple):
    start: Any  # of the next block
    places: Any  # (R, K + 1) int, selected candidates; the last column takes what has no room
    boxes: Any  # (R, K + 1, 4)
    classes: Any  # (R, K + 1), -1 where nothing is selected
    count: Any  # (R,)


def greedy_selection(candidates, max_per_class, max_total, iou_threshold):
    """Select candidates in order, none of which overlaps an earlier one of its class too much.

    Args:
        candidates: Candidates.
        max_per_class: most boxes of one class in one row, >= 0.
        max_total: most boxes in one row, K >= 0.
        iou_threshold: a candidate with an IoU above this is dropped.

    Returns:
        int32 tensors (R, K), the places of the selected candidates among the N, in their order,
        then zeros; and (R,), how many there are.

    Example:
        >>> boxes = ops.array([[[0.0, 0, 2, 2], [0, 0, 2, 1.9], [5, 5, 6, 6]]])
        >>> row = Candidates(boxes, ops.zeros((1, 3), "int32"), ops.ones((1, 3), "bool"))
        >>> places, count = greedy_selection(row, 2, 2, 0.5)
        >>> places.numpy().tolist(), count.numpy().tolist()
        ([[0, 2]], [2])
    """
    rows = ops.shape(candidates.boxes)[0]
    blocks = _padded(candidates)
    limits = max_per_class, max_total, iou_threshold

    def unfinished(*state):
        state = _State(*state)
        left = _block(blocks.valid, state.start)
        return ops.any(left & (state.count < max_total)[:, None])

    end = ops.while_loop(
        unfinished,
        lambda *state: tuple(_next_block(_State(*state), blocks, limits)),
        tuple(_nothing(rows, max_total, candidates.boxes.dtype)),
    )
    end = _State(*end)
    return end.places[:, :max_total], end.count


def _nothing(rows, max_total, dtype):
    shape = (rows, max_total + 1)
    return _State(
        ops.convert_to_tensor(0, "int32"),
        ops.zeros(shape, "int32"),
        ops.zeros((*shape, 4), dtype),
        ops.full(shape, -1, "int32"),
        ops.zeros((rows,), "int32"),
    )


def _padded(candidates):
    """The candidates, and invalid ones for the rest of the last block and one more to stop at."""
    width = [(0, 0), (0, 2 * _BLOCK)]
    return Candidates(
        ops.pad(candidates.boxes, [*width, (0, 0)]),
        ops.pad(ops.cast(candidates.classes, "int32"), width),
        ops.cast(ops.pad(ops.cast(candidates.valid, "int32"), width), "bool"),
    )


def _block(tensor, start):
    shape = (ops.shape(tensor)[0], _BLOCK, *tensor.shape[2:])
    return ops.slice(tensor, (0, start) + (0,) * (len(shape) - 2), shape)


def _next_block(state, blocks, limits):
    max_per_class, max_total, iou_threshold = limits
    boxes, classes, valid = (_block(tensor, state.start) for tensor in blocks)
    same_before = classes[:, :, None] == state.classes[:, None, :max_total]
    covered = (pairwise_iou(boxes, state.boxes[:, :max_total]) > iou_threshold) & same_before
    earlier = ops.triu(ops.ones((_BLOCK, _BLOCK), "bool"), 1) & (
        classes[:, :, None] == classes[:, None, :]
    )
    covers = (pairwise_iou(boxes, boxes) > iou_threshold) & earlier
    of_class = ops.sum(ops.cast(same_before, "int32"), axis=-1)
    keep = _kept_in_block(covers, valid & ~ops.any(covered, axis=-1))
    rank = ops.sum(ops.cast(earlier & keep[:, :, None], "int32"), axis=1)
    return _with(state, keep & (of_class + rank < max_per_class), boxes, classes)


def _kept_in_block(covers, alive):
    """The only solution of: kept = alive, and covered by none that is kept and earlier."""

    def once_more(keep, settled):
        del settled
        again = alive & ~ops.any(covers & keep[:, :, None], axis=1)
        return again, ops.all(again == keep)

    start = alive, ops.convert_to_tensor(False)
    return ops.while_loop(lambda keep, settled: ~settled, once_more, start)[0]


def _with(state, keep, boxes, classes):
    """The state after the kept boxes of a block went to the first free columns."""
    last = state.places.shape[1] - 1
    column = state.count[:, None] + ops.cumsum(ops.cast(keep, "int32"), axis=1) - 1
    column = ops.where(keep, ops.minimum(column, last), last)
    rows = ops.broadcast_to(ops.arange(ops.shape(keep)[0])[:, None], ops.shape(keep))
    cells = ops.reshape(ops.stack([rows, column], axis=-1), (-1, 2))
    places = ops.broadcast_to(state.start + ops.arange(_BLOCK), ops.shape(keep))
    return _State(
        state.start + _BLOCK,
        ops.scatter_update(state.places, cells, ops.reshape(places, (-1,))),
        ops.scatter_update(state.boxes, cells, ops.reshape(boxes, (-1, 4))),
        ops.scatter_update(state.classes, cells, ops.reshape(classes, (-1,))),
        ops.minimum(state.count + ops.sum(ops.cast(keep, "int32"), axis=1), last),
    )
