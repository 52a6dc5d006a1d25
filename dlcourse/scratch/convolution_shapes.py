"""What fits together in a convolution: images, filters, biases, stride, padding, gradients."""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.named_arrays import parameter_array
from dlcourse.scratch.padding import padding_amounts
from dlcourse.scratch.ranges import whole_number

__all__ = ["checked_filters", "checked_gradient", "checked_images", "checked_windows", "windows_of"]

_AXES = {1: "n_T", 2: "n_H, n_W", 3: "n_D, n_H, n_W"}


def checked_images(name, X, axes=2):
    """Return a batch of images as a floating-point array.

    Args:
        name: what the array is called where it was given.
        X: images (m, n_H, n_W, n_C) with at least one pixel and channel; m may be 0.
        axes: 1 for sequences, 2 for images, 3 for volumes.

    Returns:
        Floating-point array of the same shape.

    Raises:
        ValueError: X is no such array.

    Example:
        >>> checked_images("A_prev", np.zeros((5, 5, 3)))
        Traceback (most recent call last):
            ...
        ValueError: A_prev: expected (m, n_H, n_W, n_C), all but m at least 1; got shape (5, 5, 3)
    """
    X = as_float(X)
    if X.ndim != axes + 2 or 0 in X.shape[1:]:
        raise ValueError(
            f"{name}: expected (m, {_AXES[axes]}, n_C), all but m at least 1; got shape {X.shape}"
        )
    return X


def checked_windows(hparameters, size, filter_size):
    """Read stride and padding, and see that at least one window fits.

    Args:
        hparameters: dictionary with "stride", at least 1, and "pad", as for `padding_amounts`.
        size: size of the input along each axis.
        filter_size: size of the filter along each axis.

    Returns:
        (stride, pads): an int, and a pair (before, after) for each axis.

    Raises:
        ValueError: a key is missing or unknown, a value is out of range, or no window fits.

    Example:
        >>> checked_windows({"stride": 2, "pad": "same"}, (6, 6), (3, 3))
        (2, ((0, 1), (0, 1)))
    """
    if set(hparameters) != {"stride", "pad"}:
        raise ValueError(f"hparameters: expected the keys 'stride' and 'pad'; got {hparameters!r}")
    stride = whole_number("stride", hparameters["stride"], 1)
    pads = padding_amounts(hparameters["pad"], size, filter_size, stride)
    padded = tuple(n + sum(pad) for n, pad in zip(size, pads, strict=True))
    if any(f > n for f, n in zip(filter_size, padded, strict=True)):
        raise ValueError(
            f"W: expected a filter no larger than the padded input {padded}; got {filter_size}"
        )
    return stride, pads


def checked_filters(A_prev, W, b, hparameters, axes=2):
    """Check everything that goes into a convolution.

    Args:
        A_prev: images, shape (m, n_H_prev, n_W_prev, n_C_prev).
        W: filters, shape (f_H, f_W, n_C_prev, n_C).
        b: biases, shape (1, 1, 1, n_C).
        hparameters: dictionary with "stride" and "pad".
        axes: 1 for sequences, 2 for images, 3 for volumes.

    Returns:
        (A_prev, W, b, stride, pads): the arrays in one floating-point precision, and what
        `checked_windows` returns.

    Raises:
        ValueError: something does not fit, or a parameter is NaN.

    Example:
        >>> zeros, hparameters = np.zeros((1, 1, 1, 2)), {"stride": 1, "pad": 0}
        >>> checked_filters(np.zeros((5, 6, 6, 3)), np.zeros((3, 3, 1, 2)), zeros, hparameters)
        Traceback (most recent call last):
            ...
        ValueError: W: expected shape (f_H, f_W, n_C_prev=3, n_C); got (3, 3, 1, 2)
    """
    A_prev = checked_images("A_prev", A_prev, axes)
    sizes = {"n_C_prev": A_prev.shape[-1]}
    letters = tuple(f"f_{letter[-1]}" for letter in _AXES[axes].split(", "))
    W = parameter_array("W", W, (*letters, "n_C_prev", "n_C"), sizes)
    b = parameter_array("b", b, (1,) * (axes + 1) + ("n_C",), sizes)
    stride, pads = checked_windows(hparameters, A_prev.shape[1:-1], W.shape[:axes])
    dtype = np.result_type(A_prev, W, b)
    return *(array.astype(dtype, copy=False) for array in (A_prev, W, b)), stride, pads


def windows_of(size, filter_size, stride, pads):
    """Tell how many windows fit along each axis.

    Args:
        size: size of the input along each axis.
        filter_size: size of the filter along each axis.
        stride: step from window to window.
        pads: a pair (before, after) for each axis.

    Returns:
        tuple: ⌊(n + before + after - f) / stride⌋ + 1 for each axis.

    Example:
        >>> windows_of((7, 6), (3, 3), 2, ((0, 0), (1, 1)))
        (3, 3)
    """
    return tuple(
        (n + sum(pad) - f) // stride + 1 for n, f, pad in zip(size, filter_size, pads, strict=True)
    )


def checked_gradient(name, gradient, shape, dtype):
    """Return an output's gradient in the precision of the layer.

    Args:
        name: what the gradient is called where it was given, such as "dZ".
        gradient: gradient of the cost with respect to the output.
        shape: shape of the output.
        dtype: precision of the layer.

    Returns:
        Array of that shape and precision.

    Raises:
        ValueError: the gradient has another shape.

    Example:
        >>> checked_gradient("dZ", np.zeros((1, 2)), (2, 1), np.float64)
        Traceback (most recent call last):
            ...
        ValueError: dZ: expected the shape of its output, (2, 1); got (1, 2)
    """
    gradient = np.asarray(gradient, dtype)
    if gradient.shape != tuple(shape):
        raise ValueError(
            f"{name}: expected the shape of its output, {tuple(shape)}; got {gradient.shape}"
        )
    return gradient
