"""One submission inside the sandbox: answers the grader's requests until it hangs up."""

import importlib
import json
import os
import socket
import sys
import types
from typing import Any

import numpy as np

from dlcourse.grading.boundary import Failure, LocalBoundary, Operation, describe
from dlcourse.grading.channel import Closed, receive, send
from dlcourse.grading.codec import (
    FunctionText,
    ModelData,
    ProtocolError,
    PublicFunction,
    decode,
    encode,
)
from dlcourse.grading.data import is_keras_model, map_leaves, same, to_data
from dlcourse.grading.worker.cells import run_cell

__all__ = ["serve"]


def serve(connection: socket.socket) -> None:
    """Answer requests, {"do": "cell" | "perform", …}, until the grader hangs up."""
    notebook = types.ModuleType("__main__")
    sys.modules["__main__"] = notebook
    boundary = LocalBoundary(vars(notebook))
    process = os.getpid()
    send(connection, encode({"ready": True}))
    while True:
        try:
            message = receive(connection)
        except Closed:
            return
        request = decode(message, from_grader=True)
        if request["do"] == "cell":
            failure = run_cell(request["source"], request["cell"], request["whole"], vars(notebook))
            reply: dict[str, Any] = {"failure": _failure(failure), "names": _names(notebook)}
        else:
            reply = _perform(boundary, message)
        if os.getpid() != process:
            os._exit(0)  # a copy that the learner's code has forked: the original answers
        send(connection, _encode({**reply, "number": request["number"]}))


def _perform(boundary: LocalBoundary, message: bytes) -> dict[str, Any]:
    """Perform one operation; arguments are sent back only where the learner changed them."""
    operation = _operation(message)
    outcome = boundary.perform(operation)
    before = _operation(message)
    after = [_transportable(list(outcome.args)), _transportable(dict(outcome.kwargs))]
    unchanged = same([_transportable(list(before.args)), _transportable(before.kwargs)], after, 0)
    return {
        "value": _transportable(outcome.value),
        "failure": _failure(outcome.failure),
        "changed": None if unchanged else after,
    }


def _operation(message: bytes) -> Operation:
    fields = decode(message, from_grader=True)["operation"]
    return Operation(
        fields["kind"],
        fields["target"],
        fields["name"],
        tuple(map_leaves(list(fields["args"]), _materialise)),
        map_leaves(fields["kwargs"], _materialise),
        fields["seed"],
    )


_functions: dict[str, Any] = {}  # a helper is made once, so that it is the same object each time


def _materialise(leaf: Any) -> Any:
    """What the grader sent by description becomes the thing itself."""
    if isinstance(leaf, FunctionText):
        if leaf.source not in _functions:
            namespace: dict[str, Any] = {"helper": lambda function: function, "np": np}
            exec(leaf.source, namespace)
            _functions[leaf.source] = namespace[leaf.name]
        return _functions[leaf.source]
    if isinstance(leaf, PublicFunction):
        return getattr(importlib.import_module(leaf.module), leaf.name)
    if isinstance(leaf, ModelData):
        model = importlib.import_module("keras").models.model_from_json(leaf.config)
        model.set_weights(list(leaf.weights))
        return model
    return leaf


def _transportable(value: Any) -> Any:
    """Data that the codec takes: models become their configuration and weights."""

    def on_object(thing: Any) -> Any:
        if is_keras_model(thing):
            weights = [np.asarray(w) for w in thing.get_weights()]
            config = json.loads(thing.to_json())
            config.pop("compile_config", None)  # what is graded is the network
            return ModelData(json.dumps(config), tuple(weights))
        if type(thing).__name__ in _RECORDS:
            return thing
        return None  # an argument that is no data: what became of it cannot be seen

    return to_data(value, on_object)


_RECORDS = ("Handle", "SymbolReference")


def _encode(reply: dict[str, Any]) -> bytes:
    try:
        return encode(reply)
    except ProtocolError as error:
        failure = _failure(describe(error))
        return encode({**reply, "value": None, "changed": None, "failure": failure})


def _failure(failure: Failure | None) -> dict[str, Any] | None:
    if failure is None:
        return None
    names = ("kind", "type_name", "message", "traceback")
    return {**{n: getattr(failure, n) for n in names}, "bases": list(failure.bases)}


def _names(notebook: types.ModuleType) -> list[str]:
    return sorted(n for n in vars(notebook) if type(n) is str and not n.startswith("__"))
