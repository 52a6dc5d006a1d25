"""The exercises of c1w3 on the forward pass: from the examples to the cost."""

import numpy as np

from dlcourse.exercises.c1w3.oracle import random_network, random_task, run_network
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import shallow
from dlcourse.scratch.activations import relu, sigmoid


def _forward(X, parameters, hidden=np.tanh, output=sigmoid, without=()):
    W1, b1, W2, b2 = (parameters[name] * (name not in without) for name in ("W1", "b1", "W2", "b2"))
    Z1 = W1 @ X + b1
    A1 = hidden(Z1)
    Z2 = W2 @ A1 + b2
    A2 = output(Z2)
    return A2, (Z1, A1, Z2, A2)


@exercise(points=3, reference=shallow.forward_propagation)
class ForwardPropagation:
    """From the examples to the probabilities: linear, tanh, linear, sigmoid."""

    hints = (
        "Four lines, and each uses the result of the one before. Which activation belongs to the "
        "hidden layer, and which one makes probabilities?",
        "Z1 = W1 X + b1, A1 = tanh(Z1), Z2 = W2 A1 + b2, A2 = sigmoid(Z2).",
        'Z1 = parameters["W1"] @ X + parameters["b1"]; A1 = np.tanh(Z1); likewise Z2 from A1, then '
        "A2 = sigmoid(Z2); return A2, (Z1, A1, Z2, A2)",
    )

    def test_by_hand(self, forward_propagation):
        """One example through two hidden units, calculated by hand."""
        half = np.log(3) / 2  # tanh of it is 1/2
        parameters = {
            "W1": np.array([[half, 0.0], [0.0, half]]),
            "b1": np.array([[0.0], [half]]),
            "W2": np.array([[2.0, 1.0]]),
            "b2": np.array([[np.log(3) - 1.0]]),
        }
        A2, _ = forward_propagation(np.array([[1.0], [-1.0]]), parameters)
        # A1 = [1/2, 0], so Z2 = 2 · 1/2 + 0 + ln 3 - 1 = ln 3, and its sigmoid is 3/4
        assert_close(A2, np.array([[0.75]]), "A2")

    def test_random_network(self, forward_propagation, rng):
        """A2 and all four arrays of the cache (Z1, A1, Z2, A2) are right for random numbers."""
        parameters, (X, _) = random_network(rng), random_task(rng)
        expected = run_network(X, parameters)
        assert_close(forward_propagation(X, parameters), expected, "(A2, cache)")

    def test_examples_do_not_mix(self, forward_propagation, rng):
        """An example gets the same probability alone as among the others."""
        parameters, (X, _) = random_network(rng, 2, 5), random_task(rng, 2, 4)
        together, _ = forward_propagation(X, parameters)
        alone, _ = forward_propagation(X[:, 1:2], parameters)
        expected, _ = run_network(X[:, 1:2], parameters)
        assert_close(alone, expected, "A2 of the second example alone")
        assert_close(together[:, 1:2], expected, "A2 of the second example among four")

    @mistake("The hidden layer uses the sigmoid. Here it uses tanh; only the output is a sigmoid.")
    def sigmoid_inside(X, parameters):
        return _forward(X, parameters, hidden=sigmoid)

    @mistake("The hidden layer uses ReLU. Here it uses tanh.")
    def relu_inside(X, parameters):
        return _forward(X, parameters, hidden=relu)

    @mistake("The output is a tanh, which can be negative. A probability needs the sigmoid.")
    def tanh_outside(X, parameters):
        return _forward(X, parameters, output=np.tanh)

    @mistake("There is no activation in the hidden layer: two linear layers are just one.")
    def nothing_inside(X, parameters):
        return _forward(X, parameters, hidden=np.copy)

    @mistake("The biases are missing: add b1 to W1 X, and b2 to W2 A1.")
    def no_biases(X, parameters):
        return _forward(X, parameters, without=("b1", "b2"))

    @mistake("The second layer sees Z1. It must see what the units say after tanh: A1.")
    def second_layer_sees_z1(X, parameters):
        _, (Z1, A1, _, _) = _forward(X, parameters)
        Z2 = parameters["W2"] @ Z1 + parameters["b2"]
        return sigmoid(Z2), (Z1, A1, Z2, sigmoid(Z2))

    @mistake(
        "The numbers are right, but the cache is in another order. It is (Z1, A1, Z2, A2): as they "
        "are computed."
    )
    def other_order_of_the_cache(X, parameters):
        A2, (Z1, A1, Z2, _) = _forward(X, parameters)
        return A2, (A1, Z1, A2, Z2)


@exercise(points=2, reference=shallow.compute_cost)
class ComputeCost:
    """The cross-entropy cost, averaged over the examples."""

    hints = (
        "The cost of an example is -log of the probability that the network gave to its true "
        "label. How do you pick a or 1 - a without an if?",
        "-1/m Σ [y log a + (1 - y) log(1 - a)].",
        "float(-np.mean(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)))",
    )

    def test_knowing_nothing(self, compute_cost):
        """A network that always says 0.5 pays log 2 = 0.693 per example."""
        cost = compute_cost(np.full((1, 4), 0.5), np.array([[1.0, 0.0, 0.0, 1.0]]))
        assert_close(cost, float(np.log(2)), "the cost")

    def test_by_hand(self, compute_cost):
        """Three examples whose true labels got the probabilities 0.8, 0.5 and 0.9."""
        cost = compute_cost(np.array([[0.8, 0.5, 0.1]]), np.array([[1.0, 0.0, 0.0]]))
        assert_close(cost, float(-(np.log(0.8) + np.log(0.5) + np.log(0.9)) / 3), "the cost")

    def test_repeated_examples(self, compute_cost, rng):
        """Showing every example three times costs the same, since the cost is an average."""
        A2, (_, Y) = rng.uniform(0.05, 0.95, (1, 6)), random_task(rng, m=6)
        expected = float(
            np.mean([-np.log(a if y else 1 - a) for a, y in zip(A2[0], Y[0], strict=True)])
        )
        assert_close(compute_cost(A2, Y), expected, "the cost")
        assert_close(compute_cost(np.tile(A2, 3), np.tile(Y, 3)), expected, "the cost, tripled")

    @mistake("The sum is not divided by m, so the cost grows with the number of examples.")
    def not_averaged(A2, Y):
        return shallow.compute_cost(A2, Y) * Y.shape[1]

    @mistake("The minus is missing. Logarithms of probabilities are negative, a cost is not.")
    def no_minus(A2, Y):
        return -shallow.compute_cost(A2, Y)

    @mistake("The term (1 - y) log(1 - a) is missing, so the examples of class 0 cost nothing.")
    def only_the_ones(A2, Y):
        return float(-np.mean(Y * np.log(A2)))

    @mistake(
        "That is the squared error. With a sigmoid at the end it flattens where the network is "
        "badly wrong; use the cross-entropy."
    )
    def squared_error(A2, Y):
        return float(np.mean((A2 - Y) ** 2))

    @mistake("log2 and log10 only change the unit, but not to the one in use: take np.log.")
    def base_two(A2, Y):
        return shallow.compute_cost(A2, Y) / np.log(2)

    @mistake("Labels and probabilities have changed places: the logarithm is taken of a, not of y.")
    def swapped(A2, Y):
        with np.errstate(all="ignore"):
            return float(-np.mean(A2 * np.log(Y) + (1 - A2) * np.log(1 - Y)))
