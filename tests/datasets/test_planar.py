"""Planar sets: their shapes, their classes, and that a straight line cannot separate them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

from dlcourse import datasets

MAKERS = (datasets.planar_flower, datasets.planar_moons, datasets.planar_circles)


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("make", MAKERS)
@given(m=st.integers(1, 60))
def test_points_are_columns_of_alternating_classes(make, m):
    X, Y = make(m=m, rng=rng())
    assert X.shape == (2, m)
    assert X.dtype == Y.dtype == np.float64
    assert Y.tolist() == [[float(i % 2) for i in range(m)]]


@pytest.mark.parametrize("make", MAKERS)
def test_the_generator_decides_the_points(make):
    assert np.array_equal(make(rng=rng(1)).X, make(rng=rng(1)).X)
    assert not np.array_equal(make(rng=rng(1)).X, make(rng=rng(2)).X)


@pytest.mark.parametrize(("make", "line"), list(zip(MAKERS, (0.75, 0.92, 0.65), strict=True)))
def test_neighbours_separate_the_classes_and_a_line_does_not(make, line):
    X, Y = make(rng=rng())
    other_X, other_Y = make(rng=rng(1))
    neighbours = KNeighborsClassifier(15).fit(X.T, Y[0])
    assert neighbours.score(other_X.T, other_Y[0]) > 0.88
    assert LogisticRegression().fit(X.T, Y[0]).score(other_X.T, other_Y[0]) < line


@pytest.mark.parametrize("petals", [2, 6])
def test_petals_without_noise_lie_in_sectors_of_their_class(petals):
    X, Y = datasets.planar_flower(petals=petals, noise=0.0, rng=rng())
    angle = np.arctan2(X[1], X[0]) % (2 * np.pi)
    sector = np.floor(angle * petals / (2 * np.pi)).astype(int)
    assert np.array_equal(sector % 2, Y[0])
    assert set(sector) == set(range(petals))
    np.testing.assert_allclose(
        np.linalg.norm(X, axis=0), 4 * np.abs(np.sin(petals * angle / 2)), atol=1e-12
    )


def test_moons_without_noise_are_half_circles():
    X, Y = datasets.planar_moons(noise=0.0, rng=rng())
    upper, lower = X[:, Y[0] == 0], X[:, Y[0] == 1]
    np.testing.assert_allclose(np.linalg.norm(upper, axis=0), 1.0)
    np.testing.assert_allclose(np.linalg.norm(lower - [[1.0], [0.5]], axis=0), 1.0)
    assert (upper[1] >= 0).all()
    assert (lower[1] <= 0.5).all()


def test_circles_without_noise_have_their_radii():
    X, Y = datasets.planar_circles(inner=0.3, noise=0.0, rng=rng())
    np.testing.assert_allclose(np.linalg.norm(X, axis=0), np.where(Y[0] == 1, 0.3, 1.0))


def test_noise_has_the_given_size():
    clean, noisy = (datasets.planar_moons(4000, noise, rng=rng()).X for noise in (0.0, 0.3))
    assert np.std(noisy - clean) == pytest.approx(0.3, rel=0.05)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: datasets.planar_moons(m=0, rng=rng()), "m: expected at least 1, got 0"),
        (lambda: datasets.planar_moons(noise=-1, rng=rng()), "noise: expected at least 0, got -1"),
        (lambda: datasets.planar_flower(petals=3, rng=rng()), "petals: expected an even .* got 3"),
        (lambda: datasets.planar_flower(petals=0, rng=rng()), "petals: expected an even .* got 0"),
        (lambda: datasets.planar_circles(inner=1.0, rng=rng()), "inner: expected .* got 1.0"),
    ],
)
def test_impossible_requests_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
