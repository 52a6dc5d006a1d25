"""The exercises of c1w3 on the whole network: training it and asking it."""

import numpy as np

from dlcourse.exercises.c1w3.oracle import curved_task, descend, random_network, run_network
from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import shallow

RATE = 1.2


def _train(X, Y, parameters, num_iterations, learning_rate):
    costs = []
    for _ in range(num_iterations):
        A2, cache = shallow.forward_propagation(X, parameters)
        costs.append(shallow.compute_cost(A2, Y))
        grads = shallow.backward_propagation(parameters, cache, X, Y)
        parameters = shallow.update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def _start(X, Y, n_h, rng):
    return shallow.initialize_parameters(*shallow.layer_sizes(X, Y, n_h), rng)


@exercise(points=3, reference=shallow.nn_model)
class NnModel:
    """The training loop: forward, cost, backward, update, again and again."""

    hints = (
        "You have written all the parts. Which of them happens once, and which in every iteration?",
        "Once: layer_sizes and initialize_parameters. In every iteration, in this order: "
        "forward_propagation, compute_cost (appended to costs), backward_propagation, "
        "update_parameters.",
        "for _ in range(num_iterations): A2, cache = forward_propagation(X, parameters); "
        "costs.append(compute_cost(A2, Y)); grads = backward_propagation(parameters, cache, X, Y); "
        "parameters = update_parameters(parameters, grads, learning_rate)",
    )

    def test_shapes(self, nn_model, rng):
        """The network has as many hidden units as asked, and one cost per iteration."""
        X, Y = rng.standard_normal((3, 5)), np.array([[0.0, 1.0, 0.0, 1.0, 1.0]])
        parameters, costs = nn_model(X, Y, 7, 2, RATE, rng)
        for name, shape in {"W1": (7, 3), "b1": (7, 1), "W2": (1, 7), "b2": (1, 1)}.items():
            assert_shape(parameters[name], shape, f'parameters["{name}"]')
        assert len(costs) == 2, f"after 2 iterations: expected 2 costs, got {len(costs)}"

    def test_steps(self, nn_model):
        """Three steps go down the slopes of the cost, at the given rate, noting each cost."""
        X, Y = curved_task()
        start, none = nn_model(X, Y, 3, 0, 0.5, np.random.default_rng(1))
        assert len(none) == 0, "without an iteration there is no cost"
        expected, costs = descend(X, Y, start, 3, 0.5)
        trained = nn_model(X, Y, 3, 3, 0.5, np.random.default_rng(1))
        assert_close(trained, (expected, costs), "(parameters, costs)")

    def test_learns_a_curve(self, nn_model, rng):
        """After 500 iterations four units know a curve that no straight line can follow."""
        X, Y = curved_task()
        parameters, costs = nn_model(X, Y, 4, 500, RATE, rng)
        right = np.mean((run_network(X, parameters)[0] > 0.5) == (Y == 1))
        assert right > 0.93, f"expected at least 93 % of the points to be right, got {right:.0%}"
        assert_close(costs[0], float(np.log(2)), "the first cost", 1e-2)
        assert costs[-1] < 0.3, f"expected a last cost below 0.3, got {costs[-1]:.3f}"

    @mistake(
        "The parameters are initialised in every iteration, so each step starts from nothing. "
        "Move that line in front of the loop."
    )
    def starts_anew(X, Y, n_h, num_iterations, learning_rate, rng):
        parameters, costs = _start(X, Y, n_h, rng), []
        for _ in range(num_iterations):
            parameters, cost = _train(X, Y, _start(X, Y, n_h, rng), 1, learning_rate)
            costs += cost
        return parameters, costs

    @mistake(
        "The forward pass is done once, before the loop, so every step uses the same old "
        "activations. It belongs inside the loop."
    )
    def forward_once(X, Y, n_h, num_iterations, learning_rate, rng):
        parameters, costs = _start(X, Y, n_h, rng), []
        A2, cache = shallow.forward_propagation(X, parameters)
        for _ in range(num_iterations):
            costs.append(shallow.compute_cost(A2, Y))
            grads = shallow.backward_propagation(parameters, cache, X, Y)
            parameters = shallow.update_parameters(parameters, grads, learning_rate)
        return parameters, costs

    @mistake(
        "The result of update_parameters is not kept: it returns a new dictionary, so write "
        "parameters = update_parameters(…)."
    )
    def update_not_kept(X, Y, n_h, num_iterations, learning_rate, rng):
        parameters = _start(X, Y, n_h, rng)
        return parameters, num_iterations * _train(X, Y, parameters, 1, learning_rate)[1]

    @mistake("The learning rate that you are given is not used.")
    def fixed_rate(X, Y, n_h, num_iterations, learning_rate, rng):
        return _train(X, Y, _start(X, Y, n_h, rng), num_iterations, RATE)

    @mistake("The hidden layer always has four units. Give n_h to layer_sizes.")
    def fixed_hidden_size(X, Y, n_h, num_iterations, learning_rate, rng):
        return _train(X, Y, _start(X, Y, 4, rng), num_iterations, learning_rate)

    @mistake("The return stands inside the loop, so only one step is made. Indent it less.")
    def return_in_the_loop(X, Y, n_h, num_iterations, learning_rate, rng):
        return _train(X, Y, _start(X, Y, n_h, rng), min(num_iterations, 1), learning_rate)

    @mistake(
        "All weights start at zero, so the hidden units stay identical and nothing is learnt but "
        "a bias. Draw them with initialize_parameters."
    )
    def zero_start(X, Y, n_h, num_iterations, learning_rate, rng):
        zeros = {name: 0 * value for name, value in _start(X, Y, n_h, rng).items()}
        return _train(X, Y, zeros, num_iterations, learning_rate)

    @mistake(
        "The costs are one step ahead: costs[0] must belong to the first parameters. Append the "
        "cost before the update."
    )
    def cost_after_the_update(X, Y, n_h, num_iterations, learning_rate, rng):
        start = _start(X, Y, n_h, rng)
        parameters, _ = _train(X, Y, start, num_iterations, learning_rate)
        _, costs = _train(X, Y, start, num_iterations + 1, learning_rate)
        return parameters, costs[1:]


