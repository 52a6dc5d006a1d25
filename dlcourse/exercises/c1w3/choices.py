"""The exercise of c1w3 on softmax and hardmax, which look at a whole column."""

import math

import numpy as np

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import value_and_slope
from dlcourse.scratch.activations import hardmax, sigmoid, softmax


@exercise(points=2, reference=value_and_slope.softmax_and_hardmax)
class SoftmaxAndHardmax:
    """A smooth and an abrupt choice among the scores of each column."""

    hints = (
        "Along which axis do the probabilities of one example lie? And does anything change when "
        "all scores of an example grow by the same number?",
        "softmax: exp(Z - max) divided by its sum, max and sum taken per column with keepdims. "
        "hardmax: 1 in the row that np.argmax(Z, axis=0) names, 0 elsewhere.",
        "E = np.exp(Z - Z.max(axis=0, keepdims=True)); soft = E / E.sum(axis=0, keepdims=True); "
        "hard = np.zeros(Z.shape); hard[np.argmax(Z, axis=0), np.arange(Z.shape[1])] = 1.0",
    )

    def test_by_hand(self, softmax_and_hardmax):
        """The scores 5, 2, -1, 3 give the probabilities 0.842, 0.042, 0.002 and 0.114."""
        soft, hard = softmax_and_hardmax(np.array([[5.0], [2.0], [-1.0], [3.0]]))
        assert_close(soft, np.array([[0.842], [0.042], [0.002], [0.114]]), "softmax", 1e-3)
        assert_close(hard, np.array([[1.0], [0.0], [0.0], [0.0]]), "hardmax")

    def test_each_column_by_itself(self, softmax_and_hardmax, rng):
        """Every column of a random matrix is treated as if it were alone."""
        Z = rng.standard_normal((3, 5))
        soft, hard = softmax_and_hardmax(Z)
        for column in range(5):
            scores = Z[:, column].tolist()
            total = sum(math.exp(z) for z in scores)
            expected = np.array([math.exp(z) / total for z in scores])
            assert_close(soft[:, column], expected, f"column {column} of softmax")
            winner = np.array([float(z == max(scores)) for z in scores])
            assert_close(hard[:, column], winner, f"column {column} of hardmax")

    def test_ties(self, softmax_and_hardmax):
        """Of equal largest scores hardmax takes the first one, and softmax shares."""
        expected = (np.array([[0.5], [0.5]]), np.array([[1.0], [0.0]]))
        assert_close(softmax_and_hardmax(np.array([[7.0], [7.0]])), expected, "(soft, hard)")

    def test_large_scores(self, softmax_and_hardmax):
        """Scores of ±10000 do not overflow."""
        expected = np.array([[0.0, 0.5], [1.0, 0.5]])
        soft, _ = softmax_and_hardmax(np.array([[-1e4, -1e4], [1e4, -1e4]]))
        assert_close(soft, expected, "softmax")

    @mistake(
        "You divide by the sum over the whole matrix, so the probabilities of one example do not "
        "add up to 1. Sum along axis=0 and keep the dimension."
    )
    def one_sum_for_all(Z):
        E = np.exp(Z - np.max(Z))
        return E / np.sum(E), hardmax(Z)

    @mistake(
        "You normalise along the rows, that is over the examples. An example is a column: axis=0."
    )
    def along_the_rows(Z):
        return softmax(Z, axis=1), hardmax(Z, axis=1)

    @mistake(
        "exp overflows for large scores, and inf/inf is not a number. Subtract the largest score "
        "of the column first: the ratio stays the same."
    )
    def without_the_shift(Z):
        with np.errstate(all="ignore"):
            return np.exp(Z) / np.sum(np.exp(Z), axis=0, keepdims=True), hardmax(Z)

    @mistake(
        "Your hardmax gives the number of the winning row. Wanted is a matrix shaped like Z, with "
        "a 1 in that row and 0 elsewhere."
    )
    def winner_as_a_number(Z):
        return softmax(Z), np.argmax(Z, axis=0)

    @mistake("With a tie your hardmax gives several ones. np.argmax picks just one, the first.")
    def every_largest_score(Z):
        return softmax(Z), (np.max(Z, axis=0, keepdims=True) == Z).astype(float)

    @mistake(
        "A sigmoid of each score does not compare the scores with one another. Softmax divides "
        "exp(z) by the sum of all exp(z) in the column."
    )
    def sigmoid_of_each(Z):
        return sigmoid(Z), hardmax(Z)

    @mistake("You divide the scores by their sum, without exp: that can even become negative.")
    def without_exp(Z):
        with np.errstate(all="ignore"):
            return Z / np.sum(Z, axis=0, keepdims=True), hardmax(Z)
