"""Transposed convolution: from small images to large ones, for decoders, U-Nets and generators.

Every input pixel stamps the filter, scaled by its own value, into the output, `stride` pixels
further on for each step; where stamps overlap they add up. As a linear map it is the transpose of
the convolution with the same filter, stride and padding: one's forward is the other's backward.
"""

import numpy as np

from dlcourse.scratch.convolution_shapes import checked_gradient, checked_images
from dlcourse.scratch.named_arrays import parameter_array
from dlcourse.scratch.padding import padding_amounts, zero_pad, zero_pad_backward
from dlcourse.scratch.ranges import whole_number

__all__ = [
    "transposed_conv_backward",
    "transposed_conv_forward",
    "transposed_conv_forward_loops",
]


def transposed_conv_forward(A_prev, W, b, hparameters):
    """Stamp filters into a larger image, one place of the filter at a time for all pixels.

    Args:
        A_prev: activations, shape (m, n_H_prev, n_W_prev, n_C_prev); m may be 0.
        W: filters, shape (f_H, f_W, n_C, n_C_prev): the shape in the convolution that goes the
            other way, from n_C to n_C_prev channels.
        b: biases, shape (1, 1, 1, n_C).
        hparameters: dictionary with "stride", at least 1, and "pad", the padding of the
            convolution that goes the other way: here so many pixels are cut off each side. "same"
            gives n_H = stride · n_H_prev.

    Returns:
        (Z, cache): Z of shape (m, n_H, n_W, n_C) with n_H = (n_H_prev - 1) stride + f - 2 pad, and
        cache = (A_prev, W, b, hparameters) for the backward pass.

    Raises:
        ValueError: shapes do not fit together, a parameter is NaN, stride or pad is out of range.

    Reference:
        Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016, chapter 4.

    Example:
        >>> X, W = np.array([[1.0, 2.0]]).reshape(1, 1, 2, 1), np.ones((1, 3, 1, 1))
        >>> Z, _ = transposed_conv_forward(X, W, np.zeros((1, 1, 1, 1)), {"stride": 2, "pad": 0})
        >>> Z.ravel().tolist()
        [1.0, 1.0, 3.0, 2.0, 2.0]
    """
    A_prev, W, b, stride, pads, full = _checked(A_prev, W, b, hparameters)
    Z = np.zeros((len(A_prev), *full, W.shape[2]), A_prev.dtype)
    for i, j in np.ndindex(*W.shape[:2]):
        _place(Z, i, j, stride, A_prev.shape)[...] += A_prev @ W[i, j].T
    return zero_pad_backward(Z, pads) + b, (A_prev, W, b, hparameters)


def transposed_conv_backward(dZ, cache):
    """Go back through a transposed convolution: a plain convolution, with the same filter.

    Args:
        dZ: gradient of the cost with respect to Z, shape (m, n_H, n_W, n_C).
        cache: (A_prev, W, b, hparameters) of `transposed_conv_forward`.

    Returns:
        (dA_prev, dW, db), each of the shape of what it belongs to; dW and db summed over the
        images.

    Raises:
        ValueError: dZ does not have the shape of Z.

    Example:
        >>> X, W = np.array([[1.0, 2.0]]).reshape(1, 1, 2, 1), np.ones((1, 3, 1, 1))
        >>> hparameters = {"stride": 2, "pad": 0}
        >>> _, cache = transposed_conv_forward(X, W, np.zeros((1, 1, 1, 1)), hparameters)
        >>> dA_prev, dW, db = transposed_conv_backward(np.ones((1, 1, 5, 1)), cache)
        >>> dA_prev.ravel().tolist(), dW.ravel().tolist(), db.item()
        ([3.0, 3.0], [3.0, 3.0, 3.0], 5.0)
    """
    A_prev, W, b, stride, pads, full = _checked(*cache)
    size = tuple(n - sum(pad) for n, pad in zip(full, pads, strict=True))
    dZ = checked_gradient("dZ", dZ, (len(A_prev), *size, W.shape[2]), A_prev.dtype)
    dZ_pad = zero_pad(dZ, pads)
    dA_prev, dW = np.zeros_like(A_prev), np.empty_like(W)
    for i, j in np.ndindex(*W.shape[:2]):
        seen = _place(dZ_pad, i, j, stride, A_prev.shape)
        dA_prev += seen @ W[i, j]
        dW[i, j] = np.tensordot(seen, A_prev, axes=((0, 1, 2), (0, 1, 2)))
    return dA_prev, dW, dZ.sum(axis=(0, 1, 2)).reshape(b.shape)


