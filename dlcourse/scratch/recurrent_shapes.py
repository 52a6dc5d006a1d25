"""What fits together in a recurrent network: sequences, parameters, states, masks, gradients.

Batch-first: a sequence is (m, t, n_x), m examples of t steps of n_x features, and a state is
(m, n_a). Every recurrent network here has the same parameters, a dictionary of

    Wx (n_x, gates · n_a)   from the input,
    Wa (n_a, gates · n_a)   from the previous state,
    b  (gates · n_a,)       the bias,

with one block of n_a columns for each gate: 1 in a plain network, 3 in a GRU, 4 in an LSTM.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.named_arrays import check_numbers

__all__ = [
    "checked_gradient",
    "checked_layer",
    "checked_mask",
    "checked_parameters",
    "checked_sequence",
    "checked_state",
    "checked_step",
]


def checked_sequence(x):
    """Return a batch of sequences as a floating-point array.

    Args:
        x: inputs, shape (m, t, n_x) with t and n_x at least 1; m may be 0, an empty batch.

    Returns:
        Floating-point array of the same shape.

    Raises:
        ValueError: x is no such array.

    Example:
        >>> checked_sequence(np.zeros((2, 3)))
        Traceback (most recent call last):
            ...
        ValueError: x: expected sequences (m, t, n_x), t and n_x at least 1; got shape (2, 3)
    """
    x = as_float(x)
    if x.ndim != 3 or x.shape[1] == 0 or x.shape[2] == 0:
        raise ValueError(
            f"x: expected sequences (m, t, n_x), t and n_x at least 1; got shape {x.shape}"
        )
    return x


def checked_step(xt):
    """Return the inputs of one time step as a floating-point array.

    Args:
        xt: inputs, shape (m, n_x) with n_x at least 1.

    Returns:
        Floating-point array of the same shape.

    Raises:
        ValueError: xt is no such array.

    Example:
        >>> checked_step([[1, 2]]).tolist()
        [[1.0, 2.0]]
    """
    xt = as_float(xt)
    if xt.ndim != 2 or xt.shape[1] == 0:
        raise ValueError(f"xt: expected one step (m, n_x), n_x at least 1; got shape {xt.shape}")
    return xt


def checked_parameters(parameters, n_x, gates, biases=("b",)):
    """Return the arrays of a recurrent network once they fit the input and each other.

    Args:
        parameters: dict with Wx (n_x, gates · n_a), Wa (n_a, gates · n_a) and each of `biases`
            (gates · n_a,).
        n_x: number of input features.
        gates: number of blocks of columns, 1, 3 or 4.
        biases: names of the biases.

    Returns:
        List [Wx, Wa, *biases] of floating-point arrays.

    Raises:
        ValueError: a name is missing or unknown, a shape does not fit, or an entry is NaN.

    Example:
        >>> parameters = {"Wx": np.ones((2, 3)), "Wa": np.ones((3, 3)), "b": np.zeros(3)}
        >>> [array.shape for array in checked_parameters(parameters, n_x=2, gates=1)]
        [(2, 3), (3, 3), (3,)]
    """
    names = ["Wx", "Wa", *biases]
    if set(parameters) != set(names):
        raise ValueError(f"parameters: expected the names {names}; got {sorted(parameters)}")
    arrays = [as_float(parameters[name]) for name in names]
    n_a = len(arrays[1]) if arrays[1].ndim else 0
    if n_a == 0:
        raise ValueError(f"Wa: expected (n_a, {gates} n_a), n_a at least 1; got {arrays[1].shape}")
    width = gates * n_a
    for name, array, shape in zip(
        names, arrays, [(n_x, width), (n_a, width), *[(width,)] * len(biases)], strict=True
    ):
        _check_array(name, array, shape)
    return arrays


def checked_layer(x, parameters, gates, biases=("b",)):
    """Return sequences and parameters that fit together, all in the same precision.

    Args:
        x: inputs, as for `checked_sequence`.
        parameters: dict, as for `checked_parameters`.
        gates: number of blocks of columns, 1, 3 or 4.
        biases: names of the biases.

    Returns:
        List [x, Wx, Wa, *biases]: float32 where all of them are, else float64.

    Raises:
        ValueError: as `checked_sequence` and `checked_parameters`.

    Example:
        >>> parameters = {"Wx": np.ones((2, 3)), "Wa": np.ones((3, 3)), "b": np.zeros(3)}
        >>> x = np.zeros((4, 5, 2), np.float32)
        >>> checked_layer(x, parameters, gates=1)[0].dtype.name
        'float64'
    """
    x = checked_sequence(x)
    arrays = [x, *checked_parameters(parameters, x.shape[2], gates, biases)]
    dtype = np.result_type(*arrays)
    return [array.astype(dtype, copy=False) for array in arrays]


def checked_state(name, state, shape, dtype):
    """Return a state, zeros where none is given.

    Args:
        name: what the state is called where it was given, such as "a0".
        state: array (m, n_a), or None.
        shape: (m, n_a).
        dtype: precision of the zeros.

    Returns:
        Floating-point array of that shape.

    Raises:
        ValueError: the state has another shape.

    Example:
        >>> checked_state("a0", None, (1, 2), np.float32).tolist()
        [[0.0, 0.0]]
    """
    if state is None:
        return np.zeros(shape, dtype)
    state = as_float(state)
    if state.shape != shape:
        raise ValueError(f"{name}: expected a state (m, n_a) = {shape}; got shape {state.shape}")
    return state


def checked_mask(mask, shape):
    """Return a mask as boolean array.

    Args:
        mask: booleans (m, t), True at real steps and False at padding; or None: all are real.
        shape: (m, t).

    Returns:
        Boolean array of that shape, or None.

    Raises:
        ValueError: the mask has another shape or holds something else than booleans.

    Example:
        >>> checked_mask([[True, False]], (1, 2)).tolist()
        [[True, False]]
    """
    if mask is None:
        return None
    mask = np.asarray(mask)
    if mask.shape != shape or mask.dtype != np.bool_:
        raise ValueError(
            f"mask: expected booleans (m, t) = {shape}, True at real steps; got "
            f"{mask.dtype.name} of shape {mask.shape}"
        )
    return mask


def checked_gradient(name, gradient, shape, dtype):
    """Return the gradient of an output, zeros where none is given.

    Args:
        name: what the gradient is called where it was given, such as "da".
        gradient: array of the shape of the output, or None where the cost does not depend on it.
        shape: shape of the output.
        dtype: precision of the zeros.

    Returns:
        Floating-point array of that shape.

    Raises:
        ValueError: the gradient has another shape.

    Example:
        >>> checked_gradient("da", np.zeros((2, 1)), (2, 3), np.float64)
        Traceback (most recent call last):
            ...
        ValueError: da: expected the shape of what it belongs to, (2, 3); got (2, 1)
    """
    if gradient is None:
        return np.zeros(shape, dtype)
    gradient = as_float(gradient)
    if gradient.shape != shape:
        raise ValueError(
            f"{name}: expected the shape of what it belongs to, {shape}; got {gradient.shape}"
        )
    return gradient


def _check_array(name, array, shape):
    if array.shape != shape:
        raise ValueError(f"{name}: expected shape {shape}; got {array.shape}")
    check_numbers(name, array)
