"""A recurrent network unrolled: any cell, one copy per step, forward and backward through time.

This is what a recurrent network is. The functions of `rnn`, `gru` and `lstm` give the same results
and move the matrix products out of the loop.
"""

import numpy as np

from dlcourse.scratch.recurrent_shapes import checked_gradient, checked_sequence

__all__ = ["unroll_backward", "unroll_forward"]


def unroll_forward(cell_forward, x, state, parameters):
    """Run a cell over a batch of sequences.

    Args:
        cell_forward: function (xt, *state, parameters) -> (*state, cache), such as
            `rnn_cell_forward` or `lstm_cell_forward`.
        x: inputs, shape (m, t, n_x).
        state: tuple of initial states, each (m, n_a): (a0,), for an LSTM (a0, c0).
        parameters: dict of the cell's parameters; the same at every step.

    Returns:
        (a, state, caches): all states a (m, t, n_a), the tuple of last states, and a list with the
        cache of every step.

    Raises:
        ValueError: the shapes do not fit together, or a parameter is NaN.

    Example:
        >>> from dlcourse.scratch.rnn_cell import rnn_cell_forward
        >>> parameters = {"Wx": np.zeros((1, 1)), "Wa": np.ones((1, 1)), "b": np.zeros(1)}
        >>> x, a0 = np.zeros((1, 3, 1)), np.ones((1, 1))
        >>> unroll_forward(rnn_cell_forward, x, (a0,), parameters)[0].round(3).ravel().tolist()
        [0.762, 0.642, 0.566]
    """
    x = checked_sequence(x)
    outputs, caches = [], []
    for step in range(x.shape[1]):
        *state, cache = cell_forward(x[:, step], *state, parameters)
        outputs.append(state[0])
        caches.append(cache)
    return np.stack(outputs, axis=1), tuple(state), caches


def unroll_backward(cell_backward, da, caches, d_state):
    """Backpropagate through the copies of a cell, the last one first.

    Args:
        cell_backward: function (*d_state, cache) -> dict of gradients, such as
            `rnn_cell_backward` or `lstm_cell_backward`.
        da: gradient of the cost with respect to all states a, from the outputs at their steps
            only, shape (m, t, n_a).
        caches: of `unroll_forward`.
        d_state: tuple of gradients with respect to the last states, each (m, n_a); added to those
            of the last step.

    Returns:
        dict with dx (m, t, n_x), da0 (and dc0) (m, n_a) per example, and the gradients of the
        parameters summed over examples and steps: all copies share them.

    Raises:
        ValueError: da does not have a step for each cache.

    Example:
        >>> from dlcourse.scratch.rnn_cell import rnn_cell_backward, rnn_cell_forward
        >>> parameters = {"Wx": np.zeros((1, 1)), "Wa": np.ones((1, 1)), "b": np.zeros(1)}
        >>> zero = np.zeros((1, 1))
        >>> x = np.zeros((1, 3, 1))
        >>> _, _, caches = unroll_forward(rnn_cell_forward, x, (zero,), parameters)
        >>> unroll_backward(rnn_cell_backward, np.ones((1, 3, 1)), caches, (zero,))["db"].item()
        6.0
    """
    m, n_a = d_state[0].shape
    da = checked_gradient("da", da, (m, len(caches), n_a), d_state[0].dtype)
    dx, total = [], {}
    for step in reversed(range(len(caches))):
        gradients = cell_backward(d_state[0] + da[:, step], *d_state[1:], caches[step])
        dx.insert(0, gradients.pop("dxt"))
        d_state = [gradients.pop(f"d{name}_prev") for name in "ac"[: len(d_state)]]
        total = {name: total.get(name, 0) + gradient for name, gradient in gradients.items()}
    initial = {f"d{name}0": d for name, d in zip("ac", d_state, strict=False)}
    return {"dx": np.stack(dx, axis=1), **initial, **total}
