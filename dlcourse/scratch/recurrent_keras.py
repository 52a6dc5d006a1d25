"""The weights of Keras's recurrent layers as parameters of ours, and back.

Keras keeps [kernel, recurrent_kernel, bias]. The shapes are ours, the order of the blocks is not:

    LSTM   Keras: input (our update), forget, candidate, output   ours: forget, update, output,
           candidate
    GRU    the same order, but Keras's update gate says how much of the old state to keep, ours how
           much of the new one to take: 1 - σ(z) = σ(-z), so its columns change their sign
"""

import numpy as np

from dlcourse.scratch.floating import as_float

__all__ = [
    "gru_from_keras",
    "gru_to_keras",
    "lstm_from_keras",
    "lstm_to_keras",
    "rnn_from_keras",
    "rnn_to_keras",
]

LSTM_ORDER = (1, 0, 3, 2)  # two swaps, so the way back is the same


def rnn_from_keras(weights):
    """Turn the weights of a keras.layers.SimpleRNN into our parameters.

    Args:
        weights: list [kernel (n_x, n_a), recurrent_kernel (n_a, n_a), bias (n_a,)], as
            `layer.get_weights()` returns it.

    Returns:
        dict with Wx, Wa, b.

    Raises:
        ValueError: weights are not three arrays.

    Example:
        >>> sorted(rnn_from_keras([np.ones((2, 3)), np.ones((3, 3)), np.zeros(3)]))
        ['Wa', 'Wx', 'b']
    """
    return dict(zip(("Wx", "Wa", "b"), _three(weights), strict=True))


def rnn_to_keras(parameters):
    """Turn our parameters into the weights of a keras.layers.SimpleRNN.

    Args:
        parameters: dict with Wx, Wa, b.

    Returns:
        List [kernel, recurrent_kernel, bias] for `layer.set_weights`.

    Example:
        >>> parameters = {"Wx": np.ones((2, 3)), "Wa": np.ones((3, 3)), "b": np.zeros(3)}
        >>> [array.shape for array in rnn_to_keras(parameters)]
        [(2, 3), (3, 3), (3,)]
    """
    return [as_float(parameters[name]) for name in ("Wx", "Wa", "b")]


def gru_from_keras(weights):
    """Turn the weights of a keras.layers.GRU into our parameters.

    Args:
        weights: list [kernel (n_x, 3 n_a), recurrent_kernel (n_a, 3 n_a), bias], the bias (3 n_a,)
            with reset_after=False and (2, 3 n_a) with reset_after=True.

    Returns:
        dict with Wx, Wa, b and, with reset_after=True, ba.

    Raises:
        ValueError: weights are not three arrays.

    Example:
        >>> gru_from_keras([np.ones((1, 3)), np.ones((1, 3)), np.zeros(3)])["Wx"].tolist()
        [[-1.0, 1.0, 1.0]]
    """
    Wx, Wa, bias = (_turned_update(array) for array in _three(weights))
    biases = {"b": bias} if bias.ndim == 1 else {"b": bias[0], "ba": bias[1]}
    return {"Wx": Wx, "Wa": Wa, **biases}


def gru_to_keras(parameters):
    """Turn our parameters into the weights of a keras.layers.GRU.

    Args:
        parameters: dict with Wx, Wa, b and, where the reset comes after the product, ba.

    Returns:
        List [kernel, recurrent_kernel, bias] for `layer.set_weights`.

    Example:
        >>> parameters = {"Wx": np.ones((1, 3)), "Wa": np.ones((1, 3)), "b": np.ones(3)}
        >>> gru_to_keras(parameters)[2].tolist()
        [-1.0, 1.0, 1.0]
    """
    bias = parameters["b"]
    if "ba" in parameters:
        bias = np.stack([bias, parameters["ba"]])
    return [_turned_update(as_float(a)) for a in (parameters["Wx"], parameters["Wa"], bias)]


def lstm_from_keras(weights):
    """Turn the weights of a keras.layers.LSTM into our parameters.

    Args:
        weights: list [kernel (n_x, 4 n_a), recurrent_kernel (n_a, 4 n_a), bias (4 n_a,)].

    Returns:
        dict with Wx, Wa, b.

    Raises:
        ValueError: weights are not three arrays.

    Example:
        >>> weights = [np.zeros((1, 4)), np.zeros((1, 4)), np.array([1.0, 2.0, 3.0, 4.0])]
        >>> lstm_from_keras(weights)["b"].tolist()
        [2.0, 1.0, 4.0, 3.0]
    """
    return dict(zip(("Wx", "Wa", "b"), (_ordered(a) for a in _three(weights)), strict=True))


def lstm_to_keras(parameters):
    """Turn our parameters into the weights of a keras.layers.LSTM.

    Args:
        parameters: dict with Wx, Wa, b.

    Returns:
        List [kernel, recurrent_kernel, bias] for `layer.set_weights`.

    Example:
        >>> b = np.array([2.0, 1.0, 4.0, 3.0])
        >>> lstm_to_keras({"Wx": np.zeros((1, 4)), "Wa": np.zeros((1, 4)), "b": b})[2].tolist()
        [1.0, 2.0, 3.0, 4.0]
    """
    return [_ordered(as_float(parameters[name])) for name in ("Wx", "Wa", "b")]


def _three(weights):
    if len(weights) != 3:
        raise ValueError(
            "weights: expected the three arrays kernel, recurrent_kernel, bias (a layer with "
            f"use_bias=True); got {len(weights)}"
        )
    return [as_float(array) for array in weights]


def _ordered(array):
    blocks = np.split(array, 4, axis=-1)
    return np.concatenate([blocks[i] for i in LSTM_ORDER], axis=-1)


def _turned_update(array):
    update, reset, candidate = np.split(array, 3, axis=-1)
    return np.concatenate([-update, reset, candidate], axis=-1)
