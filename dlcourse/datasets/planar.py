"""Two classes of points in the plane that no straight line separates, each made by a formula."""

from typing import NamedTuple

import numpy as np

__all__ = ["PlanarSet", "planar_circles", "planar_flower", "planar_moons"]


class PlanarSet(NamedTuple):
    """Labelled points of the plane, in columns.

    Attributes:
        X: coordinates, float64 (2, m).
        Y: classes, float64 (1, m), 0.0 or 1.0.
    """

    X: np.ndarray
    Y: np.ndarray


def planar_flower(m=400, petals=6, noise=0.2, *, rng):
    """Draw the outlines of petals around the origin that belong to the two classes in turn.

    A petal is one arch of the rose curve r = 4 |sin(petals · angle / 2)|.

    Args:
        m: number of points, at least 1; every second one belongs to class 1.
        petals: number of petals of both classes together, even and at least 2.
        noise: standard deviation of what is added to both coordinates, at least 0; a petal is
            4 long.
        rng: numpy Generator.

    Returns:
        A PlanarSet of m points.

    Raises:
        ValueError: m is less than 1, petals is not even and positive, or noise is negative.

    Example:
        >>> X, Y = planar_flower(m=100, rng=np.random.default_rng(0))
        >>> X.shape, Y.shape, float(Y.mean())
        ((2, 100), (1, 100), 0.5)
    """
    if petals < 2 or petals % 2:
        raise ValueError(f"petals: expected an even number, at least 2, got {petals!r}")
    Y = _alternating_classes(m)
    petal = 2 * rng.integers(petals // 2, size=m) + Y[0]
    place = rng.uniform(size=m)  # from one side of the petal (0) over its tip to the other (1)
    angle = 2 * np.pi * (petal + place) / petals
    radius = 4 * np.sin(np.pi * place)
    return _noisy(radius * np.stack([np.cos(angle), np.sin(angle)]), Y, noise, rng)


def planar_moons(m=400, noise=0.2, *, rng):
    """Draw two half-moons that reach into each other.

    Args:
        m: number of points, at least 1; every second one belongs to class 1.
        noise: standard deviation of what is added to both coordinates, at least 0; the moons
            have radius 1.
        rng: numpy Generator.

    Returns:
        A PlanarSet of m points: class 0 opens downwards, class 1 upwards.

    Raises:
        ValueError: m is less than 1, or noise is negative.

    Example:
        >>> X, Y = planar_moons(m=4, noise=0.0, rng=np.random.default_rng(0))
        >>> Y.tolist(), bool((X[1, Y[0] == 0] >= 0).all())
        ([[0.0, 1.0, 0.0, 1.0]], True)
    """
    Y = _alternating_classes(m)
    angle = rng.uniform(0, np.pi, m)
    arc = np.stack([np.cos(angle), np.sin(angle)])
    # class 1 is the same arc upside down, moved so that each tip reaches the other's middle
    X = np.where(Y == 1, np.array([[1.0], [0.5]]) - arc, arc)
    return _noisy(X, Y, noise, rng)


def planar_circles(m=400, inner=0.5, noise=0.1, *, rng):
    """Draw two circles around one centre: class 1 is the inner one.

    Args:
        m: number of points, at least 1; every second one belongs to class 1.
        inner: radius of the inner circle, in (0, 1); the outer one has radius 1.
        noise: standard deviation of what is added to both coordinates, at least 0.
        rng: numpy Generator.

    Returns:
        A PlanarSet of m points.

    Raises:
        ValueError: m is less than 1, inner is not between 0 and 1, or noise is negative.

    Example:
        >>> X, Y = planar_circles(m=4, noise=0.0, rng=np.random.default_rng(0))
        >>> np.linalg.norm(X, axis=0).round(6).tolist()
        [1.0, 0.5, 1.0, 0.5]
    """
    if not 0 < inner < 1:
        raise ValueError(f"inner: expected a radius between 0 and 1, got {inner!r}")
    Y = _alternating_classes(m)
    angle = rng.uniform(0, 2 * np.pi, m)
    X = np.where(Y == 1, inner, 1.0) * np.stack([np.cos(angle), np.sin(angle)])
    return _noisy(X, Y, noise, rng)


def _alternating_classes(m):
    _require("m", m, at_least=1)
    # alternating, so that any leading part of the set holds both classes in equal parts
    return (np.arange(m) % 2).astype(float)[None, :]


def _noisy(X, Y, noise, rng):
    _require("noise", noise, at_least=0)
    return PlanarSet(X + noise * rng.standard_normal(X.shape), Y)


def _require(argument, value, at_least):
    if value < at_least:
        raise ValueError(f"{argument}: expected at least {at_least}, got {value!r}")
