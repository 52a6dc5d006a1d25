"""Looks through the configuration of a learner's Keras model before anything is built from it.

A configuration can name any class of any module, and any size. Only Keras's own layers,
initializers, operations and their like may appear, none that runs Python code or reads files, and
no more or larger of them than a course's model has.
"""

import importlib
import json
from collections.abc import Iterator
from typing import Any

from dlcourse.grading.codec import ProtocolError

__all__ = ["checked_config"]

MAX_RECORDS = 5000  # objects in a configuration; EfficientNet-B7 has about 800 layers
MAX_SEQUENTIAL_LAYERS = 100  # each layer that is added to a Sequential rebuilds it
MAX_SIZE = 100_000  # of any whole number, such as units or an upsampling factor
_MODULES = ("keras", "keras.layers", "keras.initializers", "keras.regularizers",
            "keras.constraints", "keras.dtype_policies", "keras.activations", "keras.models",
            "keras.random")  # fmt: skip
_OPERATIONS = "keras.src.ops."
_MODEL_CLASSES = ("Functional", "Sequential", "Model")
_KINDS = ("Layer", "Initializer", "Regularizer", "Constraint", "DTypePolicy")
_NOT_ALLOWED = {"Lambda", "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper",
                "StringLookup", "IntegerLookup", "TextVectorization", "Pipeline"}  # fmt: skip
_HARMLESS = {"__tuple__", "__tensor__", "__keras_tensor__", "__slice__", "slice"}
_SLOW_INITIALIZERS = ("Orthogonal", "OrthogonalInitializer")


def checked_config(text: str) -> dict[str, Any]:
    """Read a model's configuration.

    Args:
        text: JSON, as `model.to_json()` gives it.

    Returns:
        The configuration without how the model was compiled, and without initializers that take
        long: the weights are known anyway.

    Raises:
        ProtocolError: If it holds what a model of Keras's own layers does not.
    """
    config = json.loads(text)
    if not isinstance(config, dict) or config.get("class_name") not in _MODEL_CLASSES:
        raise ProtocolError("the Keras model is of a class of its own; use Sequential or Model")
    config.pop("compile_config", None)
    records = list(_records(config))
    if len(records) > MAX_RECORDS:
        raise ProtocolError("the Keras model has too many layers")
    for record in records:
        _check_class(record)
        _check_length(record)
        if record["class_name"] in _SLOW_INITIALIZERS:
            record.update(module="keras.initializers", class_name="Zeros", config={})
            record.pop("registered_name", None)
    _check_numbers(config)
    return config


def _records(config: Any) -> Iterator[dict]:
    if isinstance(config, dict):
        if "class_name" in config:
            yield config
        for value in config.values():
            yield from _records(value)
    elif isinstance(config, list):
        for value in config:
            yield from _records(value)


def _check_class(record: dict) -> None:
    name, module = record["class_name"], record.get("module") or "keras"
    if not isinstance(name, str) or not isinstance(module, str):
        raise ProtocolError("the Keras model contains something without a name")
    if name in _HARMLESS:
        return
    registered = record.get("registered_name")
    if name in _NOT_ALLOWED or registered not in (None, name, *_MODEL_CLASSES):
        raise ProtocolError(f"the Keras model contains {name[:80]}, which cannot be graded")
    if name in _MODEL_CLASSES and (module in _MODULES or module.startswith("keras.src.models")):
        return
    if not _is_known(module, name):
        raise ProtocolError(
            f"the Keras model contains {name[:80]} from {module[:80]}, which cannot be graded"
        )


def _is_known(module: str, name: str) -> bool:
    """Whether a name of Keras's own is a layer, an initializer or the like, or an operation."""
    import keras  # only who grades a Keras model pays for it

    if module in _MODULES:
        kinds = tuple(getattr(keras, k) for k in _KINDS if hasattr(keras, k))
        places = [importlib.import_module(m) for m in _MODULES]
        return any(_is_class(getattr(place, name, None), kinds) for place in places)
    if module.startswith(_OPERATIONS) and module.removeprefix(_OPERATIONS).isidentifier():
        try:
            place = importlib.import_module(module)  # of Keras: a part of it, not of the learner's
        except ModuleNotFoundError:
            return False
        return _is_class(getattr(place, name, None), (keras.Operation,))
    return False


def _is_class(thing: Any, kinds: tuple[type, ...]) -> bool:
    return isinstance(thing, type) and issubclass(thing, kinds)


def _check_length(record: dict) -> None:
    settings = record.get("config")
    layers = settings.get("layers", ()) if isinstance(settings, dict) else ()
    if record["class_name"] == "Sequential" and len(layers) > MAX_SEQUENTIAL_LAYERS:
        raise ProtocolError(
            f"a Sequential model of more than {MAX_SEQUENTIAL_LAYERS} layers cannot be graded"
        )


def _check_numbers(config: Any, key: str = "") -> None:
    if isinstance(config, dict):
        for name, value in config.items():
            _check_numbers(value, name)
    elif isinstance(config, list):
        for value in config:
            _check_numbers(value, key)
    elif isinstance(config, int) and abs(config) > MAX_SIZE and key != "seed":
        raise ProtocolError(f"the Keras model has a {key[:80]} above {MAX_SIZE}")
