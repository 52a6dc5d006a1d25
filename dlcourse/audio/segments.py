"""Places for clips within a recording: segments [start, end) of samples or milliseconds."""

import numpy as np

from dlcourse.scratch.ranges import whole_number

__all__ = ["free_segment", "is_overlapping", "random_segment"]


def random_segment(length, total, rng):
    """Draw where a clip begins in a recording; every place where it fits is as likely.

    Args:
        length: of the clip, ≥ 1.
        total: length of the recording, in the same unit.
        rng: np.random.Generator.

    Returns:
        (start, end) with 0 <= start and end = start + length <= total; end is the first place
        behind the clip.

    Raises:
        ValueError: the clip is longer than the recording.

    Example:
        >>> random_segment(10, 10, np.random.default_rng(0))
        (0, 10)
    """
    length, total = _checked_lengths(length, total)
    start = int(rng.integers(total - length + 1))
    return start, start + length


def is_overlapping(segment, others):
    """Whether a segment shares a place with any of the others; touching is not overlapping.

    Args:
        segment: (start, end), end exclusive.
        others: rows (start, end), shape (k, 2); k may be 0.

    Returns:
        bool.

    Raises:
        ValueError: a segment is not two numbers, or ends before it begins.

    Example:
        >>> is_overlapping((5, 8), [(0, 5), (8, 9)]), is_overlapping((5, 8), [(7, 20)])
        (False, True)
    """
    ((start, end),) = _checked_segments("segment", [segment])
    starts, ends = _checked_segments("others", others).T
    return bool(np.any((start < ends) & (starts < end)))


def free_segment(length, total, taken, rng):
    """Draw a place for a clip that overlaps nothing; every such place is as likely.

    The free places are counted, not found by trial: in a recording that is nearly full, trials
    would fail again and again, and in a full one for ever.

    Args:
        length: of the clip, ≥ 1.
        total: length of the recording.
        taken: segments (k, 2) that are taken; they may overlap each other.
        rng: np.random.Generator.

    Returns:
        (start, end), or None where there is no room.

    Raises:
        ValueError: the clip is longer than the whole recording, or taken are no segments.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> free_segment(3, 10, [(0, 4), (7, 9)], rng), free_segment(4, 10, [(0, 4), (7, 9)], rng)
        ((4, 7), None)
    """
    length, total = _checked_lengths(length, total)
    taken = _checked_segments("taken", taken)
    taken = taken[np.argsort(taken[:, 0], kind="stable")]
    begins = np.concatenate([[0], np.maximum.accumulate(taken[:, 1])])
    begins = np.maximum(begins, 0)
    ends = np.concatenate([taken[:, 0], [total]])
    places = np.maximum(np.minimum(ends, total) - begins - length + 1, 0)
    if places.sum() == 0:
        return None
    place = int(rng.integers(places.sum()))
    gap = int(np.searchsorted(np.cumsum(places), place, side="right"))
    start = int(begins[gap] + place - places[:gap].sum())
    return start, start + length


def _checked_lengths(length, total):
    length, total = whole_number("length", length, 1), whole_number("total", total, 1)
    if length > total:
        raise ValueError(
            f"length: expected at most {total}, the length of the recording; got {length}. Cut the "
            "clip, or take a longer background"
        )
    return length, total


def _checked_segments(name, segments):
    found = np.asarray(segments, dtype=np.int64).reshape(-1, 2) if len(segments) else None
    if found is None:
        return np.zeros((0, 2), np.int64)
    if np.shape(segments)[1:] != (2,) or np.any(found[:, 1] < found[:, 0]):
        raise ValueError(f"{name}: expected rows (start, end) with start <= end; got {segments!r}")
    return found
