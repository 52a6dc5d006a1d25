"""Exercise of c2w2: Adadelta, which takes the length of its steps from the steps before."""

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

__all__ = ["UpdateParametersWithAdadelta"]


def averaged(old, values, rho, power=2):
    return {name: rho * value + (1 - rho) * values[name] ** power for name, value in old.items()}


def subtract(parameters, steps):
    return {name: value - steps[f"d{name}"] for name, value in parameters.items()}


def stretched(grads, delta, s, epsilon):
    """The step: √(delta + ε) / √(s + ε) · dW."""
    return {
        name: np.sqrt((delta[name] + epsilon) / (s[name] + epsilon)) * dw
        for name, dw in grads.items()
    }


@exercise(points=3, reference=classic_adaptive.update_parameters_with_adadelta)
class UpdateParametersWithAdadelta:
    """One step of Adadelta: the root mean square of past steps in place of a learning rate."""

    hints = (
        "Four lines, and their order matters: the average of the gradients, the step, the average "
        "of the steps, the new parameters. Which average cannot contain this step yet?",
        "s ← ρ s + (1 − ρ) dW²;  step = √(δ + ε) / √(s + ε) · dW, with the old δ and the new s;  "
        "δ ← ρ δ + (1 − ρ) step²;  W ← W − step.",
        '`step = np.sqrt((delta["d" + name] + epsilon) / (new_s + epsilon)) * grads["d" + name]`, '
        'then `new_delta = rho * delta["d" + name] + (1 - rho) * step**2`',
    )

    def test_by_hand(self, update_parameters_with_adadelta):
        """s = 0.5·14 + 0.5·4² = 15; the step √(8 + 1)/√(15 + 1)·4 = 3; δ = 0.5·8 + 0.5·3² = 8.5."""
        parameters, grads = single(W1=1, b1=2), single(dW1=4, db1=-4)
        s, delta = single(dW1=14, db1=14), single(dW1=8, db1=3)
        result = update_parameters_with_adadelta(parameters, grads, s, delta, 0.5, 1.0)
        expected = single(W1=-2, b1=4), single(dW1=15, db1=15), single(dW1=8.5, db1=3.5)
        assert_close(result, expected, "(parameters, s, delta)")

    @pytest.mark.parametrize(("rho", "epsilon"), [(0.95, 1e-6), (0.6, 0.5)])
    def test_every_number(self, update_parameters_with_adadelta, rng, rho, epsilon):
        """In two layers every number has its own two averages."""
        parameters, grads = random_parameters(rng), random_grads(rng)
        s, delta = random_averages(rng), random_averages(rng)

        def step(w, dw, s, delta):
            s = rho * s + (1 - rho) * dw * dw
            length = (delta + epsilon) ** 0.5 / (s + epsilon) ** 0.5 * dw
            return w - length, s, rho * delta + (1 - rho) * length * length

        expected = number_by_number(step, parameters, grads, s, delta)
        result = update_parameters_with_adadelta(parameters, grads, s, delta, rho, epsilon)
        assert_close(result, expected, "(parameters, s, delta)")

    def test_unit(self, update_parameters_with_adadelta, rng):
        """Multiplying the cost by 1000 does not change the steps: the unit of dW cancels."""
        parameters, grads = random_parameters(rng), random_grads(rng)
        zero = {name: np.zeros(value.shape) for name, value in grads.items()}
        steep = {name: 1000 * value for name, value in grads.items()}
        one, _, _ = update_parameters_with_adadelta(parameters, grads, zero, zero, 0.9, 1e-12)
        other, _, _ = update_parameters_with_adadelta(parameters, steep, zero, zero, 0.9, 1e-12)
        for name in parameters:
            small = np.abs(one[name] - parameters[name])
            assert np.all(small > 0), f"{name} does not move at all"
            assert np.all(small < 1e-5), "the first step is made by ε alone, so it is tiny"
        assert_close(other, one, "the parameters after a step of the steeper cost", 1e-5)

    def test_arguments_are_left_alone(self, update_parameters_with_adadelta, rng):
        """Everything that is passed in holds the same numbers afterwards."""
        arguments = [random_parameters(rng), random_grads(rng)]
        arguments += [random_averages(rng), random_averages(rng)]
        before = [copied(arrays) for arrays in arguments]
        update_parameters_with_adadelta(*arguments, 0.8, 0.1)
        for what, old, now in zip(("parameters", "grads", "s", "delta"), before, arguments):
            assert_close(now, old, f"your input {what} after the call")

    @mistake(
        "Here ε stands under both roots (unlike in RMSprop and Adam): √(δ + ε) is what makes the "
        "first step possible."
    )
    def epsilon_outside(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
        s = averaged(s, grads, rho)
        steps = {
            name: (np.sqrt(delta[name]) + epsilon) / (np.sqrt(s[name]) + epsilon) * dw
            for name, dw in grads.items()
        }
        return subtract(parameters, steps), s, averaged(delta, steps, rho)

    @mistake("The fraction is upside down: past steps stand above, past gradients below.")
    def upside_down(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
        s = averaged(s, grads, rho)
        steps = stretched(grads, s, delta, epsilon)
        return subtract(parameters, steps), s, averaged(delta, steps, rho)

    @mistake("The step divides by the old s. Update s with this gradient first.")
    def old_s_used(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
        steps = stretched(grads, delta, s, epsilon)
        return subtract(parameters, steps), averaged(s, grads, rho), averaged(delta, steps, rho)

    @mistake("Your δ averages squared gradients. It is the average of squared steps.")
    def delta_of_gradients(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
        s = averaged(s, grads, rho)
        steps = stretched(grads, delta, s, epsilon)
        return subtract(parameters, steps), s, averaged(delta, grads, rho)

    @mistake("Your δ averages the steps themselves. Square them, or δ could be negative.")
    def delta_of_plain_steps(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
        s = averaged(s, grads, rho)
        steps = stretched(grads, delta, s, epsilon)
        return subtract(parameters, steps), s, averaged(delta, steps, rho, power=1)

    @mistake("The old δ is returned, so the steps stay tiny for ever. Return the new one.")
    def delta_not_updated(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
        s = averaged(s, grads, rho)
        return subtract(parameters, stretched(grads, delta, s, epsilon)), s, copied(delta)

    @mistake(
        "δ is updated before the step that it should measure (with dW in its place). First the "
        "step with the old δ, then the new δ."
    )
    def delta_first(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
        s, delta = averaged(s, grads, rho), averaged(delta, grads, rho)
        return subtract(parameters, stretched(grads, delta, s, epsilon)), s, delta

    @mistake("You add the step, which goes uphill. Subtract it.")
    def uphill(parameters, grads, s, delta, rho=0.95, epsilon=1e-6):
        s = averaged(s, grads, rho)
        steps = stretched(grads, delta, s, epsilon)
        up = {name: -step for name, step in steps.items()}
        return subtract(parameters, up), s, averaged(delta, steps, rho)
