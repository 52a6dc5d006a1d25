"""Exercises of c2w2 on a velocity: momentum, and Nesterov's look ahead."""

import numpy as np
import pytest

from dlcourse.exercises.c2w2.oracle import (
    copied,
    number_by_number,
    random_averages,
    random_grads,
    random_parameters,
    single,
)
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import classic_descent

__all__ = ["UpdateParametersWithMomentum", "UpdateParametersWithNesterov"]


def averaged(v, grads, old, new):
    """The next averages: old · v + new · dW."""
    return {name: old * value + new * grads[name] for name, value in v.items()}


def moved(parameters, directions, rate):
    return {name: value - rate * directions[f"d{name}"] for name, value in parameters.items()}


def in_place(update, parameters, grads, v, beta, learning_rate):
    """The right step, written into the dictionaries of the caller."""
    new_parameters, new_v = update(parameters, grads, v, beta, learning_rate)
    for given, new in ((parameters, new_parameters), (v, new_v)):
        for name in given:
            given[name][...] = new[name]
    return parameters, v


def assert_arguments_left_alone(update, rng):
    parameters, grads, v = random_parameters(rng), random_grads(rng), random_averages(rng)
    before = [copied(arrays) for arrays in (parameters, grads, v)]
    update(parameters, grads, v, beta=0.5, learning_rate=0.2)
    for what, old, now in zip(("parameters", "grads", "v"), before, (parameters, grads, v)):
        assert_close(now, old, f"your input {what} after the call")


@exercise(points=2, reference=classic_descent.update_parameters_with_momentum)
class UpdateParametersWithMomentum:
    """One step of gradient descent with momentum."""

    hints = (
        "First move the average towards the new gradient, as in the averages above. Then step "
        "along what: the gradient or the average?",
        "v ← β v + (1 − β) dW;  W ← W − α v, with the new v; the same for b.",
        'In a loop over the names: `new_v["d" + name] = beta * v["d" + name] + (1 - beta) * '
        'grads["d" + name]`, then `parameters[name] - learning_rate * new_v["d" + name]`',
    )

    def test_by_hand(self, update_parameters_with_momentum):
        """v from 2 to 0.75·2 + 0.25·8 = 3.5, and the weight from 1 to 1 − 0.5·3.5 = −0.75."""
        parameters, grads, v = single(W1=1, b1=0), single(dW1=8, db1=-4), single(dW1=2, db1=0)
        result = update_parameters_with_momentum(parameters, grads, v, 0.75, 0.5)
        expected = single(W1=-0.75, b1=0.5), single(dW1=3.5, db1=-1)
        assert_close(result, expected, "(parameters, v)")

    @pytest.mark.parametrize(("beta", "rate"), [(0.9, 0.1), (0.6, 1.5), (0.0, 0.3)])
    def test_every_number(self, update_parameters_with_momentum, rng, beta, rate):
        """In two layers every number has its own velocity; with β = 0 it is plain descent."""
        parameters, grads, v = random_parameters(rng), random_grads(rng), random_averages(rng)

        def step(w, dw, v):
            v = beta * v + (1 - beta) * dw
            return w - rate * v, v

        expected = number_by_number(step, parameters, grads, v)
        result = update_parameters_with_momentum(parameters, grads, v, beta, rate)
        assert_close(result, expected, "(parameters, v)")

    def test_many_steps(self, update_parameters_with_momentum):
        """After 40 steps with the same gradient, v is all but equal to it: 1 − 0.9⁴⁰ of it."""
        parameters, grads, v = single(W1=0, b1=0), single(dW1=3, db1=-2), single(dW1=0, db1=0)
        for _ in range(40):
            parameters, v = update_parameters_with_momentum(parameters, grads, v, 0.9, 0.01)
        reached = 1 - 0.9**40
        assert_close(v, single(dW1=3 * reached, db1=-2 * reached), "v")

    def test_arguments_are_left_alone(self, update_parameters_with_momentum, rng):
        """Old parameters, gradients and old velocity hold the same numbers afterwards."""
        assert_arguments_left_alone(update_parameters_with_momentum, rng)

    @mistake("The gradient is not multiplied by 1 − β, so v grows to 1/(1 − β) times the gradient.")
    def gradient_in_full(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, beta, 1.0)
        return moved(parameters, v, learning_rate), v

    @mistake("β and 1 − β have changed places: β belongs to the old velocity.")
    def weights_swapped(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, 1 - beta, beta)
        return moved(parameters, v, learning_rate), v

    @mistake("You step along the gradient. The velocity was computed for the step: use it.")
    def velocity_not_used(parameters, grads, v, beta, learning_rate):
        return moved(parameters, grads, learning_rate), averaged(v, grads, beta, 1 - beta)

    @mistake("The step uses the old velocity. Update v first, then step along the new one.")
    def old_velocity_used(parameters, grads, v, beta, learning_rate):
        return moved(parameters, v, learning_rate), averaged(v, grads, beta, 1 - beta)

    @mistake("You return the old velocity, so it is forgotten with every step. Return the new one.")
    def old_velocity_returned(parameters, grads, v, beta, learning_rate):
        return moved(parameters, averaged(v, grads, beta, 1 - beta), learning_rate), copied(v)

    @mistake("You add the velocity, which goes uphill. Subtract it.")
    def uphill(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, beta, 1 - beta)
        return moved(parameters, v, -learning_rate), v

    @mistake(
        "The learning rate is inside your velocity (v = β v − α dW, and W + v). That is a common "
        "way too, but here v is the average of the gradients, and α comes in with the step."
    )
    def rate_inside_the_velocity(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, beta, -learning_rate)
        return moved(parameters, v, -1.0), v

    @mistake(
        "Only the weights have momentum; the biases step along their gradient. Treat both alike."
    )
    def biases_without(parameters, grads, v, beta, learning_rate):
        new = averaged(v, grads, beta, 1 - beta)
        new = {name: new[name] if name[1] == "W" else grads[name] for name in new}
        return moved(parameters, new, learning_rate), new

    @mistake(
        "You write into the dictionaries of the caller. Build new ones for the parameters and for "
        "v and return those."
    )
    def overwritten(parameters, grads, v, beta, learning_rate):
        step = classic_descent.update_parameters_with_momentum
        return in_place(step, parameters, grads, v, beta, learning_rate)


