"""Exercises of c2w3: the loss of softmax, and its gradient straight from the scores."""

import math

import numpy as np

from dlcourse.exercises.c2w3.batch_norm_oracle import slopes
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import classic_softmax

__all__ = ["CrossEntropy", "SoftmaxCrossEntropy"]


def _loss(row, true):
    """Loss of one example from its scores, for scores that do no harm."""
    return math.log(math.fsum([math.exp(z) for z in row])) - row[true]


def _log_softmax(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def _one_hot(classes, C):
    return np.eye(C)[classes]


@exercise(points=1, reference=classic_softmax.cross_entropy)
class CrossEntropy:
    """The cross-entropy loss of every example."""

    hints = (
        "In a one-hot row all terms of the sum but one are 0. Which one is left?",
        "L = −Σ_j y_j log ŷ_j = −log ŷ_true, for each row.",
        "`return -np.sum(Y * np.log(Y_hat), axis=1)` (fine as long as no probability is 0; "
        "`np.where(Y > 0, Y_hat, 1)` inside of the logarithm is always fine)",
    )

    def test_golden_number(self, cross_entropy):
        """A probability of 0.2 for the true class costs −log 0.2 = 1.609."""
        Y_hat, Y = np.array([[0.3, 0.2, 0.1, 0.4]]), np.array([[0.0, 1.0, 0.0, 0.0]])
        assert_close(cross_entropy(Y_hat, Y), np.array([-math.log(0.2)]), "the losses")

    def test_every_example(self, cross_entropy, rng):
        """One loss for each of the rows, also where there are as many classes."""
        Z, classes = rng.normal(size=(4, 4)), rng.permutation(4)
        Y_hat = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
        expected = np.array([-math.log(Y_hat[i, c]) for i, c in enumerate(classes)])
        assert_close(cross_entropy(Y_hat, _one_hot(classes, 4)), expected, "the losses")

    @mistake("The minus is missing: the logarithm of a probability is negative, a loss is not.")
    def negative(Y_hat, Y):
        return np.sum(Y * np.log(Y_hat), axis=1)

    @mistake("You give one number, the mean. Here each example has its loss: sum along axis 1.")
    def averaged(Y_hat, Y):
        return -np.mean(np.sum(Y * np.log(Y_hat), axis=1))

    @mistake("You sum over the examples. A row is an example: axis=1.")
    def over_examples(Y_hat, Y):
        return -np.sum(Y * np.log(Y_hat), axis=0)

    @mistake(
        "The terms (1 − y) log(1 − ŷ) belong to the sigmoid. Softmax's loss looks only at the "
        "true class."
    )
    def binary(Y_hat, Y):
        return -np.sum(Y * np.log(Y_hat) + (1 - Y) * np.log(1 - Y_hat), axis=1)

    @mistake("You divide by the number of classes: take the sum over them, not the mean.")
    def mean_over_classes(Y_hat, Y):
        return -np.mean(Y * np.log(Y_hat), axis=1)

    @mistake("That is the logarithm to the base 2. The course uses the natural one, np.log.")
    def base_two(Y_hat, Y):
        return -np.sum(Y * np.log2(Y_hat), axis=1)

    @mistake("1 − ŷ_true has no steep slope where the network is sure and wrong: take −log ŷ_true.")
    def without_logarithm(Y_hat, Y):
        return 1 - np.sum(Y * Y_hat, axis=1)


@exercise(points=3, reference=classic_softmax.softmax_cross_entropy)
class SoftmaxCrossEntropy:
    """The cost and its gradient, both straight from the scores."""

    hints = (
        "Write log ŷ with the formula of softmax: exp and log cancel. What is left of the loss, "
        "and what of its slope?",
        "log ŷ_j = z_j − max z − log Σ exp(z_k − max z); cost = −(1/m) Σ y log ŷ; "
        "dZ = (ŷ − y) / m.",
        "`shifted = Z - Z.max(axis=1, keepdims=True)`, `logs = shifted - np.log(np.exp(shifted)"
        ".sum(axis=1, keepdims=True))`, `return -np.sum(Y * logs) / m, (np.exp(logs) - Y) / m`",
    )

    def test_golden_numbers(self, softmax_cross_entropy):
        """Scores 5, 2, −1, 3 and class 0: cost 0.172, gradient −0.158, 0.042, 0.002, 0.114."""
        row = [5.0, 2.0, -1.0, 3.0]
        total = math.fsum([math.exp(z) for z in row])
        gradient = [math.exp(z) / total - (z == 5.0) for z in row]
        result = softmax_cross_entropy(np.array([row]), np.array([[1.0, 0.0, 0.0, 0.0]]))
        assert_close(result, (_loss(row, 0), np.array([gradient])), "(cost, dZ)")

    def test_against_differences(self, softmax_cross_entropy, rng):
        """Over several examples the cost is the mean, and dZ agrees with central differences."""
        Z, classes = rng.normal(size=(5, 3)), rng.integers(0, 3, 5)

        def cost(Z):
            return math.fsum([_loss(row, c) for row, c in zip(Z, classes, strict=True)]) / 5

        result = softmax_cross_entropy(Z, _one_hot(classes, 3))
        assert isinstance(result, tuple | list) and len(result) == 2, "return (cost, dZ)"
        assert_close(result[0], cost(Z), "the cost")
        assert_close(result[1], slopes(cost, Z), "dZ", tolerance=1e-8)

    def test_hopeless_scores(self, softmax_cross_entropy):
        """A score 2000 below the best costs 2000: no overflow, no log of 0."""
        Z, Y = np.array([[1000.0, -1000.0], [3.0, 3.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
        cost, dZ = (2000 + math.log(2)) / 2, np.array([[0.5, -0.5], [-0.25, 0.25]])
        assert_close(softmax_cross_entropy(Z, Y), (cost, dZ), "(cost, dZ)")

    @mistake(
        "You take the logarithm of probabilities that have been rounded to 0. Go straight from the "
        "scores: log ŷ = z − max z − log Σ exp(z − max z)."
    )
    def logarithm_of_zero(Z, Y):
        with np.errstate(all="ignore"):
            Y_hat = np.exp(_log_softmax(Z))
            return -np.sum(Y * np.log(Y_hat)) / len(Z), (Y_hat - Y) / len(Z)

    @mistake("exp of a large score overflows. Subtract the largest of each row first.")
    def overflows(Z, Y):
        with np.errstate(all="ignore"):
            logs = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
            return -np.sum(Y * logs) / len(Z), (np.exp(logs) - Y) / len(Z)

    @mistake(
        "A small number under the logarithm keeps it finite, but wrong: from 34 on the cost stands "
        "still. Go straight from the scores."
    )
    def clipped(Z, Y):
        Y_hat = np.exp(_log_softmax(Z))
        return -np.sum(Y * np.log(Y_hat + 1e-15)) / len(Z), (Y_hat - Y) / len(Z)

    @mistake("The cost is a mean, so its gradient has the factor 1/m as well: (ŷ − y) / m.")
    def gradient_not_averaged(Z, Y):
        logs = _log_softmax(Z)
        return -np.sum(Y * logs) / len(Z), np.exp(logs) - Y

    @mistake("The losses are summed. The cost is their mean over the m examples.")
    def cost_not_averaged(Z, Y):
        logs = _log_softmax(Z)
        return -np.sum(Y * logs), (np.exp(logs) - Y) / len(Z)

    @mistake("The mean goes over all m · C numbers. Divide by the number of examples only.")
    def mean_of_everything(Z, Y):
        logs = _log_softmax(Z)
        return -np.mean(Y * logs), (np.exp(logs) - Y) / Z.size

    @mistake("The sign of dZ is wrong: ŷ − y, so that a step against it raises the true score.")
    def wrong_sign(Z, Y):
        logs = _log_softmax(Z)
        return -np.sum(Y * logs) / len(Z), (Y - np.exp(logs)) / len(Z)

    @mistake(
        "−y/ŷ is the gradient with respect to the probabilities. With respect to the scores it is "
        "ŷ − y."
    )
    def of_the_probabilities(Z, Y):
        with np.errstate(all="ignore"):
            logs = _log_softmax(Z)
            return -np.sum(Y * logs) / len(Z), -Y / np.exp(logs) / len(Z)
