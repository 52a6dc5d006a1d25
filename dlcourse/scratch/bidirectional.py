"""Two recurrent networks that read a sequence from both ends.

At every step the states of both lie side by side: one has seen everything before, the other
everything after. The second reads the sequence, and its mask, from the last step to the first. At
padding, where the two would hold states from different ends of the sequence, the result is 0.
"""

import numpy as np

from dlcourse.scratch.recurrent_kinds import recurrent_kind
from dlcourse.scratch.recurrent_shapes import checked_gradient, checked_mask, checked_sequence

__all__ = ["bidirectional_backward", "bidirectional_forward"]


def bidirectional_forward(x, parameters, kind="lstm", mask=None):
    """Run two recurrent networks over a batch of sequences, one in each direction.

    Args:
        x: inputs, shape (m, t, n_x).
        parameters: dict with "forward" and "backward", each the parameters of one network, with
            n_a and n_b units.
        kind: "rnn", "gru_reset_before", "gru_reset_after" or "lstm".
        mask: booleans (m, t), True at real steps; None: all steps are real.

    Returns:
        (a, a_last, cache): all states (m, t, n_a + n_b), 0 at padding; the state of each network
        after its whole sequence (m, n_a + n_b), that is the backward one's at the first step; and
        what the backward pass needs.

    Raises:
        ValueError: the shapes do not fit together, a parameter is NaN, or the kind is unknown.

    Reference:
        Schuster and Paliwal, "Bidirectional recurrent neural networks", 1997.

    Example:
        >>> one = {"Wx": np.ones((1, 1)), "Wa": np.ones((1, 1)), "b": np.zeros(1)}
        >>> x = np.array([[[9.0], [0.0]]])
        >>> a, _, _ = bidirectional_forward(x, {"forward": one, "backward": one}, kind="rnn")
        >>> a.round(2).tolist()  # at the second step only the forward network has seen the 9
        [[[1.0, 1.0], [0.76, 0.0]]]
    """
    forward, backward = recurrent_kind(kind)
    _check_directions(parameters)
    x = checked_sequence(x)
    mask = checked_mask(mask, x.shape[:2])
    a, _, cache = forward(x, parameters["forward"], None, mask)
    reversed_mask = None if mask is None else mask[:, ::-1]
    b, _, reversed_cache = forward(x[:, ::-1], parameters["backward"], None, reversed_mask)
    a_last = np.concatenate([a[:, -1], b[:, -1]], axis=1)
    states = np.concatenate([a, b[:, ::-1]], axis=2)
    _clear_padding(states, mask)
    return states, a_last, (backward, cache, reversed_cache, a.shape[2], states.shape, mask)


def bidirectional_backward(da, cache, da_last=None):
    """Backpropagate through both networks, each from its own end.

    Args:
        da: gradient of the cost with respect to all states, shape (m, t, n_a + n_b).
        cache: of `bidirectional_forward`.
        da_last: gradient with respect to a_last, shape (m, n_a + n_b); zeros if None.

    Returns:
        dict with dx (m, t, n_x), and "forward" and "backward", each a dict with the gradients of
        one network's parameters.

    Raises:
        ValueError: a gradient does not have the shape of what it belongs to.

    Example:
        >>> one = {"Wx": np.ones((1, 1)), "Wa": np.zeros((1, 1)), "b": np.zeros(1)}
        >>> parameters = {"forward": one, "backward": one}
        >>> _, _, cache = bidirectional_forward(np.zeros((1, 2, 1)), parameters, kind="rnn")
        >>> bidirectional_backward(np.ones((1, 2, 2)), cache)["dx"].ravel().tolist()
        [2.0, 2.0]
    """
    backward, forward_cache, reversed_cache, n_a, shape, mask = cache
    da = np.array(checked_gradient("da", da, shape, np.float64))
    _clear_padding(da, mask)
    da_last = checked_gradient("da_last", da_last, (shape[0], shape[2]), da.dtype)
    da[:, -1, :n_a] += da_last[:, :n_a]
    da[:, 0, n_a:] += da_last[:, n_a:]
    ahead = backward(da[..., :n_a], forward_cache)
    back = backward(da[:, ::-1, n_a:], reversed_cache)
    dx = ahead["dx"] + back["dx"][:, ::-1]
    return {"dx": dx, "forward": _of_parameters(ahead), "backward": _of_parameters(back)}


def _clear_padding(states, mask):
    if mask is not None:
        states[~mask] = 0


def _of_parameters(gradients):
    return {name: d for name, d in gradients.items() if name not in ("dx", "da0", "dc0")}


def _check_directions(parameters):
    if set(parameters) != {"forward", "backward"}:
        raise ValueError(
            "parameters: expected those of two networks, 'forward' and 'backward'; got "
            f"{sorted(parameters)}"
        )
