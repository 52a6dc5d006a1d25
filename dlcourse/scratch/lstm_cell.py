"""One step of an LSTM, forward and backward.

    [Γf Γu Γo] = σ(xt Wx + a_prev Wa + b)      forget, update and output gate
    c̃ = tanh(xt Wx + a_prev Wa + b)            candidate
    c = Γf c_prev + Γu c̃                       memory
    a = Γo tanh(c)                             state

The columns of Wx, Wa and b are four blocks of n_a, in the order forget, update, output, candidate:
the three that go through σ lie side by side.
"""

import numpy as np

from dlcourse.scratch.recurrent_shapes import (
    checked_gradient,
    checked_parameters,
    checked_state,
    checked_step,
)
from dlcourse.scratch.squashing import sigmoid

__all__ = ["lstm_cell_backward", "lstm_cell_forward"]


def lstm_cell_forward(xt, a_prev, c_prev, parameters):
    """Compute the next state and memory of an LSTM.

    Args:
        xt: inputs of this step, shape (m, n_x).
        a_prev: state before, shape (m, n_a).
        c_prev: memory before, shape (m, n_a).
        parameters: dict with Wx (n_x, 4 n_a), Wa (n_a, 4 n_a), b (4 n_a,); blocks of columns in
            the order forget, update, output, candidate.

    Returns:
        (a, c, cache): state and memory, both (m, n_a), and what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit together, or a parameter is NaN.

    Reference:
        Hochreiter and Schmidhuber, "Long short-term memory", 1997; the forget gate from Gers,
        Schmidhuber and Cummins, "Learning to forget", 2000.

    Example:
        All weights zero: every gate is half open and the candidate is 0.

        >>> parameters = {"Wx": np.zeros((1, 4)), "Wa": np.zeros((1, 4)), "b": np.zeros(4)}
        >>> one = np.ones((1, 1))
        >>> a, c, _ = lstm_cell_forward(one, one, one, parameters)
        >>> c.item(), a.round(4).item()
        (0.5, 0.2311)
    """
    xt = checked_step(xt)
    Wx, Wa, b = checked_parameters(parameters, xt.shape[1], gates=4)
    a_prev = checked_state("a_prev", a_prev, (len(xt), len(Wa)), xt.dtype)
    c_prev = checked_state("c_prev", c_prev, (len(xt), len(Wa)), xt.dtype)
    forget, update, output, candidate = np.split(xt @ Wx + a_prev @ Wa + b, 4, axis=1)
    forget, update, output = sigmoid(forget), sigmoid(update), sigmoid(output)
    candidate = np.tanh(candidate)
    c = forget * c_prev + update * candidate
    a = output * np.tanh(c)
    return a, c, (xt, a_prev, c_prev, c, (forget, update, output, candidate), Wx, Wa)


def lstm_cell_backward(da, dc, cache):
    """Go back through one step.

    Args:
        da: gradient of the cost with respect to the state a, shape (m, n_a).
        dc: gradient of the cost with respect to the memory c, from the next step only (what
            reaches c through a is added here), shape (m, n_a).
        cache: of `lstm_cell_forward`.

    Returns:
        dict with dxt (m, n_x), da_prev and dc_prev (m, n_a) per example, and dWx, dWa, db summed
        over the examples, each shaped like what it belongs to.

    Raises:
        ValueError: da or dc does not have the shape of the state.

    Example:
        >>> parameters = {"Wx": np.zeros((1, 4)), "Wa": np.zeros((1, 4)), "b": np.zeros(4)}
        >>> one, zero = np.ones((1, 1)), np.zeros((1, 1))
        >>> *_, cache = lstm_cell_forward(one, one, zero, parameters)
        >>> lstm_cell_backward(zero, one, cache)["db"].tolist()  # only the candidate moves c
        [0.0, 0.0, 0.0, 0.5]
    """
    xt, a_prev, c_prev, c, (forget, update, output, candidate), Wx, Wa = cache
    da = checked_gradient("da", da, c.shape, c.dtype)
    tanh_c = np.tanh(c)
    dc = checked_gradient("dc", dc, c.shape, c.dtype) + da * output * (1 - tanh_c**2)
    dz = np.hstack(
        [
            dc * c_prev * forget * (1 - forget),
            dc * candidate * update * (1 - update),
            da * tanh_c * output * (1 - output),
            dc * update * (1 - candidate**2),
        ]
    )
    return {
        "dxt": dz @ Wx.T,
        "da_prev": dz @ Wa.T,
        "dc_prev": dc * forget,  # no matrix and no squashing in between: why an LSTM remembers
        "dWx": xt.T @ dz,
        "dWa": a_prev.T @ dz,
        "db": dz.sum(axis=0),
    }
