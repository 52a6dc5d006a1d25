"""Plain data: the only thing that passes between a learner's code and the tests.

Whatever a learner's function returns is turned into plain data first: Python scalars, strings,
lists, tuples, dictionaries, sets and numeric arrays, all of their exact base type. Everything
else (instances, functions, generators, arrays of objects) becomes what `on_object` makes of it.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

__all__ = ["MAX_DEPTH", "is_keras_model", "map_leaves", "same", "snapshot", "to_data", "walk"]

MAX_DEPTH = 50
_ARRAY_KINDS = "biufcUS"  # bool, integers, floats, complex, text, bytes
_MAX_INT64 = 2**63
_TENSOR_PACKAGES = {"tensorflow", "keras", "torch", "jax", "jaxlib"}


def to_data(value: Any, on_object: Callable[[Any], Any], depth: int = 0) -> Any:
    """Reduce a value to plain data.

    Args:
        value: Anything.
        on_object: Called for what is not data; its result stands in that place.
        depth: How deep the value already is.

    Raises:
        ValueError: If it is nested more than `MAX_DEPTH` deep (or contains itself).
    """
    if depth > MAX_DEPTH:
        raise ValueError(f"value: expected at most {MAX_DEPTH} levels of nesting")
    if value is None or type(value) in (bool, int, float, complex, str, bytes):
        return value
    if isinstance(value, np.ndarray | np.generic):
        return _array_data(value, on_object)
    if isinstance(value, dict):
        return {
            to_data(k, on_object, depth + 1): to_data(v, on_object, depth + 1)
            for k, v in value.items()
        }
    for container in (list, tuple, set, frozenset):
        if isinstance(value, container):
            return container(to_data(v, on_object, depth + 1) for v in value)
    scalars: tuple[Any, ...] = (bool, int, float, complex, str, bytes)
    for scalar in scalars:
        if isinstance(value, scalar):
            return scalar(value)
    if _is_tensor(value):
        return np.array(value)
    return on_object(value)


def map_leaves(value: Any, change: Callable[[Any], Any]) -> Any:
    """Rebuild nested containers with `change` applied to everything that is no container."""
    if type(value) is dict:
        return {k: map_leaves(v, change) for k, v in value.items()}
    if type(value) in (list, tuple):
        return type(value)(map_leaves(v, change) for v in value)
    return change(value)


def walk(value: Any) -> Iterator[Any]:
    """Every leaf of nested containers, in order."""
    if type(value) is dict:
        for item in value.values():
            yield from walk(item)
    elif type(value) in (list, tuple, set, frozenset):
        for item in value:
            yield from walk(item)
    else:
        yield value


def snapshot(value: Any) -> Any:
    """A copy that later changes of the original cannot reach; what is not data is kept as it is."""

    def copy(leaf: Any) -> Any:
        if isinstance(leaf, np.ndarray):
            return leaf.copy()
        if isinstance(leaf, np.random.Generator):
            twin = np.random.Generator(type(leaf.bit_generator)())
            twin.bit_generator.state = leaf.bit_generator.state
            return twin
        return leaf

    return map_leaves(value, copy)


def same(a: Any, b: Any, relative: float = 1e-9) -> bool:
    """Whether two pieces of data agree in structure, types, shapes and (to rounding) values.

    A number is the same as a Python scalar, a NumPy scalar and an array without axes.
    """
    a, b = _scalar(a), _scalar(b)
    if type(a) is not type(b):
        return False
    if type(a) is dict:
        return a.keys() == b.keys() and all(same(a[k], b[k], relative) for k in a)
    if type(a) in (list, tuple):
        return len(a) == len(b) and all(same(x, y, relative) for x, y in zip(a, b, strict=True))
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and _close(a, b, relative)
    if isinstance(a, float | complex | np.inexact):
        return _close(a, b, relative)
    if is_keras_model(a):
        return _same_model(a, b)
    return bool(a == b)


def is_keras_model(value: Any) -> bool:
    """Whether it is a Keras model, asked without importing Keras."""
    keras = sys.modules.get("keras")
    model = getattr(keras, "Model", None)
    return isinstance(model, type) and isinstance(value, model)


def _scalar(value: Any) -> Any:
    if isinstance(value, np.ndarray) and value.shape == ():
        return value[()]
    if type(value) in (bool, float, complex) or type(value) is int and abs(value) < _MAX_INT64:
        return np.asarray(value)[()]
    return value


def _array_data(value: Any, on_object: Callable[[Any], Any]) -> Any:
    if value.dtype.kind not in _ARRAY_KINDS:
        return on_object(value)
    if isinstance(value, np.generic):
        return value
    return np.array(value, subok=False)


def _is_tensor(value: Any) -> bool:
    package = type(value).__module__.partition(".")[0]
    return package in _TENSOR_PACKAGES and hasattr(value, "__array__")


def _close(a: Any, b: Any, relative: float) -> bool:
    if np.asarray(a).dtype.kind not in "fc":
        return bool(np.array_equal(a, b))
    with np.errstate(all="ignore"):
        return bool(np.allclose(a, b, rtol=relative, atol=1e-12, equal_nan=True))


def _same_model(a: Any, b: Any) -> bool:
    """The same layers with the same settings; names are chosen by Keras and do not count."""

    def outline(model: Any) -> list:
        return [
            (type(layer).__name__, [w.shape for w in layer.weights], _settings(layer))
            for layer in model.layers
        ]

    return outline(a) == outline(b)


def _settings(layer: Any) -> dict:
    skipped = ("name", "dtype", "kernel_initializer", "bias_initializer", "build_config")
    return {k: repr(v) for k, v in layer.get_config().items() if k not in skipped}
