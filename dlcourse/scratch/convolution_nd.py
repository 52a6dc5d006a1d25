"""Convolution along one axis (signals, text), three axes (volumes, video), or any number.

Place by place of the filter: what a place contributes to all outputs is one slice of the input
times one matrix. The number of axes is that of W, so the code is the same for all.
"""

import numpy as np

from dlcourse.scratch.convolution_shapes import checked_filters, checked_gradient, windows_of
from dlcourse.scratch.padding import zero_pad, zero_pad_backward

__all__ = ["convnd_backward", "convnd_forward", "convnd_forward_loops"]


def convnd_forward(A_prev, W, b, hparameters):
    """Slide filters along one, two or three axes.

    Args:
        A_prev: sequences (m, n_T, n_C_prev), images (m, n_H, n_W, n_C_prev) or volumes
            (m, n_D, n_H, n_W, n_C_prev); m may be 0.
        W: filters, shape (f, n_C_prev, n_C), (f_H, f_W, n_C_prev, n_C) or
            (f_D, f_H, f_W, n_C_prev, n_C).
        b: biases, shape (1, …, 1, n_C), with as many axes as A_prev.
        hparameters: dictionary with "stride", at least 1, and "pad": a number of zeros for every
            side, "valid", "same", or a pair (before, after) for each axis.

    Returns:
        (Z, cache): Z of shape (m, …, n_C), and cache = (A_prev, W, b, hparameters).

    Raises:
        ValueError: shapes do not fit together, a parameter is NaN, stride or pad is out of range.

    Reference:
        Tran et al., "Learning spatiotemporal features with 3D convolutional networks", 2015.

    Example:
        A heartbeat of 14 values and 16 filters of size 5; a scan of 14×14×14 voxels.

        >>> b, hparameters = np.zeros((1, 1, 16)), {"stride": 1, "pad": 0}
        >>> convnd_forward(np.ones((1, 14, 1)), np.ones((5, 1, 16)), b, hparameters)[0].shape
        (1, 10, 16)
        >>> X, W = np.ones((1, 14, 14, 14, 1)), np.ones((5, 5, 5, 1, 16))
        >>> convnd_forward(X, W, b[None, None], hparameters)[0].shape
        (1, 10, 10, 10, 16)
    """
    A_prev, W, b, stride, pads, out_size = _checked(A_prev, W, b, hparameters)
    padded = zero_pad(A_prev, pads)
    Z = np.zeros((len(A_prev), *out_size, W.shape[-1]), A_prev.dtype)
    for place in np.ndindex(*W.shape[:-2]):
        Z += padded[_seen(place, stride, out_size)] @ W[place]
    return Z + b, (A_prev, W, b, hparameters)


def convnd_backward(dZ, cache):
    """Go back through a convolution along any number of axes.

    Args:
        dZ: gradient of the cost with respect to Z, shape of Z.
        cache: (A_prev, W, b, hparameters) of `convnd_forward`.

    Returns:
        (dA_prev, dW, db), each of the shape of what it belongs to; dW and db summed over the
        examples.

    Raises:
        ValueError: dZ does not have the shape of Z.

    Example:
        >>> X, W, b = np.array([[[1.0], [2.0], [3.0]]]), np.ones((2, 1, 1)), np.zeros((1, 1, 1))
        >>> Z, cache = convnd_forward(X, W, b, {"stride": 1, "pad": 0})
        >>> [gradient.ravel().tolist() for gradient in convnd_backward(np.ones((1, 2, 1)), cache)]
        [[1.0, 2.0, 1.0], [3.0, 5.0], [2.0]]
    """
    A_prev, W, b, stride, pads, out_size = _checked(*cache)
    dZ = checked_gradient("dZ", dZ, (len(A_prev), *out_size, W.shape[-1]), A_prev.dtype)
    padded = zero_pad(A_prev, pads)
    d_padded, dW = np.zeros_like(padded), np.empty_like(W)
    examples_and_axes = tuple(range(dZ.ndim - 1))
    for place in np.ndindex(*W.shape[:-2]):
        seen = _seen(place, stride, out_size)
        d_padded[seen] += dZ @ W[place].T
        dW[place] = np.tensordot(padded[seen], dZ, axes=(examples_and_axes, examples_and_axes))
    return zero_pad_backward(d_padded, pads), dW, dZ.sum(axis=examples_and_axes).reshape(b.shape)


def convnd_forward_loops(A_prev, W, b, hparameters):
    """Slide filters along one, two or three axes, one output at a time: to be read.

    Args:
        A_prev: as for `convnd_forward`.
        W: as for `convnd_forward`.
        b: as for `convnd_forward`.
        hparameters: as for `convnd_forward`.

    Returns:
        (Z, cache), as `convnd_forward` returns them.

    Raises:
        ValueError: as `convnd_forward`.

    Example:
        >>> X, W, b = np.array([[[1.0], [2.0], [3.0]]]), np.ones((2, 1, 1)), np.zeros((1, 1, 1))
        >>> convnd_forward_loops(X, W, b, {"stride": 1, "pad": 0})[0].ravel().tolist()
        [3.0, 5.0]
    """
    A_prev, W, b, stride, pads, out_size = _checked(A_prev, W, b, hparameters)
    padded = zero_pad(A_prev, pads)
    Z = np.zeros((len(A_prev), *out_size, W.shape[-1]), A_prev.dtype)
    for i, *place, c in np.ndindex(*Z.shape):
        window = tuple(
            slice(p * stride, p * stride + f) for p, f in zip(place, W.shape[:-2], strict=True)
        )
        Z[(i, *place, c)] = np.sum(padded[(i, *window)] * W[..., c]) + b[..., c].item()
    return Z, (A_prev, W, b, hparameters)


def _checked(A_prev, W, b, hparameters):
    axes = np.ndim(W) - 2
    if axes not in {1, 2, 3}:
        raise ValueError(
            f"W: expected (f, n_C_prev, n_C), with one to three sizes f; got shape {np.shape(W)}"
        )
    A_prev, W, b, stride, pads = checked_filters(A_prev, W, b, hparameters, axes)
    out_size = windows_of(A_prev.shape[1:-1], W.shape[:-2], stride, pads)
    return A_prev, W, b, stride, pads, out_size


def _seen(place, stride, out_size):
    """Index of the input that one place of the filter meets, for every output."""
    return (
        slice(None),
        *(slice(p, p + stride * n, stride) for p, n in zip(place, out_size, strict=True)),
    )
