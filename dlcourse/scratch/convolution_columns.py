"""Convolution as one matrix product (im2col), for images with few channels or strides.

Every output looks at a window of f_h · f_w · c inputs. Written below each other, the windows of an
image are the columns of a matrix, and convolving becomes multiplying. A last row of ones carries
the bias: it is the weight of an input that is always 1.

Reference:
    Chellapilla, Puri and Simard, "High performance convolutional neural networks for document
    processing", 2006.
"""

import math

import numpy as np

from dlcourse.scratch.convolution_shapes import windows_of
from dlcourse.scratch.small_products import divisor_below, multiply, share_images

__all__ = ["columns_backward", "columns_forward", "image_columns"]

_CACHED = 2**19  # numbers in columns that are made at a time: what a core's own cache can hold


def image_columns(X, filter_size, stride, pads):
    """Write the window of every output as a column, with a 1 below.

    Args:
        X: images, shape (m, h, w, c).
        filter_size: (f_h, f_w).
        stride: step from window to window, at least 1.
        pads: ((top, bottom), (left, right)), rows and columns of zeros around the images.

    Returns:
        Array of shape (m, f_h · f_w · c + 1, out_h · out_w).

    Example:
        >>> X = np.arange(6.0).reshape(1, 2, 3, 1)
        >>> image_columns(X, (2, 2), 1, ((0, 0), (0, 0)))[0].tolist()
        [[0.0, 1.0], [1.0, 2.0], [3.0, 4.0], [4.0, 5.0], [1.0, 1.0]]
    """
    (m, h, w, c), (f_h, f_w), ((top, _), (left, _)) = X.shape, filter_size, pads
    # channels first: then neighbours in a row of a window's matrix are neighbours in memory
    padded = np.zeros((m, c, h + sum(pads[0]), w + sum(pads[1])), X.dtype)
    padded[:, :, top : top + h, left : left + w] = X.transpose(0, 3, 1, 2)
    out_h, out_w = windows_of((h, w), filter_size, stride, pads)
    image, channel, row, pixel = padded.strides
    windows = np.lib.stride_tricks.as_strided(
        padded,
        (m, f_h, f_w, c, out_h, out_w),
        (image, row, pixel, channel, row * stride, pixel * stride),
        writeable=False,
    )
    columns = np.empty((m, f_h * f_w * c + 1, out_h * out_w), X.dtype)
    columns[:, :-1].reshape(windows.shape)[...] = windows
    columns[:, -1] = 1
    return columns


def columns_forward(X, W, b, stride, pads):
    """Cross-correlate images with filters.

    Args:
        X: images, shape (m, h, w, c), floats.
        W: filters, shape (f_h, f_w, c, k), of the same precision.
        b: biases, k numbers in any shape.
        stride: step from window to window, at least 1.
        pads: ((top, bottom), (left, right)), rows and columns of zeros around the images.

    Returns:
        Z, shape (m, out_h, out_w, k).

    Example:
        >>> X, W = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
        >>> columns_forward(X, W, np.zeros(1), 1, ((0, 0), (0, 0)))[0, :, :, 0].tolist()
        [[8.0, 12.0], [20.0, 24.0]]
    """
    k = W.shape[3]
    out_size = windows_of(X.shape[1:3], W.shape[:2], stride, pads)
    weights = np.concatenate([W.reshape(-1, k), b.reshape(1, k)])
    Z = np.empty((len(X), *out_size, k), X.dtype)

    def work(images):
        for part in _cached_parts(images, len(weights) * math.prod(out_size)):
            columns = image_columns(X[part], W.shape[:2], stride, pads)
            rows = Z[part].reshape(len(columns), columns.shape[2], k)
            multiply(columns.swapaxes(1, 2), weights, out=rows)

    share_images(work, len(X), Z.size * len(weights))
    return Z


def columns_backward(dZ, X, W, stride, pads):
    """Backward pass of `columns_forward` to the images and the filters.

    Args:
        dZ: gradient of the cost with respect to Z, shape (m, out_h, out_w, k).
        X: images, shape (m, h, w, c).
        W: filters, shape (f_h, f_w, c, k).
        stride: as in the forward pass.
        pads: as in the forward pass.

    Returns:
        (dX, dW): dX (m, h, w, c), and dW (f_h, f_w, c, k), summed over the images.

    Example:
        >>> X, W = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
        >>> dX, dW = columns_backward(np.ones((1, 2, 2, 1)), X, W, 1, ((0, 0), (0, 0)))
        >>> dX[0, :, :, 0].tolist()
        [[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]
        >>> dW[:, :, 0, 0].tolist()
        [[8.0, 12.0], [20.0, 24.0]]
    """
    k, dX = W.shape[3], np.empty_like(X)
    weights = np.asfortranarray(W.reshape(-1, k))  # the order in which the product reads it

    def work(images):
        dW = np.zeros(weights.shape, X.dtype)
        for part in _cached_parts(images, len(weights) * math.prod(dZ.shape[1:3])):
            columns = image_columns(X[part], W.shape[:2], stride, pads)[:, :-1]
            dZ_rows = dZ[part].reshape(len(columns), columns.shape[2], k)
            dW += _product_of_blocks(columns, dZ_rows)
            # the windows have done their work: their memory is used again
            multiply(weights, dZ_rows.swapaxes(1, 2), out=columns)
            windows = columns.reshape(len(columns), *W.shape[:3], *dZ.shape[1:3])
            dX[part] = _add_windows(windows, X.shape[1:3], stride, pads)
        return dW

    parts = share_images(work, len(X), dZ.size * len(weights))
    return dX, sum(parts).reshape(W.shape)


def _cached_parts(images, numbers):
    """Cut a slice of images into parts whose columns, so many numbers for each, stay close."""
    m = images.stop - images.start
    count = min(m, -(-m * numbers // _CACHED))
    edges = [images.start + m * part // max(count, 1) for part in range(count + 1)]
    return list(map(slice, edges[:-1], edges[1:]))


def _product_of_blocks(columns, dZ_rows):
    """Multiply the windows by the output gradients of each image, and add up over the images."""
    m, rows, n = columns.shape
    length = divisor_below(n, 128)  # short sums also keep more digits than one long one
    blocks = columns.reshape(m, rows, n // length, length).swapaxes(1, 2)
    dZ_blocks = dZ_rows.reshape(m, n // length, length, dZ_rows.shape[2])
    parts = np.empty((*blocks.shape[:3], dZ_rows.shape[2]), columns.dtype)
    multiply(blocks, dZ_blocks, out=parts)
    return parts.sum(axis=(0, 1))


def _add_windows(windows, size, stride, pads):
    """Add every entry of every window to the pixel that it came from (col2im)."""
    (h, w), ((top, bottom), (left, right)) = size, pads
    m, f_h, f_w, c, out_h, out_w = windows.shape
    # rows first: whole rows are long stretches of memory, and only f_w sums are left to shift
    rows = np.zeros((m, f_w, c, top + h + bottom, out_w), windows.dtype)
    for i in range(f_h):
        rows[:, :, :, i : i + stride * out_h : stride] += windows[:, i]
    total = np.zeros((m, c, top + h + bottom, left + w + right), windows.dtype)
    for j in range(f_w):
        total[..., j : j + stride * out_w : stride] += rows[:, j]
    return total[:, :, top : top + h, left : left + w].transpose(0, 2, 3, 1)
