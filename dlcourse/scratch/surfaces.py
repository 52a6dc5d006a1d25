"""Costs of two parameters that can be seen: a bowl, a saddle, a banana and Beale's plateaus.

Each is a function of the coordinates x and y, numbers or arrays of one shape (a grid for the
contours), beside its gradient.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dlcourse.scratch.floating import as_float

__all__ = [
    "SURFACES",
    "Surface",
    "beale",
    "beale_gradient",
    "bowl",
    "bowl_gradient",
    "rosenbrock",
    "rosenbrock_gradient",
    "saddle",
    "saddle_gradient",
]

STEEPNESS = 10.0  # of the bowl across, relative to along: enough to make gradient descent zigzag
CLIFF = 100.0  # of the banana: how much steeper its walls are than its floor


def bowl(x, y):
    """Convex bowl, ten times steeper along y than along x: (x² + 10 y²) / 2.

    Args:
        x: first coordinate, any shape.
        y: second coordinate, shaped like x.

    Returns:
        Heights, shaped like x; 0 at (0, 0), positive elsewhere.

    Raises:
        ValueError: x and y differ in shape.

    Example:
        >>> float(bowl(2.0, 1.0))
        7.0
    """
    x, y = _coordinates(x, y)
    return 0.5 * (x**2 + STEEPNESS * y**2)


def bowl_gradient(x, y):
    """Gradient of `bowl`.

    Args:
        x: first coordinate, any shape.
        y: second coordinate, shaped like x.

    Returns:
        Array (2, …): the derivatives with respect to x and to y.

    Raises:
        ValueError: x and y differ in shape.

    Example:
        >>> bowl_gradient(2.0, 1.0).tolist()
        [2.0, 10.0]
    """
    x, y = _coordinates(x, y)
    return np.stack([x, STEEPNESS * y])


def saddle(x, y):
    """Saddle at the origin between two valleys: x² - y² + y⁴ / 2.

    On the ridge y = 0 the gradient leads into the saddle point and leaves one there.

    Args:
        x: first coordinate, any shape.
        y: second coordinate, shaped like x.

    Returns:
        Heights, shaped like x; 0 at the saddle point, lowest at (0, -1) and (0, 1) with -1/2.

    Raises:
        ValueError: x and y differ in shape.

    Reference:
        Dauphin et al., "Identifying and attacking the saddle point problem", 2014, on why saddle
        points and not minima are what stops the descent in many dimensions.

    Example:
        >>> float(saddle(0.0, 0.0)), float(saddle(0.0, 1.0))
        (0.0, -0.5)
    """
    x, y = _coordinates(x, y)
    return x**2 - y**2 + 0.5 * y**4


def saddle_gradient(x, y):
    """Gradient of `saddle`.

    Args:
        x: first coordinate, any shape.
        y: second coordinate, shaped like x.

    Returns:
        Array (2, …): the derivatives with respect to x and to y.

    Raises:
        ValueError: x and y differ in shape.

    Example:
        >>> saddle_gradient(1.0, 2.0).tolist()
        [2.0, 12.0]
    """
    x, y = _coordinates(x, y)
    return np.stack([2.0 * x, 2.0 * y**3 - 2.0 * y])


def rosenbrock(x, y):
    """Banana: a curved valley with steep walls and a nearly flat floor, (1-x)² + 100 (y - x²)².

    Args:
        x: first coordinate, any shape.
        y: second coordinate, shaped like x.

    Returns:
        Heights, shaped like x; 0 at (1, 1), positive elsewhere.

    Raises:
        ValueError: x and y differ in shape.

    Reference:
        Rosenbrock, "An automatic method for finding the greatest or least value of a function",
        1960.

    Example:
        >>> float(rosenbrock(1.0, 1.0)), float(rosenbrock(0.0, 1.0))
        (0.0, 101.0)
    """
    x, y = _coordinates(x, y)
    return (1.0 - x) ** 2 + CLIFF * (y - x**2) ** 2


def rosenbrock_gradient(x, y):
    """Gradient of `rosenbrock`.

    Args:
        x: first coordinate, any shape.
        y: second coordinate, shaped like x.

    Returns:
        Array (2, …): the derivatives with respect to x and to y.

    Raises:
        ValueError: x and y differ in shape.

    Example:
        >>> rosenbrock_gradient(0.0, 1.0).tolist()
        [-2.0, 200.0]
    """
    x, y = _coordinates(x, y)
    from_floor = y - x**2
    return np.stack([2.0 * (x - 1.0) - 4.0 * CLIFF * x * from_floor, 2.0 * CLIFF * from_floor])


def beale(x, y):
    """Beale's function: flat plateaus with cliffs between them, and one minimum.

    (1.5 - x + xy)² + (2.25 - x + xy²)² + (2.625 - x + xy³)².

    Args:
        x: first coordinate, any shape.
        y: second coordinate, shaped like x.

    Returns:
        Heights, shaped like x; 0 at (3, 0.5), positive elsewhere.

    Raises:
        ValueError: x and y differ in shape.

    Reference:
        Beale, "On an iterative method for finding a local minimum of a function of more than one
        variable", 1958.

    Example:
        >>> float(beale(3.0, 0.5)), float(beale(0.0, 7.0))
        (0.0, 14.203125)
    """
    x, y = _coordinates(x, y)
    return sum((target - x + x * y**k) ** 2 for k, target in _BEALE)


def beale_gradient(x, y):
    """Gradient of `beale`.

    Args:
        x: first coordinate, any shape.
        y: second coordinate, shaped like x.

    Returns:
        Array (2, …): the derivatives with respect to x and to y.

    Raises:
        ValueError: x and y differ in shape.

    Example:
        >>> beale_gradient(3.0, 0.5).tolist(), beale_gradient(0.0, 1.0).tolist()
        ([0.0, 0.0], [0.0, 0.0])
    """
    x, y = _coordinates(x, y)
    terms = [(target - x + x * y**k, k) for k, target in _BEALE]
    dx = sum(2.0 * term * (y**k - 1.0) for term, k in terms)
    dy = sum(2.0 * term * k * x * y ** (k - 1) for term, k in terms)
    return np.stack([dx, dy])


def _coordinates(x, y):
    x, y = as_float(x), as_float(y)
    if x.shape != y.shape:
        raise ValueError(f"y: expected the shape of x, {x.shape}; got {y.shape}")
    return x, y


_BEALE = ((1, 1.5), (2, 2.25), (3, 2.625))  # the power of y in each term, and its target


class Surface(NamedTuple):
    """A cost of two parameters.

    Attributes:
        height: function of x and y (numbers or arrays of one shape) that returns the cost.
        gradient: function of x and y that returns its two partial derivatives.
        minima: list of the lowest points (x, y).

    Example:
        >>> float(SURFACES["beale"].height(*SURFACES["beale"].minima[0]))
        0.0
    """

    height: Callable
    gradient: Callable
    minima: list


SURFACES = {
    "bowl": Surface(bowl, bowl_gradient, [(0.0, 0.0)]),
    "saddle": Surface(saddle, saddle_gradient, [(0.0, -1.0), (0.0, 1.0)]),
    "rosenbrock": Surface(rosenbrock, rosenbrock_gradient, [(1.0, 1.0)]),
    "beale": Surface(beale, beale_gradient, [(3.0, 0.5)]),
}
