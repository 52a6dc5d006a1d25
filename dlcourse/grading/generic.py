"""Wrong answers that show no work: what a function gives that was never really written.

Each is the right implementation behind a boundary that spoils what comes out. They serve twice,
like the mistakes of an exercise: no exercise's tests may let one pass, and a learner whose
outputs equal one of them is told so (and earns nothing for tests that it happens to pass).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dlcourse.grading.boundary import Boundary, Operation, Outcome
from dlcourse.grading.data import is_keras_model, map_leaves, snapshot

__all__ = ["GENERIC_ANSWERS", "GenericAnswer", "SpoilingBoundary"]

Spoil = Callable[[Any, Operation], Any]  # the right value, the operation → a wrong value


@dataclass(frozen=True)
class GenericAnswer:
    """A wrong answer that fits any exercise.

    Args:
        name: Its name.
        hint: What the learner is told.
        new_spoil: Makes a fresh function from the right value to the wrong one.
        shows_no_work: Whether it earns nothing at all.
    """

    name: str
    hint: str
    new_spoil: Callable[[], Spoil]
    shows_no_work: bool = True


class SpoilingBoundary:
    """Performs on `inner` and spoils every value that comes out."""

    def __init__(self, inner: Boundary, answer: GenericAnswer) -> None:
        self._inner = inner
        self._spoil = answer.new_spoil()

    def perform(self, operation: Operation) -> Outcome:
        """Perform, and spoil the value; a failure stays a failure."""
        given = replace(operation, args=snapshot(operation.args))
        outcome = self._inner.perform(operation)
        if outcome.failure is not None:
            return outcome
        return replace(outcome, value=self._spoil(outcome.value, given))


def _each_number(change: Callable[[Any], Any]) -> Callable[[], Spoil]:
    """Change every array and number, keep the structure."""

    def leaf(value: Any) -> Any:
        numeric = isinstance(value, np.ndarray | np.number | np.bool_ | int | float | complex)
        return change(value) if numeric else value

    return lambda: lambda value, operation: map_leaves(value, leaf)


def _fill(number: float) -> Callable[[Any], Any]:
    def change(value: Any) -> Any:
        if isinstance(value, np.ndarray):
            return np.full_like(value, number)
        return type(value)(number)

    return change


def _nan(value: Any) -> Any:
    return np.full(value.shape, np.nan) if isinstance(value, np.ndarray) else float("nan")


def _half(value: Any) -> Any:
    with np.errstate(over="ignore"):
        if isinstance(value, np.ndarray):
            return value.astype(np.float16) if value.dtype.kind == "f" else value
        return np.float16(value) if isinstance(value, float) else value


def _objects(value: Any) -> Any:
    return value.astype(object) if isinstance(value, np.ndarray) else str(value)


def _extra_axis(value: Any) -> Any:
    return value[np.newaxis] if isinstance(value, np.ndarray) else np.array([[value]])


def _empty(value: Any, operation: Operation) -> Any:
    if isinstance(value, np.ndarray):
        return np.array([])
    return type(value)() if isinstance(value, dict | list | tuple | set) else []


def _echo(value: Any, operation: Operation) -> Any:
    if operation.kind != "call":
        return value
    return next(iter((*operation.args, *operation.kwargs.values())), None)


def _first_answer() -> Spoil:
    first: list[Any] = []

    def spoil(value: Any, operation: Operation) -> Any:
        if operation.kind != "call":
            return value
        first.append(value if is_keras_model(value) else snapshot(value))
        return snapshot(first[0])

    return spoil


def _random_numbers() -> Spoil:
    rng = np.random.default_rng(20_261)

    def change(value: Any) -> Any:
        drawn = rng.normal(size=np.shape(value))
        if isinstance(value, np.ndarray):
            return drawn.astype(value.dtype)
        return type(value)(drawn[()].item())

    return _each_number(change)()


GENERIC_ANSWERS = (
    GenericAnswer(
        "returns_none",
        "It always gives None. Is there a return statement, and is it indented so that it is "
        "reached?",
        lambda: lambda value, operation: None,
    ),
    GenericAnswer("returns_zeros", "Every number it gives is zero.", _each_number(_fill(0))),
    GenericAnswer("returns_ones", "Every number it gives is one.", _each_number(_fill(1))),
    GenericAnswer(
        "returns_empty", "It gives an empty result: nothing has been put into it.", lambda: _empty
    ),
    GenericAnswer(
        "returns_its_input", "It gives back its first argument unchanged.", lambda: _echo
    ),
    GenericAnswer(
        "returns_a_constant",
        "It gives the same answer for every input: does it use its arguments, or a global "
        "variable of the notebook instead?",
        _first_answer,
    ),
    GenericAnswer(
        "returns_random_numbers", "It gives random numbers of the right shape.", _random_numbers
    ),
    GenericAnswer("returns_nan", "Every number it gives is NaN.", _each_number(_nan)),
    GenericAnswer(
        "wrong_dtype",
        "The values are right, but they come as text or as an array of objects (dtype=object).",
        _each_number(_objects),
        shows_no_work=False,
    ),
    GenericAnswer(
        "wrong_shape",
        "The values are right, but they are wrapped in one axis too many.",
        _each_number(_extra_axis),
        shows_no_work=False,
    ),
    GenericAnswer(
        "half_precision",
        "The values are right to three digits only: somewhere they are converted to float16.",
        _each_number(_half),
        shows_no_work=False,
    ),
)
