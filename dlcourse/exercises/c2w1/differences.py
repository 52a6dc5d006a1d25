"""One parameter: its derivative as a difference, and the check of a claimed derivative."""

import math

import numpy as np

from dlcourse.grading import assert_close, exercise, helper, mistake
from dlcourse.scratch import classic_gradient_check
from dlcourse.scratch import gradient_check as library

__all__ = ["GradientCheck", "TwoSidedDifference"]


@helper
def cube(theta):
    """θ³, whose derivative is 3θ²."""
    return theta**3


@helper
def flat(theta):
    """A function that never changes."""
    return 4.0 + 0.0 * theta


@exercise(points=1, reference=library.two_sided_difference)
class TwoSidedDifference:
    """A derivative, measured from both sides."""

    hints = (
        "Which two points lie symmetrically around theta, and how far are they apart?",
        "(f(θ + ε) − f(θ − ε)) / 2ε.",
        "return (f(theta + epsilon) - f(theta - epsilon)) / (2 * epsilon)",
    )

    def test_cube(self, two_sided_difference):
        """θ³ at θ = 1 with ε = 0.01 gives 3.0001; the derivative is 3."""
        assert_close(two_sided_difference(cube, 1.0, 0.01), 3.0001, "the difference")

    def test_other_step(self, two_sided_difference):
        """θ³ at θ = 2 with ε = 0.1 gives 12.01: the error is ε²."""
        assert_close(two_sided_difference(cube, 2.0, 0.1), 12.01, "the difference")

    def test_default_step(self, two_sided_difference):
        """Without an epsilon the step is 0.01."""
        assert_close(two_sided_difference(cube, -1.0), 3.0001, "the difference")

    def test_falling_function(self, two_sided_difference):
        """The cosine falls at 1: its derivative is −sin 1."""
        actual = two_sided_difference(np.cos, 1.0, 1e-4)
        assert_close(actual, -math.sin(1.0), "the difference")

    @mistake("You look to one side only, with an error like ε. Take f(θ − ε) instead of f(θ).")
    def one_sided(f, theta, epsilon=0.01):
        return (f(theta + epsilon) - f(theta)) / epsilon

    @mistake("You look backwards only. Take f(θ + ε) instead of f(θ), and divide by the distance.")
    def backward(f, theta, epsilon=0.01):
        return (f(theta) - f(theta - epsilon)) / epsilon

    @mistake("The two points are 2ε apart, but you divide by ε: twice the derivative.")
    def divided_by_epsilon(f, theta, epsilon=0.01):
        return (f(theta + epsilon) - f(theta - epsilon)) / epsilon

    @mistake("/ 2 * epsilon divides by 2 and then multiplies by ε. Put brackets: / (2 * epsilon).")
    def brackets_missing(f, theta, epsilon=0.01):
        return (f(theta + epsilon) - f(theta - epsilon)) / 2 * epsilon

    @mistake("The sign is wrong: the value on the right minus the value on the left.")
    def turned_round(f, theta, epsilon=0.01):
        return (f(theta - epsilon) - f(theta + epsilon)) / (2 * epsilon)


@exercise(points=1, reference=classic_gradient_check.gradient_check)
class GradientCheck:
    """Is a claimed derivative right?"""

    hints = (
        "Measure the derivative first. A gap of 0.001 is much for a derivative of 0.002 and little "
        "for one of 1000: relative to what do you take it?",
        "|d − g| / (|d| + |g|) with the two-sided difference d and the claimed gradient g; 0 if "
        "both are 0.",
        "d = two_sided_difference(f, theta, epsilon); size = abs(d) + abs(gradient); return "
        "abs(d - gradient) / size if size > 0 else 0.0",
    )

    def test_right_gradient(self, gradient_check):
        """The right derivatives of θ³ and of the exponential function pass with less than 1e-7."""
        for ratio in (gradient_check(cube, 2.0, 12.0), gradient_check(np.exp, 1.0, math.e)):
            assert_close(ratio, 0.0, "the ratio of a right derivative")

    def test_wrong_gradient(self, gradient_check):
        """Where the derivative is 12, a claim of 36 has the ratio 24/48, one of 4 has 8/16."""
        assert_close(gradient_check(cube, 2.0, 36.0), 0.5, "the ratio for 36")
        assert_close(gradient_check(cube, 2.0, 4.0), 0.5, "the ratio for 4")
        assert_close(gradient_check(cube, 2.0, 18.0), 0.2, "the ratio for 18")

    def test_wrong_sign(self, gradient_check):
        """A derivative with the wrong sign has the ratio 1, the largest there is."""
        assert_close(gradient_check(cube, 2.0, -12.0), 1.0, "the ratio for −12")
        assert_close(gradient_check(cube, 2.0, -6.0), 1.0, "the ratio for −6")

    def test_own_step(self, gradient_check):
        """With ε = 1 the difference of θ³ at 2 is 13: a claim of 13 is then right."""
        assert_close(gradient_check(cube, 2.0, 13.0, 1.0), 0.0, "the ratio")

    def test_both_zero(self, gradient_check):
        """Where nothing changes and 0 is claimed, the ratio is 0 and not NaN."""
        assert_close(gradient_check(flat, 2.0, 0.0), 0.0, "the ratio")

    @mistake("That is the gap itself. Divide it by |difference| + |gradient|.")
    def absolute_gap(f, theta, gradient, epsilon=1e-5):
        return abs(_measured(f, theta, epsilon) - gradient)

    @mistake("The ratio may not be negative: take the absolute value of the gap.")
    def signed(f, theta, gradient, epsilon=1e-5):
        d = _measured(f, theta, epsilon)
        return (d - gradient) / max(abs(d) + abs(gradient), 1e-300)

    @mistake("Add the absolute values below. With the wrong sign, d + g is 0 and you divide by it.")
    def sizes_without_absolute_value(f, theta, gradient, epsilon=1e-5):
        d = _measured(f, theta, epsilon)
        return abs(d - gradient) / (abs(d + gradient) + 1e-300)

    @mistake("You measure from one side, too roughly to tell a right gradient from a wrong one.")
    def one_sided(f, theta, gradient, epsilon=1e-5):
        d = (f(theta + epsilon) - f(theta)) / epsilon
        return _ratio(d, gradient)

    @mistake("You divide by zero where both are 0, and give NaN. Nothing differs there: 0.")
    def zero_by_zero(f, theta, gradient, epsilon=1e-5):
        d = _measured(f, theta, epsilon)
        size = abs(d) + abs(gradient)
        return abs(d - gradient) / size if size else float("nan")

    @mistake("The step is fixed. Use the argument epsilon.")
    def epsilon_ignored(f, theta, gradient, epsilon=1e-5):
        return _ratio(_measured(f, theta, 1e-5), gradient)


def _measured(f, theta, epsilon):
    return (f(theta + epsilon) - f(theta - epsilon)) / (2 * epsilon)


def _ratio(d, gradient):
    size = abs(d) + abs(gradient)
    return abs(d - gradient) / size if size else 0.0
