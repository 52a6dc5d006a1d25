"""Exercise of c2w2: one step of Adam."""

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

__all__ = ["UpdateParametersWithAdam"]


def averaged(old, values, beta, power=1):
    return {name: beta * value + (1 - beta) * values[name] ** power for name, value in old.items()}


def root_plus(s, epsilon):
    return np.sqrt(s) + epsilon


def adam_with(arguments, corrections, divisor=root_plus, power=2):
    """Adam, with what people get wrong as arguments: the corrections and the divisor."""
    parameters, grads, v, s, rate, beta1, beta2, epsilon = arguments
    v, s = averaged(v, grads, beta1), averaged(s, grads, beta2, power)
    with np.errstate(divide="ignore", invalid="ignore"):
        v_hat = {name: value / corrections[0] for name, value in v.items()}
        s_hat = {name: value / corrections[1] for name, value in s.items()}
        parameters = {
            name: value - rate * v_hat[f"d{name}"] / divisor(s_hat[f"d{name}"], epsilon)
            for name, value in parameters.items()
        }
    return parameters, v, s, v_hat, s_hat


@exercise(points=3, reference=classic_adaptive.update_parameters_with_adam)
class UpdateParametersWithAdam:
    """One step of Adam: momentum and RMSprop together, both bias-corrected."""

    hints = (
        "Two averages, two corrections, one step. Which of the numbers do you hand on to the next "
        "step: the corrected averages or the others?",
        "v ← β₁ v + (1 − β₁) dW;  s ← β₂ s + (1 − β₂) dW²;  v̂ = v / (1 − β₁ᵗ), ŝ = s / (1 − β₂ᵗ);  "
        "W ← W − α v̂ / (√ŝ + ε); return parameters, v, s, v̂, ŝ.",
        "`v_hat = new_v / (1 - beta1**t)`, `s_hat = new_s / (1 - beta2**t)`, then "
        "`parameters[name] - learning_rate * v_hat / (np.sqrt(s_hat) + epsilon)`",
    )

    def test_by_hand(self, update_parameters_with_adam):
        """First step, β₁ = β₂ = 0.5, ε = 1: v = 2, s = 8, v̂ = 4, ŝ = 16, so 1 − 4/(4 + 1)."""
        parameters, grads = single(W1=1, b1=0), single(dW1=4, db1=-1)
        zero = single(dW1=0, db1=0)
        result = update_parameters_with_adam(parameters, grads, zero, zero, 1, 1.0, 0.5, 0.5, 1.0)
        expected = (
            single(W1=0.2, b1=0.5), single(dW1=2, db1=-0.5), single(dW1=8, db1=0.5),
            single(dW1=4, db1=-1), single(dW1=16, db1=1),
        )  # fmt: skip
        assert_close(result, expected, "(parameters, v, s, v_corrected, s_corrected)")

    @pytest.mark.parametrize(
        ("t", "rate", "beta1", "beta2", "epsilon"),
        [(1, 0.01, 0.9, 0.999, 1e-8), (7, 0.3, 0.7, 0.95, 0.4), (3, 0.3, 0.95, 0.6, 0.1)],
    )
    def test_every_number(self, update_parameters_with_adam, rng, t, rate, beta1, beta2, epsilon):
        """In two layers, at any step t, every number has its own two averages."""
        parameters, grads = random_parameters(rng), random_grads(rng)
        v, s = random_grads(rng), random_averages(rng)

        def step(w, dw, v, s):
            v, s = beta1 * v + (1 - beta1) * dw, beta2 * s + (1 - beta2) * dw * dw
            v_hat, s_hat = v / (1 - beta1**t), s / (1 - beta2**t)
            return w - rate * v_hat / (s_hat**0.5 + epsilon), v, s, v_hat, s_hat

        expected = number_by_number(step, parameters, grads, v, s)
        result = update_parameters_with_adam(
            parameters, grads, v, s, t, rate, beta1, beta2, epsilon
        )
        assert_close(result, expected, "(parameters, v, s, v_corrected, s_corrected)")

    def test_steady_slope(self, update_parameters_with_adam):
        """On a steady slope, steep or flat, every step has the length of the learning rate."""
        parameters, grads = single(W1=0, b1=0), single(dW1=300, db1=-0.5)
        v, s = single(dW1=0, db1=0), single(dW1=0, db1=0)
        for t in range(1, 11):
            result = update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.05)
            assert isinstance(result, tuple | list) and len(result) == 5, (
                "return (parameters, v, s, v_corrected, s_corrected)"
            )
            parameters, v, s = result[:3]
            expected = single(W1=-0.05 * t, b1=0.05 * t)
            assert_close(parameters, expected, f"the parameters after step {t}", tolerance=1e-5)

    def test_arguments_are_left_alone(self, update_parameters_with_adam, rng):
        """Everything that is passed in holds the same numbers afterwards."""
        arguments = [random_parameters(rng), random_grads(rng)]
        arguments += [random_grads(rng), random_averages(rng)]
        before = [copied(arrays) for arrays in arguments]
        update_parameters_with_adam(*arguments, 2)
        for what, old, now in zip(("parameters", "grads", "v", "s"), before, arguments):
            assert_close(now, old, f"your input {what} after the call")

    @mistake("ε is under the root. In Adam it stands outside: √ŝ + ε.")
    def epsilon_inside(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        corrections = 1 - beta1**t, 1 - beta2**t
        return adam_with(given, corrections, lambda s, epsilon: np.sqrt(s + epsilon))

    @mistake(
        "Nothing is corrected, so that the first steps are about three times too long: divide v by "
        "1 − β₁ᵗ and s by 1 − β₂ᵗ."
    )
    def no_correction(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        return adam_with(given, (1.0, 1.0))

    @mistake("Only v is corrected. s begins at zero too: divide it by 1 − β₂ᵗ.")
    def only_v_corrected(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        return adam_with(given, (1 - beta1**t, 1.0))

    @mistake("s is corrected with β₁. Each average has its own β: 1 − β₂ᵗ belongs to s.")
    def both_corrected_with_beta1(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        return adam_with(given, (1 - beta1**t, 1 - beta1**t))

    @mistake("The corrections are 1 − β. They must fade as t grows: 1 − βᵗ.")
    def power_forgotten(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        return adam_with(given, (1 - beta1, 1 - beta2))

    @mistake("t is multiplied where it should be an exponent: 1 − βᵗ is `1 - beta**t`.")
    def product_for_power(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        return adam_with(given, (1 - beta1 * t, 1 - beta2 * t))

    @mistake("t is one too large. It is 1 for the first step already: use it as it comes.")
    def counted_once_more(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        return adam_with(given, (1 - beta1 ** (t + 1), 1 - beta2 ** (t + 1)))

    @mistake("The gradient in s is not squared. s is the average of dW².")
    def not_squared(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        return adam_with(given, (1 - beta1**t, 1 - beta2**t), power=1)

    @mistake("The root is missing: the divisor is √ŝ + ε.")
    def no_root(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        corrections = 1 - beta1**t, 1 - beta2**t
        return adam_with(given, corrections, lambda s, epsilon: s + epsilon)

    @mistake(
        "You hand on the corrected averages as v and s, so the next step corrects them again. "
        "Return the uncorrected v and s, and the corrected ones beside them."
    )
    def corrected_handed_on(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        new, _, _, v_hat, s_hat = adam_with(given, (1 - beta1**t, 1 - beta2**t))
        return new, v_hat, s_hat, v_hat, s_hat

    @mistake("β₁ and β₂ have changed places: β₁ belongs to v, β₂ to s.")
    def betas_swapped(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta2, beta1, epsilon)
        return adam_with(given, (1 - beta2**t, 1 - beta1**t))

    @mistake("The step is the gradient over √ŝ + ε, which is RMSprop. Above stands v̂.")
    def gradient_above(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        _, v, s, v_hat, s_hat = adam_with(given, (1 - beta1**t, 1 - beta2**t))
        new = {
            name: value - learning_rate * grads[f"d{name}"] / (np.sqrt(s_hat[f"d{name}"]) + epsilon)
            for name, value in parameters.items()
        }
        return new, v, s, v_hat, s_hat

    @mistake("You return three of five: the corrected averages are asked for too.")
    def hats_not_returned(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        return adam_with(given, (1 - beta1**t, 1 - beta2**t))[:3]

    @mistake(
        "You write into the dictionaries of the caller. Build new ones for the parameters, for v "
        "and for s and return those."
    )
    def overwritten(
        parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
    ):
        given = (parameters, grads, v, s, learning_rate, beta1, beta2, epsilon)
        result = adam_with(given, (1 - beta1**t, 1 - beta2**t))
        for old, new in zip((parameters, v, s), result):
            for name in old:
                old[name][...] = new[name]
        return parameters, v, s, *result[3:]
