"""Padding: a frame around images, so that a filter also reaches the pixels at the border.

Without it every layer shrinks the image ("valid"), and the corners are seen by one window only.
"""

from numbers import Integral

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.ranges import whole_number

__all__ = [
    "edge_pad",
    "edge_pad_backward",
    "padding_amounts",
    "same_padding",
    "zero_pad",
    "zero_pad_backward",
]


def same_padding(n, f, stride=1):
    """Tell how much padding makes the output as large as the input, up to the stride: ⌈n / s⌉.

    For stride 1 and odd f this is p = (f - 1) / 2 on both sides. What cannot be halved has its
    odd pixel at the end, as in Keras and TensorFlow.

    Args:
        n: size of the input along one axis, at least 1.
        f: size of the filter, at least 1.
        stride: step from window to window, s, at least 1.

    Returns:
        (before, after): pixels to add on each side.

    Raises:
        ValueError: a number is below 1.

    Example:
        >>> same_padding(6, 3), same_padding(6, 4), same_padding(6, 3, stride=2)
        ((1, 1), (1, 2), (0, 1))
    """
    n, f = whole_number("n", n, 1), whole_number("f", f, 1)
    stride = whole_number("stride", stride, 1)
    total = max((-(-n // stride) - 1) * stride + f - n, 0)
    return total // 2, total - total // 2


def padding_amounts(pad, size, filter_size, stride):
    """Turn any way of asking for padding into pixels.

    Args:
        pad: "valid" (none), "same", a number of pixels p for every side, or a pair
            (before, after) for each axis, such as ((top, bottom), (left, right)).
        size: size of the input along each axis, such as (height, width).
        filter_size: size of the filter along each axis.
        stride: step from window to window, at least 1.

    Returns:
        Tuple with a pair (before, after) for each axis.

    Raises:
        ValueError: pad is nothing of this.

    Example:
        >>> padding_amounts("same", (6, 6), (3, 5), 1)
        ((1, 1), (2, 2))
        >>> padding_amounts(2, (6, 6), (3, 3), 1)
        ((2, 2), (2, 2))
    """
    if isinstance(pad, str) and pad == "same":
        return tuple(same_padding(n, f, stride) for n, f in zip(size, filter_size, strict=True))
    return _pairs(0 if isinstance(pad, str) and pad == "valid" else pad, len(size))


def zero_pad(X, pad):
    """Surround images with black: zeros.

    Args:
        X: images, shape (m, n_H, n_W, n_C), or one axis less or more between the first and last.
        pad: pixels for every side, at least 0, or a pair (before, after) for each axis.

    Returns:
        Array of shape (m, n_H + 2 pad, n_W + 2 pad, n_C).

    Raises:
        ValueError: X is no batch of images, or pad is no padding.

    Example:
        >>> zero_pad(np.ones((1, 1, 2, 1)), 1)[0, :, :, 0].tolist()
        [[0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 0.0]]
    """
    X, pairs = _checked("X", X, pad)
    return np.pad(X, ((0, 0), *pairs, (0, 0)))


def zero_pad_backward(dX_pad, pad):
    """Backward pass of `zero_pad`: what happens to the zeros does not matter to the image.

    Args:
        dX_pad: gradient of the cost with respect to the padded images.
        pad: as given to `zero_pad`.

    Returns:
        dX: the part of the gradient inside the frame.

    Raises:
        ValueError: dX_pad is smaller than the frame, or pad is no padding.

    Example:
        >>> zero_pad_backward(np.arange(9.0).reshape(1, 3, 3, 1), 1).tolist()
        [[[[4.0]]]]
    """
    dX_pad, pairs = _checked("dX_pad", dX_pad, pad)
    return dX_pad[(slice(None), *_inside(dX_pad, pairs))]


def edge_pad(X, pad):
    """Surround images with copies of their own border (replicate).

    Args:
        X: images, shape (m, n_H, n_W, n_C), with at least one pixel; or one axis less or more.
        pad: pixels for every side, at least 0, or a pair (before, after) for each axis.

    Returns:
        Array of shape (m, n_H + 2 pad, n_W + 2 pad, n_C).

    Raises:
        ValueError: X is no batch of images, or pad is no padding.

    Example:
        >>> edge_pad(np.array([1.0, 2.0]).reshape(1, 1, 2, 1), 1)[0, 0, :, 0].tolist()
        [1.0, 1.0, 2.0, 2.0]
    """
    X, pairs = _checked("X", X, pad)
    if 0 in X.shape[1:-1]:
        raise ValueError(f"X: expected at least one pixel along each axis; got shape {X.shape}")
    return np.pad(X, ((0, 0), *pairs, (0, 0)), mode="edge")


def edge_pad_backward(dX_pad, pad):
    """Backward pass of `edge_pad`: a border pixel collects the gradients of all its copies.

    Args:
        dX_pad: gradient of the cost with respect to the padded images.
        pad: as given to `edge_pad`.

    Returns:
        dX, shape of the images.

    Raises:
        ValueError: dX_pad is smaller than the frame, or pad is no padding.

    Example:
        >>> edge_pad_backward(np.ones((1, 1, 4, 1)), ((0, 0), (1, 1)))[0, 0, :, 0].tolist()
        [2.0, 2.0]
    """
    dX_pad, pairs = _checked("dX_pad", dX_pad, pad)
    dX = dX_pad
    for axis, inside in enumerate(_inside(dX_pad, pairs), start=1):
        ahead, dX, behind = np.split(dX, [inside.start, inside.stop], axis=axis)
        dX = np.moveaxis(dX.copy(), axis, 0)  # one axis after the other, so that corners add up
        dX[0] += ahead.sum(axis=axis)
        dX[-1] += behind.sum(axis=axis)
        dX = np.moveaxis(dX, 0, axis)
    return dX


def _inside(padded, pairs):
    sizes = padded.shape[1:-1]
    if any(n <= before + after for n, (before, after) in zip(sizes, pairs, strict=True)):
        raise ValueError(f"dX_pad: expected more than the frame {pairs}; got shape {padded.shape}")
    return [slice(before, n - after) for n, (before, after) in zip(sizes, pairs, strict=True)]


def _checked(name, X, pad):
    X = as_float(X)
    if X.ndim < 3:
        raise ValueError(f"{name}: expected images (m, n_H, n_W, n_C); got shape {X.shape}")
    return X, _pairs(pad, X.ndim - 2)


def _pairs(pad, axes):
    if isinstance(pad, Integral) and pad >= 0:
        return ((int(pad), int(pad)),) * axes
    pairs = pad if isinstance(pad, (tuple, list)) else ()
    good = len(pairs) == axes and all(
        isinstance(pair, (tuple, list))
        and len(pair) == 2
        and all(isinstance(p, Integral) and p >= 0 for p in pair)
        for pair in pairs
    )
    if not good:
        raise ValueError(
            f"pad: expected 'valid', 'same', a whole number of at least 0, or {axes} pairs "
            f"(before, after) of such numbers; got {pad!r}"
        )
    return tuple((int(before), int(after)) for before, after in pairs)
