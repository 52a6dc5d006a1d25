"""The only language between the grader and the sandbox: JSON structure plus raw arrays.

Nothing here can run code: decoding builds plain data and a few inert records, checks every size
before it allocates, and raises `ProtocolError` for anything else. Layout of a message: eight
bytes (length of the JSON part), the JSON part, the arrays' bytes one after the other.
"""

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dlcourse.grading.boundary import Handle, SymbolReference
from dlcourse.grading.data import MAX_DEPTH

__all__ = ["FunctionText", "ModelData", "ProtocolError", "PublicFunction", "decode", "encode"]

MAX_STRUCTURE_BYTES = 16 * 2**20
MAX_ENTRIES = 200_000  # of one container
_LENGTH_BYTES = 8
_MAX_DIMENSIONS = 32
_MAX_PLAIN_INT = 2**53
_MAX_HEX_DIGITS = 3500  # Python prints whole numbers of up to 4300 decimal digits
_DTYPE = re.compile(r"[<>|=][biufcSU]\d{1,6}")
_FROM_GRADER_ONLY = ("rng", "source", "public", "symbol")
_BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


class ProtocolError(Exception):
    """A message that is not of this language."""


@dataclass(frozen=True)
class FunctionText:
    """A helper function of ours, sent as source."""

    name: str
    source: str


@dataclass(frozen=True)
class PublicFunction:
    """A public function of NumPy or Keras, sent as its address."""

    module: str
    name: str


@dataclass(frozen=True)
class ModelData:
    """A Keras model as its configuration and weights."""

    config: str
    weights: tuple[np.ndarray, ...]


class _Blobs:
    """The arrays' bytes, and how long they are together."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.size = 0

    def add(self, part: bytes) -> None:
        self.parts.append(part)
        self.size += len(part)


def encode(value: Any) -> bytes:
    """Turn data into one message.

    Raises:
        ProtocolError: If something in it is not data.
    """
    blobs = _Blobs()
    structure = json.dumps(_pack(value, blobs, 0), separators=(",", ":")).encode()
    return b"".join([len(structure).to_bytes(_LENGTH_BYTES, "big"), structure, *blobs.parts])


def decode(message: bytes, from_grader: bool = False) -> Any:
    """Turn one message back into data.

    Args:
        message: What `encode` gave.
        from_grader: Whether the sender is the grader, who alone may send functions and random
            generators.

    Raises:
        ProtocolError: If it is not well formed.
    """
    length = int.from_bytes(message[:_LENGTH_BYTES], "big")
    if length > min(MAX_STRUCTURE_BYTES, len(message) - _LENGTH_BYTES):
        raise ProtocolError("the message's structure is longer than it may be")
    end = _LENGTH_BYTES + length
    try:
        tree = json.loads(message[_LENGTH_BYTES:end])
        return _unpack(tree, _Blob(memoryview(message)[end:], from_grader), 0)
    except ProtocolError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError) as error:
        raise ProtocolError(f"the message is not well formed ({type(error).__name__})") from error


def _pack(value: Any, blobs: _Blobs, depth: int) -> Any:
    if depth > 2 * MAX_DEPTH:
        raise ProtocolError("the data is nested too deep")
    if value is None or type(value) in (bool, str):
        return value
    for kind, packer in _PACKERS:
        if isinstance(value, kind):
            return packer(value, blobs, depth + 1)
    raise ProtocolError(f"{type(value).__name__} is not data")


def _pack_int(value: int, blobs: _Blobs, depth: int) -> Any:
    if abs(value) < _MAX_PLAIN_INT:
        return value
    if value.bit_length() > 4 * (_MAX_HEX_DIGITS - 3):
        raise ProtocolError("a whole number is longer than it may be")
    return {"$": "int", "v": hex(value)}


def _pack_float(value: float, blobs: _Blobs, depth: int) -> Any:
    return value if math.isfinite(value) else {"$": "float", "v": repr(value)}


def _pack_array(value: np.ndarray, blobs: _Blobs, depth: int) -> Any:
    if not _DTYPE.fullmatch(value.dtype.str):
        raise ProtocolError(f"an array of dtype {value.dtype} is not data")
    start = blobs.size
    blobs.add(np.ascontiguousarray(value).tobytes())
    return {"$": "array", "dtype": value.dtype.str, "shape": list(value.shape), "at": start}


def _pack_items(tag: str) -> Callable:
    return lambda value, blobs, depth: {"$": tag, "v": [_pack(v, blobs, depth) for v in value]}


def _pack_fields(tag: str, *names: str) -> Callable:
    return lambda value, blobs, depth: {
        "$": tag, "v": [_pack(getattr(value, n), blobs, depth) for n in names]
    }  # fmt: skip


def _pack_generator(value: np.random.Generator, blobs: _Blobs, depth: int) -> Any:
    return {"$": "rng", "v": _pack(value.bit_generator.state, blobs, depth)}


def _pack_function(value: Callable, blobs: _Blobs, depth: int) -> Any:
    source = getattr(value, "__helper_source__", None)
    if source is not None:
        return _pack(FunctionText(value.__name__, source), blobs, depth)
    module = getattr(value, "__module__", None) or "numpy"  # ufuncs have none
    if module.partition(".")[0] in ("numpy", "keras", "math"):
        return _pack(PublicFunction(module.partition(".")[0], value.__name__), blobs, depth)
    raise ProtocolError(
        f"the function {value!r} cannot be an argument: decorate it with @helper, "
        "or use a public function of NumPy or Keras"
    )


_PACKERS: tuple[tuple[Any, Callable], ...] = (
    (np.ndarray, _pack_array),
    (np.generic, lambda v, b, d: {"$": "scalar", "v": _pack_array(np.asarray(v), b, d)}),
    (int, _pack_int),
    (float, _pack_float),
    (complex, lambda v, b, d: {"$": "complex", "v": [repr(v.real), repr(v.imag)]}),
    (bytes, lambda v, b, d: {"$": "bytes", "v": _pack_array(np.frombuffer(v, np.uint8), b, d)}),
    (list, _pack_items("list")),
    (tuple, _pack_items("tuple")),
    (frozenset, _pack_items("frozenset")),
    (set, _pack_items("set")),
    (dict, lambda v, b, d: {"$": "dict", "v": [[_pack(k, b, d), _pack(x, b, d)]
                                               for k, x in v.items()]}),
    (np.random.Generator, _pack_generator),
    (Handle, _pack_fields("handle", "number", "kind")),
    (SymbolReference, _pack_fields("symbol", "name")),
    (FunctionText, _pack_fields("source", "name", "source")),
    (PublicFunction, _pack_fields("public", "module", "name")),
    (ModelData, _pack_fields("model", "config", "weights")),
    (np.ufunc, _pack_function),
    (Callable, _pack_function),
)  # fmt: skip


class _Blob:
    """The arrays' bytes, read once from the beginning to the end: no two arrays overlap."""

    def __init__(self, view: memoryview, from_grader: bool) -> None:
        self._view, self._position = view, 0
        self.from_grader = from_grader

    def take(self, start: int, size: int) -> bytes:
        if start != self._position or start + size > len(self._view):
            raise ProtocolError("an array does not lie where it should")
        self._position += size
        return self._view[start : start + size].tobytes()


