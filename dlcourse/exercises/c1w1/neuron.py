"""Exercises of c1w1 about one neuron: f(w·x + b) with a step or a sigmoid."""

import math

import numpy as np

from dlcourse.grading import assert_close, exercise, helper, mistake
from dlcourse.scratch import neuron

W = np.array([[2.0], [-1.0], [0.5]])
X_TWO = np.array([[1.0, 0.0], [3.0, 1.0], [4.0, -2.0]])  # with W and 0.25: z = 1.25 and -1.75


@helper
def identity(z):
    """No activation at all."""
    return z


@exercise(points=1, reference=neuron.neuron)
class Neuron:
    """The artificial neuron f(w·x + b), for m examples at once."""

    hints = (
        "Two steps: first one number z for every example, then the activation. Which product turns "
        "(n_x, 1) weights and (n_x, m) examples into a row of m numbers?",
        "z = wᵀX + b, of shape (1, m); the output is f(z).",
        "`z = w.T @ X + b`, then `return activation(z)`.",
    )

    def test_by_hand(self, neuron):
        """Two examples with three features agree with a calculation by hand."""
        assert_close(neuron(W, 0.25, X_TWO, identity), np.array([[1.25, -1.75]]), "w·x + b")
        squared = np.array([[1.5625, 3.0625]])
        assert_close(neuron(W, 0.25, X_TWO, np.square), squared, "(w·x + b)²")

    def test_every_column_is_an_example(self, neuron, rng):
        """Many examples at once give what each gives alone, summed feature by feature."""
        w, X = rng.normal(size=(4, 1)), rng.normal(size=(4, 6))
        expected = [[math.tanh(sum(w[j, 0] * X[j, i] for j in range(4)) - 0.3) for i in range(6)]]
        assert_close(neuron(w, -0.3, X, np.tanh), np.array(expected), "tanh(w·x + b)")

    @mistake("The bias b is missing, so the neuron's line always goes through the origin: add b.")
    def forgets_the_bias(w, b, X, activation):
        return activation(w.T @ X)

    @mistake("You give back z = w·x + b itself. Apply the activation to it.")
    def forgets_the_activation(w, b, X, activation):
        return w.T @ X + b

    @mistake(
        "You add b after the activation. It belongs inside, f(w·x + b), where it moves the line."
    )
    def adds_the_bias_outside(w, b, X, activation):
        return activation(w.T @ X) + b

    @mistake(
        "You subtract b, as if it were a threshold. A bias is added: it is minus the threshold."
    )
    def subtracts_the_bias(w, b, X, activation):
        return activation(w.T @ X - b)

    @mistake(
        "You multiply w and X entry by entry but do not add up over the features: w.T @ X does "
        "both."
    )
    def does_not_add_up(w, b, X, activation):
        return activation(w * X + b)

    @mistake("Your row has lost an axis: give back shape (1, m), not (m,).")
    def drops_an_axis(w, b, X, activation):
        return activation(w[:, 0] @ X + b)


@exercise(points=1, reference=neuron.step_and_sigmoid)
class StepAndSigmoid:
    """The perceptron's label and the logistic neuron's probability, from the same w·x + b."""

    hints = (
        "Both neurons compute the same z. What does each do with it, and where is the border?",
        "z = wᵀX + b; the label is 1 where z ≥ 0, else 0; the probability is 1 / (1 + exp(−z)).",
        "`z = w.T @ X + b`, then `return (z >= 0).astype(float), 1 / (1 + np.exp(-z))`.",
    )

    def test_by_hand(self, step_and_sigmoid):
        """Four examples, one of them exactly on the line, agree with a calculation by hand."""
        w, X = np.array([[1.0], [-2.0]]), np.array([[1.5, 1.0, 0.0, 0.75], [0.0, 0.75, 0.75, 0.5]])
        labels, probabilities = step_and_sigmoid(w, 0.5, X)  # z = 2, 0, -1, 0.25
        assert_close(labels, np.array([[1, 1, 0, 1]]), "labels")
        expected = [1 / (1 + math.exp(-2)), 0.5, 1 / (1 + math.e), 1 / (1 + math.exp(-0.25))]
        assert_close(probabilities, np.array([expected]), "probabilities")

    def test_every_column_is_an_example(self, step_and_sigmoid, rng):
        """Many examples at once give what each gives alone, and both neurons agree on the side."""
        w, X = rng.normal(size=(3, 1)), rng.normal(size=(3, 30))
        z = [sum(w[j, 0] * X[j, i] for j in range(3)) - 0.2 for i in range(30)]
        labels, probabilities = step_and_sigmoid(w, -0.2, X)
        assert_close(labels, np.array([[int(number >= 0) for number in z]]), "labels")
        expected = np.array([[1 / (1 + math.exp(-number)) for number in z]])
        assert_close(probabilities, expected, "probabilities")
        agree = (np.asarray(probabilities) >= 0.5) == (np.asarray(labels) == 1)
        assert agree.all(), "the label should be 1 exactly where the probability is at least 0.5"

    @mistake(
        "An example exactly on the line (z = 0) belongs to class 1 here: compare with >=, not >."
    )
    def calls_the_line_class_0(w, b, X):
        z = w.T @ X + b
        return (z > 0).astype(float), 1 / (1 + np.exp(-z))

    @mistake(
        "You compare the probability with 0, and it is always above 0, so every label is 1. "
        "The border is z = 0, where the probability is one half."
    )
    def compares_the_probability_with_0(w, b, X):
        p = 1 / (1 + np.exp(-(w.T @ X + b)))
        return (p >= 0).astype(float), p

    @mistake(
        "You compare z with one half. One half is the border of the probability; for z it is 0."
    )
    def compares_z_with_one_half(w, b, X):
        z = w.T @ X + b
        return (z >= 0.5).astype(float), 1 / (1 + np.exp(-z))

    @mistake(
        "Your sigmoid falls where it should rise: the exponent is −z, as in 1 / (1 + exp(−z))."
    )
    def loses_the_minus_sign(w, b, X):
        z = w.T @ X + b
        return (z >= 0).astype(float), 1 / (1 + np.exp(z))

    @mistake("The bias is missing from z: both neurons need w·x + b.")
    def forgets_the_bias(w, b, X):
        z = w.T @ X
        return (z >= 0).astype(float), 1 / (1 + np.exp(-z))

    @mistake("Labels and probabilities come in the wrong order: return labels, probabilities.")
    def swaps_the_results(w, b, X):
        z = w.T @ X + b
        return 1 / (1 + np.exp(-z)), (z >= 0).astype(float)

    @mistake("Your labels are −1 and 1 (np.sign). This course labels the two classes 0 and 1.")
    def labels_with_signs(w, b, X):
        z = w.T @ X + b
        return np.where(z >= 0, 1.0, -1.0), 1 / (1 + np.exp(-z))
