"""The exercises of c1w3 on ReLU and its relatives, each with its slope."""

import numpy as np

from dlcourse.exercises.c1w3.oracle import slope
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import value_and_slope
from dlcourse.scratch.activations import sigmoid


def _assert_unchanged(z, before):
    assert np.array_equal(z, before), (
        "z itself has been changed. The backward pass needs it as it was: compute new arrays "
        "instead of assigning into z."
    )


@exercise(points=2, reference=value_and_slope.leaky_relu_and_slope)
class LeakyReluAndSlope:
    """Leaky ReLU with its slope; without the leak it is ReLU."""

    hints = (
        "Which two slopes does the graph have? If you know the slope at z, what is the value?",
        "The slope is 1 where z > 0 and negative_slope elsewhere; the value is slope · z.",
        "slope = np.where(z > 0, 1.0, negative_slope), then return slope * z, slope",
    )

    def test_by_hand(self, leaky_relu_and_slope):
        """At -2, 0 and 3 with the usual leak of 0.01."""
        expected = (np.array([[-0.02, 0.0, 3.0]]), np.array([[0.01, 0.01, 1.0]]))
        assert_close(leaky_relu_and_slope(np.array([[-2.0, 0.0, 3.0]])), expected, "(a, slope)")

    def test_without_a_leak(self, leaky_relu_and_slope):
        """With a negative slope of 0 it is ReLU: nothing passes below zero, not even a slope."""
        expected = (np.array([0.0, 0.0, 3.0]), np.array([0.0, 0.0, 1.0]))
        assert_close(
            leaky_relu_and_slope(np.array([-2.0, 0.0, 3.0]), 0.0), expected, "(a, slope) of ReLU"
        )

    def test_another_leak(self, leaky_relu_and_slope, rng):
        """With another leak on a random matrix, values and slopes agree with the graph."""
        z = rng.standard_normal((3, 5))
        a, da = leaky_relu_and_slope(z, 0.2)
        assert_close(a, np.maximum(z, 0.2 * z), "a")
        assert_close(da, slope(lambda c: np.where(c.real > 0, c, 0.2 * c), z), "the slope")

    def test_input_is_left_alone(self, leaky_relu_and_slope, rng):
        """The argument z holds the same numbers afterwards."""
        z = rng.standard_normal((2, 4))
        before = z.copy()
        leaky_relu_and_slope(z)
        _assert_unchanged(z, before)

    @mistake("This is plain ReLU: below zero the value is negative_slope · z, not 0.")
    def no_leak(z, negative_slope=0.01):
        return np.maximum(z, 0.0), np.where(z > 0, 1.0, 0.0)

    @mistake("The leak is always 0.01. Use the argument negative_slope.")
    def fixed_leak(z, negative_slope=0.01):
        return value_and_slope.leaky_relu_and_slope(z)

    @mistake("At z = 0 the slope is that of the left side here: 1 only where z > 0, not z >= 0.")
    def slope_one_at_zero(z, negative_slope=0.01):
        return np.maximum(z, negative_slope * z), np.where(z >= 0, 1.0, negative_slope)

    @mistake(
        "The values leak, but the slope is still that of ReLU: below zero it is negative_slope, "
        "which is what keeps a unit alive."
    )
    def slope_without_leak(z, negative_slope=0.01):
        return np.maximum(z, negative_slope * z), np.where(z > 0, 1.0, 0.0)

    @mistake("The slope is an array of True and False. Make numbers of it: 1.0 or negative_slope.")
    def boolean_slope(z, negative_slope=0.01):
        return np.maximum(z, negative_slope * z), z > 0

    @mistake(
        "You compute in place, so the caller's z is changed as well. Make a new array, for "
        "instance with np.where."
    )
    def in_place(z, negative_slope=0.01):
        factor = np.where(z > 0, 1.0, negative_slope)
        z *= factor
        return z, factor


