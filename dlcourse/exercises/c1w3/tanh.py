"""The exercise of c1w3 on tanh, the activation of the hidden layer."""

import numpy as np

from dlcourse.exercises.c1w3.oracle import slope
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import value_and_slope
from dlcourse.scratch.activations import sigmoid


@exercise(points=2, reference=value_and_slope.tanh_and_slope)
class TanhAndSlope:
    """Tanh through the sigmoid, and its slope 1 - a²."""

    hints = (
        "The sigmoid runs from 0 to 1, and tanh from -1 to 1: twice as high. Which z must the "
        "sigmoid see, so that tanh has slope 1 at zero and not 1/2?",
        "a = tanh(z) = 2 · sigmoid(2z) - 1, and the slope is 1 - a².",
        "a = 2 * sigmoid(2 * z) - 1, then return a, 1 - a**2",
    )

    def test_by_hand(self, tanh_and_slope):
        """At 0 and at ±ln(3)/2, where the sigmoid of 2z is 3/4 or 1/4, both are known exactly."""
        z = np.array([0.0, np.log(3) / 2, -np.log(3) / 2])
        expected = (np.array([0.0, 0.5, -0.5]), np.array([1.0, 0.75, 0.75]))
        assert_close(tanh_and_slope(z), expected, "(a, slope)")

    def test_against_the_definition(self, tanh_and_slope, rng):
        """On a random matrix the values are those of tanh, and the slopes those of its graph."""
        z = 2 * rng.standard_normal((3, 5))
        a, da = tanh_and_slope(z)
        assert_close(a, np.sinh(z) / np.cosh(z), "a")
        assert_close(da, slope(np.tanh, z), "the slope")

    def test_far_out(self, tanh_and_slope):
        """At ±10000 it has levelled off at ±1, with slope 0."""
        expected = (np.array([-1.0, 1.0]), np.array([0.0, 0.0]))
        assert_close(tanh_and_slope(np.array([-1e4, 1e4])), expected, "(a, slope)")

    @mistake(
        "The sigmoid sees z, so your curve is twice as wide as tanh: this is tanh(z/2). It must "
        "see 2z."
    )
    def sigmoid_of_z(z):
        a = 2 * sigmoid(z) - 1
        return a, 1 - a**2

    @mistake("Your values run from 0 to 2, because twice the sigmoid has not been moved down by 1.")
    def not_centred(z):
        a = 2 * sigmoid(2 * z)
        return a, 1 - a**2

    @mistake("The slope is 1 - a² with a = tanh(z), but you square z itself.")
    def slope_from_z(z):
        return np.tanh(z), 1 - z**2

    @mistake("a (1 - a) is the slope of the sigmoid. That of tanh is 1 - a².")
    def slope_of_the_sigmoid(z):
        a = np.tanh(z)
        return a, a * (1 - a)

    @mistake("The square is missing: the slope is 1 - a², which is the same on both sides of 0.")
    def not_squared(z):
        a = np.tanh(z)
        return a, 1 - a

    @mistake(
        "For large z both exponentials of the quotient overflow, and inf/inf is not a number. "
        "Go through the sigmoid."
    )
    def quotient_of_exponentials(z):
        with np.errstate(all="ignore"):
            a = (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
        return a, 1 - a**2

    @mistake("Value and slope are right, but swapped: the value comes first.")
    def swapped(z):
        a = np.tanh(z)
        return 1 - a**2, a