@exercise(points=1, reference=shallow.predict)
class Predict:
    """The class of every example."""

    hints = (
        "The network gives a probability. From which one on do you say 1?",
        "1.0 where A2 > 0.5, and 0.0 elsewhere.",
        "A2, _ = forward_propagation(X, parameters); return (A2 > 0.5).astype(float)",
    )

    def test_by_hand(self, predict):
        """A network that says on which side of zero a number lies; at zero it is undecided: 0."""
        parameters = {
            "W1": np.array([[1.0]]), "b1": np.zeros((1, 1)),
            "W2": np.array([[1.0]]), "b2": np.zeros((1, 1)),
        }  # fmt: skip
        predictions = predict(parameters, np.array([[-2.0, 0.0, 0.1, 3.0]]))
        assert_close(predictions, np.array([[0.0, 0.0, 1.0, 1.0]]), "the predictions")

    def test_random_network(self, predict, rng):
        """For a random network it is 1 exactly where the probability is above one half."""
        parameters, X = random_network(rng, 2, 5), rng.standard_normal((2, 40))
        A2, _ = run_network(X, parameters)
        expected = np.array([[1.0 if a > 0.5 else 0.0 for a in A2[0]]])
        assert_close(predict(parameters, X), expected, "the predictions")

    @mistake("You return the probabilities. Asked is the class: 1.0 above one half, else 0.0.")
    def probabilities(parameters, X):
        return shallow.forward_propagation(X, parameters)[0]

    @mistake("True and False are no classes to calculate with. Add .astype(float).")
    def booleans(parameters, X):
        return shallow.forward_propagation(X, parameters)[0] > 0.5

    @mistake("At exactly one half the answer is 0 here: compare with >, not with >=.")
    def one_half_is_one(parameters, X):
        return (shallow.forward_propagation(X, parameters)[0] >= 0.5).astype(float)

    @mistake("The classes are turned round: class 1 is where the probability is high.")
    def turned_round(parameters, X):
        return 1.0 - shallow.predict(parameters, X)

    @mistake("The predictions have lost an axis. They are a row, (1, m), like Y.")
    def flat(parameters, X):
        return shallow.predict(parameters, X)[0]
