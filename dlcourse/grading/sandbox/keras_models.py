"""Rebuilds a learner's Keras model from its configuration and weights, without trusting either.

The model is first built without memory for its weights, so that every size is checked before it
is allocated.
"""

import json
import math
import re
from typing import Any

from dlcourse.grading.codec import ModelData, ProtocolError
from dlcourse.grading.sandbox.keras_config import checked_config

__all__ = ["MAX_PARAMETERS", "rebuild_model"]

MAX_PARAMETERS = 200_000_000
MAX_ACTIVATIONS = 100_000_000  # entries of one layer's output for one example
_MAX_REASON = 300  # characters of what Keras says
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def rebuild_model(data: ModelData) -> Any:
    """The model as a live `keras.Model`.

    Raises:
        ProtocolError: If the configuration is not that of a model of Keras's own layers, or is
            too large.
    """
    import keras  # only who grades a Keras model pays for it

    try:
        config = checked_config(data.config)
        _check_sizes(keras, config, data)
        model = keras.models.model_from_json(json.dumps(config))
        model.set_weights(list(data.weights))
    except ProtocolError:
        raise
    except Exception as error:
        reason = _COLOURS.sub("", str(error))[:_MAX_REASON]
        raise ProtocolError(f"the Keras model could not be rebuilt ({reason})") from error
    return model


def _check_sizes(keras: Any, config: dict, data: ModelData) -> None:
    """Build the model without memory for its weights and look at the shapes."""
    with keras.StatelessScope(initialize_variables=False):
        outline = keras.models.model_from_json(json.dumps(config))
        expected = [(tuple(w.shape), str(w.dtype)) for w in outline.weights]
        outputs = [o for layer in outline.layers for o in _shapes(layer)]
    if sum(math.prod(shape) for shape, _ in expected) > MAX_PARAMETERS:
        raise ProtocolError(f"the Keras model has more than {MAX_PARAMETERS} parameters")
    if any(math.prod(n or 1 for n in shape) > MAX_ACTIVATIONS for shape in outputs):
        raise ProtocolError("a layer of the Keras model has too large an output")
    if expected != [(w.shape, str(w.dtype)) for w in data.weights]:
        raise ProtocolError("the Keras model's weights do not fit its layers")


def _shapes(layer: Any) -> list[tuple]:
    try:
        output = layer.output
    except (AttributeError, ValueError):  # a layer that was never called has none
        return []
    return [tuple(o.shape) for o in (output if isinstance(output, list | tuple) else [output])]
