"""The gradients of logistic regression, with loops and without."""

import math

import numpy as np

from dlcourse.exercises.c1w2 import by_hand
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import logistic

__all__ = ["Propagate", "PropagateLoops"]


@exercise(points=2, reference=logistic.propagate_loops)
class PropagateLoops:
    """Cost and gradients with two loops: over the examples and over the features."""

    hints = (
        "Do everything for one example first: z, a, its cost, dz. What does each feature of that "
        "example add to its dw?",
        "dz = a − y; dw_j += x_j · dz and db += dz for every example; at the end divide cost, dw "
        "and db by m.",
        "for i in range(m): z = b + sum(w[j, 0] * X[j, i] for j in range(n_x)); "
        "a = 1 / (1 + np.exp(-z)); dz = a - Y[0, i]; db += dz; then "
        "for j in range(n_x): dw[j, 0] += X[j, i] * dz",
    )

    def test_by_hand(self, propagate_loops):
        """Two examples whose gradients can be worked out in the head."""
        grads, cost = propagate_loops(
            np.zeros((2, 1)), 0.0, np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[1.0, 0.0]])
        )
        assert_close(cost, math.log(2), "cost")
        expected = {"dw": np.array([[-0.25], [0.5]]), "db": 0.0}
        assert_close(grads, expected, "grads")

    def test_cost(self, propagate_loops, rng):
        """The cost is the mean over the examples of minus the log of the label's probability."""
        w, b, X, Y = by_hand.clouds(rng)
        _, cost = propagate_loops(w, b, X, Y)
        assert_close(cost, by_hand.cost(w, b, X, Y), "cost")

    def test_gradients_against_differences(self, propagate_loops, rng):
        """The gradients agree with the cost's slope, measured with a small step to either side."""
        w, b, X, Y = by_hand.clouds(rng)
        grads, _ = propagate_loops(w, b, X, Y)
        assert_close(grads, by_hand.measured_gradients(w, b, X, Y), "grads")

    @mistake("The sums are not divided by m: the step would grow with the data set.")
    def forgot_to_average(w, b, X, Y):
        A = by_hand.probabilities(w, b, X)
        grads = {"dw": X @ (A - Y).T, "db": float(np.sum(A - Y))}
        return grads, float(by_hand.cross_entropy(A, Y)) * X.shape[1]

    @mistake(
        "You assign dw instead of adding to it, so only the last example counts. Use += in the "
        "loop."
    )
    def last_example_only(w, b, X, Y):
        A, m = by_hand.probabilities(w, b, X), X.shape[1]
        last = A[0, -1] - Y[0, -1]
        grads = {"dw": X[:, -1:] * last / m, "db": float(np.sum(A - Y)) / m}
        return grads, float(by_hand.cross_entropy(A, Y))

    @mistake(
        "dz = a(1 − a) is only the derivative of the sigmoid. Times dL/da = (a − y)/(a(1 − a)) it "
        "becomes a − y."
    )
    def derivative_of_the_sigmoid_only(w, b, X, Y):
        A, m = by_hand.probabilities(w, b, X), X.shape[1]
        dZ = A * (1 - A)
        return {"dw": X @ dZ.T / m, "db": float(np.sum(dZ)) / m}, float(by_hand.cross_entropy(A, Y))

    @mistake("The sign of dz is turned: it is a − y. With y − a the steps would climb.")
    def sign_turned(w, b, X, Y):
        A, m = by_hand.probabilities(w, b, X), X.shape[1]
        dZ = Y - A
        return {"dw": X @ dZ.T / m, "db": float(np.sum(dZ)) / m}, float(by_hand.cross_entropy(A, Y))

    @mistake("The bias is missing in z: start the sum over the features at b, not at 0.")
    def bias_not_added(w, b, X, Y):
        A, m = by_hand.probabilities(w, 0.0, X), X.shape[1]
        dZ = A - Y
        return {"dw": X @ dZ.T / m, "db": float(np.sum(dZ)) / m}, float(by_hand.cross_entropy(A, Y))

    @mistake("dw is divided by m, but db is not. Both are means over the examples.")
    def bias_not_averaged(w, b, X, Y):
        A, m = by_hand.probabilities(w, b, X), X.shape[1]
        dZ = A - Y
        return {"dw": X @ dZ.T / m, "db": float(np.sum(dZ))}, float(by_hand.cross_entropy(A, Y))


