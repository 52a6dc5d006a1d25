"""Exercises of c2w3: softmax, and what is left of it for two classes."""

import math

import numpy as np

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import classic_softmax

__all__ = ["Softmax", "TwoClasses"]


def _probabilities(row):
    """Softmax of one row by the formula, for scores that do no harm."""
    powers = [math.exp(z) for z in row]
    return [p / math.fsum(powers) for p in powers]


@exercise(points=2, reference=classic_softmax.softmax)
class Softmax:
    """Softmax of every row, for scores of any size."""

    hints = (
        "exp makes every score positive; what makes a row sum to 1? And which number can you "
        "subtract from all scores of a row without changing the result?",
        "ŷ_j = exp(z_j − max z) / Σ exp(z_k − max z), maximum and sum along the row.",
        "`powers = np.exp(Z - Z.max(axis=1, keepdims=True))`, "
        "`return powers / powers.sum(axis=1, keepdims=True)`",
    )

    def test_golden_numbers(self, softmax):
        """The scores 5, 2, −1, 3 become 0.842, 0.042, 0.002, 0.114."""
        Z = np.array([[5.0, 2.0, -1.0, 3.0]])
        assert_close(softmax(Z), np.array([_probabilities(Z[0])]), "the probabilities")

    def test_rows_are_examples(self, softmax, rng):
        """Each row by itself, also where there are as many classes as examples."""
        for m in (3, 5):
            Z = rng.normal(0, 2, size=(m, 3))
            expected = np.array([_probabilities(row) for row in Z])
            assert_close(softmax(Z), expected, f"the probabilities of scores of shape ({m}, 3)")

    def test_huge_scores(self, softmax):
        """Scores of 1000 and −1000 neither overflow nor divide by 0."""
        Z = np.array([[1000.0, 1001.0], [-1000.0, -1003.0], [0.0, 800.0]])
        expected = [_probabilities(row) for row in ([0, 1], [0, -3])] + [[0.0, 1.0]]
        assert_close(softmax(Z), np.array(expected), "the probabilities")

    @mistake(
        "exp(1000) overflows and inf / inf is no number. Subtract the largest score of each row "
        "first: it cancels in the ratio."
    )
    def overflows(Z):
        with np.errstate(all="ignore"):
            powers = np.exp(Z)
            return powers / powers.sum(axis=1, keepdims=True)

    @mistake("You sum over the examples. A row is an example here: sum along it, axis=1.")
    def columns_sum_to_one(Z):
        powers = np.exp(Z - Z.max(axis=0))
        return powers / powers.sum(axis=0)

    @mistake("All examples share one sum. Each row has its own: axis=1, keepdims=True.")
    def one_sum(Z):
        powers = np.exp(Z - Z.max())
        return powers / powers.sum()

    @mistake(
        "The largest score of the whole batch is subtracted. A row far below it becomes 0/0: take "
        "the maximum of each row."
    )
    def one_maximum(Z):
        with np.errstate(all="ignore"):
            powers = np.exp(Z - Z.max())
            return powers / powers.sum(axis=1, keepdims=True)

    @mistake("That is a sigmoid for each score. The classes exclude each other: divide by the sum.")
    def sigmoids(Z):
        with np.errstate(all="ignore"):
            return 1 / (1 + np.exp(-Z))

    @mistake("The scores are divided by their sum. They may be negative: apply exp first.")
    def without_exp(Z):
        return Z / Z.sum(axis=1, keepdims=True)

    @mistake("That is hardmax: all or nothing, with no slope to learn from. Softmax keeps shares.")
    def hardmax(Z):
        return np.eye(Z.shape[1])[Z.argmax(axis=1)]

    @mistake("That is the logarithm of softmax. Apply exp to get probabilities.")
    def logarithms(Z):
        shifted = Z - Z.max(axis=1, keepdims=True)
        return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@exercise(points=2, reference=classic_softmax.two_classes)
class TwoClasses:
    """The neuron that says the same as a softmax of two classes."""

    hints = (
        "Divide the fraction for class 1 by its own numerator. Which difference is left?",
        "exp(z₁) / (exp(z₀) + exp(z₁)) = 1 / (1 + exp(−(z₁ − z₀))), so z = z₁ − z₀ = "
        "x (w₁ − w₀) + (b₁ − b₀).",
        "`return W[:, 1:] - W[:, :1], b[1] - b[0]`",
    )

    def test_by_hand(self, two_classes):
        """Scores x + ½ and 4 x: their difference is 3 x − ½."""
        w, b = two_classes(np.array([[1.0, 4.0]]), np.array([0.5, 0.0]))
        assert_close(w, np.array([[3.0]]), "w")
        assert_close(b, -0.5, "b")

    def test_same_probabilities(self, two_classes, rng):
        """The sigmoid of x w + b is what softmax gives to class 1."""
        W, b, X = rng.normal(size=(4, 2)), rng.normal(size=2), rng.normal(size=(6, 4))
        result = two_classes(W, b)
        assert isinstance(result, tuple | list) and len(result) == 2, "return (w, b)"
        w, b_one = result
        assert np.shape(w) == (4, 1), f"w should have the shape (4, 1), it has {np.shape(w)}"
        assert_close(b_one, b[1] - b[0], "b")
        expected = np.array([_probabilities(row)[1:] for row in X @ W + b])
        assert_close(1 / (1 + np.exp(-(X @ w + b_one))), expected, "the sigmoid of X w + b")

    @mistake("That is the neuron of class 0. Class 1 is asked for: W₁ − W₀ and b₁ − b₀.")
    def of_class_zero(W, b):
        return W[:, :1] - W[:, 1:], b[0] - b[1]

    @mistake("The scores of class 0 count as well: only the difference of the two matters.")
    def class_zero_forgotten(W, b):
        return W[:, 1:].copy(), b[1]

    @mistake("The weights are right, the bias is not: it is a difference too, b₁ − b₀.")
    def only_weights_subtracted(W, b):
        return W[:, 1:] - W[:, :1], b[1]

    @mistake("You add where you should subtract: the scores stand on both sides of the fraction.")
    def sum_of_both(W, b):
        return W[:, 1:] + W[:, :1], b[1] + b[0]

    @mistake("w has lost an axis. Cut a column out as W[:, 1:], so that it stays (n_x, 1).")
    def rank_one(W, b):
        return W[:, 1] - W[:, 0], b[1] - b[0]

    @mistake("There is no half here: z is the whole difference of the two scores.")
    def halved(W, b):
        return (W[:, 1:] - W[:, :1]) / 2, (b[1] - b[0]) / 2
