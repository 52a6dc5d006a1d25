"""One step of a plain recurrent network, forward and backward.

    a = tanh(xt Wx + a_prev Wa + b)

The parameters are those of `recurrent_shapes` with a single block of columns. The prediction from
the state, y = softmax(a Wy + by), is a dense layer on top and not part of the cell.
"""

import numpy as np

from dlcourse.scratch.recurrent_shapes import (
    checked_gradient,
    checked_parameters,
    checked_state,
    checked_step,
)

__all__ = ["rnn_cell_backward", "rnn_cell_forward"]


def rnn_cell_forward(xt, a_prev, parameters):
    """Compute the next state of a plain recurrent network.

    Args:
        xt: inputs of this step, shape (m, n_x).
        a_prev: state before, shape (m, n_a).
        parameters: dict with Wx (n_x, n_a), Wa (n_a, n_a), b (n_a,).

    Returns:
        (a, cache): a of shape (m, n_a), in [-1, 1], and what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit together, or a parameter is NaN.

    Reference:
        Elman, "Finding structure in time", 1990.

    Example:
        >>> parameters = {"Wx": np.ones((1, 1)), "Wa": -np.ones((1, 1)), "b": np.zeros(1)}
        >>> rnn_cell_forward(np.array([[2.0]]), np.array([[2.0]]), parameters)[0].tolist()
        [[0.0]]
    """
    xt = checked_step(xt)
    Wx, Wa, b = checked_parameters(parameters, xt.shape[1], gates=1)
    a_prev = checked_state("a_prev", a_prev, (len(xt), len(Wa)), xt.dtype)
    a = np.tanh(xt @ Wx + a_prev @ Wa + b)
    return a, (xt, a_prev, a, Wx, Wa)


def rnn_cell_backward(da, cache):
    """Go back through one step.

    Args:
        da: gradient of the cost with respect to the state a: from this step's output and from the
            next step together; shape (m, n_a).
        cache: of `rnn_cell_forward`.

    Returns:
        dict with dxt (m, n_x) and da_prev (m, n_a) per example, and dWx, dWa, db summed over the
        examples, each shaped like what it belongs to.

    Raises:
        ValueError: da does not have the shape of a.

    Example:
        >>> parameters = {"Wx": np.ones((1, 1)), "Wa": -np.ones((1, 1)), "b": np.zeros(1)}
        >>> _, cache = rnn_cell_forward(np.array([[2.0]]), np.array([[2.0]]), parameters)
        >>> {name: d.item() for name, d in rnn_cell_backward(np.array([[1.0]]), cache).items()}
        {'dxt': 1.0, 'da_prev': -1.0, 'dWx': 2.0, 'dWa': 2.0, 'db': 1.0}
    """
    xt, a_prev, a, Wx, Wa = cache
    dz = checked_gradient("da", da, a.shape, a.dtype) * (1 - a**2)
    return {
        "dxt": dz @ Wx.T,
        "da_prev": dz @ Wa.T,
        "dWx": xt.T @ dz,
        "dWa": a_prev.T @ dz,
        "db": dz.sum(axis=0),
    }
