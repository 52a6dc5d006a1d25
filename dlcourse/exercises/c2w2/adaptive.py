"""Exercises of c2w2 on a learning rate of its own for every number: Adagrad and RMSprop."""

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
from dlcourse.scratch import classic_adaptive

__all__ = ["UpdateParametersWithAdagrad", "UpdateParametersWithRmsprop"]


def squares(s, grads, old, new, power=2):
    """The next s: old · s + new · dW²."""
    return {name: old * value + new * grads[name] ** power for name, value in s.items()}


def divided(parameters, grads, s, rate, divisor):
    """W − rate · dW / divisor(s)."""
    return {
        name: value - rate * grads[f"d{name}"] / divisor(s[f"d{name}"])
        for name, value in parameters.items()
    }


def root_plus(epsilon):
    """ε where it belongs, outside the root."""
    return lambda s: np.sqrt(s) + epsilon


def written_back(parameters, s, results):
    """The right step, written into the dictionaries of the caller."""
    for given, new in zip((parameters, s), results):
        for name in given:
            given[name][...] = new[name]
    return parameters, s


def assert_arguments_left_alone(update, rng):
    parameters, grads, s = random_parameters(rng), random_grads(rng), random_averages(rng)
    before = [copied(arrays) for arrays in (parameters, grads, s)]
    update(parameters, grads, s)
    for what, old, now in zip(("parameters", "grads", "s"), before, (parameters, grads, s)):
        assert_close(now, old, f"your input {what} after the call")


