"""When two Keras models are the same but for their weights and their learning rate."""

import json

import keras

__all__ = ["architecture"]

_CONNECTIONS = {"inbound_nodes", "input_layers", "output_layers"}  # where layers are referred to


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
    optimizer = training["optimizer"]["config"]
    optimizer.pop("name", None)
    if not isinstance(optimizer.get("learning_rate"), dict):  # a schedule is part of the step
        optimizer.pop("learning_rate", None)
    layers.pop("compile_config", None)
    return json.dumps(_renamed([layers, training], {}), sort_keys=True, default=repr)


def _renamed(part, names, inside=False):
    """Replace the names of layers by their order of appearance, where layers are named."""
    if isinstance(part, dict):
        # a layer or a model; the name of a data type or of a loss means something
        is_layer = part.keys() & {"dtype", "layers", "inbound_nodes"}
        return {
            key: names.setdefault(value, f"layer {len(names)}")
            if key == "name" and is_layer
            else _renamed(value, names, inside or key in _CONNECTIONS)
            for key, value in sorted(part.items(), key=lambda item: item[0] != "layers")
        }
    if isinstance(part, list | tuple):
        return [_renamed(value, names, inside) for value in part]
    return names.get(part, part) if inside and isinstance(part, str) else part
