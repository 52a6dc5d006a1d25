"""Exercises of c2w3: draw learning rates and momenta on the scale that fits them."""

import numpy as np
import pytest

from dlcourse.grading import assert_close, assert_shape, exercise, mistake, standard_error
from dlcourse.scratch import hyperparameter_search

__all__ = ["LogUniform", "SampleMomentum"]

DRAWS = 4000


def share_below(values, limits):
    """Which share of the values lies below each limit."""
    return np.array([np.mean(values < limit) for limit in limits])


def assert_shares(values, limits, shares, what):
    """Compare shares of random draws with their probabilities, within five standard errors."""
    for limit, found, expected in zip(limits, share_below(values, limits), shares):
        allowed = standard_error(np.sqrt(expected * (1 - expected)), DRAWS)
        assert abs(found - expected) <= allowed, (
            f"{found:.1%} of the {what} are below {limit:g}, expected {expected:.0%}"
        )


@exercise(points=2, reference=hyperparameter_search.log_uniform)
class LogUniform:
    """Learning rates whose order of magnitude is uniform."""

    hints = (
        "Which exponents r make 10^r the smallest and the largest rate? What is uniform, the rate "
        "or the exponent?",
        "r is uniform from log₁₀ low to log₁₀ high, and α = 10^r.",
        "`return 10 ** rng.uniform(np.log10(low), np.log10(high), size)`",
    )

    @pytest.mark.parametrize(("low", "high"), [(1e-4, 1.0), (2e-3, 50.0)])
    def test_range(self, log_uniform, rng, low, high):
        """As many numbers as asked for, all between the bounds."""
        rates = log_uniform(low, high, DRAWS, rng)
        assert_shape(rates, (DRAWS,), "the rates")
        assert rates.dtype == np.float64, f"the rates have dtype {rates.dtype}, expected float64"
        assert np.all((rates >= low * (1 - 1e-9)) & (rates <= high * (1 + 1e-9))), (
            f"the rates reach from {rates.min():g} to {rates.max():g}: they must stay between "
            f"{low:g} and {high:g}"
        )

    @pytest.mark.parametrize(("low", "high"), [(1e-4, 1.0), (2e-3, 50.0), (0.5, 8.0)])
    def test_every_magnitude_alike(self, log_uniform, rng, low, high):
        """A quarter of the numbers lies in each quarter of the orders of magnitude."""
        rates = log_uniform(low, high, DRAWS, rng)
        shares = np.array([0.25, 0.5, 0.75])
        assert_shares(rates, low * (high / low) ** shares, shares, "rates")

    def test_drawn_from_rng(self, log_uniform, rng):
        """The draws come from rng and from nothing else, and no two are the same."""
        twins = [np.random.default_rng(5) for _ in range(2)]
        first, again = (log_uniform(1e-3, 1.0, 50, twin) for twin in twins)
        assert_close(again, first, "with an equal generator, the second answer")
        other = log_uniform(1e-3, 1.0, 50, rng)
        assert np.any(first != other), "another generator gives the same numbers: use rng"
        assert len(np.unique(other)) == 50, "some numbers appear twice: draw each by itself"

    @mistake(
        "The rates themselves are uniform: nine in ten lie in the highest order of magnitude. Draw "
        "the exponent."
    )
    def uniform_rates(low, high, size, rng):
        return rng.uniform(low, high, size)

    @mistake(
        "The exponents are natural logarithms, but the base is 10: use np.log10, or np.exp for the "
        "power."
    )
    def wrong_base(low, high, size, rng):
        return 10 ** rng.uniform(np.log(low), np.log(high), size)

    @mistake("The exponents are whole numbers, so only powers of ten are tried. Draw any exponent.")
    def whole_exponents(low, high, size, rng):
        exponents = rng.uniform(np.log10(low), np.log10(high), size)
        return np.clip(10.0 ** np.round(exponents), low, high)

    @mistake("You return the exponents r. The rates are 10^r.")
    def exponents(low, high, size, rng):
        return rng.uniform(np.log10(low), np.log10(high), size)

    @mistake("The generator has a seed of its own, so every search tries the same. Use rng.")
    def own_seed(low, high, size, rng):
        rng = np.random.default_rng(0)
        return 10 ** rng.uniform(np.log10(low), np.log10(high), size)

    @mistake("One number is drawn and repeated. Pass size to the draw.")
    def one_draw(low, high, size, rng):
        return np.full(size, 10 ** rng.uniform(np.log10(low), np.log10(high)))

    @mistake(
        "These are evenly spaced, not drawn: a grid. Every trial of a random search tries a value "
        "of its own."
    )
    def a_grid(low, high, size, rng):
        return np.geomspace(low, high, size)


