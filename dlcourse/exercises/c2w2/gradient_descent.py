"""Exercise of c2w2: one step of gradient descent, for a network with any number of layers."""

from dlcourse.exercises.c2w2.oracle import (
    copied,
    number_by_number,
    random_grads,
    random_parameters,
    single,
)
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import classic_descent

__all__ = ["UpdateParametersWithGd"]

DEEP = {"W1": (2, 4), "b1": (2, 1), "W2": (3, 2), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}


def moved(parameters, grads, rate):
    """The reference refuses the rates of some mistakes; this does not."""
    return {name: value - rate * grads[f"d{name}"] for name, value in parameters.items()}


@exercise(points=1, reference=classic_descent.update_parameters_with_gd)
class UpdateParametersWithGd:
    """One step of gradient descent for all parameters of a network."""

    hints = (
        "The gradient points uphill. Which way do you go, how far, and for which of the arrays?",
        "W ← W − α dW and b ← b − α db, in every layer. The gradient of `name` is "
        '`grads["d" + name]`.',
        '`return {name: value - learning_rate * grads["d" + name] '
        "for name, value in parameters.items()}`",
    )

    def test_by_hand(self, update_parameters_with_gd):
        """From 1 with the slope 4 and the rate 0.1 a step leads to 0.6; from 2 with −3 to 2.3."""
        parameters, grads = single(W1=1, b1=2), single(dW1=4, db1=-3)
        expected = single(W1=0.6, b1=2.3)
        assert_close(update_parameters_with_gd(parameters, grads, 0.1), expected, "parameters")

    def test_every_layer(self, update_parameters_with_gd, rng):
        """In a network of three layers every number moves by its own gradient times the rate."""
        parameters, grads = random_parameters(rng, DEEP), random_grads(rng, DEEP)
        (expected,) = number_by_number(lambda w, dw: (w - 0.7 * dw,), parameters, grads)
        assert_close(update_parameters_with_gd(parameters, grads, 0.7), expected, "parameters")

    def test_arguments_are_left_alone(self, update_parameters_with_gd, rng):
        """The old parameters and the gradients hold the same numbers afterwards."""
        parameters, grads = random_parameters(rng), random_grads(rng)
        given, slopes = copied(parameters), copied(grads)
        update_parameters_with_gd(parameters, grads, 0.2)
        assert_close(parameters, given, "the old parameters")
        assert_close(grads, slopes, "grads")

    @mistake("You add the gradient, which goes uphill. Subtract it.")
    def uphill(parameters, grads, learning_rate):
        return moved(parameters, grads, -learning_rate)

    @mistake("The learning rate is missing: the step is learning_rate times the gradient.")
    def no_learning_rate(parameters, grads, learning_rate):
        return moved(parameters, grads, 1.0)

    @mistake("The biases stay where they are. They have gradients too: db1, db2, …")
    def only_weights(parameters, grads, learning_rate):
        updated = moved(parameters, grads, learning_rate)
        return {name: updated[name] if name[0] == "W" else parameters[name] for name in parameters}

    @mistake(
        "The last layer stays where it is. range(1, L) ends before L: layers 1 to L are "
        "range(1, L + 1)."
    )
    def last_layer_forgotten(parameters, grads, learning_rate):
        updated, last = moved(parameters, grads, learning_rate), str(len(parameters) // 2)
        return {n: parameters[n] if n[1:] == last else updated[n] for n in parameters}

    @mistake(
        "-= changes the arrays of the caller in place, and you may still need them. Compute new "
        "ones: W = W - learning_rate * dW."
    )
    def in_place(parameters, grads, learning_rate):
        for name in parameters:
            parameters[name] -= learning_rate * grads[f"d{name}"]
        return parameters

    @mistake("You return the step, not where it leads: subtract it from the parameters.")
    def only_the_step(parameters, grads, learning_rate):
        return {name: learning_rate * grads[f"d{name}"] for name in parameters}

    @mistake("You return only what changed the weights: the keys b1, b2, … are missing.")
    def biases_not_returned(parameters, grads, learning_rate):
        updated = moved(parameters, grads, learning_rate)
        return {name: value for name, value in updated.items() if name[0] == "W"}
