"""Depthwise separable convolution: first look around in each channel, then mix the channels.

A plain convolution does both at once, with f² · n_C_prev · n_C weights. The two steps need
f² · n_C_prev + n_C_prev · n_C: that is what MobileNet is made of.
"""

import numpy as np

from dlcourse.scratch.convolution_shapes import (
    checked_gradient,
    checked_images,
    checked_windows,
    windows_of,
)
from dlcourse.scratch.named_arrays import parameter_array
from dlcourse.scratch.padding import zero_pad, zero_pad_backward

__all__ = [
    "depthwise_backward",
    "depthwise_forward",
    "depthwise_forward_loops",
    "pointwise_backward",
    "pointwise_forward",
    "pointwise_forward_loops",
]


def depthwise_forward(A_prev, W, b, hparameters):
    """Convolve each channel with a filter of its own.

    Args:
        A_prev: activations, shape (m, n_H_prev, n_W_prev, n_C); m may be 0.
        W: one filter for each channel, shape (f_H, f_W, n_C).
        b: biases, shape (1, 1, 1, n_C).
        hparameters: dictionary with "stride" and "pad", as for `convolution.conv_forward`.

    Returns:
        (Z, cache): Z of shape (m, n_H, n_W, n_C), and cache = (A_prev, W, b, hparameters).

    Raises:
        ValueError: shapes do not fit together, a parameter is NaN, stride or pad is out of range.

    Reference:
        Howard et al., "MobileNets", 2017, section 3.1.

    Example:
        >>> X, W = np.ones((1, 3, 3, 2)), np.ones((3, 3, 2)) * [1.0, 10.0]
        >>> Z, _ = depthwise_forward(X, W, np.zeros((1, 1, 1, 2)), {"stride": 1, "pad": 0})
        >>> Z.ravel().tolist()
        [9.0, 90.0]
    """
    A_prev, W, b, stride, pads, out_size = _checked_depthwise(A_prev, W, b, hparameters)
    padded = zero_pad(A_prev, pads)
    Z = np.zeros((len(A_prev), *out_size, W.shape[2]), A_prev.dtype)
    for i, j in np.ndindex(*W.shape[:2]):
        Z += _seen(padded, i, j, stride, out_size) * W[i, j]
    return Z + b, (A_prev, W, b, hparameters)


def depthwise_backward(dZ, cache):
    """Go back through a depthwise convolution.

    Args:
        dZ: gradient of the cost with respect to Z, shape (m, n_H, n_W, n_C).
        cache: (A_prev, W, b, hparameters) of `depthwise_forward`.

    Returns:
        (dA_prev, dW, db), each of the shape of what it belongs to; dW and db summed over the
        images.

    Raises:
        ValueError: dZ does not have the shape of Z.

    Example:
        >>> X, W = np.ones((1, 3, 3, 1)), np.full((3, 3, 1), 2.0)
        >>> _, cache = depthwise_forward(X, W, np.zeros((1, 1, 1, 1)), {"stride": 1, "pad": 0})
        >>> [float(gradient.sum()) for gradient in depthwise_backward(np.ones((1, 1, 1, 1)), cache)]
        [18.0, 9.0, 1.0]
    """
    A_prev, W, b, stride, pads, out_size = _checked_depthwise(*cache)
    dZ = checked_gradient("dZ", dZ, (len(A_prev), *out_size, W.shape[2]), A_prev.dtype)
    padded = zero_pad(A_prev, pads)
    d_padded, dW = np.zeros_like(padded), np.empty_like(W)
    for i, j in np.ndindex(*W.shape[:2]):
        _seen(d_padded, i, j, stride, out_size)[...] += dZ * W[i, j]
        dW[i, j] = (_seen(padded, i, j, stride, out_size) * dZ).sum(axis=(0, 1, 2))
    return zero_pad_backward(d_padded, pads), dW, dZ.sum(axis=(0, 1, 2)).reshape(b.shape)


def depthwise_forward_loops(A_prev, W, b, hparameters):
    """Convolve each channel with a filter of its own, one output at a time.

    Args:
        A_prev: activations, shape (m, n_H_prev, n_W_prev, n_C); m may be 0.
        W: one filter for each channel, shape (f_H, f_W, n_C).
        b: biases, shape (1, 1, 1, n_C).
        hparameters: dictionary with "stride" and "pad".

    Returns:
        (Z, cache), as `depthwise_forward` returns them.

    Raises:
        ValueError: as `depthwise_forward`.

    Example:
        >>> X, W = np.ones((1, 3, 3, 2)), np.ones((3, 3, 2)) * [1.0, 10.0]
        >>> Z, _ = depthwise_forward_loops(X, W, np.zeros((1, 1, 1, 2)), {"stride": 1, "pad": 0})
        >>> Z.ravel().tolist()
        [9.0, 90.0]
    """
    A_prev, W, b, stride, pads, out_size = _checked_depthwise(A_prev, W, b, hparameters)
    f_H, f_W, n_C = W.shape
    padded = zero_pad(A_prev, pads)
    Z = np.zeros((len(A_prev), *out_size, n_C), A_prev.dtype)
    for i, h, w, c in np.ndindex(*Z.shape):
        top, left = h * stride, w * stride
        window = padded[i, top : top + f_H, left : left + f_W, c]
        Z[i, h, w, c] = np.sum(window * W[..., c]) + b[0, 0, 0, c]
    return Z, (A_prev, W, b, hparameters)


