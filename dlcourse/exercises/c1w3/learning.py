"""The exercises of c1w3 on learning: the six formulas of back-propagation, and the step."""

import numpy as np

from dlcourse.exercises.c1w3.oracle import (
    network_slopes,
    random_network,
    random_task,
    run_network,
)
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import shallow


def _backward(parameters, cache, X, dZ2, slope):
    """The formulas, with what people get wrong as arguments."""
    A1, m = cache[1], X.shape[1]
    dZ1 = parameters["W2"].T @ dZ2 * slope
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }


@exercise(points=4, reference=shallow.backward_propagation)
class BackwardPropagation:
    """The gradients of the cost with respect to all parameters."""

    hints = (
        "Start at the output, where dZ2 is as simple as in logistic regression. Then ask for each "
        "earlier thing: through what does it act on the cost?",
        "dZ2 = A2 - Y, dW2 = dZ2 A1ᵀ / m, db2 = row sums of dZ2 / m; dZ1 = W2ᵀ dZ2 ∗ (1 - A1²), "
        "dW1 = dZ1 Xᵀ / m, db1 = row sums of dZ1 / m.",
        'dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2), and '
        "db1 = np.sum(dZ1, axis=1, keepdims=True) / m",
    )

    def test_by_hand(self, backward_propagation):
        """One hidden unit and two examples, calculated by hand."""
        half = np.log(3) / 2  # tanh of it is 1/2
        parameters = {
            "W1": np.array([[half]]), "b1": np.zeros((1, 1)),
            "W2": np.array([[2.0]]), "b2": np.array([[-1.0]]),
        }  # fmt: skip
        X, Y = np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]])
        _, cache = run_network(X, parameters)
        a = 1 / (1 + np.e)  # A1 = [1/2, 0], Z2 = [0, -1], so A2 = [1/2, a]
        expected = {
            "dW1": np.array([[-0.375]]),  # 2 · (-1/2) · (1 - 1/4) · 1 / 2
            "db1": np.array([[(-0.75 + 2 * a) / 2]]),
            "dW2": np.array([[-0.125]]),  # (-1/2) · (1/2) / 2
            "db2": np.array([[(-0.5 + a) / 2]]),
        }
        assert_close(backward_propagation(parameters, cache, X, Y), expected, "grads")

    def test_slopes_of_the_cost(self, backward_propagation, rng):
        """Every entry is the slope of the cost when that one number is moved."""
        parameters, (X, Y) = random_network(rng), random_task(rng)
        _, cache = run_network(X, parameters)
        expected = network_slopes(X, Y, parameters)
        assert_close(backward_propagation(parameters, cache, X, Y), expected, "grads")

    def test_repeated_examples(self, backward_propagation, rng):
        """Showing every example twice gives the same gradients, since the cost is an average."""
        parameters, (X, Y) = random_network(rng, 2, 3), random_task(rng, 2, 4)
        X, Y = np.tile(X, 2), np.tile(Y, 2)
        _, cache = run_network(X, parameters)
        expected = network_slopes(X[:, :4], Y[:, :4], parameters)
        assert_close(backward_propagation(parameters, cache, X, Y), expected, "grads")

    def test_arguments_are_left_alone(self, backward_propagation, rng):
        """Parameters and cache hold the same numbers afterwards."""
        parameters, (X, Y) = random_network(rng), random_task(rng)
        _, cache = run_network(X, parameters)
        A1, W2 = cache[1].copy(), parameters["W2"].copy()
        backward_propagation(parameters, cache, X, Y)
        assert_close(cache[1], A1, "A1 in the cache")
        assert_close(parameters["W2"], W2, 'parameters["W2"]')

    @mistake(
        "The gradients are not divided by m. The cost is an average over the examples, and so "
        "are its slopes."
    )
    def not_averaged(parameters, cache, X, Y):
        grads = shallow.backward_propagation(parameters, cache, X, Y)
        return {name: X.shape[1] * value for name, value in grads.items()}

    @mistake(
        "The slope of tanh is missing in dZ1: on its way back through the hidden layer the error "
        "is multiplied by 1 - A1²."
    )
    def no_slope_of_tanh(parameters, cache, X, Y):
        return _backward(parameters, cache, X, cache[3] - Y, 1.0)

    @mistake("A1 (1 - A1) is the slope of a sigmoid. The hidden units are tanh: 1 - A1².")
    def slope_of_a_sigmoid(parameters, cache, X, Y):
        return _backward(parameters, cache, X, cache[3] - Y, cache[1] * (1 - cache[1]))

    @mistake("The slope of tanh is 1 - A1², with the activation A1 and not with Z1.")
    def slope_from_z(parameters, cache, X, Y):
        return _backward(parameters, cache, X, cache[3] - Y, 1 - cache[0] ** 2)

    @mistake("The sign is turned round: dZ2 is A2 - Y. With Y - A2 you would climb the cost.")
    def wrong_sign(parameters, cache, X, Y):
        return _backward(parameters, cache, X, Y - cache[3], 1 - cache[1] ** 2)

    @mistake(
        "The slope of the output sigmoid is multiplied in once more. Behind the cross-entropy it "
        "cancels: dZ2 is just A2 - Y."
    )
    def sigmoid_slope_twice(parameters, cache, X, Y):
        A2 = cache[3]
        return _backward(parameters, cache, X, (A2 - Y) * A2 * (1 - A2), 1 - cache[1] ** 2)

    @mistake(
        "The sum for db1 runs over units and examples, so all units share one number. Sum along "
        "axis=1 and keep the dimension."
    )
    def one_bias_for_all(parameters, cache, X, Y):
        grads = shallow.backward_propagation(parameters, cache, X, Y)
        return {**grads, "db1": np.full_like(grads["db1"], np.sum(grads["db1"]))}

    @mistake("db1 and db2 have lost an axis in the sum. keepdims=True keeps them columns.")
    def keepdims_forgotten(parameters, cache, X, Y):
        grads = shallow.backward_propagation(parameters, cache, X, Y)
        return {**grads, "db1": grads["db1"][:, 0], "db2": grads["db2"][:, 0]}


