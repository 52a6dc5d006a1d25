"""What a test holds in place of the learner's function, class or instance."""

import builtins
from collections.abc import Callable
from typing import Any

from dlcourse.grading.boundary import (
    Boundary,
    Failure,
    Handle,
    Operation,
    Outcome,
    SymbolReference,
)
from dlcourse.grading.data import walk

__all__ = [
    "LearnerError",
    "Proxy",
    "failure_of",
    "proxy_among",
    "run_helper",
    "symbol_proxy",
]

_SLOTS = ("_dlc_boundary", "_dlc_target", "_dlc_kind")


class LearnerError(Exception):
    """Learner code failed in a way that has no built-in exception class of its own."""


def symbol_proxy(boundary: Boundary, name: str) -> "Proxy":
    """The learner's symbol of that name, behind a boundary."""
    return Proxy(boundary, name, "function")


def failure_of(error: BaseException | None) -> Failure | None:
    """The learner's failure that an exception stands for, if it is one."""
    return getattr(error, "__learner_failure__", None)


class Proxy:
    """Turns every use into an operation on the learner's side.

    Calling, attributes, indexing, len and iteration work as on the object itself, and so does
    arithmetic that gives another object. Comparisons, truth and conversion to a number do not:
    an object may claim to equal everything. `isinstance` does not see through a proxy either.
    """

    __slots__ = _SLOTS
    __array_ufunc__ = None  # NumPy asks nothing of a learner's object …

    def __init__(self, boundary: Boundary, target: str | Handle, kind: str) -> None:
        object.__setattr__(self, "_dlc_boundary", boundary)
        object.__setattr__(self, "_dlc_target", target)
        object.__setattr__(self, "_dlc_kind", kind)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it on the learner's side."""
        return _perform(self, "call", "", args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # numpy, copy and pytest probe for protocols we do not offer
            raise AttributeError(name)
        return _perform(self, "get", name)

    def __setattr__(self, name: str, value: Any) -> None:
        _perform(self, "set", name, (value,))

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        """… and makes no array of it."""
        raise TypeError(f"{self!r} stands where a number or an array should be")

    def __repr__(self) -> str:
        return f"<the learner's {self._dlc_kind} {self._dlc_target}>"

    def __eq__(self, other: object) -> bool:
        """The same object of the learner's; its own idea of equality is never asked."""
        return isinstance(other, Proxy) and _identity(self) == _identity(other)

    def __hash__(self) -> int:
        return hash(self._dlc_target)


def _operator_method(name: str, swapped: bool = False) -> Any:
    def method(self: Proxy, *others: Any) -> Any:
        operands = (*others, self) if swapped else (self, *others)
        return _perform(self, "operator", name, operands)

    return method


def _arithmetic_method(name: str, swapped: bool = False) -> Any:
    """Arithmetic of objects gives objects.

    Were it allowed to give numbers, an object could be built whose differences from everything
    are zero.
    """
    method = _operator_method(name, swapped)

    def checked(self: Proxy, *others: Any) -> Any:
        if not all(isinstance(o, Proxy | int | float) for o in others):
            return NotImplemented  # an expected array never crosses the border
        result = method(self, *others)
        if not isinstance(result, Proxy):
            raise TypeError(f"{self!r} stands where a number or an array should be")
        return result

    return checked


def _no_truth(self: Proxy) -> bool:
    raise TypeError(f"{self!r} stands where a number, an array or True/False should be")


for _name in "add sub mul truediv floordiv mod pow matmul".split():
    setattr(Proxy, f"__{_name}__", _arithmetic_method(_name))
    setattr(Proxy, f"__r{_name}__", _arithmetic_method(_name, swapped=True))
for _name in "neg pos abs".split():
    setattr(Proxy, f"__{_name}__", _arithmetic_method(_name))
for _name in "getitem setitem delitem contains len".split():
    setattr(Proxy, f"__{_name}__", _operator_method(_name))
Proxy.__bool__ = _no_truth  # type: ignore[attr-defined]
Proxy.__iter__ = lambda self: iter(_perform(self, "operator", "list", (self,)))  # type: ignore[attr-defined]


def _identity(proxy: Proxy) -> tuple[int, str | Handle]:
    return id(proxy._dlc_boundary), proxy._dlc_target


def _perform(proxy: Proxy, kind: str, name: str, args: tuple = (), kwargs: Any = None) -> Any:
    boundary = object.__getattribute__(proxy, "_dlc_boundary")
    target = None if kind == "operator" else object.__getattribute__(proxy, "_dlc_target")
    outcome = boundary.perform(
        Operation(
            kind,
            target,
            name,
            tuple(_unwrap(a) for a in args),
            {k: _unwrap(v) for k, v in (kwargs or {}).items()},
        )
    )
    return _result(boundary, outcome)


def _result(boundary: Boundary, outcome: Outcome) -> Any:
    if outcome.failure is not None:
        raise _exception(outcome.failure)
    return _wrap(boundary, outcome.value)


def _unwrap(value: Any) -> Any:
    if isinstance(value, Proxy):
        target = object.__getattribute__(value, "_dlc_target")
        return SymbolReference(target) if isinstance(target, str) else target
    if type(value) in (list, tuple) and any(_holds_proxy(v) for v in value):
        return type(value)(_unwrap(v) for v in value)
    if type(value) is dict and any(_holds_proxy(v) for v in value.values()):
        return {k: _unwrap(v) for k, v in value.items()}
    return value


def _holds_proxy(value: Any) -> bool:
    return proxy_among(value) is not None


def proxy_among(value: Any) -> Proxy | None:
    """The first object of the learner's in (nested) arguments, if there is one."""
    return next((leaf for leaf in walk(value) if isinstance(leaf, Proxy)), None)


def run_helper(function: Callable, proxy: Proxy, args: Any, kwargs: Any) -> Any:
    """Run a function of ours where the learner's objects are, with the objects themselves."""
    return _perform(proxy, "helper", "", (function, *args), kwargs)


def _wrap(boundary: Boundary, value: Any) -> Any:
    if isinstance(value, Handle):
        return Proxy(boundary, value, value.kind)
    if type(value) in (list, tuple, set, frozenset):
        return type(value)(_wrap(boundary, v) for v in value)
    if type(value) is dict:
        return {k: _wrap(boundary, v) for k, v in value.items()}
    return value


def _exception(failure: Failure) -> BaseException:
    """The learner's exception: the original, a built-in of the same class, or a stand-in."""
    error = failure.exception if isinstance(failure.exception, Exception) else None
    if error is None:
        error = _builtin(failure) or LearnerError(f"{failure.type_name}: {failure.message}")
    error.__learner_failure__ = failure  # type: ignore[attr-defined]
    return error


def _builtin(failure: Failure) -> Exception | None:
    for name in failure.bases:
        candidate = getattr(builtins, name, None)
        if isinstance(candidate, type) and issubclass(candidate, Exception):
            try:
                return candidate(failure.message)
            except TypeError:  # UnicodeDecodeError and the like want more arguments
                return None
    return None
