"""Pooling as its definition says it, one window at a time: to be read, not to be used."""

import numpy as np

from dlcourse.scratch.convolution_shapes import checked_gradient
from dlcourse.scratch.floating import as_float
from dlcourse.scratch.pooling import checked_pooling

__all__ = [
    "create_mask_from_window",
    "distribute_value",
    "pool_backward_loops",
    "pool_forward_loops",
]


def create_mask_from_window(x):
    """Mark the maximum of a window.

    Args:
        x: one window of one channel, an array with at least one entry.

    Returns:
        Boolean array of the shape of x, True at the maximum: at the first of several equal ones,
        because the gradient must not be counted twice.

    Raises:
        ValueError: x is empty.

    Example:
        >>> create_mask_from_window(np.array([[1.0, 3.0], [4.0, 2.0]])).tolist()
        [[False, False], [True, False]]
    """
    x = as_float(x)
    if x.size == 0:
        raise ValueError(f"x: expected at least one entry; got shape {x.shape}")
    mask = np.zeros(x.shape, dtype=bool)
    mask[np.unravel_index(np.argmax(x), x.shape)] = True
    return mask


def distribute_value(dz, shape):
    """Share one number equally among the pixels of a window.

    Args:
        dz: the number.
        shape: (n_H, n_W) of the window, each at least 1.

    Returns:
        Array of that shape, summing to dz.

    Raises:
        ValueError: the window has no pixel.

    Example:
        >>> distribute_value(2.0, (2, 2)).tolist()
        [[0.5, 0.5], [0.5, 0.5]]
    """
    n_H, n_W = shape
    if min(n_H, n_W) < 1:
        raise ValueError(f"shape: expected two sizes of at least 1; got {tuple(shape)}")
    return np.full((n_H, n_W), dz / (n_H * n_W))


def pool_forward_loops(A_prev, hparameters, mode="max"):
    """Shrink images, one window at a time.

    Args:
        A_prev: activations, shape (m, n_H_prev, n_W_prev, n_C); m may be 0.
        hparameters: dictionary with "f" and "stride", each at least 1.
        mode: "max" or "average".

    Returns:
        (A, cache): A of shape (m, n_H, n_W, n_C), and cache = (A_prev, hparameters).

    Raises:
        ValueError: something is out of range, or the window is larger than the image.

    Example:
        >>> X = np.array([[1.0, 3.0], [2.0, 9.0]]).reshape(1, 2, 2, 1)
        >>> pool_forward_loops(X, {"f": 2, "stride": 2})[0].item()
        9.0
    """
    A_prev, f, stride, out_size = checked_pooling(A_prev, hparameters, mode)
    m, _, _, n_C = A_prev.shape
    A = np.zeros((m, *out_size, n_C), A_prev.dtype)
    for i, h, w, c in np.ndindex(*A.shape):
        top, left = h * stride, w * stride
        window = A_prev[i, top : top + f, left : left + f, c]
        A[i, h, w, c] = np.max(window) if mode == "max" else np.mean(window)
    return A, (A_prev, hparameters)


def pool_backward_loops(dA, cache, mode="max"):
    """Go back through pooling, one window at a time.

    Args:
        dA: gradient of the cost with respect to A, shape (m, n_H, n_W, n_C).
        cache: (A_prev, hparameters) of the forward pass.
        mode: as given to the forward pass.

    Returns:
        dA_prev, shape of A_prev.

    Raises:
        ValueError: dA does not have the shape of A, or the mode is unknown.

    Example:
        >>> X = np.array([[1.0, 3.0], [2.0, 9.0]]).reshape(1, 2, 2, 1)
        >>> _, cache = pool_forward_loops(X, {"f": 2, "stride": 2})
        >>> pool_backward_loops(np.ones((1, 1, 1, 1)), cache).ravel().tolist()
        [0.0, 0.0, 0.0, 1.0]
    """
    A_prev, f, stride, out_size = checked_pooling(*cache, mode)
    m, _, _, n_C = A_prev.shape
    dA = checked_gradient("dA", dA, (m, *out_size, n_C), A_prev.dtype)
    dA_prev = np.zeros_like(A_prev)
    for i, h, w, c in np.ndindex(*dA.shape):
        top, left = h * stride, w * stride
        window = np.s_[i, top : top + f, left : left + f, c]
        if mode == "max":
            dA_prev[window] += create_mask_from_window(A_prev[window]) * dA[i, h, w, c]
        else:
            dA_prev[window] += distribute_value(dA[i, h, w, c], (f, f))
    return dA_prev
