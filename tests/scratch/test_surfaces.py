"""Surfaces: gradients against central differences, minima, and their textbook oracles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime, rosen, rosen_der

from dlcourse.scratch import surfaces
from dlcourse.scratch.surfaces import SURFACES

coordinates = st.floats(-2, 2)


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("shape", [(), (1,), (0,), (3, 4)])
def test_gradient_equals_central_differences(name, shape):
    height, gradient, _ = SURFACES[name]
    x, y = np.random.default_rng(0).uniform(-2, 2, (2, *shape))
    h = 1e-6
    dx = (height(x + h, y) - height(x - h, y)) / (2 * h)
    dy = (height(x, y + h) - height(x, y - h)) / (2 * h)
    numerical, exact = np.stack([dx, dy]), gradient(x, y)
    assert exact.shape == (2, *shape)
    difference = np.linalg.norm(numerical - exact)
    assert difference <= 1e-7 * (np.linalg.norm(numerical) + np.linalg.norm(exact))


@pytest.mark.parametrize("name", SURFACES)
@given(x=coordinates, y=coordinates)
def test_nothing_is_lower_than_the_minima(name, x, y):
    height, gradient, minima = SURFACES[name]
    for minimum in minima:
        assert height(*minimum) <= height(x, y)
        assert gradient(*minimum).tolist() == [0.0, 0.0]


def test_bowl_is_convex_and_the_saddle_is_one():
    def curvature(name):
        def slope_along(k):
            return lambda p: SURFACES[name].gradient(*p)[k]

        return np.array([approx_fprime([0.0, 0.0], slope_along(k), 1e-6) for k in range(2)])

    np.testing.assert_allclose(curvature("bowl"), [[1, 0], [0, 10]], atol=1e-5)
    np.testing.assert_allclose(curvature("saddle"), [[2, 0], [0, -2]], atol=1e-5)
    assert surfaces.saddle_gradient(0.0, 0.0).tolist() == [0.0, 0.0]


@given(x=coordinates, y=coordinates)
def test_banana_equals_scipys(x, y):
    np.testing.assert_allclose(surfaces.rosenbrock(x, y), rosen([x, y]), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        surfaces.rosenbrock_gradient(x, y), rosen_der([x, y]), rtol=1e-9, atol=1e-9
    )


def test_beale_by_hand():
    # (1.5 - 1 + 2)² + (2.25 - 1 + 4)² + (2.625 - 1 + 8)² at (1, 2)
    assert surfaces.beale(1.0, 2.0) == 2.5**2 + 5.25**2 + 9.625**2
    # on the line x = 0 it is flat along y: a plateau
    assert surfaces.beale_gradient(np.zeros(9), np.linspace(-4, 4, 9))[1].tolist() == [0.0] * 9


def test_precision_stays_and_integers_do_no_harm():
    x = np.ones(3, np.float32)
    for height, gradient, _ in SURFACES.values():
        assert height(x, x).dtype == gradient(x, x).dtype == np.float32
        assert gradient(1, 2).dtype == np.float64


@pytest.mark.parametrize("name", SURFACES)
def test_coordinates_of_different_shapes_are_named(name):
    for function in SURFACES[name][:2]:
        with pytest.raises(ValueError, match=r"y: expected the shape of x, \(3,\); got \(1, 3\)"):
            function(np.zeros(3), np.zeros((1, 3)))
