"""Truncated backpropagation through time: states flow on for ever, gradients only so far.

A long sequence is cut into windows. Each begins with the state in which the one before ended, so
that the forward pass is exact; the gradient stops at the edge of the window, so that memory and
time of a backward pass depend on the window and not on the sequence.
"""

import numpy as np

from dlcourse.scratch.ranges import whole_number
from dlcourse.scratch.recurrent_kinds import recurrent_kind
from dlcourse.scratch.recurrent_shapes import checked_sequence

__all__ = ["time_windows", "truncated_backpropagation"]


def time_windows(t, window):
    """Cut a number of steps into windows.

    Args:
        t: number of steps, at least 1.
        window: steps in a window, at least 1; the last window may be shorter.

    Returns:
        List of slices.

    Raises:
        ValueError: a number is below 1.

    Example:
        >>> time_windows(5, 2)
        [slice(0, 2, None), slice(2, 4, None), slice(4, 5, None)]
    """
    t, window = whole_number("t", t, least=1), whole_number("window", window, least=1)
    return [slice(start, min(start + window, t)) for start in range(0, t, window)]


def truncated_backpropagation(x, upstream, parameters, window, kind="lstm"):
    """Run over long sequences, and sum up gradients that stay within their windows.

    Args:
        x: inputs, shape (m, t, n_x).
        upstream: function (a, steps) -> da. It gets the states a (m, k, n_a) of the window with
            the slice `steps` of the sequence, and returns the gradient of the cost with respect to
            them, of the same shape.
        parameters: dict of the network's parameters.
        window: steps in a window, at least 1; from t on, the gradient is exact.
        kind: "rnn", "gru_reset_before", "gru_reset_after" or "lstm".

    Returns:
        (a, state, gradients): all states (m, t, n_a), the last state (to go on from), and a dict
        with dx (m, t, n_x) and the gradients of the parameters.

    Raises:
        ValueError: the shapes do not fit together, a parameter is NaN, the window is below 1, or
            the kind is unknown.

    Reference:
        Williams and Peng, "An efficient gradient-based algorithm for on-line training of recurrent
        network trajectories", 1990.

    Example:
        Every output has 1, 2, 3, 4 ways back to b; within windows of two steps 1, 2, 1, 2.

        >>> parameters = {"Wx": np.zeros((1, 1)), "Wa": np.ones((1, 1)), "b": np.zeros(1)}
        >>> for window in (4, 2):
        ...     _, _, gradients = truncated_backpropagation(
        ...         np.zeros((1, 4, 1)), lambda a, steps: np.ones_like(a), parameters, window, "rnn"
        ...     )
        ...     print(gradients["db"].item())
        10.0
        6.0
    """
    forward, backward = recurrent_kind(kind)
    x = checked_sequence(x)
    state, outputs, dx, total = None, [], [], {}
    for steps in time_windows(x.shape[1], window):
        a, state, cache = forward(x[:, steps], parameters, state)
        gradients = backward(upstream(a, steps), cache)
        outputs.append(a)
        dx.append(gradients["dx"])
        total = {
            f"d{name}": total.get(f"d{name}", 0) + gradients[f"d{name}"] for name in parameters
        }
    return np.concatenate(outputs, axis=1), state, {"dx": np.concatenate(dx, axis=1), **total}