@exercise(points=2, reference=value_and_slope.elu_and_slope)
class EluAndSlope:
    """The exponential linear unit with its slope."""

    hints = (
        "The right half is a straight line. The left half comes from -alpha and reaches 0: how "
        "far below 0 does alpha · exp(z) start, and what is its derivative?",
        "For z > 0: a = z with slope 1. Otherwise a = alpha (exp(z) - 1) with slope alpha exp(z).",
        "a = np.where(z > 0, z, alpha * (np.exp(np.minimum(z, 0)) - 1)), and the slope "
        "np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0)))",
    )

    def test_by_hand(self, elu_and_slope):
        """At -ln 2, where the exponential is one half, and at 2."""
        expected = (np.array([-0.5, 2.0]), np.array([0.5, 1.0]))
        assert_close(elu_and_slope(np.array([-np.log(2), 2.0])), expected, "(a, slope)")

    def test_another_alpha(self, elu_and_slope, rng):
        """With alpha 0.3 on a random matrix, values and slopes agree with the graph."""
        z = rng.standard_normal((3, 5))

        def graph(c):
            return np.where(c.real > 0, c, 0.3 * (np.exp(c) - 1))

        assert_close(elu_and_slope(z, 0.3), (graph(z), slope(graph, z)), "(a, slope)")

    def test_far_out(self, elu_and_slope):
        """At -10000 it is -alpha with slope 0; at 10000 it is z with slope 1."""
        expected = (np.array([-1.5, 1e4]), np.array([0.0, 1.0]))
        assert_close(elu_and_slope(np.array([-1e4, 1e4]), 1.5), expected, "(a, slope)")

    @mistake("The 1 is missing: alpha · exp(z) jumps to alpha at zero, where the line starts at 0.")
    def without_minus_one(z, alpha=1.0):
        a = np.where(z > 0, z, alpha * np.exp(np.minimum(z, 0.0)))
        return a, value_and_slope.elu_and_slope(z, alpha)[1]

    @mistake("alpha is not used: it scales the left half, value and slope alike.")
    def no_alpha(z, alpha=1.0):
        return value_and_slope.elu_and_slope(z)

    @mistake("The values use alpha, but the slope does not: below zero it is alpha · exp(z).")
    def slope_without_alpha(z, alpha=1.0):
        a, _ = value_and_slope.elu_and_slope(z, alpha)
        return a, value_and_slope.elu_and_slope(z)[1]

    @mistake(
        "Below zero the slope is alpha · exp(z), which is a + alpha. You return a, which is "
        "negative there: but the curve rises."
    )
    def slope_is_the_value(z, alpha=1.0):
        a, _ = value_and_slope.elu_and_slope(z, alpha)
        return a, np.where(z > 0, 1.0, a)

    @mistake("That slope is the one of ReLU. Below zero ELU still rises, by alpha · exp(z).")
    def slope_of_relu(z, alpha=1.0):
        a, _ = value_and_slope.elu_and_slope(z, alpha)
        return a, np.where(z > 0, 1.0, 0.0)

    @mistake(
        "A product of (z > 0) with an exponential that overflows gives 0 · inf, which is not a "
        "number. Choose with np.where, and keep large z out of exp with np.minimum(z, 0)."
    )
    def masks_instead_of_where(z, alpha=1.0):
        with np.errstate(all="ignore"):
            exp_z = np.exp(z)
            a = (z > 0) * z + (z <= 0) * alpha * (exp_z - 1)
            return a, (z > 0) * 1.0 + (z <= 0) * alpha * exp_z


@exercise(points=2, reference=value_and_slope.softplus_and_slope)
class SoftplusAndSlope:
    """Softplus, the smooth ReLU, with its slope, the sigmoid."""

    hints = (
        "For large z, log(1 + exp(z)) is nearly z: can you take that z out of the logarithm, so "
        "that only exp(-|z|) remains inside?",
        "log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|)), and the slope is sigmoid(z).",
        "a = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))), then return a, sigmoid(z)",
    )

    def test_by_hand(self, softplus_and_slope):
        """At 0 and ±ln 3 the values are log 2, log 4 and log 4/3, the slopes 1/2, 3/4 and 1/4."""
        z = np.array([0.0, np.log(3), -np.log(3)])
        expected = (np.log([2.0, 4.0, 4.0 / 3.0]), np.array([0.5, 0.75, 0.25]))
        assert_close(softplus_and_slope(z), expected, "(a, slope)")

    def test_against_the_definition(self, softplus_and_slope, rng):
        """On a random matrix the values are log(1 + exp(z)), and the slopes those of its graph."""
        z = rng.standard_normal((3, 5))

        def graph(c):
            return np.log(1 + np.exp(c))

        assert_close(softplus_and_slope(z), (graph(z), slope(graph, z)), "(a, slope)")

    def test_far_out(self, softplus_and_slope):
        """At -10000 it is 0; at 800 and 10000 it is z with slope 1, and not infinity."""
        expected = (np.array([0.0, 800.0, 1e4]), np.array([0.0, 1.0, 1.0]))
        assert_close(softplus_and_slope(np.array([-1e4, 800.0, 1e4])), expected, "(a, slope)")

    @mistake(
        "exp(z) overflows for large z, so the value becomes infinite. Use log(1 + exp(z)) = "
        "max(z, 0) + log(1 + exp(-|z|))."
    )
    def overflow(z):
        with np.errstate(over="ignore"):
            return np.log(1 + np.exp(z)), sigmoid(z)

    @mistake(
        "exp(z) overflows for large z, in the value and in the slope too, where inf/inf is not a "
        "number. Take the large part out of the logarithm, and use the stable sigmoid."
    )
    def overflow_in_both(z):
        with np.errstate(all="ignore"):
            return np.log(1 + np.exp(z)), np.exp(z) / (1 + np.exp(z))

    @mistake(
        "The chain rule is not finished: the derivative of log(u) is 1/u times the derivative of "
        "u, here exp(z). Together they are the sigmoid of z."
    )
    def inner_derivative_forgotten(z):
        return np.logaddexp(z, 0.0), sigmoid(-z)

    @mistake("s (1 - s) is the slope of the sigmoid. The slope of softplus is the sigmoid itself.")
    def slope_of_the_sigmoid(z):
        s = sigmoid(z)
        return np.logaddexp(z, 0.0), s * (1 - s)

    @mistake("That slope is the one of ReLU. Softplus bends smoothly: its slope is the sigmoid.")
    def slope_of_relu(z):
        return np.logaddexp(z, 0.0), np.where(z > 0, 1.0, 0.0)

    @mistake("The logarithm meant here is the natural one, np.log.")
    def base_two(z):
        return np.logaddexp(z, 0.0) / np.log(2), sigmoid(z)
