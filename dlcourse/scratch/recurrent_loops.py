"""Recurrent networks the long way: example by example, step by step, one gate after the other.

These read like the definitions. The functions of `rnn`, `gru` and `lstm` return the same states.
"""

import numpy as np

from dlcourse.scratch.gru_cell import gru_biases
from dlcourse.scratch.recurrent_shapes import checked_layer
from dlcourse.scratch.squashing import sigmoid

__all__ = ["gru_forward_loops", "lstm_forward_loops", "rnn_forward_loops"]


def rnn_forward_loops(x, parameters):
    """Run a plain recurrent network from zero states, unit by unit.

    Args:
        x: inputs, shape (m, t, n_x).
        parameters: dict, as for `rnn.rnn_forward`.

    Returns:
        All states, shape (m, t, n_a).

    Raises:
        ValueError: the shapes do not fit together, or a parameter is NaN.

    Example:
        >>> parameters = {"Wx": np.ones((1, 1)), "Wa": np.zeros((1, 1)), "b": np.zeros(1)}
        >>> rnn_forward_loops(np.array([[[0.0], [1e4]]]), parameters).ravel().tolist()
        [0.0, 1.0]
    """
    x, Wx, Wa, b = checked_layer(x, parameters, gates=1)
    (m, t, n_x), n_a = x.shape, len(Wa)
    a = np.zeros((m, t, n_a), x.dtype)
    for i in range(m):
        a_prev = np.zeros(n_a, x.dtype)
        for step in range(t):
            for j in range(n_a):
                z = b[j]
                for k in range(n_x):
                    z += x[i, step, k] * Wx[k, j]
                for k in range(n_a):
                    z += a_prev[k] * Wa[k, j]
                a[i, step, j] = np.tanh(z)
            a_prev = a[i, step]
    return a


def gru_forward_loops(x, parameters, reset="after"):
    """Run a GRU from zero states, one example, step and gate at a time.

    Args:
        x: inputs, shape (m, t, n_x).
        parameters: dict, as for `gru.gru_forward`.
        reset: "before" or "after" the recurrent product.

    Returns:
        All states, shape (m, t, n_a).

    Raises:
        ValueError: the shapes do not fit together, a parameter is NaN, or reset is unknown.

    Example:
        >>> b = np.array([0.0, 0.0, 9.0])
        >>> parameters = {"Wx": np.zeros((1, 3)), "Wa": np.zeros((1, 3)), "b": b}
        >>> gru_forward_loops(np.ones((1, 3, 1)), parameters, "before").round(3).ravel().tolist()
        [0.5, 0.75, 0.875]
    """
    x, Wx, Wa, *biases = checked_layer(x, parameters, 3, gru_biases(reset))
    Wxu, Wxr, Wxc = np.split(Wx, 3, axis=1)
    Wau, War, Wac = np.split(Wa, 3, axis=1)
    bu, br, bc = np.split(biases[0], 3)
    bau, bar, bac = np.split(biases[1], 3) if reset == "after" else (0, 0, 0)
    a = np.zeros((*x.shape[:2], len(Wa)), x.dtype)
    for i, sequence in enumerate(x):
        a_prev = np.zeros(len(Wa), x.dtype)
        for step, xt in enumerate(sequence):
            update = sigmoid(xt @ Wxu + bu + a_prev @ Wau + bau)
            reset_gate = sigmoid(xt @ Wxr + br + a_prev @ War + bar)
            if reset == "after":
                recurrent = reset_gate * (a_prev @ Wac + bac)
            else:
                recurrent = (reset_gate * a_prev) @ Wac
            candidate = np.tanh(xt @ Wxc + bc + recurrent)
            a_prev = a[i, step] = update * candidate + (1 - update) * a_prev
    return a


def lstm_forward_loops(x, parameters):
    """Run an LSTM from zero states, one example, step and gate at a time.

    Args:
        x: inputs, shape (m, t, n_x).
        parameters: dict, as for `lstm.lstm_forward`.

    Returns:
        All states, shape (m, t, n_a).

    Raises:
        ValueError: the shapes do not fit together, or a parameter is NaN.

    Example:
        >>> parameters = {"Wx": np.zeros((1, 4)), "Wa": np.zeros((1, 4)), "b": np.full(4, 99.0)}
        >>> lstm_forward_loops(np.ones((1, 3, 1)), parameters).round(3).ravel().tolist()
        [0.762, 0.964, 0.995]
    """
    x, Wx, Wa, b = checked_layer(x, parameters, gates=4)
    Wxf, Wxu, Wxo, Wxc = np.split(Wx, 4, axis=1)
    Waf, Wau, Wao, Wac = np.split(Wa, 4, axis=1)
    bf, bu, bo, bc = np.split(b, 4)
    a = np.zeros((*x.shape[:2], len(Wa)), x.dtype)
    for i, sequence in enumerate(x):
        a_prev = c = np.zeros(len(Wa), x.dtype)
        for step, xt in enumerate(sequence):
            forget = sigmoid(xt @ Wxf + a_prev @ Waf + bf)
            update = sigmoid(xt @ Wxu + a_prev @ Wau + bu)
            output = sigmoid(xt @ Wxo + a_prev @ Wao + bo)
            candidate = np.tanh(xt @ Wxc + a_prev @ Wac + bc)
            c = forget * c + update * candidate
            a_prev = a[i, step] = output * np.tanh(c)
    return a
