"""A GRU through time: the step of `gru_cell`, over whole sequences, in both reset conventions.

The three gates of a step are one array (m, 3 n_a), in the order update, reset, candidate.
"""

import numpy as np

from dlcourse.scratch.gates import gate_blocks, sigmoid_in_place, slopes_into
from dlcourse.scratch.gru_cell import gru_biases
from dlcourse.scratch.recurrent_shapes import (
    checked_gradient,
    checked_layer,
    checked_mask,
    checked_state,
)
from dlcourse.scratch.through_time import (
    examples_first,
    hold_padding,
    input_gradients,
    input_product,
    padding_of,
    release_padding,
    state_gradients,
    states_over_time,
    steps_first,
)

__all__ = ["gru_backward", "gru_forward"]


def gru_forward(x, parameters, a0=None, mask=None, reset="after"):
    """Run a GRU over a batch of sequences.

    Args:
        x: inputs, shape (m, t, n_x).
        parameters: dict with Wx (n_x, 3 n_a), Wa (n_a, 3 n_a), b (3 n_a,) and, where the reset
            comes after the product, ba (3 n_a,); blocks of columns in the order update, reset,
            candidate.
        a0: initial state, shape (m, n_a); zeros if None.
        mask: booleans (m, t), True at real steps; at padding the state stands still. None: all
            steps are real.
        reset: "before" or "after" the recurrent product.

    Returns:
        (a, a_last, cache): all states (m, t, n_a), the last one (m, n_a), and what the backward
        pass needs.

    Raises:
        ValueError: the shapes do not fit together, a parameter is NaN, or reset is unknown.

    Reference:
        Cho et al., "Learning phrase representations using RNN encoder-decoder", 2014.

    Example:
        All weights zero: the update gate is half open, and the candidate is 0.

        >>> parameters = {"Wx": np.zeros((1, 3)), "Wa": np.zeros((1, 3)), "b": np.zeros(3)}
        >>> a0 = np.ones((1, 1))
        >>> gru_forward(np.ones((1, 3, 1)), parameters, a0, reset="before")[0].ravel().tolist()
        [0.5, 0.25, 0.125]
    """
    x, Wx, Wa, *biases = checked_layer(x, parameters, 3, gru_biases(reset))
    m, t, _ = x.shape
    a0 = checked_state("a0", a0, (m, len(Wa)), x.dtype).astype(x.dtype, copy=False)
    padding = padding_of(checked_mask(mask, (m, t)))
    steps = steps_first(x)
    gates, states = input_product(steps, Wx, biases[0]), states_over_time(a0, t)
    # what the candidate needs of the state: Γr a_prev (before) or a_prev Wa + ba (after)
    memory = np.empty((t, *a0.shape), x.dtype)
    recur = _recur_after(Wa, biases[1]) if reset == "after" else _recur_before(Wa)
    for step in range(t):
        recur(gates[step], states[step], memory[step])
        _blend(gates[step], states[step], states[step + 1])
        hold_padding(states, step, padding)
    cache = (steps, gates, states, memory, padding, Wx, Wa, reset)
    return examples_first(states[1:]), states[-1].copy(), cache


def gru_backward(da, cache, da_last=None):
    """Backpropagate through time.

    Args:
        da: gradient of the cost with respect to all states, from the outputs at their steps only,
            shape (m, t, n_a).
        cache: of `gru_forward`.
        da_last: gradient with respect to a_last, added to that of the last step, shape (m, n_a);
            zeros if None.

    Returns:
        dict with dx (m, t, n_x) and da0 (m, n_a) per example, and dWx, dWa, db (and dba where the
        reset comes after the product) summed over examples and steps, each shaped like what it
        belongs to.

    Raises:
        ValueError: a gradient does not have the shape of what it belongs to.

    Example:
        >>> parameters = {"Wx": np.zeros((1, 3)), "Wa": np.zeros((1, 3)), "b": np.zeros(3)}
        >>> _, _, cache = gru_forward(np.ones((1, 3, 1)), parameters, reset="before")
        >>> gru_backward(np.zeros((1, 3, 1)), cache, da_last=np.ones((1, 1)))["da0"].item()
        0.125
    """
    steps, gates, states, memory, padding, Wx, Wa, reset = cache
    (t, m, _), n_a, dtype = steps.shape, len(Wa), states.dtype
    upstream = steps_first(checked_gradient("da", da, (m, t, n_a), dtype))
    # a copy: the loop changes it in place
    d_state = np.array(checked_gradient("da_last", da_last, (m, n_a), dtype), dtype)
    dZ = np.empty_like(gates)
    back = _back_after if reset == "after" else _back_before
    for step in reversed(range(t)):
        d_state += upstream[step]
        passing = release_padding(d_state, step, padding)
        kept = d_state * (1 - gates[step][:, :n_a])
        _update_and_candidate_gradients(dZ[step], gates[step], states[step], d_state)
        back(dZ[step], gates[step], (states[step], memory[step]), Wa, d_state)
        d_state += kept
        d_state += passing
    weights = (_weights_after if reset == "after" else _weights_before)(dZ, gates, states, memory)
    return {**input_gradients(steps, dZ, Wx), **weights, "da0": d_state}


