"""Pooling, vectorized: each window of each channel becomes its maximum or its average.

There is nothing to learn. The loops run over the f² places in a window, each for all windows at
once. `dlcourse.scratch.pooling_loops` is the definition, with the same arguments.
"""

import numpy as np

from dlcourse.scratch.convolution_shapes import checked_gradient, checked_images, windows_of
from dlcourse.scratch.ranges import whole_number

__all__ = [
    "checked_pooling",
    "global_pool_backward",
    "global_pool_forward",
    "pool_backward",
    "pool_forward",
]


def checked_pooling(A_prev, hparameters, mode):
    """Check everything that goes into a pooling layer.

    Args:
        A_prev: activations, shape (m, n_H_prev, n_W_prev, n_C).
        hparameters: dictionary with "f", at least 1, and "stride", at least 1.
        mode: "max" or "average".

    Returns:
        (A_prev, f, stride, out_size): out_size = (n_H, n_W).

    Raises:
        ValueError: something is out of range, or the window is larger than the image.

    Example:
        >>> checked_pooling(np.zeros((1, 4, 5, 1)), {"f": 2, "stride": 2}, "max")[1:]
        (2, 2, (2, 2))
    """
    A_prev = checked_images("A_prev", A_prev)
    _check_mode(mode)
    if set(hparameters) != {"f", "stride"}:
        raise ValueError(f"hparameters: expected the keys 'f' and 'stride'; got {hparameters!r}")
    f = whole_number("f", hparameters["f"], 1)
    stride = whole_number("stride", hparameters["stride"], 1)
    size = A_prev.shape[1:3]
    if f > min(size):
        raise ValueError(f"f: expected a window no larger than the image {size}; got {f}")
    return A_prev, f, stride, windows_of(size, (f, f), stride, ((0, 0), (0, 0)))


def pool_forward(A_prev, hparameters, mode="max"):
    """Shrink images: keep the maximum or the average of every window.

    Args:
        A_prev: activations, shape (m, n_H_prev, n_W_prev, n_C); m may be 0.
        hparameters: dictionary with "f", size of the window, and "stride", each at least 1.
        mode: "max" or "average".

    Returns:
        (A, cache): A of shape (m, n_H, n_W, n_C) with n_H = ⌊(n_H_prev - f) / stride⌋ + 1, and
        cache = (A_prev, hparameters) for the backward pass.

    Raises:
        ValueError: something is out of range, or the window is larger than the image.

    Example:
        >>> X = np.array([[1.0, 3.0, 2.0, 1.0], [2.0, 9.0, 1.0, 1.0]]).reshape(1, 2, 4, 1)
        >>> pool_forward(X, {"f": 2, "stride": 2})[0].ravel().tolist()
        [9.0, 2.0]
        >>> pool_forward(X, {"f": 2, "stride": 2}, mode="average")[0].ravel().tolist()
        [3.75, 1.25]
    """
    A_prev, f, stride, out_size = checked_pooling(A_prev, hparameters, mode)
    first, *others = _places(A_prev, f, stride, out_size)
    A = first.copy()
    for place in others:
        (np.maximum if mode == "max" else np.add)(A, place, out=A)
    if mode == "average":
        A /= f * f
    return A, (A_prev, hparameters)


