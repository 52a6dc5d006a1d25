"""The dimensions of a deep network: what shape everything must have, and checking that it has."""

from itertools import pairwise

from dlcourse.scratch.named_arrays import check_numbers

__all__ = ["check_dimensions", "layer_shapes"]


def layer_shapes(layer_dims, m=None):
    """Tell the shape of every matrix in a network with the given layer sizes.

    Args:
        layer_dims: sizes (n[0], n[1], …, n[L]), the inputs first.
        m: number of examples; None leaves out Z and A.

    Returns:
        dict from "W1", "b1" (and "Z1", "A1" where m is given), "W2", … to a shape (rows, columns).
        A gradient has the shape of what it belongs to.

    Raises:
        ValueError: layer_dims has fewer than two sizes, or one below 1.

    Example:
        >>> layer_shapes((2, 3, 1))
        {'W1': (3, 2), 'b1': (3, 1), 'W2': (1, 3), 'b2': (1, 1)}
        >>> layer_shapes((2, 3), m=5)
        {'W1': (3, 2), 'b1': (3, 1), 'Z1': (3, 5), 'A1': (3, 5)}
    """
    if len(layer_dims) < 2 or min(layer_dims) < 1:
        raise ValueError(
            f"layer_dims: expected at least two sizes of 1 or more; got {layer_dims!r}"
        )
    shapes = {}
    for layer, (n_prev, n) in enumerate(pairwise(layer_dims), start=1):
        shapes[f"W{layer}"] = (n, n_prev)
        shapes[f"b{layer}"] = (n, 1)
        if m is not None:
            shapes[f"Z{layer}"] = shapes[f"A{layer}"] = (n, m)
    return shapes


def check_dimensions(X, parameters, Y=None):
    """Check that data, parameters and labels fit together, before anything is computed.

    Args:
        X: data, shape (n_x, m).
        parameters: dict with W1, b1, …, WL, bL.
        Y: labels, shape (n[L], m); None where there are none.

    Returns:
        tuple: the sizes (n[0], n[1], …, n[L]) of the network.

    Raises:
        ValueError: naming the first array that does not fit, with the shape it should have, or the
            first parameter that holds NaN.

    Example:
        >>> import numpy as np
        >>> X = np.zeros((2, 5))
        >>> check_dimensions(X, {"W1": np.zeros((3, 2)), "b1": np.zeros((3, 1))})
        (2, 3)
        >>> check_dimensions(X, {"W1": np.zeros((3, 4)), "b1": np.zeros((3, 1))})
        Traceback (most recent call last):
            ...
        ValueError: W1: expected shape (3, 2); got (3, 4)
    """
    if X.ndim != 2:
        raise ValueError(f"X: expected a matrix (n_x, m), an example per column; got {X.shape}")
    L = len(parameters) // 2
    layer_dims = (len(X), *(len(parameters[f"W{layer}"]) for layer in range(1, L + 1)))
    for name, shape in layer_shapes(layer_dims).items():
        _check_shape(name, parameters[name], shape)
        check_numbers(name, parameters[name])
    if Y is not None:
        _check_shape("Y", Y, (layer_dims[-1], X.shape[1]))
    return layer_dims


def _check_shape(name, array, shape):
    if array.shape != shape:
        raise ValueError(f"{name}: expected shape {shape}; got {array.shape}")