@exercise(points=2, reference=classic_adaptive.update_parameters_with_adagrad)
class UpdateParametersWithAdagrad:
    """One step of Adagrad: divide by the root of the sum of all squared gradients."""

    hints = (
        "s never forgets. In which order: s first, or the step first? And is ε under the root?",
        "s ← s + dW²;  W ← W − α dW / (√s + ε), with the new s; the same for b.",
        '`new_s = s["d" + name] + grads["d" + name] ** 2`, then `parameters[name] - learning_rate '
        '* grads["d" + name] / (np.sqrt(new_s) + epsilon)`',
    )

    def test_by_hand(self, update_parameters_with_adagrad):
        """s from 9 to 9 + 4² = 25, and with ε = 3 the weight from 1 to 1 − 2·4/(5 + 3) = 0."""
        parameters, grads, s = single(W1=1, b1=0), single(dW1=4, db1=-1), single(dW1=9, db1=0)
        result = update_parameters_with_adagrad(parameters, grads, s, 2.0, epsilon=3.0)
        expected = single(W1=0, b1=0.5), single(dW1=25, db1=1)
        assert_close(result, expected, "(parameters, s)")

    @pytest.mark.parametrize(("rate", "epsilon"), [(0.1, 1e-8), (1.5, 0.7)])
    def test_every_number(self, update_parameters_with_adagrad, rng, rate, epsilon):
        """In two layers every number has its own sum of squares."""
        parameters, grads, s = random_parameters(rng), random_grads(rng), random_averages(rng)

        def step(w, dw, s):
            s = s + dw * dw
            return w - rate * dw / (s**0.5 + epsilon), s

        expected = number_by_number(step, parameters, grads, s)
        result = update_parameters_with_adagrad(parameters, grads, s, rate, epsilon)
        assert_close(result, expected, "(parameters, s)")

    def test_first_step(self, update_parameters_with_adagrad):
        """The first step has the length of the learning rate, whatever the gradient."""
        parameters, s = single(W1=0, b1=0), single(dW1=0, db1=0)
        moved, _ = update_parameters_with_adagrad(parameters, single(dW1=500, db1=-0.02), s, 0.3)
        assert_close(moved, single(W1=-0.3, b1=0.3), "the parameters", tolerance=1e-5)

    def test_arguments_are_left_alone(self, update_parameters_with_adagrad, rng):
        """Old parameters, gradients and old sums hold the same numbers afterwards."""
        assert_arguments_left_alone(
            lambda parameters, grads, s: update_parameters_with_adagrad(parameters, grads, s, 0.2),
            rng,
        )

    @mistake("ε is under the root. Put it outside: √s + ε.")
    def epsilon_inside(parameters, grads, s, learning_rate, epsilon=1e-8):
        s = squares(s, grads, 1, 1)
        return divided(parameters, grads, s, learning_rate, lambda s: np.sqrt(s + epsilon)), s

    @mistake("The root is missing: the divisor is √s + ε, not s + ε.")
    def no_root(parameters, grads, s, learning_rate, epsilon=1e-8):
        s = squares(s, grads, 1, 1)
        return divided(parameters, grads, s, learning_rate, lambda s: s + epsilon), s

    @mistake("The step uses the old s. Add dW² first, then divide by the root of the new s.")
    def old_sum_used(parameters, grads, s, learning_rate, epsilon=1e-8):
        with np.errstate(divide="ignore", invalid="ignore"):
            moved = divided(parameters, grads, s, learning_rate, root_plus(epsilon))
        return moved, squares(s, grads, 1, 1)

    @mistake("You add the gradient to s, not its square. Then s can be negative and has no root.")
    def not_squared(parameters, grads, s, learning_rate, epsilon=1e-8):
        s = squares(s, grads, 1, 1, power=1)
        with np.errstate(invalid="ignore"):
            return divided(parameters, grads, s, learning_rate, root_plus(epsilon)), s

    @mistake("s is replaced by dW². Adagrad adds up all squares: s + dW².")
    def only_the_last_square(parameters, grads, s, learning_rate, epsilon=1e-8):
        s = squares(s, grads, 0, 1)
        return divided(parameters, grads, s, learning_rate, root_plus(epsilon)), s

    @mistake("You return the old s, so nothing adds up. Return the new one.")
    def old_sum_returned(parameters, grads, s, learning_rate, epsilon=1e-8):
        new = squares(s, grads, 1, 1)
        return divided(parameters, grads, new, learning_rate, root_plus(epsilon)), copied(s)

    @mistake("You add the step, which goes uphill. Subtract it.")
    def uphill(parameters, grads, s, learning_rate, epsilon=1e-8):
        s = squares(s, grads, 1, 1)
        return divided(parameters, grads, s, -learning_rate, root_plus(epsilon)), s

    @mistake(
        "You write into the dictionaries of the caller. Build new ones for the parameters and for "
        "s and return those."
    )
    def overwritten(parameters, grads, s, learning_rate, epsilon=1e-8):
        new = classic_adaptive.update_parameters_with_adagrad(
            parameters, grads, s, learning_rate, epsilon
        )
        return written_back(parameters, s, new)


