"""Exercises of c1w4 on training: two layers, and any number of layers."""

import numpy as np
import pytest

from dlcourse.exercises.c1w4.network import backward_with, forward_with
from dlcourse.exercises.c1w4.oracle import network_cost, network_slopes, random_task
from dlcourse.exercises.c1w4.parameters import assert_standard_normal
from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import dense, networks

SEED = 5


def assert_follows_slopes(model, rng, layer_dims, num_iterations=3, learning_rate=0.8):
    """A few steps lead where the slopes of the cost lead from the same start."""
    X, Y = random_task(rng, layer_dims[0], layer_dims[-1], 8)
    expected, _ = _run(model, X, Y, layer_dims, learning_rate, 0)
    expected_costs = []
    for _ in range(num_iterations):
        expected_costs.append(float(network_cost(X, Y, expected)))
        grads = network_slopes(X, Y, expected)
        expected = {k: v - learning_rate * grads[f"d{k}"] for k, v in expected.items()}
    parameters, costs = _run(model, X, Y, layer_dims, learning_rate, num_iterations)
    assert_close(costs, expected_costs, "costs (one before each step)")
    assert_close(parameters, expected, f"the parameters after {num_iterations} steps")


def assert_start_depends_on_rng(model, layer_dims):
    """Another generator gives other weights."""
    X, Y = np.ones((layer_dims[0], 2)), np.array([[1.0, 0.0]])
    first, _ = _run(model, X, Y, layer_dims, 0.1, 0)
    other, _ = _run(model, X, Y, layer_dims, 0.1, 0, SEED + 1)
    assert np.any(first["W1"] != other["W1"]), "two generators give the same initial W1"


def _run(model, X, Y, layer_dims, learning_rate, num_iterations, seed=SEED):
    result = model(X, Y, layer_dims, learning_rate, num_iterations, np.random.default_rng(seed))
    assert isinstance(result, tuple | list) and len(result) == 2, "return (parameters, costs)"
    parameters = result[0]
    assert isinstance(parameters, dict), "parameters should be a dictionary with W1, b1, …"
    for k in range(1, len(layer_dims)):
        for name, columns in ((f"W{k}", layer_dims[k - 1]), (f"b{k}", 1)):
            assert name in parameters, f"{name} is missing from the parameters"
            assert_shape(parameters[name], (layer_dims[k], columns), name)
            assert_close(parameters[name] * 0, np.zeros((layer_dims[k], columns)), f"0 · {name}")
    return result


def _train(data, start, learning_rate, num_iterations, hidden="relu"):
    """Gradient descent, right unless the activation or the rate is not."""
    (X, Y), parameters, costs = data, start, []
    for _ in range(num_iterations):
        AL, caches = forward_with(X, parameters, hidden)
        costs.append(dense.compute_cost(AL, Y))
        grads = backward_with(AL, Y, caches, hidden=hidden)
        # not dense.update_parameters: it would refuse the rates of the mistakes below, 0 or less
        parameters = {k: value - learning_rate * grads[f"d{k}"] for k, value in parameters.items()}
    return parameters, costs


