"""Gradient descent."""

import math

import numpy as np

from dlcourse.exercises.c1w2 import by_hand
from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import logistic

__all__ = ["Optimize"]


@exercise(points=2, reference=logistic.optimize)
class Optimize:
    """Gradient descent: step after step against the gradient."""

    hints = (
        "What has to be computed anew in every step, because the parameters have moved?",
        "Repeat: (grads, cost) = propagate(w, b, X, Y); w ← w − α dw; b ← b − α db; keep the cost "
        "of every step.",
        'grads, cost = propagate(w, b, X, Y); w = w - learning_rate * grads["dw"]; '
        'b = b - learning_rate * grads["db"]; costs.append(cost)',
    )

    def test_one_step_by_hand(self, optimize):
        """One step with the learning rate 2, worked out by hand."""
        X, Y = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[1.0, 1.0]])
        params, grads, costs = optimize(np.zeros((2, 1)), 0.0, X, Y, 1, 2.0)
        assert_close(params, {"w": np.array([[0.5], [1.0]]), "b": 1.0}, "params")
        assert_close(grads, {"dw": np.array([[-0.25], [-0.5]]), "db": -0.5}, "grads")
        assert_close(costs, [math.log(2)], "costs")

    def test_several_steps(self, optimize, rng):
        """Seven steps: parameters, the last gradients, and the cost before every step."""
        w, b, X, Y = by_hand.clouds(rng)
        params, grads, costs = optimize(w, b, X, Y, num_iterations=7, learning_rate=0.8)
        expected = by_hand.descent(w, b, X, Y, 7, 0.8)
        assert_close(costs, expected[2], "costs")
        assert_close(params, expected[0], "params")
        assert_close(grads, expected[1], "grads")

    def test_goes_down(self, optimize, rng):
        """With a small learning rate every step lowers the cost."""
        w, b, X, Y = by_hand.clouds(rng)
        _, _, costs = optimize(w, b, X, Y, num_iterations=30, learning_rate=0.1)
        assert_shape(np.asarray(costs), (30,), "the list of costs as an array")
        assert np.all(np.diff(costs) < 0), "The cost should fall in every step."

    def test_start_is_left_alone(self, optimize, rng):
        """The weights that are passed in are the same afterwards."""
        w, b, X, Y = by_hand.clouds(rng)
        start = w.copy()
        optimize(w, b, X, Y, num_iterations=3, learning_rate=0.5)
        assert_close(w, start, "your input w after the call")

    @mistake("You add the gradient, so the cost climbs. Step against it: subtract.")
    def climbs(w, b, X, Y, num_iterations=100, learning_rate=0.009):
        return logistic.optimize(w, b, X, Y, num_iterations, -learning_rate)

    @mistake("Only w moves. The bias takes a step too: b = b − learning_rate · db.")
    def bias_never_moves(w, b, X, Y, num_iterations=100, learning_rate=0.009):
        costs = []
        for _ in range(num_iterations):
            grads, cost = logistic.propagate(w, b, X, Y)
            w = w - learning_rate * grads["dw"]
            costs.append(cost)
        return {"w": w, "b": b}, grads, costs

    @mistake(
        "The gradient is computed once, before the loop. It changes with every step: call "
        "propagate inside the loop."
    )
    def gradient_computed_once(w, b, X, Y, num_iterations=100, learning_rate=0.009):
        grads, cost = logistic.propagate(w, b, X, Y)
        w = w - num_iterations * learning_rate * grads["dw"]
        b = b - num_iterations * learning_rate * grads["db"]
        return {"w": w, "b": b}, grads, [cost] * num_iterations

    @mistake(
        "`w -= …` writes into the caller's array, so the next training would not start where it "
        "should. Write w = w - …"
    )
    def start_overwritten(w, b, X, Y, num_iterations=100, learning_rate=0.009):
        params, grads, costs = logistic.optimize(w, b, X, Y, num_iterations, learning_rate)
        w[:] = params["w"]
        return params, grads, costs

    @mistake(
        "The cost is recorded after the step. Record the one that propagate gave for the "
        "parameters before the step."
    )
    def cost_after_the_step(w, b, X, Y, num_iterations=100, learning_rate=0.009):
        params, grads, costs = logistic.optimize(w, b, X, Y, num_iterations, learning_rate)
        _, last = logistic.propagate(params["w"], params["b"], X, Y)
        return params, grads, [*costs[1:], last]

    @mistake("The learning rate is not used: the step is the whole gradient. Multiply it.")
    def learning_rate_not_used(w, b, X, Y, num_iterations=100, learning_rate=0.009):
        return logistic.optimize(w, b, X, Y, num_iterations, 1.0)

    @mistake(
        "Only every hundredth cost is recorded. Append the cost of every step, so that the curve "
        "shows all of them."
    )
    def every_hundredth_cost(w, b, X, Y, num_iterations=100, learning_rate=0.009):
        params, grads, costs = logistic.optimize(w, b, X, Y, num_iterations, learning_rate)
        return params, grads, costs[::100]