@exercise(points=2, reference=classic_adaptive.update_parameters_with_rmsprop)
class UpdateParametersWithRmsprop:
    """One step of RMSprop: divide by the root of a mean square that forgets."""

    hints = (
        "It is Adagrad with a running average in place of the sum. What is averaged?",
        "s ← β s + (1 − β) dW²;  W ← W − α dW / (√s + ε), with the new s; the same for b.",
        '`new_s = beta * s["d" + name] + (1 - beta) * grads["d" + name] ** 2`, then '
        '`parameters[name] - learning_rate * grads["d" + name] / (np.sqrt(new_s) + epsilon)`',
    )

    def test_by_hand(self, update_parameters_with_rmsprop):
        """s from 12 to 0.75·12 + 0.25·8² = 25; with ε = 3 the weight from 1 to 1 − 2·8/(5 + 3)."""
        parameters, grads, s = single(W1=1, b1=0), single(dW1=8, db1=-2), single(dW1=12, db1=0)
        result = update_parameters_with_rmsprop(parameters, grads, s, 0.75, 2.0, epsilon=3.0)
        expected = single(W1=-1, b1=1), single(dW1=25, db1=1)
        assert_close(result, expected, "(parameters, s)")

    @pytest.mark.parametrize(("beta", "rate", "epsilon"), [(0.9, 0.1, 1e-8), (0.6, 1.5, 0.7)])
    def test_every_number(self, update_parameters_with_rmsprop, rng, beta, rate, epsilon):
        """In two layers every number has its own mean square."""
        parameters, grads, s = random_parameters(rng), random_grads(rng), random_averages(rng)

        def step(w, dw, s):
            s = beta * s + (1 - beta) * dw * dw
            return w - rate * dw / (s**0.5 + epsilon), s

        expected = number_by_number(step, parameters, grads, s)
        result = update_parameters_with_rmsprop(parameters, grads, s, beta, rate, epsilon)
        assert_close(result, expected, "(parameters, s)")

    def test_steady_slope(self, update_parameters_with_rmsprop):
        """On a steady slope, steep or flat, the steps soon have the length of the learning rate."""
        parameters, s = single(W1=0, b1=0), single(dW1=0, db1=0)
        grads, places = single(dW1=300, db1=-0.5), []
        for _ in range(101):
            parameters, s = update_parameters_with_rmsprop(parameters, grads, s, 0.8, 0.05)
            places.append(parameters)
        last = {name: places[-1][name] - places[-2][name] for name in ("W1", "b1")}
        assert_close(last, single(W1=-0.05, b1=0.05), "the last step", tolerance=1e-5)

    def test_arguments_are_left_alone(self, update_parameters_with_rmsprop, rng):
        """Old parameters, gradients and old averages hold the same numbers afterwards."""

        def update(parameters, grads, s):
            update_parameters_with_rmsprop(parameters, grads, s, 0.5, 0.2)

        assert_arguments_left_alone(update, rng)

    @mistake("ε is under the root. Put it outside: √s + ε.")
    def epsilon_inside(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
        s = squares(s, grads, beta, 1 - beta)
        return divided(parameters, grads, s, learning_rate, lambda s: np.sqrt(s + epsilon)), s

    @mistake("The root is missing: the divisor is √s + ε, not s + ε.")
    def no_root(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
        s = squares(s, grads, beta, 1 - beta)
        return divided(parameters, grads, s, learning_rate, lambda s: s + epsilon), s

    @mistake("dW² is not multiplied by 1 − β: s should be an average, β s + (1 − β) dW².")
    def square_in_full(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
        s = squares(s, grads, beta, 1)
        return divided(parameters, grads, s, learning_rate, root_plus(epsilon)), s

    @mistake("This is Adagrad: s adds up all squares. RMSprop averages: β s + (1 − β) dW².")
    def adagrad(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
        s = squares(s, grads, 1, 1)
        return divided(parameters, grads, s, learning_rate, root_plus(epsilon)), s

    @mistake("β and 1 − β have changed places: β belongs to the old average.")
    def weights_swapped(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
        s = squares(s, grads, 1 - beta, beta)
        return divided(parameters, grads, s, learning_rate, root_plus(epsilon)), s

    @mistake(
        "You average the gradient, not its square. s measures size and must not know the sign."
    )
    def not_squared(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
        s = squares(s, grads, beta, 1 - beta, power=1)
        with np.errstate(invalid="ignore"):
            return divided(parameters, grads, s, learning_rate, root_plus(epsilon)), s

    @mistake("The step uses the old s. Update s first, then divide by the root of the new one.")
    def old_average_used(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
        moved = divided(parameters, grads, s, learning_rate, root_plus(epsilon))
        return moved, squares(s, grads, beta, 1 - beta)

    @mistake("You add the step, which goes uphill. Subtract it.")
    def uphill(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
        s = squares(s, grads, beta, 1 - beta)
        return divided(parameters, grads, s, -learning_rate, root_plus(epsilon)), s

    @mistake(
        "You write into the dictionaries of the caller. Build new ones for the parameters and for "
        "s and return those."
    )
    def overwritten(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
        new = classic_adaptive.update_parameters_with_rmsprop(
            parameters, grads, s, beta, learning_rate, epsilon
        )
        return written_back(parameters, s, new)
