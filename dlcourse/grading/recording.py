"""Remembers what went over a boundary, and plays it again on another implementation."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from dlcourse.grading.boundary import Boundary, Handle, Operation, Outcome
from dlcourse.grading.data import map_leaves, same, snapshot

__all__ = ["Event", "RecordingBoundary", "reproduces"]

MAX_RECORDED_BYTES = 256 * 2**20  # beyond this a check goes on, without a diagnosis


@dataclass(frozen=True)
class Event:
    """One operation, with its arguments as they were before, and what it gave."""

    operation: Operation
    outcome: Outcome


class RecordingBoundary:
    """Performs on `inner` and keeps every operation with its outcome."""

    def __init__(self, inner: Boundary, seed: int) -> None:
        self._inner = inner
        self._seed = seed
        self.events: list[Event] = []

    def perform(self, operation: Operation) -> Outcome:
        """Perform, and remember."""
        operation = replace(operation, seed=self._seed + len(self.events))
        before = replace(
            operation, args=snapshot(operation.args), kwargs=snapshot(operation.kwargs)
        )
        outcome = self._inner.perform(operation)
        value, failure = snapshot(outcome.value), outcome.failure
        self.events.append(
            Event(before, Outcome(value, failure, snapshot(outcome.args), snapshot(outcome.kwargs)))
        )
        return outcome


def reproduces(events: Iterable[Event], boundary: Boundary) -> bool:
    """Whether another implementation gives the recorded outcomes for the recorded operations."""
    handles: dict[Handle, Handle] = {}
    for event in events:
        operation = _translate(event.operation, handles)
        if operation is None:
            return False
        outcome = boundary.perform(operation)
        if not _same_outcome(event.outcome, outcome, handles):
            return False
    return True


def _translate(operation: Operation, handles: dict[Handle, Handle]) -> Operation | None:
    """The operation with the replay's own handles; None where the replay has no such object."""
    try:
        target = operation.target
        return replace(
            operation,
            target=handles[target] if isinstance(target, Handle) else target,
            args=snapshot(_map_handles(operation.args, handles.__getitem__)),
            kwargs=snapshot(_map_handles(operation.kwargs, handles.__getitem__)),
        )
    except KeyError:
        return None


def _same_outcome(recorded: Outcome, replayed: Outcome, handles: dict[Handle, Handle]) -> bool:
    if recorded.failure is not None or replayed.failure is not None:
        return _same_failure(recorded, replayed)
    return _match(recorded.value, replayed.value, handles) and same(
        _without_handles(recorded.args), _without_handles(replayed.args)
    )


def _same_failure(recorded: Outcome, replayed: Outcome) -> bool:
    a, b = recorded.failure, replayed.failure
    return a is not None and b is not None and (a.kind, a.type_name) == (b.kind, b.type_name)


def _match(recorded: Any, replayed: Any, handles: dict[Handle, Handle]) -> bool:
    """Equal data, and the same kinds of objects in the same places (which are remembered)."""
    if isinstance(recorded, Handle):
        if not isinstance(replayed, Handle):
            return False
        return handles.setdefault(recorded, replayed) == replayed
    if type(recorded) in (list, tuple) and type(replayed) is type(recorded):
        return len(recorded) == len(replayed) and all(
            _match(a, b, handles) for a, b in zip(recorded, replayed, strict=True)
        )
    if type(recorded) is dict and type(replayed) is dict:
        return recorded.keys() == replayed.keys() and all(
            _match(recorded[k], replayed[k], handles) for k in recorded
        )
    return same(recorded, replayed)


def _map_handles(value: Any, change: Callable[[Handle], Handle]) -> Any:
    return map_leaves(value, lambda leaf: change(leaf) if isinstance(leaf, Handle) else leaf)


def _without_handles(value: Any) -> Any:
    def plain(leaf: Any) -> Any:
        return leaf if isinstance(leaf, str | int | float | complex) or _is_array(leaf) else None

    return map_leaves(value, plain)


def _is_array(leaf: Any) -> bool:
    return hasattr(leaf, "dtype") and hasattr(leaf, "shape")
