"""Exercises of c2w1 on L1: the penalty, and its subgradient."""

import math

import numpy as np

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import regularization

__all__ = ["L1Gradient", "L1Penalty"]


@exercise(points=1, reference=regularization.l1_penalty)
class L1Penalty:
    """λ/m times the sum of the absolute weights."""

    hints = (
        "L2 squares each weight. What does L1 do so that signs do not cancel?",
        "λ/m Σ |w|, without the ½ of L2.",
        "return lambd / m * np.sum(np.abs(W))",
    )

    def test_by_hand(self, l1_penalty):
        """Three weights agree with a calculation by hand."""
        assert_close(l1_penalty(np.array([[3.0, -4.0, 0.5]]), 0.8, 4), 1.5, "the penalty")

    def test_against_loops(self, l1_penalty, rng):
        """A matrix of random weights: the sum over single weights."""
        W = rng.standard_normal((3, 5))
        expected = math.fsum(abs(w) for w in W.ravel().tolist()) * 0.3 / 7
        assert_close(l1_penalty(W, 0.3, 7), expected, "the penalty")

    def test_scale(self, l1_penalty, rng):
        """Weights three times as large pay three times as much, not nine times."""
        W = rng.standard_normal((2, 2))
        assert_close(l1_penalty(3 * W, 2.0, 5), 3 * l1_penalty(W, 2.0, 5), "the penalty of 3 W")
        assert_close(l1_penalty(W, 0.0, 5), 0.0, "the penalty for λ = 0")

    @mistake("Weights of opposite sign cancel in your sum. Take np.abs first.")
    def without_abs(W, lambd, m):
        return float(lambd / m * np.sum(W))

    @mistake("Squares belong to L2. L1 sums the absolute values.")
    def squares(W, lambd, m):
        return float(lambd / m * np.sum(W**2))

    @mistake("The ½ belongs to L2, whose derivative has a 2 to cancel. Here it is λ/m.")
    def halved(W, lambd, m):
        return float(lambd / (2 * m) * np.sum(np.abs(W)))

    @mistake("The penalty is divided by the number of examples m, as the cost is.")
    def not_averaged(W, lambd, m):
        return float(lambd * np.sum(np.abs(W)))

    @mistake(
        "np.linalg.norm(W, 1) of a matrix is its largest column sum. Sum *all* absolute values: "
        "np.sum(np.abs(W))."
    )
    def norm_of_the_matrix(W, lambd, m):
        return float(lambd / m * np.linalg.norm(W, 1))

    @mistake("This is the mean of the absolute weights. Sum them, and divide by m only.")
    def mean_of_weights(W, lambd, m):
        return float(lambd / m * np.mean(np.abs(W)))


@exercise(points=1, reference=regularization.l1_gradient)
class L1Gradient:
    """The subgradient of the L1 penalty: a pull of the same strength on every weight."""

    hints = (
        "Draw |w|. What is its slope on the left, what on the right? At 0 it has a kink: which "
        "slope does not move a weight that is there already?",
        "λ/m sign(w), with sign(0) = 0.",
        "return lambd / m * np.sign(W)",
    )

    def test_by_hand(self, l1_gradient):
        """A large and a tiny weight are pulled alike, and a zero not at all."""
        W = np.array([[3.0, -4.0], [0.0, 1e-3]])
        expected = np.array([[0.25, -0.25], [0.0, 0.25]])
        assert_close(l1_gradient(W, 0.5, 2), expected, "the gradient")

    def test_against_differences(self, l1_gradient, rng):
        """Away from 0 it is the slope of λ/m Σ |w|."""
        W = rng.uniform(0.1, 2.0, (3, 4)) * np.where(rng.random((3, 4)) < 0.5, -1.0, 1.0)
        h = 1e-5
        slopes = 1.5 / 6 * (np.abs(W + h) - np.abs(W - h)) / (2 * h)
        assert_close(l1_gradient(W, 1.5, 6), slopes, "the gradient")

    @mistake(
        "λ/m · W is the gradient of L2, a pull in proportion to the weight. The slope of |w| is "
        "-1 or +1, whatever the size."
    )
    def pull_of_l2(W, lambd, m):
        return lambd / m * W

    @mistake("You give λ/m · |W|, which is the penalty entry by entry. Its slope is the sign of W.")
    def value_instead_of_slope(W, lambd, m):
        return lambd / m * np.abs(W)

    @mistake(
        "At 0 your pull is not 0, so a weight that has arrived there is pushed away again. Take "
        "0 of the slopes between -1 and +1: np.sign does."
    )
    def zero_counts_as_positive(W, lambd, m):
        return lambd / m * np.where(W >= 0, 1.0, -1.0)

    @mistake("W / |W| is 0/0 at a weight of 0. np.sign(W) is 0 there.")
    def not_a_number_at_zero(W, lambd, m):
        with np.errstate(all="ignore"):
            return lambd / m * (W / np.abs(W))

    @mistake("The gradient is divided by m, as the penalty is.")
    def not_averaged(W, lambd, m):
        return lambd * np.sign(W)

    @mistake("The ½ belongs to L2. The penalty of L1 is λ/m Σ |w|, so its slope is λ/m.")
    def halved(W, lambd, m):
        return lambd / (2 * m) * np.sign(W)

    @mistake(
        "The sign is turned round. This is the *gradient*; the update subtracts it, which moves "
        "the weight towards 0."
    )
    def already_negative(W, lambd, m):
        return -lambd / m * np.sign(W)