def _recur_before(Wa):
    n_a = len(Wa)
    # contiguous blocks: each is multiplied once per step
    Wa_gates, Wa_candidate = Wa[:, : 2 * n_a].copy(), Wa[:, 2 * n_a :].copy()

    def recur(z, a_prev, kept):
        gates, candidate = z[:, : 2 * n_a], z[:, 2 * n_a :]
        gates += a_prev @ Wa_gates
        sigmoid_in_place(gates)
        np.multiply(gates[:, n_a:], a_prev, out=kept)
        candidate += kept @ Wa_candidate
        np.tanh(candidate, out=candidate)

    return recur


def _recur_after(Wa, ba):
    n_a = len(Wa)

    def recur(z, a_prev, product):
        gates, candidate = z[:, : 2 * n_a], z[:, 2 * n_a :]
        from_state = a_prev @ Wa
        from_state += ba
        gates += from_state[:, : 2 * n_a]
        sigmoid_in_place(gates)
        product[:] = from_state[:, 2 * n_a :]
        candidate += gates[:, n_a:] * product
        np.tanh(candidate, out=candidate)

    return recur


def _blend(gates, a_prev, a):
    # Γu c̃ + (1 - Γu) a_prev
    update, _, candidate = gate_blocks(gates, 3)
    np.subtract(candidate, a_prev, out=a)
    a *= update
    a += a_prev


def _update_and_candidate_gradients(dz, gates, a_prev, d_state):
    update, _, candidate = gate_blocks(gates, 3)
    d_update, _, d_candidate = gate_blocks(dz, 3)
    slopes_into(dz, gates, n_gates=2)  # the reset's block waits for `back`
    d_update *= candidate - a_prev
    d_update *= d_state
    d_candidate *= update
    d_candidate *= d_state


def _back_before(dz, gates, before, Wa, d_state):
    a_prev, _ = before
    n_a = len(Wa)
    _, d_reset, d_candidate = gate_blocks(dz, 3)
    d_kept = d_candidate @ Wa[:, 2 * n_a :].T
    d_reset *= d_kept
    d_reset *= a_prev
    np.matmul(dz[:, : 2 * n_a], Wa[:, : 2 * n_a].T, out=d_state)
    d_kept *= gates[:, n_a : 2 * n_a]
    d_state += d_kept


def _back_after(dz, gates, before, Wa, d_state):
    _, product = before
    _, d_reset, d_candidate = gate_blocks(dz, 3)
    d_reset *= d_candidate
    d_reset *= product
    d_product = _product_gradient(dz, gates)
    np.matmul(d_product, Wa.T, out=d_state)


def _weights_before(dZ, gates, states, kept):
    del gates
    n_a = kept.shape[2]
    parts = (states[:-1], dZ[..., : 2 * n_a]), (kept, dZ[..., 2 * n_a :])
    return {"dWa": np.hstack([state_gradients(*part) for part in parts])}


def _weights_after(dZ, gates, states, product):
    del product
    d_product = _product_gradient(dZ, gates)
    return {
        "dWa": state_gradients(states[:-1], d_product),
        "dba": d_product.sum(axis=(0, 1)),
    }


def _product_gradient(dz, gates):
    # a_prev Wa + ba reaches the gates as it is and the candidate through the reset gate
    n_a = gates.shape[-1] // 3
    d_product = dz.copy()
    d_product[..., 2 * n_a :] *= gates[..., n_a : 2 * n_a]
    return d_product
