"""How many events were found, event by event."""

from typing import NamedTuple

import numpy as np

__all__ = ["Counts", "match_events"]


class Counts(NamedTuple):
    """What became of detections and true events; counts of several recordings may be summed.

    Args:
        hits: pairs of a detection and its event.
        false_alarms: detections without an event.
        misses: events without a detection.

    Example:
        >>> counts = Counts(hits=6, false_alarms=2, misses=0)
        >>> counts.precision, counts.recall, round(counts.f1, 3)
        (0.75, 1.0, 0.857)
    """

    hits: int
    false_alarms: int
    misses: int

    @property
    def precision(self):
        """Share of the detections that are right; 1 where there is none."""
        return _share(self.hits, self.false_alarms)

    @property
    def recall(self):
        """Share of the events that were found; 1 where there is none."""
        return _share(self.hits, self.misses)

    @property
    def f1(self):
        """Harmonic mean of precision and recall; 1 where there is nothing to find or found."""
        return _share(2 * self.hits, self.false_alarms + self.misses)


def match_events(detected, true, tolerance):
    """Pair detections with true events, each with at most one, as many as can be.

    Args:
        detected: times of the detections, (k,), in any order.
        true: times of the true events, (j,), in the same unit.
        tolerance: how far apart the two of a pair may be, ≥ 0.

    Returns:
        Counts.

    Raises:
        ValueError: tolerance is below 0.

    Example:
        Two detections of one word: one is a false alarm. And a word was missed.

        >>> match_events(detected=[1.0, 1.2], true=[1.1, 5.0], tolerance=0.3)
        Counts(hits=1, false_alarms=1, misses=1)
    """
    if not tolerance >= 0:
        raise ValueError(f"tolerance: expected at least 0; got {tolerance!r}")
    detected, true = np.sort(np.ravel(detected)), np.sort(np.ravel(true))
    hits = i = j = 0
    # In order of time the earliest possible partner is the best one: every later event can have
    # all partners that this one leaves over.
    while i < len(detected) and j < len(true):
        near = abs(detected[i] - true[j]) <= tolerance
        early = detected[i] < true[j]
        hits += near
        i += near or early
        j += near or not early
    return Counts(int(hits), len(detected) - int(hits), len(true) - int(hits))


def _share(right, wrong):
    return right / (right + wrong) if right + wrong else 1.0