@exercise(points=2, reference=hyperparameter_search.sample_momentum)
class SampleMomentum:
    """Values of β near 1, so that 1 − β has a uniform order of magnitude."""

    hints = (
        "β = 0.9 averages 10 steps and β = 0.999 averages 1000. Which number is it, then, whose "
        "order of magnitude counts?",
        "1 − β = 10^r with r uniform from log₁₀(1 − high) to log₁₀(1 − low).",
        "`return 1 - log_uniform(1 - high, 1 - low, size, rng)`",
    )

    @pytest.mark.parametrize(("low", "high"), [(0.9, 0.999), (0.5, 0.9995)])
    def test_range(self, sample_momentum, rng, low, high):
        """As many numbers as asked for, all between the bounds."""
        betas = sample_momentum(low, high, DRAWS, rng)
        assert_shape(betas, (DRAWS,), "the values of β")
        assert betas.dtype == np.float64, f"they have dtype {betas.dtype}, expected float64"
        assert np.all((betas >= low - 1e-9) & (betas <= high + 1e-9)), (
            f"the values reach from {betas.min():g} to {betas.max():g}: they must stay between "
            f"{low:g} and {high:g}"
        )

    @pytest.mark.parametrize(("low", "high"), [(0.9, 0.999), (0.5, 0.9995)])
    def test_every_memory_alike(self, sample_momentum, rng, low, high):
        """As many values average 10 to 100 steps as 100 to 1000: half are below 0.99."""
        betas = sample_momentum(low, high, DRAWS, rng)
        shares = np.array([0.25, 0.5, 0.75])
        limits = 1 - (1 - low) * ((1 - high) / (1 - low)) ** shares
        assert_shares(betas, limits, shares, "values of β")

    def test_drawn_from_rng(self, sample_momentum, rng):
        """The draws come from rng and from nothing else, and no two are the same."""
        twins = [np.random.default_rng(5) for _ in range(2)]
        first, again = (sample_momentum(0.9, 0.999, 50, twin) for twin in twins)
        assert_close(again, first, "with an equal generator, the second answer")
        other = sample_momentum(0.9, 0.999, 50, rng)
        assert np.any(first != other), "another generator gives the same numbers: use rng"
        assert len(np.unique(other)) == 50, "some numbers appear twice: draw each by itself"

    @mistake(
        "β is uniform: nine in ten average fewer than 100 steps. It is 1 − β that wants the log "
        "scale."
    )
    def uniform_betas(low, high, size, rng):
        return rng.uniform(low, high, size)

    @mistake(
        "β itself is on the log scale, where 0.9 and 0.999 are nearly the same. Draw 1 − β so."
    )
    def log_of_beta(low, high, size, rng):
        return 10 ** rng.uniform(np.log10(low), np.log10(high), size)

    @mistake("You return 1 − β. Subtract it from 1 in the end.")
    def one_minus_beta(low, high, size, rng):
        return 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), size)

    @mistake("r is a whole number here, so there are only a few values of β. Draw any exponent.")
    def whole_exponents(low, high, size, rng):
        exponents = rng.uniform(np.log10(1 - high), np.log10(1 - low), size)
        return np.clip(1 - 10.0 ** np.round(exponents), low, high)

    @mistake("r is always between −3 and −1. Take the exponents from low and high.")
    def bounds_not_used(low, high, size, rng):
        return 1 - 10 ** rng.uniform(-3, -1, size)

    @mistake("The generator has a seed of its own, so every search tries the same. Use rng.")
    def own_seed(low, high, size, rng):
        rng = np.random.default_rng(0)
        return 1 - 10 ** rng.uniform(np.log10(1 - high), np.log10(1 - low), size)
