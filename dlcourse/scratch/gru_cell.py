"""One step of a GRU, forward and backward, in both conventions for the reset gate.

    [Γu Γr] = σ(xt Wx + a_prev Wa + b)                     update and reset gate
    c̃ = tanh(xt Wx + (Γr a_prev) Wa + b)                   reset before the recurrent product
    c̃ = tanh(xt Wx + Γr (a_prev Wa + ba) + b)              reset after it
    a = Γu c̃ + (1 - Γu) a_prev

The columns of Wx, Wa and b are three blocks of n_a, in the order update, reset, candidate. With the
reset after the product, that product has a bias ba of its own (and the gates get it too). After
needs one matrix product with the state per step, before needs two. As in the course, an open
update gate lets the new in; Keras's gate says how much of the old to keep (see `recurrent_keras`).
"""

import numpy as np

from dlcourse.scratch.recurrent_shapes import (
    checked_gradient,
    checked_parameters,
    checked_state,
    checked_step,
)
from dlcourse.scratch.squashing import sigmoid

__all__ = ["gru_biases", "gru_cell_backward", "gru_cell_forward"]

BIASES = {"before": ("b",), "after": ("b", "ba")}


def gru_biases(reset):
    """Tell which biases a GRU has.

    Args:
        reset: where the reset gate acts, "before" or "after" the recurrent product.

    Returns:
        Tuple of names.

    Raises:
        ValueError: reset is something else.

    Example:
        >>> gru_biases("before"), gru_biases("after")
        (('b',), ('b', 'ba'))
    """
    if reset not in BIASES:
        raise ValueError(f"reset: expected 'before' or 'after'; got {reset!r}")
    return BIASES[reset]


def gru_cell_forward(xt, a_prev, parameters, reset="after"):
    """Compute the next state of a GRU.

    Args:
        xt: inputs of this step, shape (m, n_x).
        a_prev: state before, shape (m, n_a).
        parameters: dict with Wx (n_x, 3 n_a), Wa (n_a, 3 n_a), b (3 n_a,) and, where the reset
            comes after the product, ba (3 n_a,); blocks of columns in the order update, reset,
            candidate.
        reset: "before" or "after" the recurrent product.

    Returns:
        (a, cache): a of shape (m, n_a), and what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit together, a parameter is NaN, or reset is unknown.

    Reference:
        Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014 (before);
        Chung et al., "Empirical evaluation of gated recurrent neural networks", 2014.

    Example:
        All weights zero: the gates are half open and the candidate is 0.

        >>> parameters = {"Wx": np.zeros((1, 3)), "Wa": np.zeros((1, 3)), "b": np.zeros(3)}
        >>> gru_cell_forward(np.ones((1, 1)), np.ones((1, 1)), parameters, "before")[0].tolist()
        [[0.5]]
    """
    xt = checked_step(xt)
    Wx, Wa, *biases = checked_parameters(parameters, xt.shape[1], 3, gru_biases(reset))
    a_prev = checked_state("a_prev", a_prev, (len(xt), len(Wa)), xt.dtype)
    from_input = np.split(xt @ Wx + biases[0], 3, axis=1)
    if reset == "after":
        gates, memory = _gates_after(from_input, a_prev, Wa, biases[1])
    else:
        gates, memory = _gates_before(from_input, a_prev, Wa)
    update, _, candidate = gates
    a = update * candidate + (1 - update) * a_prev
    return a, (xt, a_prev, gates, memory, Wx, Wa, reset)


def gru_cell_backward(da, cache):
    """Go back through one step.

    Args:
        da: gradient of the cost with respect to the state a, shape (m, n_a).
        cache: of `gru_cell_forward`.

    Returns:
        dict with dxt (m, n_x) and da_prev (m, n_a) per example, and dWx, dWa, db (and dba where
        the reset comes after the product) summed over the examples, each shaped like what it
        belongs to.

    Raises:
        ValueError: da does not have the shape of the state.

    Example:
        >>> parameters = {"Wx": np.zeros((1, 3)), "Wa": np.zeros((1, 3)), "b": np.zeros(3)}
        >>> _, cache = gru_cell_forward(np.ones((1, 1)), np.ones((1, 1)), parameters, "before")
        >>> gru_cell_backward(np.ones((1, 1)), cache)["db"].tolist()
        [-0.25, 0.0, 0.5]
    """
    xt, a_prev, (update, reset_gate, candidate), _, Wx, _, reset = cache
    da = checked_gradient("da", da, a_prev.shape, a_prev.dtype)
    dz_update = da * (candidate - a_prev) * update * (1 - update)
    dz_candidate = da * update * (1 - candidate**2)
    through = _through_after if reset == "after" else _through_before
    dz_reset, da_prev, recurrent = through(dz_update, dz_candidate, reset_gate, cache)
    dz = np.hstack([dz_update, dz_reset, dz_candidate])
    return {
        "dxt": dz @ Wx.T,
        "da_prev": da_prev + da * (1 - update),
        "dWx": xt.T @ dz,
        "db": dz.sum(axis=0),
        **recurrent,
    }


def _gates_before(from_input, a_prev, Wa):
    Wa_update, Wa_reset, Wa_candidate = np.split(Wa, 3, axis=1)
    update = sigmoid(from_input[0] + a_prev @ Wa_update)
    reset_gate = sigmoid(from_input[1] + a_prev @ Wa_reset)
    kept = reset_gate * a_prev
    return (update, reset_gate, np.tanh(from_input[2] + kept @ Wa_candidate)), kept


def _gates_after(from_input, a_prev, Wa, ba):
    from_state = np.split(a_prev @ Wa + ba, 3, axis=1)
    update = sigmoid(from_input[0] + from_state[0])
    reset_gate = sigmoid(from_input[1] + from_state[1])
    candidate = np.tanh(from_input[2] + reset_gate * from_state[2])
    return (update, reset_gate, candidate), from_state[2]


def _through_before(dz_update, dz_candidate, reset_gate, cache):
    _, a_prev, _, kept, _, Wa, _ = cache
    n_a = len(Wa)
    d_kept = dz_candidate @ Wa[:, 2 * n_a :].T
    dz_reset = d_kept * a_prev * reset_gate * (1 - reset_gate)
    dz_gates = np.hstack([dz_update, dz_reset])
    da_prev = dz_gates @ Wa[:, : 2 * n_a].T + d_kept * reset_gate
    return dz_reset, da_prev, {"dWa": np.hstack([a_prev.T @ dz_gates, kept.T @ dz_candidate])}


def _through_after(dz_update, dz_candidate, reset_gate, cache):
    _, a_prev, _, product, _, Wa, _ = cache
    dz_reset = dz_candidate * product * reset_gate * (1 - reset_gate)
    d_product = np.hstack([dz_update, dz_reset, dz_candidate * reset_gate])
    recurrent = {"dWa": a_prev.T @ d_product, "dba": d_product.sum(axis=0)}
    return dz_reset, d_product @ Wa.T, recurrent