def pool_backward(dA, cache, mode="max"):
    """Go back through pooling: to the pixel that was the maximum, or to all of a window alike.

    Args:
        dA: gradient of the cost with respect to A, shape (m, n_H, n_W, n_C).
        cache: (A_prev, hparameters) of `pool_forward`.
        mode: as given to `pool_forward`.

    Returns:
        dA_prev, shape of A_prev. Of several equal maxima the first gets the gradient, in the order
        of reading.

    Raises:
        ValueError: dA does not have the shape of A, or the mode is unknown.

    Example:
        >>> X = np.array([[1.0, 3.0], [2.0, 9.0]]).reshape(1, 2, 2, 1)
        >>> A, cache = pool_forward(X, {"f": 2, "stride": 2})
        >>> pool_backward(np.ones((1, 1, 1, 1)), cache).ravel().tolist()
        [0.0, 0.0, 0.0, 1.0]
        >>> pool_backward(np.ones((1, 1, 1, 1)), cache, mode="average").ravel().tolist()
        [0.25, 0.25, 0.25, 0.25]
    """
    A_prev, f, stride, out_size = checked_pooling(*cache, mode)
    m, _, _, n_C = A_prev.shape
    dA = checked_gradient("dA", dA, (m, *out_size, n_C), A_prev.dtype)
    dA_prev = np.zeros_like(A_prev)
    targets = _places(dA_prev, f, stride, out_size)
    if mode == "average":
        for target in targets:
            np.add(target, dA / (f * f), out=target)
        return dA_prev
    A, _ = pool_forward(*cache)
    waiting = np.ones(A.shape, dtype=bool)  # windows whose maximum has not been met yet
    for place, target in zip(_places(A_prev, f, stride, out_size), targets, strict=True):
        here = waiting & (place == A)
        np.add(target, dA * here, out=target)
        waiting &= ~here
    return dA_prev


def global_pool_forward(A_prev, mode="average"):
    """Reduce every channel to one number: what remains is how much of each feature there is.

    Args:
        A_prev: activations, shape (m, n_H, n_W, n_C); m may be 0.
        mode: "max" or "average".

    Returns:
        (A, cache): A of shape (m, n_C), and cache = A_prev for the backward pass.

    Raises:
        ValueError: A_prev is no batch of images, or the mode is unknown.

    Reference:
        Lin, Chen and Yan, "Network in network", 2014, section 3.2.

    Example:
        >>> global_pool_forward(np.arange(4.0).reshape(1, 2, 2, 1))[0].tolist()
        [[1.5]]
    """
    A_prev = checked_images("A_prev", A_prev)
    _check_mode(mode)
    return (A_prev.max if mode == "max" else A_prev.mean)(axis=(1, 2)), A_prev


def global_pool_backward(dA, cache, mode="average"):
    """Go back through global pooling.

    Args:
        dA: gradient of the cost with respect to A, shape (m, n_C).
        cache: A_prev, from `global_pool_forward`.
        mode: as given to `global_pool_forward`.

    Returns:
        dA_prev, shape of A_prev. Of several equal maxima the first gets the gradient.

    Raises:
        ValueError: dA does not have the shape of A, or the mode is unknown.

    Example:
        >>> _, cache = global_pool_forward(np.arange(4.0).reshape(1, 2, 2, 1))
        >>> global_pool_backward(np.ones((1, 1)), cache).ravel().tolist()
        [0.25, 0.25, 0.25, 0.25]
    """
    A_prev = checked_images("A_prev", cache)
    _check_mode(mode)
    m, n_H, n_W, n_C = A_prev.shape
    dA = checked_gradient("dA", dA, (m, n_C), A_prev.dtype)[:, None]
    if mode == "average":
        return np.tile(dA[:, None] / (n_H * n_W), (1, n_H, n_W, 1))
    pixels = A_prev.reshape(m, n_H * n_W, n_C)
    dA_prev = np.zeros_like(pixels)
    np.put_along_axis(dA_prev, pixels.argmax(axis=1)[:, None], dA, axis=1)
    return dA_prev.reshape(A_prev.shape)


def _places(images, f, stride, out_size):
    """View the pixels at one place of all windows, for every place in the order of reading."""
    n_H, n_W = out_size
    return [
        images[:, i : i + stride * n_H : stride, j : j + stride * n_W : stride]
        for i in range(f)
        for j in range(f)
    ]


def _check_mode(mode):
    if mode not in {"max", "average"}:
        raise ValueError(f"mode: expected 'max' or 'average'; got {mode!r}")
