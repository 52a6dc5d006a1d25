"""Gradients of a layer, whatever the backend: TensorFlow's tape, jax.grad or PyTorch's autograd."""

import keras
import numpy as np

__all__ = ["layer_gradients"]


def layer_gradients(layer, inputs, weighting, training=True, **call):
    """Derivatives of sum(weighting · outputs) by every trainable weight and every float input.

    Args:
        layer: a built `keras.layers.Layer`.
        inputs: what it is called with: an array, or a list or dict of them.
        weighting: function from the nested outputs to a scalar tensor, such as a weighted sum.
        training: whether it, and each layer in it, is in training.
        **call: more arguments of the call.

    Returns:
        Pair (by_weight, by_input): a dict from each trainable weight's path to its derivative, and
        a list for the flattened inputs; None where there is no path to the outputs, or where an
        input does not hold floats.
    """
    call["training"] = training
    weights = {weight.path: weight for weight in layer.trainable_variables}
    flat = [keras.ops.convert_to_tensor(array) for array in keras.tree.flatten(inputs)]
    moving = [i for i, tensor in enumerate(flat) if "float" in str(tensor.dtype)]

    def value(floats, run):
        tensors = list(flat)
        for i, tensor in zip(moving, floats, strict=True):
            tensors[i] = tensor
        return weighting(run(keras.tree.pack_sequence_as(inputs, tensors)))

    way = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}[keras.backend.backend()]
    by_weight, by_float = way(layer, weights, [flat[i] for i in moving], value, call)
    by_input = [None] * len(flat)
    for i, gradient in zip(moving, by_float, strict=True):
        by_input[i] = _as_array(gradient)
    return {path: _as_array(g) for path, g in zip(weights, by_weight, strict=True)}, by_input


def _as_array(gradient):
    return None if gradient is None else np.asarray(keras.ops.convert_to_numpy(gradient))


def _tensorflow(layer, weights, floats, value, call):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(floats)
        total = value(floats, lambda x: layer(x, **call))
    variables = [weight.value for weight in weights.values()]
    gradients = tape.gradient(total, variables + floats)
    gradients = [None if g is None else tf.convert_to_tensor(g) for g in gradients]
    return gradients[: len(variables)], gradients[len(variables) :]


def _jax(layer, weights, floats, value, call):
    import jax

    variables = list(weights.values())

    def total(trained, moving):
        # stateless_call would not pass `training` on to the layers within a layer
        with keras.StatelessScope(list(zip(variables, trained, strict=True))):
            return value(moving, lambda x: layer(x, **call))

    # compiled: one compilation is quicker than one for each operation of the backward pass
    derivatives = jax.jit(jax.grad(total, argnums=(0, 1)))
    return derivatives([variable.value for variable in variables], floats)


def _torch(layer, weights, floats, value, call):
    import torch

    floats = [tensor.detach().clone().requires_grad_() for tensor in floats]
    total = value(floats, lambda x: layer(x, **call))
    variables = [weight.value for weight in weights.values()]
    gradients = torch.autograd.grad(total, variables + floats, allow_unused=True)
    return gradients[: len(variables)], gradients[len(variables) :]
