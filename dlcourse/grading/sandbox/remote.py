"""The boundary whose other side is a submission in the sandbox."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Any, TypeVar

import numpy as np

from dlcourse.grading.boundary import BoundaryError, Failure, Handle, Operation, Outcome
from dlcourse.grading.channel import Closed, TooLarge, TooSlow, receive, send
from dlcourse.grading.codec import ModelData, ProtocolError, decode, encode
from dlcourse.grading.data import is_keras_model, map_leaves, walk
from dlcourse.grading.limits import Limits
from dlcourse.grading.sandbox.endings import exit_sentence, stopped
from dlcourse.grading.sandbox.host import Host
from dlcourse.grading.sandbox.replies import CellReply, OperationReply

__all__ = ["RemoteBoundary", "RemoteCell", "operation_fields"]

_MIB = 2**20
_Reply = TypeVar("_Reply")


@dataclass(frozen=True)
class RemoteCell:
    """A code cell to run: its text, its position, whether all of it runs, what it defines."""

    source: str
    number: int
    whole: bool
    defines: tuple[str, ...]


@dataclass
class _Process:
    """What is known of the running process."""

    connection: Any
    names: set[str] = field(default_factory=set)
    roots: dict[Handle, str] = field(default_factory=dict)  # object → the symbol it came from
    last: str | int = ""  # the symbol or the cell that ran last
    requests: int = 0


class RemoteBoundary:
    """Performs operations in a submission's process.

    A process that dies, hangs or answers nonsense costs the learner that one symbol: the next
    operation runs in a fresh process.

    Args:
        host: Starts the processes.
        cells: The notebook's code cells.
        limits: Bounds on time and size.
    """

    def __init__(self, host: Host, cells: Sequence[RemoteCell], limits: Limits) -> None:
        self._host, self._cells, self._limits = host, cells, limits
        self._deadline = time.monotonic() + limits.seconds_in_all
        self._process: _Process | None = None
        self._cell_failures: dict[int, Failure] = {}
        self._stopped: dict[str, Failure] = {}
        self.printed = 0  # bytes

    def perform(self, operation: Operation) -> Outcome:
        """Perform one operation in the process, which is started when it is not there."""
        if self._process is not None:
            self._end_if_spoilt(self._process)
        process = self._process or self._start()
        root = self._root(process, operation)
        known = self._stopped.get(root) or self._undefined(process, operation.target)
        if known is not None:
            return Outcome(failure=known)
        process.last = root
        request = {"do": "perform", "operation": operation_fields(operation)}
        reply = self._ask(process, request, self._limits.seconds_per_call, OperationReply.read)
        if isinstance(reply, Failure):
            self._stopped[root] = reply
            return Outcome(failure=reply)
        for leaf in walk(reply.value):
            if isinstance(leaf, Handle):
                process.roots.setdefault(leaf, root)
        args, kwargs = reply.arguments or (operation.args, operation.kwargs)
        return Outcome(reply.value, reply.failure, args, kwargs)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._end(self._process)

    def _start(self) -> _Process:
        """A process in which the notebook's cells have run, without those that end it."""
        while True:
            process = self._process = _Process(self._open())
            if all(self._run_cell(process, cell) for cell in self._cells):
                return process

    def _open(self) -> Any:
        """A connection to a fresh process; a sandbox that was lost is built again, once."""
        try:
            return self._host.open()
        except BoundaryError:
            self._host.restart()
            return self._host.open()

    def _run_cell(self, process: _Process, cell: RemoteCell) -> bool:
        """Run one cell; False where the process did not survive it."""
        fatal = self._cell_failures.get(cell.number)
        if fatal is not None and fatal.kind == "stopped":
            return True
        if self._end_if_spoilt(process):
            return False
        process.last = cell.number
        request = {"do": "cell", "source": cell.source, "cell": cell.number, "whole": cell.whole}
        reply = self._ask(process, request, self._limits.seconds_per_cell, CellReply.read)
        if isinstance(reply, Failure):
            self._cell_failures[cell.number] = reply
            return False
        if reply.failure is not None:
            self._cell_failures[cell.number] = reply.failure
        process.names = reply.names
        return True

    def _ask(
        self, process: _Process, request: dict[str, Any], seconds: float,
        read: Callable[[Any], _Reply],
    ) -> _Reply | Failure:  # fmt: skip
        """The answer to a request, or the failure that says why there is none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            self.close()
            return stopped(f"The notebook as a whole took more than "
                           f"{self._limits.seconds_in_all:g} seconds.")  # fmt: skip
        process.requests += 1
        message = encode({**request, "number": process.requests})
        try:
            send(process.connection, message, seconds)
            answer = receive(process.connection, seconds, self._limits.answer_mb * _MIB)
            return read(_numbered(decode(answer), process.requests))
        except TooSlow:
            reason = f"It was stopped after {seconds:g} seconds. Is there a loop that never ends?"
        except TooLarge:
            reason = f"It answered with more than {self._limits.answer_mb} MiB of data."
        except ProtocolError as error:
            reason = f"Its answer could not be read: {error}."
        except Closed:
            return stopped(exit_sentence(self._end(process)))
        self._end(process)
        return stopped(reason)

    def _end_if_spoilt(self, process: _Process) -> bool:
        """End a process that has said something unasked, at the cost of what ran last in it.

        What lies there would be taken for the answer to the next request, of another exercise.
        """
        if not wait([process.connection], timeout=0):
            return False
        self._end(process)
        failure = stopped("It wrote to the connection to the grader, or ended the process later.")
        if isinstance(process.last, int):
            self._cell_failures[process.last] = failure
        else:
            self._stopped[process.last] = failure
        return True

    def _end(self, process: _Process) -> int | None:
        """End the process with everything it started; its exit status."""
        process.connection.close()
        self._process = None
        ending = self._host.end()
        self.printed += ending["printed"]
        return ending["status"]

    def _root(self, process: _Process, operation: Operation) -> str:
        """The symbol of the notebook that an operation goes back to."""
        if isinstance(operation.target, str):
            return operation.target
        for leaf in [operation.target, *walk(list(operation.args))]:
            if isinstance(leaf, Handle) and leaf in process.roots:
                return process.roots[leaf]
        return ""

    def _undefined(self, process: _Process, target: Any) -> Failure | None:
        if not isinstance(target, str) or target in process.names:
            return None
        for cell in self._cells:
            failure = self._cell_failures.get(cell.number)
            if target in cell.defines and failure is not None:
                return _because_of_cell(target, failure)
        return Failure("undefined", "NameError", f"no cell of the notebook defines {target}")


def _numbered(reply: Any, number: int) -> Any:
    claimed = reply.get("number") if type(reply) is dict else None
    if type(claimed) is not int or claimed != number:
        raise ProtocolError("an answer to another question")
    return reply


def operation_fields(operation: Operation) -> dict[str, Any]:
    """An operation as data that `encode` takes, where its arguments can cross the border at all."""

    def plain(leaf: Any) -> Any:
        if is_keras_model(leaf):
            return ModelData(leaf.to_json(), tuple(np.asarray(w) for w in leaf.get_weights()))
        return leaf

    return {
        "kind": operation.kind, "target": operation.target, "name": operation.name,
        "args": map_leaves(list(operation.args), plain),
        "kwargs": map_leaves(operation.kwargs, plain), "seed": operation.seed,
    }  # fmt: skip


def _because_of_cell(name: str, failure: Failure) -> Failure:
    """Why a symbol is not there: the cell that should define it did not run to its end."""
    message = f"{name} is not defined, because its cell did not run to the end: "
    return Failure(
        failure.kind,
        failure.type_name,
        message + failure.message,
        failure.traceback,
        failure.bases,
    )