@exercise(points=3, reference=logistic.propagate)
class Propagate:
    """Cost and gradients of logistic regression for one pass over the data, without a loop."""

    hints = (
        "Which single product of matrices gives the z of all examples at once? And which one adds "
        "up x · dz over all of them?",
        "A = σ(wᵀX + b); dZ = A − Y; dw = X dZᵀ / m; db = Σ dZ / m.",
        "A = sigmoid(w.T @ X + b); dZ = A - Y; dw = X @ dZ.T / m; db = np.sum(dZ) / m",
    )

    def test_by_hand(self, propagate):
        """The cost and gradients of two examples agree with a calculation by hand."""
        X, Y = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[1.0, 0.0]])
        grads, cost = propagate(np.zeros((2, 1)), 0.0, X, Y)
        assert_close(cost, math.log(2), "cost")
        assert_close(grads, {"dw": np.array([[-0.25], [0.5]]), "db": 0.0}, "grads")

    def test_cost(self, propagate, rng):
        """The cost is the mean over the examples of minus the log of the label's probability."""
        w, b, X, Y = by_hand.clouds(rng)
        _, cost = propagate(w, b, X, Y)
        assert_close(cost, by_hand.cost(w, b, X, Y), "cost")

    def test_gradients_against_differences(self, propagate, rng):
        """The gradients agree with the cost's slope, measured with a small step to either side."""
        w, b, X, Y = by_hand.clouds(rng)
        grads, _ = propagate(w, b, X, Y)
        assert_close(grads, by_hand.measured_gradients(w, b, X, Y), "grads")

    def test_repeated_data(self, propagate, rng):
        """Every example twice: the same cost and the same gradients, because they are means."""
        w, b, X, Y = by_hand.clouds(rng, m=5)
        grads, cost = propagate(w, b, X, Y)
        twice, cost_twice = propagate(w, b, np.hstack([X, X]), np.hstack([Y, Y]))
        assert_close(cost_twice, by_hand.cost(w, b, X, Y), "the cost of the doubled data")
        assert_close(grads, by_hand.measured_gradients(w, b, X, Y), "grads")
        assert_close(twice, by_hand.measured_gradients(w, b, X, Y), "the grads of the doubled data")

    @mistake(
        "You sum over the examples but do not divide by m, so the step grows with the data set."
    )
    def forgot_to_average(w, b, X, Y):
        A = by_hand.probabilities(w, b, X)
        return {"dw": X @ (A - Y).T, "db": np.sum(A - Y)}, by_hand.cross_entropy(A, Y)

    @mistake(
        "You divide by X.shape[0], the number of features. The mean is over the examples: "
        "m = X.shape[1]."
    )
    def divided_by_the_features(w, b, X, Y):
        A, n_x = by_hand.probabilities(w, b, X), X.shape[0]
        grads = {"dw": X @ (A - Y).T / n_x, "db": np.sum(A - Y) / n_x}
        return grads, by_hand.cross_entropy(A, Y) * Y.size / n_x

    @mistake(
        "dz = a(1 − a) is the derivative of the sigmoid alone (some notes print it so). The chain "
        "rule multiplies it by dL/da = (a − y)/(a(1 − a)), and a − y remains."
    )
    def derivative_of_the_sigmoid_only(w, b, X, Y):
        A = by_hand.probabilities(w, b, X)
        return by_hand.pass_with(A * (1 - A), A, X, Y)

    @mistake(
        "(1 − y)/(a(1 − a)) is not the derivative with respect to z (some notes print it so). "
        "Work it out: dL/da · a(1 − a) = a − y."
    )
    def misprinted_formula(w, b, X, Y):
        A = by_hand.probabilities(w, b, X)
        return by_hand.pass_with((1 - Y) / (A * (1 - A)), A, X, Y)

    @mistake(
        "A factor a(1 − a) is left over: that is the gradient of the squared error. For the "
        "cross-entropy it cancels, and dz = a − y."
    )
    def gradient_of_the_squared_error(w, b, X, Y):
        A = by_hand.probabilities(w, b, X)
        return by_hand.pass_with((A - Y) * A * (1 - A), A, X, Y)

    @mistake("The sign of dz is turned: it is A − Y. With Y − A the steps would climb.")
    def sign_turned(w, b, X, Y):
        A = by_hand.probabilities(w, b, X)
        return by_hand.pass_with(Y - A, A, X, Y)

    @mistake("The bias is missing: z = wᵀx + b.")
    def bias_not_added(w, b, X, Y):
        A = by_hand.probabilities(w, 0.0, X)
        return by_hand.pass_with(A - Y, A, X, Y)

    @mistake(
        "dw is a row (1, n_x) here. It must have the shape of w, (n_x, 1): dw = X dZᵀ / m, in this "
        "order."
    )
    def row_of_gradients(w, b, X, Y):
        A = by_hand.probabilities(w, b, X)
        grads, cost = by_hand.pass_with(A - Y, A, X, Y)
        return {"dw": grads["dw"].T, "db": grads["db"]}, cost

    @mistake(
        "db is an array of shape (1, 1). There is one bias, so sum to a number: np.sum(dZ) / m "
        "without keepdims."
    )
    def bias_gradient_as_a_matrix(w, b, X, Y):
        A = by_hand.probabilities(w, b, X)
        grads, cost = by_hand.pass_with(A - Y, A, X, Y)
        return {"dw": grads["dw"], "db": np.array([[grads["db"]]])}, cost
