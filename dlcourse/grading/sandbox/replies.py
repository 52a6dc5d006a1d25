"""Reads what a submission answers: every field is checked, none is believed."""

from dataclasses import dataclass
from typing import Any

from dlcourse.grading.boundary import Failure
from dlcourse.grading.codec import ModelData, ProtocolError
from dlcourse.grading.data import map_leaves
from dlcourse.grading.sandbox.keras_models import rebuild_model

__all__ = ["CellReply", "OperationReply"]

_FAILURE_KINDS = ("raised", "undefined")
_MAX_TEXT = 10_000
_MAX_BASES = 50


@dataclass(frozen=True)
class CellReply:
    """What running a cell gave.

    Args:
        failure: What it raised, or None.
        names: What the notebook defines now.
    """

    failure: Failure | None
    names: set[str]

    @classmethod
    def read(cls, record: Any) -> "CellReply":
        """Read it from the decoded message; `ProtocolError` where it has another form."""
        names = _field(record, "names", list)
        if not all(type(name) is str for name in names):
            raise ProtocolError("a name that is no text")
        return cls(_failure(record.get("failure")), set(names))


@dataclass(frozen=True)
class OperationReply:
    """What an operation gave.

    Args:
        value: The result.
        failure: What was raised, or None.
        arguments: Positional and keyword arguments after the call, where they were changed.
    """

    value: Any
    failure: Failure | None
    arguments: tuple[tuple, dict[str, Any]] | None

    @classmethod
    def read(cls, record: Any) -> "OperationReply":
        """Read it from the decoded message; `ProtocolError` where it has another form."""
        if type(record) is not dict:
            raise ProtocolError("an answer of the wrong form")
        failure = _failure(record.get("failure"))
        value = None if failure else map_leaves(record.get("value"), _rebuild)
        return cls(value, failure, _arguments(record.get("changed")))


def _field(record: Any, name: str, kind: type) -> Any:
    if type(record) is not dict or type(record.get(name)) is not kind:
        raise ProtocolError("an answer of the wrong form")
    return record[name]


def _failure(record: Any) -> Failure | None:
    if record is None:
        return None
    kind, bases = _field(record, "kind", str), _field(record, "bases", list)
    if kind not in _FAILURE_KINDS:
        raise ProtocolError("a failure of an unknown kind")
    type_name, message, traceback = (
        _field(record, name, str)[:_MAX_TEXT] for name in ("type_name", "message", "traceback")
    )
    names = tuple(b for b in bases[:_MAX_BASES] if type(b) is str)
    return Failure(kind, type_name, message, traceback, names)


def _arguments(changed: Any) -> tuple[tuple, dict[str, Any]] | None:
    if changed is None:
        return None
    if type(changed) is not list or [type(c) for c in changed] != [list, dict]:
        raise ProtocolError("changed arguments of the wrong form")
    return tuple(changed[0]), changed[1]


def _rebuild(leaf: Any) -> Any:
    return rebuild_model(leaf) if isinstance(leaf, ModelData) else leaf
