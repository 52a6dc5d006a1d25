"""The border between tests and learner code: operations go in, data comes out.

A test never touches a learner's object. It holds a `Proxy`, which turns every use into an
`Operation`; a boundary performs it and answers with an `Outcome`. The same `LocalBoundary` serves
the check cell (in the learner's own kernel) and the sandbox (inside the worker process), so that
a test sees the same thing in both.
"""

import contextlib
import operator
import random
import sys
import traceback as tracebacks
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from dlcourse.grading.data import is_keras_model, to_data, walk

__all__ = [
    "OPERATORS",
    "Boundary",
    "BoundaryError",
    "Failure",
    "Handle",
    "LocalBoundary",
    "Operation",
    "Outcome",
    "SymbolReference",
]

MAX_TRACEBACK = 4000  # characters
_ENGINE = Path(__file__).parent

OPERATORS: Mapping[str, Callable] = {
    **{
        name: getattr(operator, name)
        for name in (
            "add sub mul truediv floordiv mod pow matmul neg pos abs "
            "getitem setitem delitem contains"
        ).split()
    },
    "len": len,
    "list": list,
}


class BoundaryError(Exception):
    """The boundary itself has failed: no finding about the learner's work."""


@dataclass(frozen=True)
class Handle:
    """Stands for an object that stays on the learner's side.

    Args:
        number: Which object of this boundary.
        kind: Its type's name, for messages.
    """

    number: int
    kind: str


@dataclass(frozen=True)
class Operation:
    """One use of the learner's work.

    Args:
        kind: "call", "get", "set", "operator", or "helper": call the first argument, which is a
            function of ours, with the others.
        target: A symbol of the notebook, or a handle.
        name: The attribute or operator.
        args: Positional arguments (data and handles).
        kwargs: Keyword arguments.
        seed: Seeds the global generators before the call, so that a replay draws the same.
    """

    kind: str
    target: "str | Handle | None" = None
    name: str = ""
    args: tuple = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    seed: int = 0


@dataclass(frozen=True)
class Failure:
    """The learner's code raised, or its process was ended.

    Args:
        kind: "raised", "undefined" or "stopped".
        type_name: The exception's class.
        message: Its text, or the sentence that says why the process was ended.
        traceback: The learner's own frames.
        bases: Names of the exception's classes, most specific first.
        exception: The exception itself where it happened in this process.
    """

    kind: str
    type_name: str
    message: str
    traceback: str = ""
    bases: tuple[str, ...] = ()
    exception: BaseException | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Outcome:
    """What an operation gave: a value, or a failure; and what became of the arguments."""

    value: Any = None
    failure: Failure | None = None
    args: tuple = ()
    kwargs: dict[str, Any] = field(default_factory=dict)


class Boundary(Protocol):
    """Anything that performs operations."""

    def perform(self, operation: Operation) -> Outcome:
        """Perform one operation on the learner's work."""
        ...


class LocalBoundary:
    """Performs operations on objects of this process.

    Args:
        symbols: The names that the learner defined.
    """

    def __init__(self, symbols: Mapping[str, Any]) -> None:
        self._symbols = symbols
        self._objects: list[Any] = []

    def perform(self, operation: Operation) -> Outcome:
        """Perform one operation; whatever the learner's code raises becomes a `Failure`."""
        if isinstance(operation.target, str) and operation.target not in self._symbols:
            return Outcome(failure=Failure("undefined", "NameError", operation.target))
        args: tuple = ()
        kwargs: dict[str, Any] = {}
        try:
            args = tuple(self._resolve(a) for a in operation.args)
            kwargs = {k: self._resolve(v) for k, v in operation.kwargs.items()}
            with _seeded(operation.seed):
                value = to_data(self._run(operation, args, kwargs), self._keep)
        except KeyboardInterrupt:  # the learner pressed "stop": not an answer
            raise
        except BaseException as error:  # SystemExit and its like are answers too
            return Outcome(failure=describe(error), args=args, kwargs=kwargs)
        return Outcome(value, None, args, kwargs)

    def _run(self, operation: Operation, args: tuple, kwargs: dict[str, Any]) -> Any:
        target = self._resolve_target(operation.target)
        if operation.kind == "call":
            return target(*args, **kwargs)
        if operation.kind == "helper":
            return args[0](*args[1:], **kwargs)
        if operation.kind == "get":
            return target if not operation.name else getattr(target, operation.name)
        if operation.kind == "set":
            return setattr(target, operation.name, *args)
        return OPERATORS[operation.name](*args)

    def _resolve_target(self, target: "str | Handle | None") -> Any:
        return self._symbols[target] if isinstance(target, str) else self._resolve(target)

    def _resolve(self, value: Any) -> Any:
        if isinstance(value, Handle):
            return self._objects[value.number]
        if isinstance(value, SymbolReference):
            return self._symbols[value.name]
        if not any(isinstance(leaf, Handle | SymbolReference) for leaf in walk(value)):
            return value  # the caller's own container: what the learner does to it is seen
        if type(value) is dict:
            return {k: self._resolve(v) for k, v in value.items()}
        return type(value)(self._resolve(v) for v in value)

    def _keep(self, thing: Any) -> Any:
        if is_keras_model(thing):
            return thing
        for number, known in enumerate(self._objects):
            if known is thing:
                return Handle(number, _kind(thing))
        self._objects.append(thing)
        return Handle(len(self._objects) - 1, _kind(thing))


@dataclass(frozen=True)
class SymbolReference:
    """The learner's function of that name, given as an argument."""

    name: str


@contextlib.contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """The global generators start from `seed` inside, and go on as if nothing had happened after.

    A function that draws from them can then be replayed. Keras has no way back, so there the
    seed stays.
    """
    python_state, numpy_state = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(seed)
    np.random.seed(seed % 2**32)  # noqa: NPY002
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed % 2**32)
    try:
        yield
    finally:
        random.setstate(python_state)
        np.random.set_state(numpy_state)  # noqa: NPY002


def describe(error: BaseException) -> Failure:
    """A failure that tells what the learner's code raised, without the frames of the engine."""
    trace = error.__traceback__
    while trace and Path(trace.tb_frame.f_code.co_filename).is_relative_to(_ENGINE):
        trace = trace.tb_next
    text = "".join(tracebacks.format_exception(type(error), error, trace, limit=-12))
    return Failure(
        "raised",
        type(error).__name__,
        _text(error),
        text[-MAX_TRACEBACK:],
        tuple(c.__name__ for c in type(error).__mro__),
        error,
    )


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TRACEBACK]
    except Exception as second:  # a learner's own exception class with a broken __str__
        return f"(its message could not be shown: {type(second).__name__})"


def _kind(thing: Any) -> str:
    if hasattr(thing, "dtype") and getattr(thing.dtype, "kind", "") == "O":
        return "array of objects (dtype=object)"
    return type(thing).__name__
