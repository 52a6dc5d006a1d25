"""The cross-entropy cost."""

import math

import numpy as np

from dlcourse.exercises.c1w2 import by_hand
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import logistic

__all__ = ["ComputeCost"]


@exercise(points=2, reference=logistic.compute_cost)
class ComputeCost:
    """The cross-entropy cost: minus the log-likelihood, per example."""

    hints = (
        "How probable was the label that was observed? a if it is 1, 1 − a if it is 0. The cost is "
        "the mean of minus its logarithm.",
        "J = −1/m · Σ [y log a + (1−y) log(1−a)], with 0 · log 0 counted as 0.",
        "p = np.where(Y == 1, A, 1 - A); return -np.sum(np.log(p)) / Y.shape[1]",
    )

    def test_fair_coin(self, compute_cost):
        """Whoever always says one half pays log 2 = 0.6931 per example."""
        cost = compute_cost(np.full((1, 4), 0.5), np.array([[1.0, 0.0, 0.0, 1.0]]))
        assert_close(cost, math.log(2), "the cost of A = 0.5")

    def test_by_hand(self, compute_cost):
        """Labels with the probabilities 0.9, 0.8 and 0.4 cost −(log 0.9 + log 0.8 + log 0.4)/3."""
        A, Y = np.array([[0.9, 0.2, 0.4]]), np.array([[1.0, 0.0, 1.0]])
        assert_close(compute_cost(A, Y), -math.log(0.9 * 0.8 * 0.4) / 3, "the cost")

    def test_likelihood(self, compute_cost, rng):
        """e^(−m · cost) is the probability of having observed exactly these labels."""
        A, Y = rng.uniform(0.05, 0.95, size=(1, 8)), rng.integers(0, 2, size=(1, 8)).astype(float)
        pairs = zip(A[0].tolist(), Y[0].tolist(), strict=True)
        likelihood = math.prod(a if y else 1 - a for a, y in pairs)
        assert_close(compute_cost(A, Y), -math.log(likelihood) / 8, "the cost")

    def test_certain_and_right(self, compute_cost):
        """Being certain and right costs nothing, and does not make the cost NaN."""
        A, Y = np.array([[1.0, 0.0, 0.5, 0.25]]), np.array([[1.0, 0.0, 1.0, 0.0]])
        expected = -(math.log(0.5) + math.log(0.75)) / 4
        assert_close(compute_cost(A, Y), expected, "the cost with A of exactly 1 and 0")

    @mistake(
        "Where a is exactly 1 or 0, your formula meets 0 · log 0, which NumPy makes NaN. Take the "
        "logarithm of the observed label's probability only, or keep a away from 0 and 1."
    )
    def zero_times_log_of_zero(A, Y):
        return by_hand.cross_entropy(A, Y)

    @mistake(
        "The minus is missing: logarithms of probabilities are negative, and a cost is positive."
    )
    def minus_forgotten(A, Y):
        return np.mean(np.log(np.where(Y == 1, A, 1 - A)))

    @mistake(
        "This is the sum over the examples. Divide by m, so that the cost does not grow with the "
        "data set."
    )
    def sum_instead_of_mean(A, Y):
        return -np.sum(np.log(np.where(Y == 1, A, 1 - A)))

    @mistake("Examples with the label 0 cost nothing in your formula: add (1 − y) · log(1 − a).")
    def zeros_cost_nothing(A, Y):
        return -np.sum(Y * np.log(A, where=Y == 1, out=np.zeros_like(A))) / Y.shape[1]

    @mistake("You use a logarithm to the base 2. The course's cost uses the natural one, np.log.")
    def logarithm_to_the_base_two(A, Y):
        return -np.mean(np.log2(np.where(Y == 1, A, 1 - A)))

    @mistake(
        "This is the squared error. Behind a sigmoid it is not convex; use minus the logarithm of "
        "the label's probability."
    )
    def squared_error(A, Y):
        return np.mean((A - Y) ** 2)