def pointwise_forward(A_prev, W, b):
    """Mix the channels of every pixel: a 1×1 convolution, which is a dense layer for each pixel.

    Args:
        A_prev: activations, shape (m, n_H, n_W, n_C_prev); m may be 0.
        W: weights, shape (n_C_prev, n_C).
        b: biases, shape (1, 1, 1, n_C).

    Returns:
        (Z, cache): Z of shape (m, n_H, n_W, n_C), and cache = (A_prev, W, b).

    Raises:
        ValueError: shapes do not fit together, or a parameter is NaN.

    Reference:
        Lin, Chen and Yan, "Network in network", 2014.

    Example:
        >>> X, W = np.array([1.0, 2.0]).reshape(1, 1, 1, 2), np.array([[1.0], [10.0]])
        >>> pointwise_forward(X, W, np.zeros((1, 1, 1, 1)))[0].item()
        21.0
    """
    A_prev, W, b = _checked_pointwise(A_prev, W, b)
    n_C_prev, n_C = W.shape
    Z = A_prev.reshape(-1, n_C_prev) @ W  # one product for all pixels, not one for each row
    return Z.reshape(*A_prev.shape[:3], n_C) + b, (A_prev, W, b)


def pointwise_backward(dZ, cache):
    """Go back through a 1×1 convolution.

    Args:
        dZ: gradient of the cost with respect to Z, shape (m, n_H, n_W, n_C).
        cache: (A_prev, W, b) of `pointwise_forward`.

    Returns:
        (dA_prev, dW, db), each of the shape of what it belongs to; dW and db summed over the
        images.

    Raises:
        ValueError: dZ does not have the shape of Z.

    Example:
        >>> X, W = np.array([1.0, 2.0]).reshape(1, 1, 1, 2), np.array([[1.0], [10.0]])
        >>> _, cache = pointwise_forward(X, W, np.zeros((1, 1, 1, 1)))
        >>> gradients = pointwise_backward(np.ones((1, 1, 1, 1)), cache)
        >>> [gradient.ravel().tolist() for gradient in gradients]
        [[1.0, 10.0], [1.0, 2.0], [1.0]]
    """
    A_prev, W, b = _checked_pointwise(*cache)
    n_C_prev, n_C = W.shape
    dZ = checked_gradient("dZ", dZ, (*A_prev.shape[:3], n_C), A_prev.dtype).reshape(-1, n_C)
    dA_prev = (dZ @ W.T).reshape(A_prev.shape)
    return dA_prev, A_prev.reshape(-1, n_C_prev).T @ dZ, dZ.sum(axis=0).reshape(b.shape)


def pointwise_forward_loops(A_prev, W, b):
    """Mix the channels, one pixel and one output channel at a time.

    Args:
        A_prev: activations, shape (m, n_H, n_W, n_C_prev); m may be 0.
        W: weights, shape (n_C_prev, n_C).
        b: biases, shape (1, 1, 1, n_C).

    Returns:
        (Z, cache), as `pointwise_forward` returns them.

    Raises:
        ValueError: as `pointwise_forward`.

    Example:
        >>> X, W = np.array([1.0, 2.0]).reshape(1, 1, 1, 2), np.array([[1.0], [10.0]])
        >>> pointwise_forward_loops(X, W, np.zeros((1, 1, 1, 1)))[0].item()
        21.0
    """
    A_prev, W, b = _checked_pointwise(A_prev, W, b)
    Z = np.zeros((*A_prev.shape[:3], W.shape[1]), A_prev.dtype)
    for i, h, w, c in np.ndindex(*Z.shape):
        Z[i, h, w, c] = np.sum(A_prev[i, h, w] * W[:, c]) + b[0, 0, 0, c]
    return Z, (A_prev, W, b)


def _checked_depthwise(A_prev, W, b, hparameters):
    A_prev = checked_images("A_prev", A_prev)
    sizes = {"n_C": A_prev.shape[3]}
    W = parameter_array("W", W, ("f_H", "f_W", "n_C"), sizes)
    b = parameter_array("b", b, (1, 1, 1, "n_C"), sizes)
    size, filter_size = A_prev.shape[1:3], W.shape[:2]
    stride, pads = checked_windows(hparameters, size, filter_size)
    out_size = windows_of(size, filter_size, stride, pads)
    return *_in_one_precision(A_prev, W, b), stride, pads, out_size


def _checked_pointwise(A_prev, W, b):
    A_prev = checked_images("A_prev", A_prev)
    sizes = {"n_C_prev": A_prev.shape[3]}
    W = parameter_array("W", W, ("n_C_prev", "n_C"), sizes)
    return _in_one_precision(A_prev, W, parameter_array("b", b, (1, 1, 1, "n_C"), sizes))


def _in_one_precision(*arrays):
    dtype = np.result_type(*arrays)
    return [array.astype(dtype, copy=False) for array in arrays]


def _seen(padded, i, j, stride, out_size):
    """View the pixel that place (i, j) of the filter meets, for every output."""
    n_H, n_W = out_size
    return padded[:, i : i + stride * n_H : stride, j : j + stride * n_W : stride]
