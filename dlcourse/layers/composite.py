"""Layers made of other layers: what the parts inherit, and how they follow one another."""

import keras

__all__ = ["CompositeLayer", "apply_chain", "build_chain", "chain_shape", "checked_count"]


class CompositeLayer(keras.layers.Layer):
    """A layer that owns layers, and hands its dtype policy and its right to learn on to them.

    A block that was frozen, saved and loaded again is told `trainable=False` when it is made; if
    its parts did not hear of that, a batch normalization inside would go on changing its averages.

    Example:
        >>> block = CompositeLayer(dtype="mixed_float16", trainable=False)
        >>> block.inherited["dtype"].name, block.inherited["trainable"]
        ('mixed_float16', False)
    """

    @property
    def inherited(self):
        """Arguments for the constructor of every part."""
        return {"dtype": self.dtype_policy, "trainable": self.trainable}


def build_chain(layers, shape):
    """Build layers that follow one another.

    Args:
        layers: the layers, first to last.
        shape: of the input of the first, batch axis included.

    Returns:
        Shape of the output of the last.

    Example:
        >>> build_chain([keras.layers.Dense(3), keras.layers.Dense(2)], (None, 5))
        (None, 2)
    """
    for layer in layers:
        layer.build(shape)
        shape = layer.compute_output_shape(shape)
    return shape


def chain_shape(layers, shape):
    """Shape after layers that follow one another, without building them.

    Args:
        layers: the layers, first to last.
        shape: of the input of the first, batch axis included.

    Returns:
        Shape of the output of the last.

    Example:
        >>> chain_shape([keras.layers.Conv2D(4, 3)], (None, 8, 8, 1))
        (None, 6, 6, 4)
    """
    for layer in layers:
        shape = layer.compute_output_shape(shape)
    return shape


def apply_chain(layers, inputs):
    """Output of layers that follow one another.

    Whether this is a training step, the layers know from the layer that calls: Keras hands it on.

    Args:
        layers: the layers, first to last.
        inputs: input of the first.

    Returns:
        Output of the last.

    Example:
        >>> apply_chain([keras.layers.Dropout(0.5)], keras.ops.ones((1, 2))).shape == (1, 2)
        True
    """
    for layer in layers:
        inputs = layer(inputs)
    return inputs


def checked_count(name, value):
    """A whole number of at least 1, such as a number of filters or a stride.

    Args:
        name: of the argument, for the message.
        value: what was passed.

    Returns:
        value as int.

    Raises:
        ValueError: value is anything else.

    Example:
        >>> checked_count("filters", 8)
        8
    """
    if isinstance(value, bool) or value != int(value) or value < 1:
        raise ValueError(f"{name}: expected a whole number of at least 1; got {value!r}")
    return int(value)