def _unpack(tree: Any, blob: _Blob, depth: int) -> Any:
    if depth > 2 * MAX_DEPTH:
        raise ProtocolError("the data is nested too deep")
    if tree is None or type(tree) in (bool, str, int, float):
        return tree
    if type(tree) is not dict or tree.get("$") not in _UNPACKERS:
        raise ProtocolError("the message holds an unknown kind of value")
    if type(tree.get("v")) is list and len(tree["v"]) > MAX_ENTRIES:
        raise ProtocolError(f"a container has more than {MAX_ENTRIES} entries")
    if tree["$"] in _FROM_GRADER_ONLY and not blob.from_grader:
        raise ProtocolError(f"a {tree['$']} is no answer")
    return _UNPACKERS[tree["$"]](tree, blob, depth + 1)


def _unpack_int(tree: dict, blob: _Blob, depth: int) -> int:
    if len(tree["v"]) > _MAX_HEX_DIGITS:
        raise ProtocolError("a whole number is longer than it may be")
    return int(tree["v"], 16)


def _unpack_array(tree: dict, blob: _Blob, depth: int) -> np.ndarray:
    if not _DTYPE.fullmatch(tree["dtype"]):
        raise ProtocolError("an array has a dtype that is not allowed")
    dtype, shape, start = np.dtype(tree["dtype"]), tree["shape"], tree["at"]
    if len(shape) > _MAX_DIMENSIONS or any(type(n) is not int or n < 0 for n in [*shape, start]):
        raise ProtocolError("an array has a shape that is not allowed")
    size = math.prod(shape) * dtype.itemsize
    if size == 0 and math.prod(shape):
        raise ProtocolError("an array has entries of no size")
    content = blob.take(start, size)
    return np.frombuffer(content, dtype).reshape(shape).copy() if size else np.zeros(shape, dtype)


def _unpack_items(container: type) -> Callable:
    return lambda tree, blob, depth: container(_unpack(v, blob, depth) for v in tree["v"])


def _unpack_fields(record: type, *types: type) -> Callable:
    def unpack(tree: dict, blob: _Blob, depth: int) -> Any:
        fields = [_unpack(v, blob, depth) for v in tree["v"]]
        if [type(f) for f in fields] != list(types):
            raise ProtocolError(f"a {record.__name__} has fields of the wrong type")
        return record(*fields)

    return unpack


def _unpack_generator(tree: dict, blob: _Blob, depth: int) -> np.random.Generator:
    state = _unpack(tree["v"], blob, depth)
    if state["bit_generator"] not in _BIT_GENERATORS:
        raise ProtocolError("an unknown kind of random generator")
    bits = getattr(np.random, state["bit_generator"])()
    bits.state = state
    return np.random.Generator(bits)


_UNPACKERS: dict[str, Callable] = {
    "array": _unpack_array,
    "scalar": lambda t, b, d: _unpack_array(t["v"], b, d).reshape(())[()],
    "int": _unpack_int,
    "float": lambda t, b, d: float(t["v"]),
    "complex": lambda t, b, d: complex(float(t["v"][0]), float(t["v"][1])),
    "bytes": lambda t, b, d: _unpack_array(t["v"], b, d).tobytes(),
    "list": _unpack_items(list),
    "tuple": _unpack_items(tuple),
    "set": _unpack_items(set),
    "frozenset": _unpack_items(frozenset),
    "dict": lambda t, b, d: {_unpack(k, b, d): _unpack(v, b, d) for k, v in t["v"]},
    "rng": _unpack_generator,
    "handle": _unpack_fields(Handle, int, str),
    "symbol": _unpack_fields(SymbolReference, str),
    "source": _unpack_fields(FunctionText, str, str),
    "public": _unpack_fields(PublicFunction, str, str),
    "model": _unpack_fields(ModelData, str, tuple),
}
