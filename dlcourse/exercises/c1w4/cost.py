"""The exercise of c1w4 on the cost of a sigmoid and of a softmax."""

import numpy as np
import pytest

from dlcourse.exercises.c1w4.oracle import random_network, random_task, run_network
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import dense


def _safe_log(P):
    return np.log(np.maximum(P, 1e-300))


@exercise(points=2, reference=dense.compute_cost)
class ComputeCost:
    """The cross-entropy, averaged over the examples, for a sigmoid and for a softmax."""

    hints = (
        "How likely does the network find the label that is true? And what is log(0)?",
        "One row: -1/m Σ [y log a + (1-y) log(1-a)]. Several rows: -1/m ΣΣ y log a. Keep a and "
        "1 - a above 0 inside the logarithm, with np.maximum(…, 1e-15).",
        "float(-np.sum(Y * np.log(np.maximum(AL, 1e-15)) + (1 - Y) * "
        "np.log(np.maximum(1 - AL, 1e-15))) / Y.shape[1]) where AL has one row",
    )

    def test_by_hand(self, compute_cost):
        """Two answers that are right with 0.5 and 0.75 cost -(log 0.5 + log 0.75)/2."""
        cost = compute_cost(np.array([[0.5, 0.25]]), np.array([[1.0, 0.0]]))
        assert_close(cost, float(-(np.log(0.5) + np.log(0.75)) / 2), "the cost")

    def test_softmax_by_hand(self, compute_cost):
        """With several classes only the probability of the true one counts."""
        AL = np.array([[0.2, 0.5], [0.2, 0.25], [0.6, 0.25]])
        cost = compute_cost(AL, np.array([[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]))
        assert_close(cost, float(-(np.log(0.6) + np.log(0.5)) / 2), "the cost")

    @pytest.mark.parametrize("n_y", [1, 4])
    def test_average(self, compute_cost, rng, n_y):
        """It is the average over the examples of -log(probability of what is true)."""
        X, Y = random_task(rng, 3, n_y, 9)
        P, _ = run_network(X, random_network(rng, [3, n_y]))
        true = np.where(Y[0] == 1, P[0], 1 - P[0]) if n_y == 1 else np.sum(P * Y, axis=0)
        assert_close(compute_cost(P, Y), float(np.mean(-np.log(true))), "the cost")

    def test_certain_answers(self, compute_cost):
        """Exactly 0 and 1 cost nothing where they are right, and much but not infinity if wrong."""
        AL = np.array([[1.0, 0.0, 1.0]])
        assert_close(
            compute_cost(AL, np.array([[1.0, 0.0, 1.0]])), 0.0, "the cost of right answers"
        )
        wrong = compute_cost(AL, np.array([[0.0, 1.0, 0.0]]))
        assert 10 < wrong < np.inf, f"certain and wrong: expected a large finite cost, got {wrong}"

    @mistake("The sum is not divided by m, so the cost grows with the number of examples.")
    def not_averaged(AL, Y):
        return dense.compute_cost(AL, Y) * Y.shape[1]

    @mistake("The minus is missing. Logarithms of probabilities are negative, a cost is not.")
    def no_minus(AL, Y):
        return -dense.compute_cost(AL, Y)

    @mistake(
        "The term (1-y) log(1-a) is missing, so the examples with label 0 cost nothing. It belongs "
        "to the single-row case."
    )
    def only_the_ones(AL, Y):
        return float(-np.sum(Y * _safe_log(AL)) / Y.shape[1])

    @mistake(
        "For several rows you add (1-y) log(1-a) too. A softmax is one choice among classes: only "
        "-y log a counts, which is -log of the true class."
    )
    def a_yes_or_no_for_each_class(AL, Y):
        return float(-np.sum(Y * _safe_log(AL) + (1 - Y) * _safe_log(1 - AL)) / Y.shape[1])

    @mistake(
        "np.mean divides by all entries. With several rows that is classes × m; divide by the "
        "number of examples, Y.shape[1]."
    )
    def mean_over_all_entries(AL, Y):
        return dense.compute_cost(AL, Y) / len(Y)

    @mistake(
        "Where AL is exactly 0 or 1, 0 · log(0) is not a number. Keep the argument of log above "
        "0, for instance with np.maximum(AL, 1e-15)."
    )
    def plain_logarithm(AL, Y):
        terms = Y * np.log(AL)
        if len(AL) == 1:
            terms = terms + (1 - Y) * np.log(1 - AL)
        return float(-np.sum(terms) / Y.shape[1])

    @mistake("log10 only changes the unit, but not to the one in use: take the natural np.log.")
    def base_ten(AL, Y):
        return dense.compute_cost(AL, Y) / np.log(10)
