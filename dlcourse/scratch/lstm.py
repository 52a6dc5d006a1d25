"""An LSTM through time: the step of `lstm_cell`, over whole sequences.

The four gates of a step are one array (m, 4 n_a), in the order forget, update, output, candidate;
the loop works in place, and the gradients of the weights wait until after it.
"""

import numpy as np

from dlcourse.scratch.gates import gate_blocks, open_gates, slopes_into
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
    step_product,
    steps_first,
)

__all__ = ["lstm_backward", "lstm_forward"]


def lstm_forward(x, parameters, state=None, mask=None):
    """Run an LSTM over a batch of sequences.

    Args:
        x: inputs, shape (m, t, n_x).
        parameters: dict with Wx (n_x, 4 n_a), Wa (n_a, 4 n_a), b (4 n_a,); blocks of columns in
            the order forget, update, output, candidate.
        state: pair (a0, c0) of initial state and memory, each (m, n_a); zeros if None.
        mask: booleans (m, t), True at real steps; at padding state and memory stand still. None:
            all steps are real.

    Returns:
        (a, (a_last, c_last), cache): all states (m, t, n_a), the last state and memory (m, n_a),
        and what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit together, or a parameter is NaN.

    Reference:
        Hochreiter and Schmidhuber, "Long short-term memory", 1997.

    Example:
        All weights zero: the forget gate is half open, and nothing new comes.

        >>> parameters = {"Wx": np.zeros((1, 4)), "Wa": np.zeros((1, 4)), "b": np.zeros(4)}
        >>> one = np.ones((1, 1))
        >>> lstm_forward(np.ones((1, 3, 1)), parameters, (one, one))[1][1].item()
        0.125
    """
    x, Wx, Wa, b = checked_layer(x, parameters, gates=4)
    m, t, _ = x.shape
    a0, c0 = _checked_pair(("a0", "c0"), state, (m, len(Wa)), x.dtype)
    padding = padding_of(checked_mask(mask, (m, t)))
    steps = steps_first(x)
    gates = input_product(steps, Wx, b)
    a, c = states_over_time(a0, t), states_over_time(c0, t)
    times_Wa = step_product(Wa, m)
    tanh_c, from_state = np.empty((t, *a0.shape), x.dtype), np.empty_like(gates[0])
    for step in range(t):
        times_Wa(a[step], out=from_state)
        gates[step] += from_state
        open_gates(gates[step], n_gates=3)
        _remember(gates[step], c[step], (a[step + 1], c[step + 1], tanh_c[step]))
        hold_padding(a, step, padding)
        hold_padding(c, step, padding)
    last = a[-1].copy(), c[-1].copy()
    return examples_first(a[1:]), last, (steps, gates, a, c, tanh_c, padding, Wx, Wa)


def lstm_backward(da, cache, d_state=None):
    """Backpropagate through time.

    Args:
        da: gradient of the cost with respect to all states, from the outputs at their steps only,
            shape (m, t, n_a).
        cache: of `lstm_forward`.
        d_state: pair of gradients with respect to a_last and c_last, each (m, n_a); zeros if None.

    Returns:
        dict with dx (m, t, n_x), da0 and dc0 (m, n_a) per example, and dWx, dWa, db summed over
        examples and steps, each shaped like what it belongs to.

    Raises:
        ValueError: a gradient does not have the shape of what it belongs to.

    Example:
        What was in the memory at first is halved in each of three steps, and so is its gradient.

        >>> parameters = {"Wx": np.zeros((1, 4)), "Wa": np.zeros((1, 4)), "b": np.zeros(4)}
        >>> _, _, cache = lstm_forward(np.ones((1, 3, 1)), parameters)
        >>> d_state = np.zeros((1, 1)), np.ones((1, 1))
        >>> lstm_backward(np.zeros((1, 3, 1)), cache, d_state)["dc0"].item()
        0.125
    """
    steps, gates, a, c, tanh_c, padding, Wx, Wa = cache
    (t, m, _), n_a, dtype = steps.shape, len(Wa), a.dtype
    upstream = steps_first(checked_gradient("da", da, (m, t, n_a), dtype))
    d_a, d_c = map(np.array, _checked_pair(("da_last", "dc_last"), d_state, (m, n_a), dtype))
    times_Wa_transposed = step_product(Wa.T, m)
    dZ, room = np.empty_like(gates), np.empty((m, n_a), dtype)
    for step in reversed(range(t)):
        d_a += upstream[step]
        passing_a = release_padding(d_a, step, padding)
        passing_c = release_padding(d_c, step, padding)
        _add_to_memory(d_c, d_a, gates[step], tanh_c[step], room)
        _gate_gradients(dZ[step], gates[step], (d_a, d_c), (c[step], tanh_c[step]))
        times_Wa_transposed(dZ[step], out=d_a)
        d_c *= gates[step][:, :n_a]
        d_a += passing_a
        d_c += passing_c
    weights = {"dWa": state_gradients(a[:-1], dZ)}
    return {**input_gradients(steps, dZ, Wx), **weights, "da0": d_a, "dc0": d_c}


def _checked_pair(names, pair, shape, dtype):
    pair = (None, None) if pair is None else pair
    if len(pair) != 2:
        raise ValueError(f"{', '.join(names)}: expected a pair of arrays; got {len(pair)} of them")
    states = (checked_state(*named, shape, dtype) for named in zip(names, pair, strict=True))
    return [state.astype(dtype, copy=False) for state in states]


def _remember(gates, c_prev, after):
    forget, update, output, candidate = gate_blocks(gates, 4)
    a, c, tanh_c = after
    np.multiply(update, candidate, out=c)
    np.multiply(forget, c_prev, out=tanh_c)  # its place is free until the next line but one
    c += tanh_c
    np.tanh(c, out=tanh_c)
    np.multiply(output, tanh_c, out=a)


def _add_to_memory(d_c, d_a, gates, tanh_c, room):
    # d_c += d_a · Γo · (1 - tanh²c)
    np.multiply(tanh_c, tanh_c, out=room)
    np.subtract(1, room, out=room)
    room *= gate_blocks(gates, 4)[2]
    room *= d_a
    d_c += room


def _gate_gradients(dz, gates, gradients, memory):
    (d_a, d_c), (c_prev, tanh_c) = gradients, memory
    _, update, _, candidate = gate_blocks(gates, 4)
    slopes_into(dz, gates, n_gates=3)
    blocks = gate_blocks(dz, 4)
    for block, other in zip(blocks, (c_prev, candidate, tanh_c, update), strict=True):
        np.multiply(block, other, out=block)
    for block, gradient in zip(blocks, (d_c, d_c, d_a, d_c), strict=True):
        np.multiply(block, gradient, out=block)
