"""When two Keras models are the same but for their weights and their learning rate."""

import json
import re

import keras

__all__ = ["architecture"]

_NUMBERED = re.compile(r"[a-z]\w*_\d+")  # dense_5: Keras counts up, whatever the model


def architecture(model):
    """Describe what a compiled model computes and how it learns, without names that Keras chose.

    Two models of one architecture can share a compiled training step: their weights, the state of
    their optimizers and a constant learning rate are variables, which it reads anew each time.

    Args:
        model: a compiled `keras.Model`.

    Returns:
        str that is equal for equal architectures; None where the model cannot tell its
        configuration, as a subclass of `keras.Model` without `get_config`.

    Example:
        >>> def network(units):
        ...     model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(units)])
        ...     model.compile("sgd", "mse")
        ...     return model
        >>> architecture(network(3)) == architecture(network(3)) != architecture(network(4))
        True
    """
    try:
        layers = keras.saving.serialize_keras_object(model)
        training = model.get_compile_config()
    except (NotImplementedError, ValueError, TypeError):  # what Keras raises for such classes
        return None
    rate = (training or {}).get("optimizer", {}).get("config", {})
    if not isinstance(rate.get("learning_rate"), dict):  # a schedule is part of the step
        rate.pop("learning_rate", None)
    layers.pop("compile_config", None)
    return json.dumps(_renamed([layers, training], {}), sort_keys=True, default=repr)


def _renamed(part, names):
    """Replace numbered names by their order of appearance."""
    if isinstance(part, dict):
        return {key: _renamed(value, names) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_renamed(value, names) for value in part]
    if isinstance(part, str) and _NUMBERED.fullmatch(part):
        return names.setdefault(part, f"name {len(names)}")
    return part
