"""Rebuilds a learner's Keras model from its configuration and weights, without trusting either.

A configuration can name any class of any module. Only Keras's own layers, initializers and their
like are built, those that run Python code or read files are not, and the model is first built
without memory for its weights, so that a size is checked before it is allocated.
"""

import json
import math
from collections.abc import Iterator
from typing import Any

from dlcourse.grading.codec import ModelData, ProtocolError

__all__ = ["MAX_PARAMETERS", "rebuild_model"]

MAX_PARAMETERS = 200_000_000
MAX_ACTIVATIONS = 100_000_000  # entries of one layer's output for one example
_MODULES = ("keras.layers", "keras.initializers", "keras.regularizers", "keras.constraints",
            "keras.dtype_policies", "keras.activations", "keras", "keras.models",
            "keras.random")  # fmt: skip
_MODEL_CLASSES = ("Functional", "Sequential", "Model")
_KINDS = ("Layer", "Initializer", "Regularizer", "Constraint", "DTypePolicy")
_NOT_ALLOWED = {"Lambda", "TFSMLayer", "JaxLayer", "FlaxLayer", "TorchModuleWrapper",
                "StringLookup", "IntegerLookup", "TextVectorization", "Pipeline"}  # fmt: skip
_HARMLESS = {"__tuple__", "__tensor__", "__keras_tensor__", "slice"}


def rebuild_model(data: ModelData) -> Any:
    """The model as a live `keras.Model`.

    Raises:
        ProtocolError: If the configuration is not that of a model of Keras's own layers, or is
            too large.
    """
    import keras  # only who grades a Keras model pays for it

    try:
        config = json.loads(data.config)
        _check_classes(keras, config)
        _check_sizes(keras, config, data)
        model = keras.models.model_from_json(data.config)
        model.set_weights(list(data.weights))
    except ProtocolError:
        raise
    except Exception as error:
        raise ProtocolError(f"the Keras model could not be rebuilt ({error})") from error
    return model


def _check_classes(keras: Any, config: Any) -> None:
    if not isinstance(config, dict) or config.get("class_name") not in _MODEL_CLASSES:
        raise ProtocolError("the Keras model is of a class of its own; use Sequential or Model")
    for record in _records(config):
        name, module = record.get("class_name"), record.get("module") or "keras"
        if name in _HARMLESS:
            continue
        registered = record.get("registered_name")
        if name in _NOT_ALLOWED or registered not in (None, name, *_MODEL_CLASSES):
            raise ProtocolError(f"the Keras model contains {name}, which cannot be graded")
        if module not in _MODULES and not module.startswith("keras.src."):
            raise ProtocolError(f"the Keras model contains {name} from {module}")
        if name not in _MODEL_CLASSES and not _is_known(keras, name):
            raise ProtocolError(f"the Keras model contains {name}, which Keras does not have")


def _records(config: Any) -> Iterator[dict]:
    if isinstance(config, dict):
        if "class_name" in config:
            yield config
        for value in config.values():
            yield from _records(value)
    elif isinstance(config, list):
        for value in config:
            yield from _records(value)


def _is_known(keras: Any, name: Any) -> bool:
    places = (keras.layers, keras.initializers, keras.regularizers, keras.constraints,
              keras.dtype_policies, keras)  # fmt: skip
    kinds = tuple(getattr(keras, k) for k in _KINDS if hasattr(keras, k))
    if not isinstance(name, str):
        return False
    for place in places:
        thing = getattr(place, name, None)
        if isinstance(thing, type) and issubclass(thing, kinds):
            return True
    return False


def _check_sizes(keras: Any, config: dict, data: ModelData) -> None:
    """Build the model without memory for its weights and look at the shapes."""
    with keras.StatelessScope(initialize_variables=False):
        outline = keras.models.model_from_json(json.dumps(config))
        shapes = [tuple(w.shape) for w in outline.weights]
        outputs = [o for layer in outline.layers for o in _shapes(layer)]
    if sum(math.prod(s) for s in shapes) > MAX_PARAMETERS:
        raise ProtocolError(f"the Keras model has more than {MAX_PARAMETERS} parameters")
    if any(math.prod(n or 1 for n in shape) > MAX_ACTIVATIONS for shape in outputs):
        raise ProtocolError("a layer of the Keras model has too large an output")
    if shapes != [w.shape for w in data.weights]:
        raise ProtocolError("the Keras model's weights do not fit its layers")


def _shapes(layer: Any) -> list[tuple]:
    try:
        output = layer.output
    except (AttributeError, ValueError):  # a layer that was never called has none
        return []
    return [tuple(o.shape) for o in (output if isinstance(output, list | tuple) else [output])]
