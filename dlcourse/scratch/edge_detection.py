"""Filters that find edges in a grey image, by cross-correlation or by true convolution.

A true convolution turns the filter by 180° before it slides. That makes it associative, which
matters in signal processing; a network learns its filters and would learn the turned ones.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.named_arrays import parameter_array

__all__ = ["EDGE_FILTERS", "convolve", "cross_correlate", "edge_filter", "grey_levels"]

_ACROSS = np.array([[1.0, 0.0, -1.0]])  # brightness left minus brightness right

EDGE_FILTERS = {
    # how much the three rows count: alike, the middle more, the middle much more
    "plain": np.array([[1.0], [1.0], [1.0]]) * _ACROSS,
    "sobel": np.array([[1.0], [2.0], [1.0]]) * _ACROSS,
    "scharr": np.array([[3.0], [10.0], [3.0]]) * _ACROSS,
}


def edge_filter(name, direction="vertical"):
    """Give a 3×3 filter for edges of one direction, positive where bright turns into dark.

    Args:
        name: "plain", "sobel" or "scharr".
        direction: "vertical" (bright on the left) or "horizontal" (bright on top).

    Returns:
        Array (3, 3).

    Raises:
        ValueError: the name or the direction is unknown.

    Example:
        >>> edge_filter("sobel").tolist()
        [[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]]
        >>> edge_filter("plain", "horizontal").tolist()
        [[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [-1.0, -1.0, -1.0]]
    """
    if name not in EDGE_FILTERS:
        raise ValueError(f"name: expected one of {', '.join(EDGE_FILTERS)}; got {name!r}")
    if direction not in {"vertical", "horizontal"}:
        raise ValueError(f"direction: expected 'vertical' or 'horizontal'; got {direction!r}")
    vertical = EDGE_FILTERS[name]
    return vertical.T.copy() if direction == "horizontal" else vertical.copy()


def cross_correlate(image, kernel):
    """Slide a filter over a grey image, as networks do: no padding, stride 1.

    Args:
        image: shape (n_H, n_W).
        kernel: the filter, shape (f_H, f_W), no larger than the image.

    Returns:
        Array (n_H - f_H + 1, n_W - f_W + 1): the sum of window times filter at every place.

    Raises:
        ValueError: one is not a matrix, is empty or has a NaN, or the filter is too large.

    Example:
        >>> image = np.array([[10, 10, 10, 0, 0, 0]] * 6)
        >>> cross_correlate(image, edge_filter("plain"))[0].tolist()
        [0.0, 30.0, 30.0, 0.0]
    """
    image, kernel = as_float(image), parameter_array("kernel", kernel, ("f_H", "f_W"))
    if image.ndim != 2 or image.size == 0:
        raise ValueError(f"image: expected a grey image (n_H, n_W); got shape {image.shape}")
    if np.any(np.greater(kernel.shape, image.shape)):
        raise ValueError(f"kernel: expected at most {image.shape}, the image; got {kernel.shape}")
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("hwij,ij->hw", windows, kernel)


def convolve(image, kernel):
    """Convolve as mathematics defines it: the filter turned by 180°, then slid over the image.

    Args:
        image: shape (n_H, n_W).
        kernel: the filter, shape (f_H, f_W), no larger than the image.

    Returns:
        Array (n_H - f_H + 1, n_W - f_W + 1).

    Raises:
        ValueError: as `cross_correlate`.

    Example:
        >>> convolve([[1, 2, 3]], [[1, 0, -1]]).tolist(), cross_correlate([[1, 2, 3]], [[1, 0, -1]])
        ([[2.0]], array([[-2.]]))
    """
    kernel = parameter_array("kernel", kernel, ("f_H", "f_W"))
    return cross_correlate(image, kernel[::-1, ::-1])


def grey_levels(response):
    """Make the response of a filter visible: its smallest value black, its largest white.

    Args:
        response: real array of any shape with at least one entry.

    Returns:
        Array of uint8 in 0..255; all 0 where the response is the same everywhere.

    Raises:
        ValueError: response is empty or has a NaN.

    Example:
        >>> grey_levels([-1020, 0, 1020]).tolist()
        [0, 128, 255]
    """
    response = as_float(response)
    parameter_array("response", response, response.shape)
    low = np.min(response)
    spread = np.max(response) - low
    return np.rint((response - low) * (255 / spread if spread else 0.0)).astype(np.uint8)
