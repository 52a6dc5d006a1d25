"""Deep recurrent networks: the states of one layer are the inputs of the layer above."""

from dlcourse.scratch.recurrent_kinds import recurrent_kind

__all__ = ["stacked_backward", "stacked_forward"]


def stacked_forward(x, parameters, kind="lstm", mask=None):
    """Run a stack of recurrent layers over a batch of sequences.

    Args:
        x: inputs, shape (m, t, n_x).
        parameters: list with the parameters of each layer, the lowest first.
        kind: "rnn", "gru_reset_before", "gru_reset_after" or "lstm"; the same for all layers.
        mask: booleans (m, t), True at real steps; None: all steps are real.

    Returns:
        (a, states, cache): all states of the top layer (m, t, n_a), a list with the last state of
        every layer, and what the backward pass needs.

    Raises:
        ValueError: there are no layers, the shapes do not fit together, a parameter is NaN, or the
            kind is unknown.

    Reference:
        Graves, Mohamed and Hinton, "Speech recognition with deep recurrent neural networks", 2013.

    Example:
        >>> import numpy as np
        >>> layer = {"Wx": np.ones((1, 1)), "Wa": np.zeros((1, 1)), "b": np.zeros(1)}
        >>> stacked_forward(np.ones((1, 1, 1)), [layer, layer], kind="rnn")[0].round(3).item()
        0.642
    """
    forward, backward = recurrent_kind(kind)
    if not parameters:
        raise ValueError("parameters: expected those of at least one layer; got an empty list")
    states, caches = [], []
    for layer in parameters:
        x, state, cache = forward(x, layer, None, mask)
        states.append(state)
        caches.append(cache)
    return x, states, (backward, caches)


def stacked_backward(da, cache):
    """Backpropagate through the layers, the top one first, each through time.

    Args:
        da: gradient of the cost with respect to all states of the top layer, shape (m, t, n_a).
        cache: of `stacked_forward`.

    Returns:
        (dx, gradients): dx (m, t, n_x), and a list with a dict of the gradients of each layer's
        parameters, the lowest first.

    Raises:
        ValueError: da does not have the shape of the states.

    Example:
        >>> import numpy as np
        >>> layer = {"Wx": 2 * np.ones((1, 1)), "Wa": np.zeros((1, 1)), "b": np.zeros(1)}
        >>> _, _, cache = stacked_forward(np.zeros((1, 1, 1)), [layer, layer], kind="rnn")
        >>> dx, gradients = stacked_backward(np.ones((1, 1, 1)), cache)
        >>> dx.item(), [g["db"].item() for g in gradients]
        (4.0, [2.0, 1.0])
    """
    backward, caches = cache
    gradients = []
    for layer_cache in reversed(caches):
        layer = backward(da, layer_cache)
        da = layer.pop("dx")
        gradients.insert(0, {name: d for name, d in layer.items() if name not in ("da0", "dc0")})
    return da, gradients
