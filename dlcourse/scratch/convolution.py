"""Convolution in two dimensions, vectorized: the one to use, forward beside backward.

As everywhere in deep learning it is a cross-correlation: the filter is not turned around
(`dlcourse.scratch.edge_detection` has the true convolution). Images are (m, n_H, n_W, n_C). What it
computes is written out in `dlcourse.scratch.convolution_loops`, with the same arguments.
"""

from dlcourse.scratch.convolution_columns import columns_backward, columns_forward
from dlcourse.scratch.convolution_shapes import checked_filters, checked_gradient, windows_of
from dlcourse.scratch.convolution_shifts import filter_gradient, input_gradient, shifted_forward

__all__ = ["conv_backward", "conv_forward"]

# Shifted products copy the image f times and add f results, columns copy it f² times. But with
# few channels the products are so thin that copying is cheaper. They meet at about 16 channels.
_MANY_CHANNELS = 17


def conv_forward(A_prev, W, b, hparameters):
    """Slide filters over images: every output is one window times one filter, plus a bias.

    Args:
        A_prev: images, or activations of the layer before, shape
            (m, n_H_prev, n_W_prev, n_C_prev); m may be 0.
        W: filters, shape (f_H, f_W, n_C_prev, n_C).
        b: biases, shape (1, 1, 1, n_C).
        hparameters: dictionary with "stride", at least 1, and "pad": a number of zeros for every
            side, "valid", "same", or ((top, bottom), (left, right)).

    Returns:
        (Z, cache): Z of shape (m, n_H, n_W, n_C) with n_H = ⌊(n_H_prev + 2 pad - f) / stride⌋ + 1,
        and cache = (A_prev, W, b, hparameters) for the backward pass.

    Raises:
        ValueError: shapes do not fit together, a parameter is NaN, stride or pad is out of range.

    Reference:
        LeCun et al., "Backpropagation applied to handwritten zip code recognition", 1989.

    Example:
        >>> import numpy as np
        >>> X, W = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
        >>> Z, _ = conv_forward(X, W, np.ones((1, 1, 1, 1)), {"stride": 1, "pad": 0})
        >>> Z[0, :, :, 0].tolist()
        [[9.0, 13.0], [21.0, 25.0]]
    """
    A_prev, W, b, stride, pads = checked_filters(A_prev, W, b, hparameters)
    cache = (A_prev, W, b, hparameters)
    if _by_shifts(W, stride):
        return shifted_forward(A_prev, W, b.ravel(), pads), cache
    return columns_forward(A_prev, W, b, stride, pads), cache


def conv_backward(dZ, cache):
    """Go back through a convolution.

    Args:
        dZ: gradient of the cost with respect to Z, shape (m, n_H, n_W, n_C).
        cache: (A_prev, W, b, hparameters) of `conv_forward`.

    Returns:
        (dA_prev, dW, db), each of the shape of what it belongs to; dW and db summed over the
        images.

    Raises:
        ValueError: dZ does not have the shape of Z.

    Example:
        >>> import numpy as np
        >>> X, W = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
        >>> _, cache = conv_forward(X, W, np.ones((1, 1, 1, 1)), {"stride": 1, "pad": 0})
        >>> dA_prev, dW, db = conv_backward(np.ones((1, 2, 2, 1)), cache)
        >>> dA_prev[0, :, :, 0].tolist()
        [[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]
        >>> dW[:, :, 0, 0].tolist(), db.item()
        ([[8.0, 12.0], [20.0, 24.0]], 4.0)
    """
    A_prev, W, b, stride, pads = checked_filters(*cache)
    out_size = windows_of(A_prev.shape[1:3], W.shape[:2], stride, pads)
    dZ = checked_gradient("dZ", dZ, (len(A_prev), *out_size, W.shape[3]), A_prev.dtype)
    if _by_shifts(W, stride):
        dA_prev = input_gradient(dZ, W, pads)
        dW = filter_gradient(dZ, A_prev, W.shape[:2], pads)
    else:
        dA_prev, dW = columns_backward(dZ, A_prev, W, stride, pads)
    # over short axes first: one long float32 sum would lose digits
    return dA_prev, dW, dZ.sum(axis=1).sum(axis=(0, 1)).reshape(b.shape)


def _by_shifts(W, stride):
    # the shifts would compute every output that a larger stride leaves out
    return stride == 1 and W.shape[2] >= _MANY_CHANNELS
