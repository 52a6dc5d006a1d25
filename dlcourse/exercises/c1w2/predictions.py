"""Predictions and how many of them are right."""

import numpy as np

from dlcourse.exercises.c1w2 import by_hand
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import logistic

__all__ = ["Accuracy", "Predict"]


@exercise(points=1, reference=logistic.predict)
class Predict:
    """The class of every example, from its probability."""

    hints = (
        "First compute the probabilities as in propagate. Where is the border between the classes?",
        "ŷ = 1.0 where σ(wᵀx + b) > 0.5, else 0.0; shape (1, m).",
        "return (sigmoid(w.T @ X + b) > 0.5).astype(float)",
    )

    def test_by_hand(self, predict):
        """Four examples on either side of the border 2x − 1 = 0."""
        X = np.array([[-1.0, 0.4, 0.6, 3.0]])
        predictions = predict(np.array([[2.0]]), -1.0, X)
        assert_close(predictions, np.array([[0.0, 0.0, 1.0, 1.0]]), "the predictions")

    def test_two_features(self, predict):
        """Two features of opposite influence, and a bias that decides."""
        X = np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 2.0]])
        predictions = predict(np.array([[1.0], [-1.0]]), 0.3, X)
        assert_close(predictions, np.array([[1.0, 0.0, 1.0]]), "the predictions")

    def test_against_the_loop(self, predict, rng):
        """It agrees with a decision example by example."""
        w, b, X, _ = by_hand.clouds(rng, m=30)
        expected = [[float(w[0, 0] * p + w[1, 0] * q + b > 0) for p, q in X.T.tolist()]]
        assert_close(predict(w, b, X), np.array(expected), "the predictions")

    @mistake("These are the probabilities. Turn them into classes: 1.0 where they exceed 0.5.")
    def probabilities(w, b, X):
        return by_hand.probabilities(w, b, X)

    @mistake(
        "You compare z with 0.5. The border of the probability is 0.5, which is z = 0: apply the "
        "sigmoid before you compare."
    )
    def sigmoid_forgotten(w, b, X):
        return (w.T @ X + b > 0.5).astype(float)

    @mistake("The bias is missing: z = wᵀx + b. It moves the border away from the origin.")
    def bias_not_added(w, b, X):
        return (w.T @ X > 0).astype(float)

    @mistake("A comparison gives True and False. Labels are numbers here: add .astype(float).")
    def booleans(w, b, X):
        return w.T @ X + b > 0

    @mistake("The result is a rank-1 array (m,). Keep the row (1, m), the shape of Y.")
    def rank_one(w, b, X):
        return (w.T @ X + b > 0).astype(float).ravel()

    @mistake("The classes are turned round: a probability above 0.5 means class 1.")
    def classes_turned_round(w, b, X):
        return (w.T @ X + b < 0).astype(float)


@exercise(points=1, reference=logistic.accuracy)
class Accuracy:
    """The share of right predictions."""

    hints = (
        "Comparing two arrays gives True and False; what is the mean of those?",
        "accuracy = (number of i with ŷ_i = y_i) / m, between 0 and 1.",
        "return np.mean(predictions == Y)",
    )

    def test_by_hand(self, accuracy):
        """Three of four right is 0.75."""
        predictions, Y = np.array([[1.0, 0.0, 0.0, 1.0]]), np.array([[1.0, 0.0, 1.0, 1.0]])
        assert_close(accuracy(predictions, Y), 0.75, "the accuracy")

    def test_extremes(self, accuracy):
        """All right is 1, all wrong is 0."""
        Y = np.array([[1.0, 0.0, 0.0]])
        assert_close(accuracy(Y, Y), 1.0, "the accuracy of the labels themselves")
        assert_close(accuracy(1 - Y, Y), 0.0, "the accuracy of the opposite")

    def test_against_the_loop(self, accuracy, rng):
        """It agrees with counting the hits one by one."""
        predictions, Y = rng.integers(0, 2, size=(2, 1, 30)).astype(float)
        hits = sum(p == y for p, y in zip(predictions[0].tolist(), Y[0].tolist(), strict=True))
        assert_close(accuracy(predictions, Y), hits / 30, "the accuracy")

    @mistake("This is in percent; the accuracy is asked for as a share between 0 and 1.")
    def percent(predictions, Y):
        return np.mean(predictions == Y) * 100

    @mistake("This is the share of wrong predictions; the accuracy is one minus that.")
    def error_rate(predictions, Y):
        return np.mean(np.abs(predictions - Y))

    @mistake("This is the number of hits. Divide it by the number of examples.")
    def number_of_hits(predictions, Y):
        return np.sum(predictions == Y)

    @mistake(
        "You count only ones that are predicted as ones. A zero predicted as zero is right too."
    )
    def hits_among_the_ones(predictions, Y):
        return np.sum(predictions * Y) / Y.shape[1]

    @mistake(
        "You divide by the number of ones (that is recall, another measure). Divide by the number "
        "of all examples."
    )
    def recall(predictions, Y):
        return np.sum(predictions * Y) / np.sum(Y)