@exercise(points=4, reference=networks.two_layer_model)
class TwoLayerModel:
    """Train linear → ReLU → linear → sigmoid by gradient descent."""

    hints = (
        "Five things in a loop: forward, cost, error, backward, update. Which of your functions "
        "does which, and what stands before the loop?",
        "A1 = ReLU(W1 X + b1), A2 = σ(W2 A1 + b2); dZ2 = A2 - Y gives dA1, dW2, db2; "
        "dA1 gives dW1, db1; θ ← θ - α dθ.",
        "dA1, dW2, db2 = linear_backward(A2 - Y, cache2[0]);  "
        '_, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")',
    )

    def test_start(self, two_layer_model):
        """Without a step it gives the small random weights, zero biases and no costs."""
        X, Y = np.ones((50, 4)), np.array([[1.0, 0.0, 1.0, 0.0]])
        parameters, costs = _run(two_layer_model, X, Y, [50, 40, 1], 0.1, 0)
        assert_standard_normal(parameters["W1"], 0.01, "W1")
        assert_close(parameters["b1"], np.zeros((40, 1)), "b1")
        assert_close(costs, [], "costs")
        assert_start_depends_on_rng(two_layer_model, [3, 4, 1])

    @pytest.mark.parametrize("n_h", [2, 5])
    def test_steps(self, two_layer_model, rng, n_h):
        """The first steps and costs follow the slopes of the cost."""
        assert_follows_slopes(two_layer_model, rng, [3, n_h, 1])

    def test_learns(self, two_layer_model, rng):
        """The cost of telling apart two clouds of points falls from log 2 to below 0.1."""
        Y = (np.arange(30) % 2)[np.newaxis]
        X = rng.uniform(-1, 1, (2, 30)) + np.where(Y == 1, 2.0, -2.0)
        _, costs = _run(two_layer_model, X, Y, [2, 6, 1], 0.5, 150)
        assert_close(costs[0], float(np.log(2)), "the first cost", 0.01)
        assert costs[-1] < 0.1, f"the cost is {costs[-1]:.3f} after 150 steps"

    @mistake("The parameters never change: update_parameters returns new ones, so assign them.")
    def never_updates(X, Y, layer_dims, learning_rate, num_iterations, rng):
        return _train((X, Y), dense.initialize_parameters(*layer_dims, rng), 0.0, num_iterations)

    @mistake("The cost rises: somewhere the sign of the error (A2 - Y) or of the step is turned.")
    def climbs(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters(*layer_dims, rng)
        return _train((X, Y), start, -learning_rate, num_iterations)

    @mistake('The hidden layer uses a sigmoid. Give "relu" to it, forward and backward.')
    def sigmoid_hidden(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters(*layer_dims, rng)
        return _train((X, Y), start, learning_rate, num_iterations, "sigmoid")

    @mistake("You keep every hundredth cost only. Asked for is one before each step.")
    def some_costs(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters(*layer_dims, rng)
        parameters, costs = _train((X, Y), start, learning_rate, num_iterations)
        return parameters, costs[::100]

    @mistake("The costs are taken after the step. Append the cost before you update.")
    def costs_after_step(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters(*layer_dims, rng)
        _, costs = _train((X, Y), start, learning_rate, num_iterations + 1)
        return _train((X, Y), start, learning_rate, num_iterations)[0], costs[1:]

    @mistake("The weights start at the scale 1/√n of the deep network; here take the 0.01 of "
             "initialize_parameters.")  # fmt: skip
    def deep_start(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters_deep(layer_dims, rng)
        return _train((X, Y), start, learning_rate, num_iterations)


@exercise(points=3, reference=networks.l_layer_model)
class LLayerModel:
    """Train a network with any number of layers by gradient descent."""

    hints = (
        "It is the same loop as in two_layer_model, only that whole-network functions do the work.",
        "AL, caches = forward; cost; grads = backward; θ ← θ - α dθ; again and again.",
        "AL, caches = l_model_forward(X, parameters); costs.append(compute_cost(AL, Y)); "
        "grads = l_model_backward(AL, Y, caches); parameters = update_parameters(…)",
    )

    def test_start(self, l_layer_model):
        """Without a step it gives weights of the scale 1/√n[l-1], zero biases and no costs."""
        X, Y = np.ones((50, 4)), np.array([[1.0, 0.0, 1.0, 0.0]])
        parameters, costs = _run(l_layer_model, X, Y, [50, 40, 30, 1], 0.1, 0)
        for k, n_prev in ((1, 50), (2, 40)):
            assert_standard_normal(parameters[f"W{k}"], 1 / np.sqrt(n_prev), f"W{k}")
            assert_close(parameters[f"b{k}"], parameters[f"b{k}"] * 0, f"b{k}")
        assert_close(costs, [], "costs")
        assert_start_depends_on_rng(l_layer_model, [3, 4, 4, 1])

    @pytest.mark.parametrize("layer_dims", [[3, 1], [3, 5, 4, 1], [2, 4, 4, 3, 1]])
    def test_steps(self, l_layer_model, rng, layer_dims):
        """The first steps and costs follow the slopes of the cost."""
        assert_follows_slopes(l_layer_model, rng, layer_dims, learning_rate=0.3)

    def test_several_classes(self, l_layer_model, rng):
        """It trains a softmax over three classes with the same code."""
        assert_follows_slopes(l_layer_model, rng, [3, 4, 3], learning_rate=0.3)

    @mistake("The parameters never change: update_parameters returns new ones, so assign them.")
    def never_updates(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters_deep(layer_dims, rng)
        return _train((X, Y), start, 0.0, num_iterations)

    @mistake("The cost rises: somewhere the sign of the error (AL - Y) or of the step is turned.")
    def climbs(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters_deep(layer_dims, rng)
        return _train((X, Y), start, -learning_rate, num_iterations)

    @mistake(
        "The forward pass stands before the loop, so every step repeats the first gradient. Run it "
        "anew with the parameters of each step."
    )
    def forward_once(X, Y, layer_dims, learning_rate, num_iterations, rng):
        parameters = dense.initialize_parameters_deep(layer_dims, rng)
        AL, caches = dense.l_model_forward(X, parameters)
        cost, grads = dense.compute_cost(AL, Y), dense.l_model_backward(AL, Y, caches)
        for _ in range(num_iterations):
            parameters = dense.update_parameters(parameters, grads, learning_rate)
        return parameters, [cost] * num_iterations

    @mistake(
        "With weights of 0.01 the signal is lost on its way through the layers. Start with "
        "initialize_parameters_deep, which scales by 1/√n[l-1]."
    )
    def small_start(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters_deep(layer_dims, rng)
        for name, value in start.items():
            start[name] = 0.01 * value * np.sqrt(value.shape[1])
        return _train((X, Y), start, learning_rate, num_iterations)

    @mistake("The hidden layers use a sigmoid. l_model_forward gives them ReLU.")
    def sigmoid_hidden(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters_deep(layer_dims, rng)
        return _train((X, Y), start, learning_rate, num_iterations, "sigmoid")

    @mistake("You keep every hundredth cost only. Asked for is one before each step.")
    def some_costs(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters_deep(layer_dims, rng)
        parameters, costs = _train((X, Y), start, learning_rate, num_iterations)
        return parameters, costs[::100]

    @mistake(
        "You make a generator of your own, so every call starts from the same weights. Draw from "
        "the rng that you are given."
    )
    def own_generator(X, Y, layer_dims, learning_rate, num_iterations, rng):
        start = dense.initialize_parameters_deep(layer_dims, np.random.default_rng(0))
        return _train((X, Y), start, learning_rate, num_iterations)
