"""The sigmoid of a number and of an array, and its slope."""

import math

import numpy as np

from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import activations, vectorization

__all__ = ["BasicSigmoid", "Sigmoid", "SigmoidDerivative"]


@exercise(points=1, reference=vectorization.basic_sigmoid)
class BasicSigmoid:
    """The sigmoid of a single number."""

    hints = (
        "Which power of e becomes small when x is large, so that the result is close to one?",
        "sigmoid(x) = 1 / (1 + e^(−x)). The whole sum 1 + e^(−x) is below the fraction line.",
        "return 1 / (1 + math.exp(-x))",
    )

    def test_at_zero(self, basic_sigmoid):
        """At zero both classes are equally probable: 0.5."""
        assert_close(basic_sigmoid(0), 0.5, "basic_sigmoid(0)")

    def test_odds_of_three_to_one(self, basic_sigmoid):
        """At x = log 3 the odds are three to one: 0.75; at −log 3 they are the other way round."""
        assert_close(basic_sigmoid(math.log(3)), 0.75, "basic_sigmoid(log 3)")
        assert_close(basic_sigmoid(-math.log(3)), 0.25, "basic_sigmoid(-log 3)")

    def test_other_numbers(self, basic_sigmoid, rng):
        """It is the S-curve (1 + tanh(x/2)) / 2, which is the same function in other words."""
        for x in rng.uniform(-6, 6, size=3).tolist():
            assert_close(basic_sigmoid(x), (1 + math.tanh(x / 2)) / 2, f"basic_sigmoid({x:.3f})")

    @mistake(
        "Your curve falls instead of rising: the power is e^(−x), with a minus, so that a large x "
        "gives a number near one."
    )
    def power_without_minus(x):
        return 1 / (1 + math.exp(x))

    @mistake(
        "Python divides before it adds, so `1 / 1 + …` is 1 + …. Put the sum that belongs below "
        "the fraction line into parentheses."
    )
    def sum_without_parentheses(x):
        return 1 / 1 + math.exp(-x)

    @mistake(
        "`math.e * -x` is a multiple of x. The exponential e to the power −x is `math.exp(-x)`."
    )
    def multiplied_instead_of_exponential(x):
        return 1 / (1 + math.e * -x)

    @mistake(
        "This is tanh, which runs from −1 to 1. The sigmoid has the same shape but runs from 0 "
        "to 1: a probability."
    )
    def hyperbolic_tangent(x):
        return math.tanh(x)

    @mistake(
        "`//` rounds the quotient down to a whole number, so probabilities become 0. Divide "
        "with `/`."
    )
    def whole_number_division(x):
        return 1 // (1 + math.exp(-x))


@exercise(points=1, reference=activations.sigmoid)
class Sigmoid:
    """The sigmoid of every element of an array."""

    hints = (
        "The formula is the one you have just written. Which exponential works on whole arrays?",
        "sigmoid(z) = 1 / (1 + e^(−z)), element by element: the result has the shape of z.",
        "return 1 / (1 + np.exp(-z))",
    )

    def test_by_hand(self, sigmoid):
        """The sigmoid of −log 3, 0 and log 3 is 0.25, 0.5 and 0.75."""
        z = np.array([-math.log(3), 0.0, math.log(3)])
        assert_close(sigmoid(z), np.array([0.25, 0.5, 0.75]), "sigmoid(z)")

    def test_every_element_of_a_matrix(self, sigmoid, rng):
        """A matrix gives a matrix of the same shape, each element on its own."""
        z = rng.normal(size=(3, 4)) * 3
        expected = np.array([[1 / (1 + math.exp(-x)) for x in row] for row in z])
        assert_close(sigmoid(z), expected, "sigmoid of a (3, 4) matrix")

    def test_mirrored(self, sigmoid, rng):
        """sigmoid(−z) = 1 − sigmoid(z)."""
        z = rng.uniform(-5, 5, size=(2, 5))
        assert_shape(sigmoid(z), (2, 5), "sigmoid(z)")
        assert_close(sigmoid(z) + sigmoid(-z), np.ones((2, 5)), "sigmoid(z) + sigmoid(-z)")

    @mistake(
        "math.exp takes one number and raises an error for an array. Use np.exp, which works on "
        "every element."
    )
    def exponential_of_one_number(z):
        return 1 / (1 + math.exp(-z))

    @mistake("Your curve falls: the power is e^(−z), with a minus.")
    def power_without_minus(z):
        return 1 / (1 + np.exp(z))

    @mistake("Python divides before it adds: put the sum below the fraction line into parentheses.")
    def sum_without_parentheses(z):
        return 1 / 1 + np.exp(-z)

    @mistake(
        "You divide by the sum over the array, so the elements influence each other. In a sigmoid "
        "every element stands for itself."
    )
    def shared_sum(z):
        return np.exp(z) / np.sum(np.exp(z))

    @mistake("This is tanh, between −1 and 1; the sigmoid runs from 0 to 1.")
    def hyperbolic_tangent(z):
        return np.tanh(z)


@exercise(points=1, reference=activations.sigmoid_derivative)
class SigmoidDerivative:
    """The slope of the sigmoid at every element of an array."""

    hints = (
        "You need no new exponential: the slope can be written with the value s = sigmoid(z).",
        "With s = sigmoid(z), the derivative is s · (1 − s). It is largest at z = 0: 0.25.",
        "s = sigmoid(z); return s * (1 - s)",
    )

    def test_largest_at_zero(self, sigmoid_derivative):
        """The slope at 0 is 0.25, and nowhere is it larger."""
        slopes = sigmoid_derivative(np.linspace(-8, 8, 33))
        assert_shape(slopes, (33,), "sigmoid_derivative(z)")
        assert_close(slopes[16], 0.25, "the slope at z = 0")
        assert slopes.max() <= 0.25 + 1e-12, "The slope should nowhere be larger than 0.25."

    def test_by_hand(self, sigmoid_derivative):
        """Where the sigmoid is 0.25 or 0.75, its slope is 3/16."""
        z = np.array([[-math.log(3), math.log(3)]])
        assert_close(sigmoid_derivative(z), np.array([[3 / 16, 3 / 16]]), "sigmoid_derivative(z)")

    def test_against_differences(self, sigmoid_derivative, rng):
        """It agrees with the slope measured between two neighbouring points of the sigmoid."""
        z, h = rng.uniform(-4, 4, size=(2, 3)), 1e-5
        measured = (np.tanh((z + h) / 2) - np.tanh((z - h) / 2)) / (4 * h)
        assert_close(sigmoid_derivative(z), measured, "sigmoid_derivative(z)")

    @mistake(
        "The formula s(1 − s) wants s = sigmoid(z), but you put z itself in. Apply the sigmoid "
        "first."
    )
    def without_the_sigmoid(z):
        return z * (1 - z)

    @mistake("This is the sigmoid itself. Multiply it by 1 − sigmoid(z) to get its slope.")
    def value_instead_of_slope(z):
        return 1 / (1 + np.exp(-z))

    @mistake("1 − s² is the derivative of tanh. For the sigmoid it is s(1 − s).")
    def derivative_of_tanh(z):
        return 1 - (1 / (1 + np.exp(-z))) ** 2

    @mistake("A sign slipped: it is s · (1 − s), not s · (1 + s).")
    def plus_instead_of_minus(z):
        s = 1 / (1 + np.exp(-z))
        return s * (1 + s)

    @mistake("Only the second factor is there: multiply 1 − s by s.")
    def second_factor_only(z):
        return 1 - 1 / (1 + np.exp(-z))
