"""Vanishing and exploding gradients, measured: how far back does a cost at the end reach?

Going back one step multiplies the gradient by the same weights again. Factors below 1 make it
vanish, factors above 1 make it explode, both exponentially in the number of steps.
"""

import numpy as np

from dlcourse.scratch.recurrent_kinds import cell_of_kind
from dlcourse.scratch.recurrent_shapes import checked_sequence
from dlcourse.scratch.unrolled import unroll_forward

__all__ = ["factor_per_step", "gradient_norms_over_time"]


def gradient_norms_over_time(x, parameters, kind="lstm"):
    """Measure the gradient of the last outputs with respect to the state at every step.

    The cost is the sum of all units of the last state a, over all examples, divided by √(m n_a):
    its gradient there has length 1.

    Args:
        x: inputs, shape (m, t, n_x), m at least 1.
        parameters: dict of the network's parameters.
        kind: "rnn", "gru_reset_before", "gru_reset_after" or "lstm".

    Returns:
        Array (t,): the length of the gradient with respect to the state at each step (for an LSTM
        state and memory together); the last is 1.

    Raises:
        ValueError: the batch is empty, the shapes do not fit together, a parameter is NaN, or the
            kind is unknown.

    Reference:
        Bengio, Simard and Frasconi, "Learning long-term dependencies with gradient descent is
        difficult", 1994; Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent
        neural networks", 2013.

    Example:
        >>> parameters = {"Wx": np.zeros((1, 1)), "Wa": np.array([[0.5]]), "b": np.zeros(1)}
        >>> gradient_norms_over_time(np.zeros((1, 4, 1)), parameters, kind="rnn").tolist()
        [0.125, 0.25, 0.5, 1.0]
    """
    cell_forward, cell_backward = cell_of_kind(kind)
    x = checked_sequence(x)
    if len(x) == 0:
        raise ValueError("x: expected at least one example to measure on; got an empty batch")
    state = (None,) * (2 if kind == "lstm" else 1)
    a, state, caches = unroll_forward(cell_forward, x, state, parameters)
    d_state = [np.full_like(state[0], 1 / np.sqrt(a[:, -1].size)), *map(np.zeros_like, state[1:])]
    norms = [_length(d_state)]
    for cache in reversed(caches[1:]):
        gradients = cell_backward(*d_state, cache)
        d_state = [gradients[name] for name in ("da_prev", "dc_prev") if name in gradients]
        norms.append(_length(d_state))
    return np.array(norms[::-1])


def factor_per_step(norms):
    """Tell by what the gradient is multiplied per step back, on average.

    Args:
        norms: lengths of the gradient at every step, shape (t,) with t at least 2, as
            `gradient_norms_over_time` returns them; the last above 0.

    Returns:
        float: the geometric mean of the factors; below 1 the gradient vanishes, above 1 it
        explodes.

    Raises:
        ValueError: norms are no such array.

    Example:
        >>> factor_per_step([0.125, 0.25, 0.5, 1.0])
        0.5
    """
    norms = np.asarray(norms, dtype=np.float64)
    if norms.ndim != 1 or len(norms) < 2 or not norms[-1] > 0:
        raise ValueError(
            "norms: expected the lengths at two steps or more, the last above 0; got "
            f"shape {norms.shape}"
        )
    return float((norms[0] / norms[-1]) ** (1 / (len(norms) - 1)))


def _length(arrays):
    return float(np.sqrt(sum(np.sum(np.square(array)) for array in arrays)))
