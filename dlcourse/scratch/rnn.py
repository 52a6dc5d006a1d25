"""A plain recurrent network through time: the step of `rnn_cell`, over whole sequences."""

import numpy as np

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

__all__ = ["rnn_backward", "rnn_forward"]


def rnn_forward(x, parameters, a0=None, mask=None):
    """Run a plain recurrent network over a batch of sequences.

    Args:
        x: inputs, shape (m, t, n_x).
        parameters: dict with Wx (n_x, n_a), Wa (n_a, n_a), b (n_a,).
        a0: initial state, shape (m, n_a); zeros if None.
        mask: booleans (m, t), True at real steps; at padding the state stands still. None: all
            steps are real.

    Returns:
        (a, a_last, cache): all states (m, t, n_a), the last one (m, n_a), and what the backward
        pass needs.

    Raises:
        ValueError: the shapes do not fit together, or a parameter is NaN.

    Reference:
        Elman, "Finding structure in time", 1990.

    Example:
        Without weights on the inputs, the state only sees itself.

        >>> parameters = {"Wx": np.zeros((1, 1)), "Wa": np.ones((1, 1)), "b": np.zeros(1)}
        >>> a, a_last, _ = rnn_forward(np.ones((1, 3, 1)), parameters, a0=np.ones((1, 1)))
        >>> a.round(3).ravel().tolist(), a_last.round(3).item()
        ([0.762, 0.642, 0.566], 0.566)
    """
    x, Wx, Wa, b = checked_layer(x, parameters, gates=1)
    m, t, _ = x.shape
    a0 = checked_state("a0", a0, (m, len(Wa)), x.dtype).astype(x.dtype, copy=False)
    padding = padding_of(checked_mask(mask, (m, t)))
    steps = steps_first(x)
    product, states = input_product(steps, Wx, b), states_over_time(a0, t)
    times_Wa, from_state = step_product(Wa, m), np.empty_like(a0)
    for step in range(t):
        times_Wa(states[step], out=from_state)
        product[step] += from_state
        np.tanh(product[step], out=states[step + 1])
        hold_padding(states, step, padding)
    return examples_first(states[1:]), states[-1].copy(), (steps, states, padding, Wx, Wa)


def rnn_backward(da, cache, da_last=None):
    """Backpropagate through time.

    Args:
        da: gradient of the cost with respect to all states, from the outputs at their steps only,
            shape (m, t, n_a).
        cache: of `rnn_forward`.
        da_last: gradient with respect to a_last, added to that of the last step, shape (m, n_a);
            zeros if None.

    Returns:
        dict with dx (m, t, n_x) and da0 (m, n_a) per example, and dWx, dWa, db summed over
        examples and steps, each shaped like what it belongs to.

    Raises:
        ValueError: a gradient does not have the shape of what it belongs to.

    Reference:
        Werbos, "Backpropagation through time: what it does and how to do it", 1990.

    Example:
        >>> parameters = {"Wx": np.zeros((1, 1)), "Wa": np.ones((1, 1)), "b": np.zeros(1)}
        >>> _, _, cache = rnn_forward(np.zeros((1, 3, 1)), parameters)
        >>> rnn_backward(np.ones((1, 3, 1)), cache)["db"].item()  # 3 + 2 + 1 ways to the outputs
        6.0
    """
    steps, states, padding, Wx, Wa = cache
    t, m, _ = steps.shape
    dtype, shape = states.dtype, states.shape[1:]
    upstream = steps_first(checked_gradient("da", da, (m, t, shape[1]), dtype))
    # a copy: the loop changes it in place
    d_state = np.array(checked_gradient("da_last", da_last, shape, dtype), dtype)
    times_Wa_transposed = step_product(Wa.T, m)
    dZ = np.empty((t, *shape), dtype)
    for step in reversed(range(t)):
        d_state += upstream[step]
        passing = release_padding(d_state, step, padding)
        np.multiply(d_state, 1 - states[step + 1] ** 2, out=dZ[step])
        times_Wa_transposed(dZ[step], out=d_state)
        d_state += passing
    weights = {"dWa": state_gradients(states[:-1], dZ)}
    return {**input_gradients(steps, dZ, Wx), **weights, "da0": d_state}
