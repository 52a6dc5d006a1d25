"""Two losses: absolute and squared differences."""

import math

import numpy as np

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import vectorization

__all__ = ["L1", "L2"]


@exercise(points=1, reference=vectorization.l1)
class L1:
    """The sum of the absolute differences."""

    hints = (
        "An error of −2 is as bad as one of +2, and they must not cancel.",
        "L1(ŷ, y) = Σ |y_i − ŷ_i|: one number.",
        "return np.sum(np.abs(y - yhat))",
    )

    def test_by_hand(self, l1):
        """Differences of 0.3, −0.1, 0.5 and 0 sum to 0.9."""
        yhat, y = np.array([0.7, 0.1, 0.5, 1.0]), np.array([1.0, 0.0, 1.0, 1.0])
        assert_close(l1(yhat, y), 0.9, "l1(yhat, y)")

    def test_against_the_loop(self, l1, rng):
        """It agrees with a sum of one term after the other, also for numbers far from 0 and 1."""
        yhat, y = rng.normal(size=20) * 3, rng.normal(size=20) * 3
        total = math.fsum(abs(p - q) for p, q in zip(y.tolist(), yhat.tolist(), strict=True))
        assert_close(l1(yhat, y), total, "l1(yhat, y)")

    def test_perfect_prediction(self, l1, rng):
        """A perfect prediction has no loss, and the loss is symmetric."""
        y = rng.normal(size=6)
        assert_close(l1(y, y), 0.0, "l1(y, y)")
        assert_close(l1(y, y + 0.5), 3.0, "l1(y, y + 0.5)")
        assert_close(l1(y + 0.5, y), 3.0, "l1(y + 0.5, y)")

    @mistake("Positive and negative differences cancel: take the absolute value of each one.")
    def differences_cancel(yhat, y):
        return np.sum(y - yhat)

    @mistake("The absolute value comes before the sum: Σ|…|, not |Σ…|.")
    def absolute_value_of_the_sum(yhat, y):
        return np.abs(np.sum(y - yhat))

    @mistake("You take the mean; this loss is the sum over the elements.")
    def mean(yhat, y):
        return np.mean(np.abs(y - yhat))

    @mistake("You square the differences: that is L2. L1 takes their absolute values.")
    def squares(yhat, y):
        return np.sum((y - yhat) ** 2)

    @mistake("These are the differences one by one: add them up to a single number.")
    def sum_forgotten(yhat, y):
        return np.abs(y - yhat)


@exercise(points=1, reference=vectorization.l2)
class L2:
    """The sum of the squared differences."""

    hints = (
        "Large errors shall count more than small ones: what does squaring do?",
        "L2(ŷ, y) = Σ (y_i − ŷ_i)²: the inner product of the difference with itself.",
        "return np.sum((y - yhat) ** 2)",
    )

    def test_by_hand(self, l2):
        """Differences of 0.3, −0.1, 0.5 and 0 give 0.09 + 0.01 + 0.25 = 0.35."""
        yhat, y = np.array([0.7, 0.1, 0.5, 1.0]), np.array([1.0, 0.0, 1.0, 1.0])
        assert_close(l2(yhat, y), 0.35, "l2(yhat, y)")

    def test_against_the_loop(self, l2, rng):
        """It agrees with a sum of one term after the other, also for numbers far from 0 and 1."""
        yhat, y = rng.normal(size=20) * 3, rng.normal(size=20) * 3
        total = math.fsum((p - q) ** 2 for p, q in zip(y.tolist(), yhat.tolist(), strict=True))
        assert_close(l2(yhat, y), total, "l2(yhat, y)")

    def test_doubled_error(self, l2, rng):
        """Twice the error costs four times as much."""
        y = rng.normal(size=4)
        assert_close(l2(y + 0.5, y), 1.0, "l2(y + 0.5, y)")
        assert_close(l2(y + 1.0, y), 4.0, "l2(y + 1, y)")

    @mistake("There is no root in this loss: return the sum of the squares itself.")
    def root(yhat, y):
        return np.sqrt(np.sum((y - yhat) ** 2))

    @mistake("You take the mean; this loss is the sum over the elements.")
    def mean(yhat, y):
        return np.mean((y - yhat) ** 2)

    @mistake("You take absolute values: that is L1. L2 squares the differences.")
    def magnitudes(yhat, y):
        return np.sum(np.abs(y - yhat))

    @mistake("Square first, then sum: Σ(…)², not (Σ…)², or errors of opposite sign cancel.")
    def square_of_the_sum(yhat, y):
        return np.sum(y - yhat) ** 2

    @mistake(
        "The factor 1/2 is a convention of some books, which makes the derivative tidier. It is "
        "not in the loss asked for here."
    )
    def half(yhat, y):
        return np.sum((y - yhat) ** 2) / 2
