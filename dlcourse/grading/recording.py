"""Remembers what went over a boundary, and plays it again on another implementation."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dlcourse.grading.boundary import Boundary, Handle, Operation, Outcome
from dlcourse.grading.data import map_leaves, same, snapshot, walk
from dlcourse.grading.write_back import write_back

__all__ = [
    "ArgumentChanged",
    "Event",
    "ObjectReturned",
    "Permissions",
    "RecordingBoundary",
    "reproduces",
]

MAX_RECORDED_BYTES = 256 * 2**20  # beyond this a check goes on, without a diagnosis


@dataclass(frozen=True)
class Event:
    """One operation, with its arguments as they were before, and what it gave."""

    operation: Operation
    outcome: Outcome


class ArgumentChanged(AssertionError):
    """The learner's function has changed an argument that it should only read."""


class ObjectReturned(AssertionError):
    """The learner's function has answered with an object where data are expected."""


@dataclass(frozen=True)
class Permissions:
    """What an exercise allows beyond taking data and giving data.

    Args:
        changes_arguments: Whether arguments may be changed in place.
        returns_objects: Whether results may be objects, which stay on the learner's side.
        parameters: Names of the function's parameters, for messages.
    """

    changes_arguments: bool = False
    returns_objects: bool = False
    parameters: tuple[str, ...] = ()


class RecordingBoundary:
    """Performs on `inner`, keeps every operation with its outcome, and guards the test's objects.

    The learner's side works on copies of the arguments. Where it changes one, the test gets to
    see that only if the exercise is about changing it; otherwise the call fails, since a test
    whose own arrays have been rewritten would compare with the wrong numbers.
    """

    def __init__(self, inner: Boundary, permissions: Permissions = Permissions()) -> None:  # noqa: B008 (frozen)
        self._inner = inner
        self._permissions = permissions
        self._bytes = 0
        self.events: list[Event] = []
        self.complete = True  # False once there was too much to keep

    def perform(self, operation: Operation) -> Outcome:
        """Perform, remember, and check what came back.

        Raises:
            ArgumentChanged: If an argument was changed that should not be.
            ObjectReturned: If an object came back where data are expected.
        """
        # the number of the call, so that a replay draws the same; nothing of the grader's seed
        before = _copied(replace(operation, seed=len(self.events)))
        outcome = self._inner.perform(_copied(before))
        self._keep(Event(before, _copied_outcome(outcome)))
        for generator in _generators(operation):
            _move_on(generator)
        self._guard(operation, before, outcome)
        return outcome

    def _keep(self, event: Event) -> None:
        self._bytes += sum(
            leaf.nbytes
            for part in (event.operation.args, event.outcome.value, event.outcome.args)
            for leaf in walk(part)
            if isinstance(leaf, np.ndarray)
        )
        self.complete = self.complete and self._bytes <= MAX_RECORDED_BYTES
        if self.complete:
            self.events.append(event)

    def _guard(self, operation: Operation, before: Operation, outcome: Outcome) -> None:
        if outcome.failure is not None:
            return
        if self._permissions.changes_arguments:
            write_back(list(operation.args), list(outcome.args))
            write_back(operation.kwargs, dict(outcome.kwargs))
        elif changed := _changed(before, outcome, self._permissions.parameters):
            raise ArgumentChanged(f"{changed} was changed by the call. Work on a copy of it.")
        handle = next((v for v in walk(outcome.value) if isinstance(v, Handle)), None)
        if handle is not None and not self._permissions.returns_objects:
            raise ObjectReturned(
                f"The result is or contains an object of type {handle.kind}, where numbers, "
                "arrays, text or containers of them are expected."
            )


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


def _copied(operation: Operation) -> Operation:
    return replace(operation, args=snapshot(operation.args), kwargs=snapshot(operation.kwargs))


def _copied_outcome(outcome: Outcome) -> Outcome:
    return Outcome(
        snapshot(outcome.value), outcome.failure, snapshot(outcome.args), snapshot(outcome.kwargs)
    )


def _generators(operation: Operation) -> Iterator[np.random.Generator]:
    for leaf in walk([*operation.args, *operation.kwargs.values()]):
        if isinstance(leaf, np.random.Generator):
            yield leaf


def _move_on(generator: np.random.Generator) -> None:
    """Put the test's generator far beyond what any call can have drawn from its copy.

    The learner's copy does not come back: a generator in a state of the learner's choice would
    choose the test's next inputs.
    """
    bits = generator.bit_generator
    if hasattr(bits, "jumped"):
        bits.state = bits.jumped().state


def _changed(before: Operation, outcome: Outcome, parameters: tuple[str, ...]) -> str:
    """Which argument is not what it was, or nothing."""
    if len(before.args) != len(outcome.args) or before.kwargs.keys() != outcome.kwargs.keys():
        return "The number of arguments"  # only a forged answer says so
    named = parameters if before.kind == "call" and isinstance(before.target, str) else ()
    for position, (old, new) in enumerate(zip(before.args, outcome.args, strict=True)):
        if not same(_without_handles(old), _without_handles(new), relative=0):
            known = position < len(named)
            return f"The argument {named[position]}" if known else f"Argument {position + 1}"
    for name, old in before.kwargs.items():
        if not same(_without_handles(old), _without_handles(outcome.kwargs[name]), relative=0):
            return f"The argument {name}"
    return ""


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
