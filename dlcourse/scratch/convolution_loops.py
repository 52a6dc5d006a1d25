"""Convolution as its definition says it, loop in loop: to be read, not to be used.

`dlcourse.scratch.convolution` computes the same, hundreds of times faster.
"""

import numpy as np

from dlcourse.scratch.convolution_shapes import checked_filters, checked_gradient, windows_of
from dlcourse.scratch.floating import as_float
from dlcourse.scratch.padding import zero_pad, zero_pad_backward

__all__ = ["conv_backward_loops", "conv_forward_loops", "conv_single_step"]


def conv_single_step(a_slice_prev, W, b):
    """Apply one filter to one window: multiply entry by entry, add up, add the bias.

    Args:
        a_slice_prev: window of the input, shape (f, f, n_C_prev).
        W: one filter, of the same shape.
        b: its bias, one number in an array of any shape.

    Returns:
        Z: one number.

    Raises:
        ValueError: W has another shape, or b is not one number.

    Example:
        >>> conv_single_step(np.ones((3, 3, 2)), np.ones((3, 3, 2)), np.ones((1, 1, 1))).item()
        19.0
    """
    a_slice_prev, W, b = as_float(a_slice_prev), as_float(W), as_float(b)
    if a_slice_prev.shape != W.shape:
        raise ValueError(
            f"W: expected the shape of the window, {a_slice_prev.shape}; got {W.shape}"
        )
    if b.size != 1:
        raise ValueError(f"b: expected one number; got shape {b.shape}")
    return np.sum(a_slice_prev * W) + b.ravel()[0]


def conv_forward_loops(A_prev, W, b, hparameters):
    """Slide filters over images, one image, row, column and filter at a time.

    Args:
        A_prev: images, shape (m, n_H_prev, n_W_prev, n_C_prev); m may be 0.
        W: filters, shape (f_H, f_W, n_C_prev, n_C).
        b: biases, shape (1, 1, 1, n_C).
        hparameters: dictionary with "stride" and "pad", as for `convolution.conv_forward`.

    Returns:
        (Z, cache): Z of shape (m, n_H, n_W, n_C), and cache = (A_prev, W, b, hparameters).

    Raises:
        ValueError: shapes do not fit together, a parameter is NaN, stride or pad is out of range.

    Example:
        >>> X, W = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
        >>> Z, _ = conv_forward_loops(X, W, np.ones((1, 1, 1, 1)), {"stride": 1, "pad": 0})
        >>> Z[0, :, :, 0].tolist()
        [[9.0, 13.0], [21.0, 25.0]]
    """
    A_prev, W, b, stride, pads = checked_filters(A_prev, W, b, hparameters)
    f_H, f_W, _, n_C = W.shape
    n_H, n_W = windows_of(A_prev.shape[1:3], (f_H, f_W), stride, pads)
    A_prev_pad = zero_pad(A_prev, pads)
    Z = np.zeros((len(A_prev), n_H, n_W, n_C), A_prev.dtype)
    for i, h, w, c in np.ndindex(*Z.shape):
        top, left = h * stride, w * stride
        a_slice_prev = A_prev_pad[i, top : top + f_H, left : left + f_W]
        Z[i, h, w, c] = conv_single_step(a_slice_prev, W[..., c], b[..., c])
    return Z, (A_prev, W, b, hparameters)


def conv_backward_loops(dZ, cache):
    """Go back through a convolution, one output at a time.

    An output is window · filter + bias: its gradient times the filter goes to the pixels of the
    window, its gradient times the window to the filter.

    Args:
        dZ: gradient of the cost with respect to Z, shape (m, n_H, n_W, n_C).
        cache: (A_prev, W, b, hparameters) of the forward pass.

    Returns:
        (dA_prev, dW, db), each of the shape of what it belongs to.

    Raises:
        ValueError: dZ does not have the shape of Z.

    Example:
        >>> X, W = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
        >>> _, cache = conv_forward_loops(X, W, np.ones((1, 1, 1, 1)), {"stride": 1, "pad": 0})
        >>> dA_prev, dW, db = conv_backward_loops(np.ones((1, 2, 2, 1)), cache)
        >>> dW[:, :, 0, 0].tolist(), db.item()
        ([[8.0, 12.0], [20.0, 24.0]], 4.0)
    """
    A_prev, W, b, stride, pads = checked_filters(*cache)
    f_H, f_W, _, n_C = W.shape
    n_H, n_W = windows_of(A_prev.shape[1:3], (f_H, f_W), stride, pads)
    dZ = checked_gradient("dZ", dZ, (len(A_prev), n_H, n_W, n_C), A_prev.dtype)
    A_prev_pad = zero_pad(A_prev, pads)
    dA_prev_pad, dW, db = np.zeros_like(A_prev_pad), np.zeros_like(W), np.zeros_like(b)
    for i, h, w, c in np.ndindex(*dZ.shape):
        top, left = h * stride, w * stride
        window = np.s_[i, top : top + f_H, left : left + f_W]
        dA_prev_pad[window] += W[..., c] * dZ[i, h, w, c]
        dW[..., c] += A_prev_pad[window] * dZ[i, h, w, c]
        db[..., c] += dZ[i, h, w, c]
    return zero_pad_backward(dA_prev_pad, pads), dW, db
