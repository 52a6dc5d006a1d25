"""One dense layer: the linear part and the activation, each forward beside its backward.

Column-major: a layer with n_prev inputs and n units has W of shape (n, n_prev) and b of shape
(n, 1); its examples are the columns of A_prev (n_prev, m).
"""

import numpy as np

from dlcourse.scratch.activations import ELEMENTWISE, softmax, softmax_vjp
from dlcourse.scratch.named_arrays import check_numbers

__all__ = [
    "linear_activation_backward",
    "linear_activation_forward",
    "linear_backward",
    "linear_forward",
]


def linear_forward(A_prev, W, b):
    """Compute the linear part of a layer, Z = W A_prev + b.

    Args:
        A_prev: activations of the layer before (or the data X), shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).

    Returns:
        (Z, cache): Z of shape (n, m), and cache = (A_prev, W, b) for the backward pass.

    Raises:
        ValueError: the shapes do not fit together, or W or b holds NaN.

    Example:
        >>> Z, _ = linear_forward(np.array([[1.0], [2.0]]), np.array([[3.0, 4.0]]), np.ones((1, 1)))
        >>> Z.tolist()
        [[12.0]]
    """
    _check_fit(A_prev, W, b)
    return W @ A_prev + b, (A_prev, W, b)


def linear_activation_forward(A_prev, W, b, activation):
    """Compute a whole layer, A = g(W A_prev + b).

    Args:
        A_prev: activations of the layer before (or the data X), shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).
        activation: name of g: "relu", "sigmoid", "softmax" (over each column), or any other
            name in `dlcourse.scratch.activations.ELEMENTWISE`.

    Returns:
        (A, cache): A of shape (n, m), and cache = ((A_prev, W, b), Z) for the backward pass.

    Raises:
        ValueError: the shapes do not fit together, W or b holds NaN, or the activation is unknown.

    Example:
        >>> one = np.ones((1, 1))
        >>> linear_activation_forward(one, -2 * one, one, "relu")[0].tolist()
        [[0.0]]
    """
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = softmax(Z) if activation == "softmax" else _elementwise(activation)[0](Z)
    return A, (linear_cache, Z)


def linear_backward(dZ, cache):
    """Go back through the linear part of a layer.

    Args:
        dZ: gradient of the cost with respect to Z, one column per example, shape (n, m); not yet
            divided by m.
        cache: (A_prev, W, b) of `linear_forward`.

    Returns:
        (dA_prev, dW, db): dA_prev (n_prev, m) still per example; dW (n, n_prev) and db (n, 1)
        averaged over the examples.

    Raises:
        ValueError: dZ does not have the shape of the layer's Z.

    Example:
        >>> cache = (np.array([[1.0, 3.0]]), np.array([[2.0]]), np.zeros((1, 1)))
        >>> [g.tolist() for g in linear_backward(np.array([[1.0, -1.0]]), cache)]
        [[[2.0, -2.0]], [[-1.0]], [[0.0]]]
    """
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    if dZ.shape != (len(W), m):
        raise ValueError(f"dZ: expected the shape of Z, {(len(W), m)}; got {dZ.shape}")
    if m == 0:
        raise ValueError(f"dZ: expected at least one example to average over; got {dZ.shape}")
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


def linear_activation_backward(dA, cache, activation):
    """Go back through a whole layer: first the activation, then the linear part.

    Args:
        dA: gradient of the cost with respect to A, one column per example, shape (n, m).
        cache: ((A_prev, W, b), Z) of `linear_activation_forward`.
        activation: the name given to `linear_activation_forward`.

    Returns:
        (dA_prev, dW, db), as `linear_backward` returns them.

    Raises:
        ValueError: dA does not have the shape of Z, or the activation is unknown.

    Example:
        >>> one = np.ones((1, 1))
        >>> _, cache = linear_activation_forward(one, -2 * one, one, "relu")
        >>> [g.item() for g in linear_activation_backward(one, cache, "relu")]
        [0.0, 0.0, 0.0]
    """
    linear_cache, Z = cache
    if dA.shape != Z.shape:
        raise ValueError(f"dA: expected the shape of Z, {Z.shape}; got {dA.shape}")
    if activation == "softmax":
        dZ = softmax_vjp(Z, dA)  # every output of a column depends on every Z of that column
    else:
        dZ = dA * _elementwise(activation)[1](Z)
    return linear_backward(dZ, linear_cache)


def _elementwise(activation):
    if activation not in ELEMENTWISE:
        known = ", ".join(sorted([*ELEMENTWISE, "softmax"]))
        raise ValueError(f"activation: expected one of {known}; got {activation!r}")
    return ELEMENTWISE[activation]


def _check_fit(A_prev, W, b):
    if A_prev.ndim != 2 or W.ndim != 2:
        raise ValueError(
            f"A_prev, W: expected two matrices; got shapes {A_prev.shape} and {W.shape}"
        )
    if W.shape[1] != A_prev.shape[0]:
        raise ValueError(
            f"W: expected (n, {A_prev.shape[0]}), a column for each row of A_prev "
            f"{A_prev.shape}; got {W.shape}"
        )
    # a rank-1 b would broadcast along the examples and go unnoticed whenever n equals m
    if b.shape != (len(W), 1):
        raise ValueError(f"b: expected a column {(len(W), 1)}, a row for each unit; got {b.shape}")
    check_numbers("W", W)
    check_numbers("b", b)
