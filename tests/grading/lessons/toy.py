"""A small lesson, only for the tests of the grader."""

import numpy as np
import pytest

from dlcourse.grading import Question, assert_close, exercise, helper, mistake

NOTEBOOK = "99_toy"

QUIZ = (
    Question("One and one?", {"a": ("one", "Count again."), "b": ("two", "Yes.")}, "b"),
    Question("Two and two?", {"a": ("four", "Yes."), "b": ("five", "Count again.")}, "a"),
)


def squash(z):
    """The logistic function."""
    return 1 / (1 + np.exp(-z))


class Counter:
    """Counts."""

    def __init__(self, start):
        self.n = start

    def add(self, k):
        """Count k more."""
        self.n += k
        return self.n

    def __add__(self, other):
        """A counter of both."""
        return type(self)(self.n + other.n)


def apply_twice(f, values, rng):
    """f(f(values)) plus noise; counts the calls in values["calls"]."""
    values["calls"] += 1
    return f(f(values["x"])) + rng.normal(size=values["x"].shape)


@helper
def plus_hundred(x):
    """A hundred more."""
    return x + 100.0


@exercise(points=2, reference=squash)
class Squash:
    """The logistic function."""

    hints = ("Is it between 0 and 1?", "1 / (1 + exp(-z))", "return 1 / (1 + np.exp(-z))")

    def test_by_hand(self, squash):
        """One half at 0 and three quarters at log 3."""
        assert_close(squash(np.array([0.0, np.log(3)])), np.array([0.5, 0.75]))

    @pytest.mark.parametrize("n", [1, 3])
    def test_symmetry(self, squash, rng, n):
        """s(z) + s(-z) = 1."""
        z = rng.normal(size=(n, 2))
        assert_close(squash(z) + squash(-z), np.ones((n, 2)), "s(z) + s(-z)")

    @mistake("The sign of the exponent is lost.")
    def wrong_sign(z):
        return 1 / (1 + np.exp(z))

    @mistake("The exponential is doubled.")
    def doubled(z):
        return 1 / (1 + 2 * np.exp(-z))


@exercise(points=1, reference=Counter)
class CounterClass:
    """A class with state."""

    hints = ("What does it remember?", "n ← n + k", "self.n += k")

    def test_state(self, Counter):
        """What is added stays."""
        counter = Counter(2)
        assert_close(counter.add(3), 5, "add(3)")
        assert_close(counter.n, 5, "n")
        assert_close((counter + Counter(7)).n, 12, "n of the sum")

    @mistake("The start is forgotten.")
    class ForgotStart:
        def __init__(self, start):
            self.n = 0

        def add(self, k):
            self.n += k
            return self.n

        def __add__(self, other):
            return type(self)(self.n + other.n)


@exercise(points=1, reference=apply_twice, changes_arguments=True)
class ApplyTwice:
    """A function as an argument, a dictionary that changes, and a random generator."""

    hints = ("Twice.", "f(f(x))", "return f(f(values['x']))")

    def test_all(self, apply_twice, squash, rng):
        """f is applied twice, the call is counted and the generator is used."""
        values = {"x": np.zeros(4), "calls": 0}
        first = apply_twice(plus_hundred, values, rng)
        second = apply_twice(plus_hundred, values, rng)
        assert_close(values["calls"], 2, "calls")
        assert np.abs(first - 200).max() < 7, "f was not applied twice"
        assert np.any(first != second), "the generator gives the same numbers again"
        assert_close(apply_twice(np.cos, values, np.random.default_rng(0)).shape, (4,))

    @mistake("f is applied once only.")
    def once(f, values, rng):
        values["calls"] += 1
        return f(values["x"]) + rng.normal(size=values["x"].shape)