@exercise(points=2, reference=shallow.update_parameters)
class UpdateParameters:
    """One step of gradient descent."""

    hints = (
        "The gradient points uphill. Which way do you want to go, and how far?",
        "θ ← θ - learning_rate · dθ, for all four parameters, in a new dictionary.",
        '{name: parameters[name] - learning_rate * grads["d" + name] for name in parameters}',
    )

    def _step(self, rng, update_parameters):
        parameters, grads = random_network(rng), random_network(rng)
        given = {name: value.copy() for name, value in parameters.items()}
        grads = {f"d{name}": value for name, value in grads.items()}
        return parameters, given, grads, update_parameters(parameters, grads, 0.7)

    def test_by_hand(self, update_parameters):
        """From 1 with slope 2 and rate 0.1 a step leads to 0.8, for each of the four."""
        parameters = {name: np.ones((1, 1)) for name in ("W1", "b1", "W2", "b2")}
        grads = {f"d{name}": np.full((1, 1), 2.0) for name in parameters}
        expected = {name: np.full((1, 1), 0.8) for name in parameters}
        assert_close(update_parameters(parameters, grads, 0.1), expected, "parameters")

    def test_random(self, update_parameters, rng):
        """Each parameter moves by its own gradient times the learning rate."""
        _, given, grads, updated = self._step(rng, update_parameters)
        expected = {name: given[name] - 0.7 * grads[f"d{name}"] for name in given}
        assert_close(updated, expected, "parameters")

    def test_arguments_are_left_alone(self, update_parameters, rng):
        """The old parameters hold the same numbers afterwards."""
        parameters, given, _, _ = self._step(rng, update_parameters)
        assert_close(parameters, given, "the old parameters")

    @mistake("You add the gradient, which goes uphill. Subtract it.")
    def uphill(parameters, grads, learning_rate):
        return shallow.update_parameters(parameters, grads, -learning_rate)

    @mistake("The learning rate is missing: the step is learning_rate times the gradient.")
    def no_learning_rate(parameters, grads, learning_rate):
        return shallow.update_parameters(parameters, grads, 1.0)

    @mistake("The biases stay where they are. They have gradients too: db1 and db2.")
    def only_weights(parameters, grads, learning_rate):
        updated = shallow.update_parameters(parameters, grads, learning_rate)
        return {**updated, "b1": parameters["b1"], "b2": parameters["b2"]}

    @mistake(
        "-= changes the arrays of the caller in place. Compute new ones: "
        "W1 = W1 - learning_rate * dW1."
    )
    def in_place(parameters, grads, learning_rate):
        for name in parameters:
            parameters[name] -= learning_rate * grads[f"d{name}"]
        return parameters

    @mistake("You return the step, not where it leads: subtract it from the parameters.")
    def only_the_step(parameters, grads, learning_rate):
        return {name: learning_rate * grads[f"d{name}"] for name in parameters}
