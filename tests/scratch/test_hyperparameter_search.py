"""Searches find what is there to be found, on the right scales, within their budgets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import KFold, ParameterGrid

from dlcourse.scratch.cross_validation import cross_validate, read_cv
from dlcourse.scratch.hyperparameter_search import (
    coarse_to_fine,
    grid_search,
    log_uniform,
    random_search,
    sample_momentum,
    successive_halving,
    zoom_in,
)
from dlcourse.scratch.rate_range import range_test

SPACE = {"rate": (1e-4, 1.0, "log"), "dropout": (0.0, 0.5, "linear")}


def bowl(c):
    return (np.log10(c["rate"] / 0.02) / 4) ** 2 + ((c["dropout"] - 0.2) / 0.5) ** 2


def best_of(trials):
    return min(loss for _, loss in trials)


@given(st.floats(-6, 2), st.floats(0.1, 5), st.integers(0, 10))
def test_orders_of_magnitude_are_uniform(exponent, span, seed):
    low, high = 10**exponent, 10 ** (exponent + span)
    drawn = np.log10(log_uniform(low, high, 400, np.random.default_rng(seed)))
    shares = (drawn - exponent) / span
    assert np.all((shares > -1e-9) & (shares < 1 + 1e-9))
    assert abs(shares.mean() - 0.5) < 5 / np.sqrt(12 * 400)


def test_memories_are_uniform():
    betas = sample_momentum(0.9, 0.999, 2000, np.random.default_rng(0))
    assert betas.min() >= 0.9 and betas.max() <= 0.999
    assert abs(np.mean(1 / (1 - betas) < 100) - 0.5) < 5 * 0.5 / np.sqrt(2000)


def test_the_range_must_be_positive_and_in_order():
    with pytest.raises(ValueError, match="expected 0 < low < high; got 0 and 1"):
        log_uniform(0, 1, 3, np.random.default_rng(0))


def test_a_grid_has_the_combinations_of_scikit_learns():
    grid = {"a": [1, 2, 3], "b": [0.5], "c": [4, 5]}
    trials = grid_search(lambda c: c["a"] * c["c"], grid)
    key = repr
    assert sorted((c for c, _ in trials), key=key) == sorted(
        [{name: c[name] for name in grid} for c in ParameterGrid(grid)], key=key
    )
    assert all(loss == c["a"] * c["c"] for c, loss in trials)


def test_coarse_to_fine_has_a_smaller_regret_than_random_for_the_same_budget():
    rng = np.random.default_rng(0)
    regrets = {
        search.__name__: np.median([best_of(search(bowl, SPACE, 60, rng)) for _ in range(40)])
        for search in (random_search, coarse_to_fine)
    }
    assert regrets["coarse_to_fine"] < regrets["random_search"] / 2


@given(st.floats(1e-4, 1.0), st.floats(0.0, 0.5), st.floats(0.05, 0.9))
def test_a_zoomed_space_lies_inside_and_around_its_center(rate, dropout, share):
    nearer = zoom_in(SPACE, {"rate": rate, "dropout": dropout}, share)
    for (low, high, scale), (new_low, new_high, new_scale), center in zip(
        SPACE.values(), nearer.values(), (rate, dropout), strict=True
    ):
        assert new_scale == scale
        assert low - 1e-9 <= new_low <= center * (1 + 1e-9) and center * (1 - 1e-9) <= new_high
        assert new_high <= high + 1e-9
        measure = np.log10 if scale == "log" else np.positive
        width, new_width = (measure(b) - measure(a) for a, b in ((low, high), (new_low, new_high)))
        assert new_width <= share * width + 1e-9


# far enough apart that adding one number to all does not make two of them equal
@given(st.lists(st.integers(0, 99), min_size=1, max_size=20, unique=True), st.integers(2, 4))
def test_where_curves_never_cross_the_best_survives(ends, factor):
    winner, rounds = successive_halving(lambda end, epochs: end + 1 / epochs, ends, 2, factor)
    assert winner == int(np.argmin([end + 1 / rounds[-1][0] for end in ends]))
    sizes = [len(alive) for _, alive in rounds]
    assert sizes[0] == len(ends) and sizes[-1] == 1
    assert [epochs for epochs, _ in rounds] == [2 * factor**n for n in range(len(rounds))]


def test_folds_have_the_sizes_of_scikit_learns_and_hold_everybody_once():
    X, y = np.arange(23.0)[:, None], np.arange(23)
    seen = []

    def remember(X_train, y_train, X_test, y_test):
        np.testing.assert_array_equal(X_test[:, 0], y_test)
        assert not set(y_train) & set(y_test)
        seen.append(y_test)
        return len(y_train), len(y_test)

    train, test = cross_validate(remember, X, y, 5, np.random.default_rng(0))
    sizes = [(len(a), len(b)) for a, b in KFold(5).split(X)]
    assert list(zip(train, test, strict=True)) == sizes
    assert sorted(np.concatenate(seen)) == list(range(23))
    with pytest.raises(ValueError, match="k: expected 2 to 23, .* got 24"):
        cross_validate(remember, X, y, 24, np.random.default_rng(0))


def test_one_standard_error_decides():
    clear = {"h1": ([0.99] * 3, [0.855, 0.86, 0.865]), "h2": ([0.87] * 3, [0.84] * 3)}
    noisy = {"h1": ([0.99] * 3, [0.80, 0.86, 0.92]), "h2": ([0.87] * 3, [0.84] * 3)}
    assert read_cv(clear)[0] == "h1"
    chosen, summary = read_cv(noisy)
    assert chosen == "h2"
    assert summary["h1"] == pytest.approx({"cv": 0.86, "error": 0.06 / 3**0.5, "gap": 0.13})


@given(st.floats(0.1, 50), st.floats(0.01, 1))
def test_below_two_over_the_curvature_a_bowl_is_descended(steep, flat):
    def loss_and_gradient(w):
        slope = np.array([steep, flat * steep]) * w
        return 0.5 * float(w @ slope), slope

    rates = np.geomspace(1e-3, 30, 60) / steep
    losses, suggested = range_test(loss_and_gradient, np.array([1.0, -1.0]), rates)
    assert np.all(np.diff(losses[: np.searchsorted(rates, 2 / steep) + 1]) <= 0)
    assert suggested < 2 / steep
    assert len(losses) < 60


def test_a_range_test_without_two_losses_is_an_error():
    start = np.array([1.0])
    with pytest.raises(ValueError, match="rates: expected at least two steps"):
        range_test(lambda w: (float("nan"), w), start, np.geomspace(0.1, 1, 3))
    with pytest.raises(ValueError, match="begin with a lower rate"):
        range_test(lambda w: (float(w @ w), 2 * w), start, np.array([100.0, 200.0]))