@exercise(points=3, reference=classic_descent.update_parameters_with_nesterov)
class UpdateParametersWithNesterov:
    """One step of momentum that looks ahead."""

    hints = (
        "Two averages in a row: the new velocity, and the one that would follow if the gradient "
        "stayed. Which of them do you step along, and which do you keep?",
        "v ← β v + (1 − β) dW;  ahead = β v + (1 − β) dW, with the new v;  W ← W − α · ahead; "
        "return the parameters and v.",
        '`new_v = beta * v["d" + name] + (1 - beta) * grads["d" + name]`, then `parameters[name] - '
        'learning_rate * (beta * new_v + (1 - beta) * grads["d" + name])`',
    )

    def test_by_hand(self, update_parameters_with_nesterov):
        """v from 2 to 3.5, ahead of it 0.75·3.5 + 0.25·8 = 4.625, and the weight 1 − 0.5·4.625."""
        parameters, grads, v = single(W1=1, b1=0), single(dW1=8, db1=-4), single(dW1=2, db1=0)
        result = update_parameters_with_nesterov(parameters, grads, v, 0.75, 0.5)
        expected = single(W1=-1.3125, b1=0.875), single(dW1=3.5, db1=-1)
        assert_close(result, expected, "(parameters, v)")

    @pytest.mark.parametrize(("beta", "rate"), [(0.9, 0.1), (0.6, 1.5)])
    def test_is_a_look_ahead(self, update_parameters_with_nesterov, rng, beta, rate):
        """On a bowl, it is at every step where momentum would be led by its velocity alone."""
        steepness = {name: np.abs(value) for name, value in random_parameters(rng).items()}
        ours = place = random_parameters(rng)
        v = velocity = {f"d{name}": np.zeros(value.shape) for name, value in ours.items()}
        for number in range(1, 6):
            grads = {f"d{name}": steepness[name] * value for name, value in ours.items()}
            ours, v = update_parameters_with_nesterov(ours, grads, v, beta, rate)
            # the same from the other side: the place w itself, with its gradient taken ahead of w
            ahead = {n: w - rate * beta * velocity[f"d{n}"] for n, w in place.items()}
            velocity = {
                f"d{n}": beta * velocity[f"d{n}"] + (1 - beta) * steepness[n] * w
                for n, w in ahead.items()
            }
            place = {n: w - rate * velocity[f"d{n}"] for n, w in place.items()}
            expected = {n: w - rate * beta * velocity[f"d{n}"] for n, w in place.items()}
            assert_close((ours, v), (expected, velocity), f"(parameters, v) after step {number}")

    def test_without_memory(self, update_parameters_with_nesterov, rng):
        """With β = 0 there is nothing to look ahead along: plain gradient descent."""
        parameters, grads, v = random_parameters(rng), random_grads(rng), random_averages(rng)
        expected = number_by_number(lambda w, dw: (w - 0.3 * dw, dw), parameters, grads)
        result = update_parameters_with_nesterov(parameters, grads, v, 0.0, 0.3)
        assert_close(result, expected, "(parameters, v)")

    def test_arguments_are_left_alone(self, update_parameters_with_nesterov, rng):
        """Old parameters, gradients and old velocity hold the same numbers afterwards."""
        assert_arguments_left_alone(update_parameters_with_nesterov, rng)

    @mistake(
        "This is momentum: you step along the new v. Nesterov's step is one average further, "
        "β v + (1 − β) dW with the new v."
    )
    def plain_momentum(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, beta, 1 - beta)
        return moved(parameters, v, learning_rate), v

    @mistake(
        "You keep the average ahead as the velocity. It is only for the step; v moves once per "
        "step."
    )
    def ahead_kept(parameters, grads, v, beta, learning_rate):
        ahead = averaged(averaged(v, grads, beta, 1 - beta), grads, beta, 1 - beta)
        return moved(parameters, ahead, learning_rate), ahead

    @mistake("The step is β v alone; the gradient's part, (1 − β) dW, is missing in it.")
    def gradient_left_out(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, beta, 1 - beta)
        return moved(parameters, v, learning_rate * beta), v

    @mistake("The gradients are not multiplied by 1 − β: both v and the step are averages.")
    def gradient_in_full(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, beta, 1.0)
        return moved(parameters, averaged(v, grads, beta, 1.0), learning_rate), v

    @mistake(
        "In the step the gradient counts fully: β v + dW. With v as an average it is "
        "β v + (1 − β) dW."
    )
    def gradient_in_full_ahead(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, beta, 1 - beta)
        return moved(parameters, averaged(v, grads, beta, 1.0), learning_rate), v

    @mistake("β and 1 − β have changed places: β belongs to the old velocity.")
    def weights_swapped(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, 1 - beta, beta)
        return moved(parameters, averaged(v, grads, 1 - beta, beta), learning_rate), v

    @mistake("You add the step, which goes uphill. Subtract it.")
    def uphill(parameters, grads, v, beta, learning_rate):
        v = averaged(v, grads, beta, 1 - beta)
        return moved(parameters, averaged(v, grads, beta, 1 - beta), -learning_rate), v

    @mistake(
        "You write into the dictionaries of the caller. Build new ones for the parameters and for "
        "v and return those."
    )
    def overwritten(parameters, grads, v, beta, learning_rate):
        step = classic_descent.update_parameters_with_nesterov
        return in_place(step, parameters, grads, v, beta, learning_rate)
