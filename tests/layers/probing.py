"""How the checks of the contract make, call and look at a layer."""

import inspect
from unittest import mock

import keras
import numpy as np

__all__ = [
    "as_arrays",
    "as_lists",
    "assert_equal",
    "equalize",
    "flat_shapes",
    "is_plain",
    "made_with",
    "model_of",
    "other_values",
    "shapes_of",
    "symbolic",
    "twins",
    "weighted_sum",
]


def symbolic(inputs, known=False):
    def symbolic(array):
        batch = len(array) if known else None
        return keras.KerasTensor((batch, *array.shape[1:]), dtype=str(array.dtype))

    return keras.tree.map_structure(symbolic, inputs)


def model_of(case):
    def entry(array):
        return keras.Input(array.shape[1:], dtype=str(array.dtype))

    inputs = keras.tree.map_structure(entry, case.arrays())
    return keras.Model(inputs, case.make()(inputs, **case.call))


def shapes_of(outputs):
    return [tuple(tensor.shape) for tensor in keras.tree.flatten(outputs)]


def flat_shapes(shapes):
    found = []
    keras.tree.map_shape_structure(lambda shape: found.append(tuple(shape)), shapes)
    return found


def as_arrays(outputs):
    return [np.asarray(keras.ops.convert_to_numpy(t)) for t in keras.tree.flatten(outputs)]


def assert_equal(actual, expected, case):
    for ours, theirs in zip(as_arrays(actual), as_arrays(expected), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=case.tolerance, atol=case.tolerance)


def weighted_sum(outputs):
    rng = np.random.default_rng(4)
    floats = [t for t in keras.tree.flatten(outputs) if "float" in str(t.dtype)]
    weights = [rng.uniform(0.5, 1.5, t.shape).astype("float32") for t in floats]
    products = map(keras.ops.multiply, floats, weights)
    return sum(keras.ops.sum(product) for product in products)


def equalize(layer, other):
    """Give a layer the weights and the seeds' states of another one."""
    for mine, theirs in zip(layer.variables, other.variables, strict=True):
        mine.assign(theirs)


def twins(case):
    """Two layers that do the same: built, with equal weights and equal seeds."""
    pair = case.make(), case.make()
    for layer in pair:
        layer(symbolic(case.arrays(), known=True), **case.call)
    equalize(*pair)
    return pair


def made_with(case):
    """A layer and the arguments that its constructor was given, by their names."""
    cls = type(case.make())
    original, calls = cls.__init__, []

    def recording(self, *args, **kwargs):
        calls.append((self, inspect.signature(original).bind(self, *args, **kwargs).arguments))
        original(self, *args, **kwargs)

    recording.__signature__ = inspect.signature(original)
    with mock.patch.object(cls, "__init__", recording):
        layer = case.make()
    return layer, next(arguments for made, arguments in calls if made is layer)


def is_plain(value):
    return value is None or isinstance(value, bool | int | float | str | list | tuple)


def as_lists(value):
    """Tuples as lists, all the way down: JSON knows no tuples."""
    if isinstance(value, dict):
        return {key: as_lists(item) for key, item in value.items()}
    return [as_lists(item) for item in value] if isinstance(value, list | tuple) else value


def other_values(value):
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, 2 * value]
    return [value / 2 or 0.25] if isinstance(value, float) else []
