"""Is this how random weights should be spread? What the tests of all initializers share."""

import numpy as np

from dlcourse.grading import assert_close, assert_shape, standard_error

__all__ = ["assert_generator_decides", "assert_normal", "assert_uniform"]

BEYOND = 1.8  # in standard deviations: 7.2 % of a normal distribution, nothing of a uniform one


def assert_normal(W, shape, std, what):
    """Normal draws of that shape with mean 0 and standard deviation `std`."""
    _assert_floats(W, shape, what)
    _assert_mean_zero(W, std, what)
    # a sample's standard deviation is itself uncertain by std / √(2n)
    _assert_spread(W, std, standard_error(std, 2 * W.size), what)
    share = np.mean(np.abs(W) > BEYOND * std)
    assert share > 0.03, (
        f"{what}: in a normal distribution 7 % lie beyond {BEYOND} standard deviations; "
        f"here {share:.1%} do"
    )


def assert_uniform(W, shape, limit, what):
    """Even draws of that shape from −limit to limit."""
    _assert_floats(W, shape, what)
    largest = np.abs(W).max()
    assert largest <= limit * (1 + 1e-12), (
        f"{what}: expected nothing beyond ±{limit:.4g}, but the largest weight is {largest:.4g}"
    )
    std = limit / np.sqrt(3)
    _assert_mean_zero(W, std, what)
    # smaller than for a normal distribution, which has tails: std · √(1/5n)
    _assert_spread(W, std, standard_error(std, 5 * W.size), what)


def assert_generator_decides(draw):
    """Equal generators draw equal weights, different ones different weights."""
    first, again, other = (draw(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert_close(again, first, "the weights from a generator with the same seed")
    assert not np.array_equal(first, other), "two different generators give the same weights"


def _assert_floats(W, shape, what):
    assert_shape(W, shape, what)
    assert_close(W, np.array(W, dtype=np.float64), what)


def _assert_mean_zero(W, std, what):
    assert abs(W.mean()) < standard_error(std, W.size), (
        f"{what}: expected a mean near 0, got {W.mean():.4g}"
    )


def _assert_spread(W, std, tolerance, what):
    assert abs(W.std() - std) < tolerance, (
        f"{what}: expected a standard deviation near {std:.4g}, got {W.std():.4g}"
    )
