"""Convolution with stride 1 as a sum of matrix products, for images with many channels.

Written as one long row of pixels, an image meets a weight of the filter at the same distance from
every output: for the weight in row i and column j, i rows and j pixels further on. So a weight's
share in all outputs is one product of a shifted image with the matrix W[i, j], and nothing is
copied for it. Outputs whose window would wrap around the end of a row are computed and dropped.
"""

import numpy as np

from dlcourse.scratch.small_products import divisor_below, share_images, tiled

__all__ = ["filter_gradient", "input_gradient", "shifted_forward"]

_BLOCK = 16  # outputs are computed in multiples of this
_CACHED = 2**17  # numbers in a band of outputs: what a core's own cache can hold


def shifted_forward(X, W, b, pads):
    """Cross-correlate images with filters, stride 1.

    Args:
        X: images, shape (m, h, w, c), floats.
        W: filters, shape (f_h, f_w, c, k), of the same precision.
        b: bias, anything that adds to the last axis of size k.
        pads: ((top, bottom), (left, right)), rows and columns of zeros to add; below 0, to remove.

    Returns:
        Z, shape (m, h + top + bottom - f_h + 1, w + left + right - f_w + 1, k).

    Example:
        >>> X, W = np.arange(9.0).reshape(1, 3, 3, 1), np.ones((2, 2, 1, 1))
        >>> shifted_forward(X, W, 0.0, ((0, 0), (0, 0)))[0, :, :, 0].tolist()
        [[8.0, 12.0], [20.0, 24.0]]
    """
    X, pads = _crop(X, pads)
    f_h, f_w, c, k = W.shape
    out_h, out_w = X.shape[1] + sum(pads[0]) - f_h + 1, X.shape[2] + sum(pads[1]) - f_w + 1
    Z = np.empty((len(X), out_h, out_w, k), X.dtype)
    band, starts = _bands(out_h, out_w * max(c, k))

    def work(images):
        pixels, shifted, outputs = _buffers(X, f_h, f_w, pads, band)
        (total, kept), (share, _) = outputs(k), outputs(k)
        products = [
            [
                tiled(shifted(start + i, j), W[i, j], share if (i, j) > (0, 0) else total)
                for i, j in np.ndindex(f_h, f_w)
            ]
            for start in starts
        ]
        for x, z in zip(X[images], Z[images], strict=True):
            pixels[...] = x
            for start, (first, *others) in zip(starts, products, strict=True):
                np.matmul(*first[:2], out=first[2])
                for A, B, out in others:
                    np.matmul(A, B, out=out)
                    np.add(total, share, out=total)
                np.add(kept, b, out=z[start : start + band])

    share_images(work, len(X), Z.size * f_h * f_w * c)
    return Z


def input_gradient(dZ, W, pads):
    """Backward pass of `shifted_forward` to the images: again a cross-correlation.

    An input pixel meets the outputs around it through the filter turned by 180°.

    Args:
        dZ: gradient of the cost with respect to Z, shape (m, out_h, out_w, k).
        W: filters, shape (f_h, f_w, c, k).
        pads: as in the forward pass.

    Returns:
        dX, shape (m, h, w, c).

    Example:
        >>> dX = input_gradient(np.ones((1, 2, 2, 1)), np.ones((2, 2, 1, 1)), ((0, 0), (0, 0)))
        >>> dX[0, :, :, 0].tolist()
        [[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]
    """
    turned = np.ascontiguousarray(W[::-1, ::-1].swapaxes(2, 3))
    missing = [tuple(f - 1 - p for p in pad) for f, pad in zip(W.shape[:2], pads, strict=True)]
    return shifted_forward(dZ, turned, np.zeros((), dZ.dtype), missing)


def filter_gradient(dZ, X, filter_size, pads):
    """Backward pass of `shifted_forward` to the filters: images against output gradients.

    Args:
        dZ: gradient of the cost with respect to Z, shape (m, out_h, out_w, k).
        X: images, shape (m, h, w, c).
        filter_size: (f_h, f_w).
        pads: as in the forward pass.

    Returns:
        dW, shape (f_h, f_w, c, k), summed over the images.

    Example:
        >>> X = np.arange(9.0).reshape(1, 3, 3, 1)
        >>> dW = filter_gradient(np.ones((1, 2, 2, 1)), X, (2, 2), ((0, 0), (0, 0)))
        >>> dW[:, :, 0, 0].tolist()
        [[8.0, 12.0], [20.0, 24.0]]
    """
    (f_h, f_w), (_, out_h, out_w, k), c = filter_size, dZ.shape, X.shape[3]
    band, starts = _bands(out_h, out_w * max(c, k))

    def work(images):
        pixels, shifted, outputs = _buffers(X, f_h, f_w, pads, band)
        spread, kept = outputs(k)
        # sums over some outputs at a time, which also keeps more digits than one long sum
        length = divisor_below(len(spread), 4 * _BLOCK)
        blocks = spread.reshape(-1, length, k)
        parts = np.empty((len(blocks), c, k), X.dtype)
        products = [
            [
                tiled(shifted(start + i, j).reshape(-1, length, c).swapaxes(1, 2), blocks, parts)
                for i, j in np.ndindex(f_h, f_w)
            ]
            for start in starts
        ]
        dW = np.zeros((f_h * f_w, c, k), X.dtype)
        for x, dz in zip(X[images], dZ[images], strict=True):
            pixels[...] = x
            done = 0
            for start, of_band in zip(starts, products, strict=True):
                kept[...] = dz[start : start + band]
                kept[: done - start] = 0  # rows that the band before had, too
                done = start + band
                for gradient, (A, B, out) in zip(dW, of_band, strict=True):
                    np.matmul(A, B, out=out)
                    np.add(gradient, parts.sum(axis=0), out=gradient)
        return dW

    parts = share_images(work, len(X), dZ.size * f_h * f_w * c)
    return sum(parts).reshape(f_h, f_w, c, k)


def _crop(X, pads):
    """Carry out the negative paddings, so that only zeros are left to add."""
    (top, bottom), (left, right) = pads
    _, h, w, _ = X.shape
    X = X[:, max(0, -top) : h + min(0, bottom), max(0, -left) : w + min(0, right)]
    return X, [tuple(max(0, p) for p in pad) for pad in pads]


def _bands(out_h, numbers):
    """How many output rows are computed at a time, and the first row of every such band."""
    band = -(-out_h // -(-out_h * numbers // _CACHED))
    # the last band may overlap the one before
    return band, [min(start, out_h - band) for start in range(0, out_h, band)]


def _buffers(X, f_h, f_w, pads, band):
    """Room for one padded image and for a band of outputs.

    Returns where to put the pixels; a function from a row and a column to the matrix of all pixels
    (outputs, c) from there on; and a function from k to an array of zeros (outputs, k), together
    with a view of those of its outputs that exist, (band, out_w, k).
    """
    (top, bottom), (left, right) = pads
    _, h, w, c = X.shape
    height, width = h + top + bottom, w + left + right
    n = -(-band * width // _BLOCK) * _BLOCK  # a number that can be divided
    flat = np.zeros((height * width + _BLOCK + f_w, c), X.dtype)
    padded = flat[: height * width].reshape(height, width, c)

    def shifted(row, column):
        return flat[row * width + column :][:n]

    def outputs(k):
        zeros = np.zeros((n, k), X.dtype)
        return zeros, zeros[: band * width].reshape(band, width, k)[:, : width - f_w + 1]

    return padded[top : top + h, left : left + w], shifted, outputs