def transposed_conv_forward_loops(A_prev, W, b, hparameters):
    """Stamp filters into a larger image, one input pixel at a time: to be read, not to be used.

    Args:
        A_prev: activations, shape (m, n_H_prev, n_W_prev, n_C_prev); m may be 0.
        W: filters, shape (f_H, f_W, n_C, n_C_prev).
        b: biases, shape (1, 1, 1, n_C).
        hparameters: as for `transposed_conv_forward`.

    Returns:
        (Z, cache), as `transposed_conv_forward` returns them.

    Raises:
        ValueError: as `transposed_conv_forward`.

    Example:
        >>> X, W = np.array([[1.0, 2.0]]).reshape(1, 1, 2, 1), np.ones((1, 3, 1, 1))
        >>> hparameters = {"stride": 2, "pad": 0}
        >>> Z, _ = transposed_conv_forward_loops(X, W, np.zeros((1, 1, 1, 1)), hparameters)
        >>> Z.ravel().tolist()
        [1.0, 1.0, 3.0, 2.0, 2.0]
    """
    A_prev, W, b, stride, pads, full = _checked(A_prev, W, b, hparameters)
    f_H, f_W, n_C, _ = W.shape
    Z = np.zeros((len(A_prev), *full, n_C), A_prev.dtype)
    for i, h, w, c in np.ndindex(*A_prev.shape):
        top, left = h * stride, w * stride
        Z[i, top : top + f_H, left : left + f_W] += W[..., c] * A_prev[i, h, w, c]
    return zero_pad_backward(Z, pads) + b, (A_prev, W, b, hparameters)


def _checked(A_prev, W, b, hparameters):
    """Check everything, and work out the size of the output before anything is cut off."""
    A_prev = checked_images("A_prev", A_prev)
    sizes = {"n_C_prev": A_prev.shape[3]}
    W = parameter_array("W", W, ("f_H", "f_W", "n_C", "n_C_prev"), sizes)
    b = parameter_array("b", b, (1, 1, 1, "n_C"), sizes)
    if set(hparameters) != {"stride", "pad"}:
        raise ValueError(f"hparameters: expected the keys 'stride' and 'pad'; got {hparameters!r}")
    stride, pad = whole_number("stride", hparameters["stride"], 1), hparameters["pad"]
    full = tuple((n - 1) * stride + f for n, f in zip(A_prev.shape[1:3], W.shape[:2], strict=True))
    pads = padding_amounts(pad, tuple(n * stride for n in A_prev.shape[1:3]), W.shape[:2], stride)
    if isinstance(pad, str) and pad == "same":
        # a filter smaller than the stride leaves gaps, also at the end
        full = tuple(max(n, s * stride) for n, s in zip(full, A_prev.shape[1:3], strict=True))
    if any(n <= sum(amounts) for n, amounts in zip(full, pads, strict=True)):
        raise ValueError(f"pad: expected less than the whole output {full}; got {pad!r}")
    dtype = np.result_type(A_prev, W, b)
    return *(array.astype(dtype, copy=False) for array in (A_prev, W, b)), stride, pads, full


def _place(images, i, j, stride, shape):
    """View, for every small pixel, the large pixel that place (i, j) of its stamp falls on."""
    _, h, w, _ = shape
    return images[:, i : i + stride * h : stride, j : j + stride * w : stride]
