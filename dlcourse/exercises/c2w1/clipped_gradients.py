"""Gradient clipping: by value, by the norm of each array, by the norm of all."""

import math

import numpy as np

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import clipping

__all__ = ["ClipByGlobalNorm", "ClipByNorm", "ClipByValue"]


def _norm(value):
    return math.sqrt(math.fsum(x * x for x in np.ravel(value).tolist()))


def _all(gradients):
    return math.hypot(*(_norm(value) for value in gradients.values()))


def _each(gradients, function):
    return {name: function(value) for name, value in gradients.items()}


def _by_norm(value, max_norm):
    return value * min(1.0, max_norm / max(_norm(value), 1e-300))


@exercise(points=1, reference=clipping.clip_by_value)
class ClipByValue:
    """Every component cut to ±limit."""

    hints = (
        "What becomes of 8, of −8 and of 0.5 if nothing may be beyond ±1?",
        "min(max(g, −limit), limit) for every component of every array, in new arrays.",
        "return {name: np.clip(g, -limit, limit) for name, g in gradients.items()}",
    )

    def test_by_hand(self, clip_by_value):
        """With the limit 1, 8 becomes 1, −8 becomes −1, and 0.5 stays."""
        gradients = {"dW": np.array([[8.0, 0.5], [-8.0, -0.25]]), "db": np.array([[3.0], [-0.5]])}
        expected = {"dW": np.array([[1.0, 0.5], [-1.0, -0.25]]), "db": np.array([[1.0], [-0.5]])}
        assert_close(clip_by_value(gradients, 1.0), expected, "the clipped gradients")

    def test_other_limit(self, clip_by_value):
        """With the limit 2.5, 3 becomes 2.5, and 2 stays."""
        actual = clip_by_value({"dW": np.array([[3.0, 2.0, -4.0, -1.0]])}, 2.5)
        assert_close(actual, {"dW": np.array([[2.5, 2.0, -2.5, -1.0]])}, "the clipped gradients")

    def test_input_is_left_alone(self, clip_by_value):
        """The gradients that are passed in are the same afterwards."""
        gradients = {"dW": np.array([[8.0]])}
        clip_by_value(gradients, 1.0)
        assert_close(gradients, {"dW": np.array([[8.0]])}, "your input after the call")

    @mistake("Only large positive components are cut. Cut those below −limit, too.")
    def only_above(gradients, limit):
        return _each(gradients, lambda g: np.minimum(g, limit))

    @mistake("You cut to 0 … limit, so that negative gradients vanish. Cut to −limit … limit.")
    def negatives_lost(gradients, limit):
        return _each(gradients, lambda g: np.clip(g, 0, limit))

    @mistake("You shorten the array as a whole. By value means component by component.")
    def by_norm(gradients, limit):
        return _each(gradients, lambda g: _by_norm(g, limit))

    @mistake("Components beyond the limit are set to 0. Set them to the limit, with their sign.")
    def set_to_zero(gradients, limit):
        return _each(gradients, lambda g: np.where(np.abs(g) > limit, 0.0, g))

    @mistake("You divide by the largest component and lose the small ones. Cut, do not rescale.")
    def rescaled(gradients, limit):
        return _each(gradients, lambda g: g * min(1.0, limit / np.abs(g).max()))

    @mistake("`out=` overwrites the caller's arrays. Put new ones into a new dictionary.")
    def caller_overwritten(gradients, limit):
        return _each(gradients, lambda g: np.clip(g, -limit, limit, out=g))


@exercise(points=1, reference=clipping.clip_by_norm)
class ClipByNorm:
    """Each array shortened to at most max_norm."""

    hints = (
        "How long is the array, and by which factor is that too much? What if it is short enough?",
        "g · max_norm / ‖g‖ where ‖g‖ > max_norm, else g; ‖g‖ = √Σ g² over the whole array.",
        "norm = np.sqrt(np.sum(g**2)); g * (max_norm / norm) if norm > max_norm else g.copy()",
    )

    def test_by_hand(self, clip_by_norm):
        """(3, 4) has the length 5: with max_norm 1 it becomes (0.6, 0.8); a short one stays."""
        gradients = {"dW": np.array([[3.0], [4.0]]), "db": np.array([[0.5]])}
        expected = {"dW": np.array([[0.6], [0.8]]), "db": np.array([[0.5]])}
        assert_close(clip_by_norm(gradients, 1.0), expected, "the clipped gradients")

    def test_matrix(self, clip_by_norm, rng):
        """A matrix becomes as long as allowed, and keeps its direction."""
        W = 10 * rng.uniform(0.5, 1.5, (3, 4)) * np.array([1.0, -1.0, 1.0, -1.0])
        expected = {"dW": W / _norm(W) * 2.5}
        assert_close(clip_by_norm({"dW": W}, 2.5), expected, "the clipped gradients")

    def test_zeros(self, clip_by_norm):
        """A gradient of zeros stays, without NaN."""
        gradients = {"dW": np.zeros((1, 2)), "db": np.array([[-6.0]])}
        expected = {"dW": np.zeros((1, 2)), "db": np.array([[-2.0]])}
        assert_close(clip_by_norm(gradients, 2.0), expected, "the clipped gradients")

    @mistake("Short gradients are made longer. Rescale only those that are too long.")
    def always_rescaled(gradients, max_norm):
        return _each(gradients, lambda g: g * max_norm / max(_norm(g), 1e-300))

    @mistake("You cut the components. Shorten the array by one factor, to keep its direction.")
    def by_value(gradients, max_norm):
        return _each(gradients, lambda g: np.clip(g, -max_norm, max_norm))

    @mistake("All arrays share one factor, that of the global norm. Here each has its own.")
    def global_factor(gradients, max_norm):
        factor = min(1.0, max_norm / max(_all(gradients), 1e-300))
        return _each(gradients, lambda g: g * factor)

    @mistake("The root is missing in the norm: √Σ g².")
    def squared_norm(gradients, max_norm):
        return _each(gradients, lambda g: g * min(1.0, max_norm / max(_norm(g) ** 2, 1e-300)))

    @mistake("You scale to the length 1. The length that is allowed is max_norm.")
    def unit_length(gradients, max_norm):
        return _each(gradients, lambda g: g / _norm(g) if _norm(g) > max_norm else g)


@exercise(points=2, reference=clipping.clip_by_global_norm)
class ClipByGlobalNorm:
    """All gradients shortened by one factor, and how long they were."""

    hints = (
        "Think of all the arrays as one long vector. How long is it?",
        "n = √(Σ over all arrays of Σ g²); every g is multiplied by max_norm / n if n > max_norm. "
        "Give the clipped gradients and n.",
        "norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values())); factor = max_norm / norm "
        "if norm > max_norm else 1.0; return {name: g * factor …}, norm",
    )

    def test_by_hand(self, clip_by_global_norm):
        """3 and 4 together have the length 5: with max_norm 2.5 they become 1.5 and 2."""
        actual = clip_by_global_norm({"dW": np.array([[3.0]]), "db": np.array([[4.0]])}, 2.5)
        expected = {"dW": np.array([[1.5]]), "db": np.array([[2.0]])}, 5.0
        assert_close(actual, expected, "(the clipped gradients, the norm)")

    def test_direction(self, clip_by_global_norm, rng):
        """All arrays are shortened by one factor, so the step keeps its direction."""
        gradients = {"dW": 10 * rng.normal(size=(2, 3)), "db": 5 + rng.random((2, 1))}
        n = _all(gradients)
        expected = {name: value * (2.0 / n) for name, value in gradients.items()}, n
        actual = clip_by_global_norm(gradients, 2.0)
        assert_close(actual, expected, "(the clipped gradients, the norm)")

    def test_short_enough(self, clip_by_global_norm):
        """What is short enough stays as it is; so do zeros."""
        for value in (0.3, 0.0):
            gradients = {"dW": np.array([[value, 0.0]]), "db": np.array([[0.0]])}
            actual = clip_by_global_norm(gradients, 2.0)
            assert_close(actual, (gradients, value), "(the clipped gradients, the norm)")

    @mistake("Each array has a factor of its own, which turns the step. Take one factor for all.")
    def each_alone(gradients, max_norm):
        return _each(gradients, lambda g: _by_norm(g, max_norm)), _all(gradients)

    @mistake("The lengths of the arrays do not add: take the root of the sum of their squares.")
    def norms_added(gradients, max_norm):
        n = sum(_norm(g) for g in gradients.values())
        return _each(gradients, lambda g: g * min(1.0, max_norm / max(n, 1e-300))), n

    @mistake("You give the norm after clipping. To see gradients explode, give the one before.")
    def norm_afterwards(gradients, max_norm):
        n = _all(gradients)
        clipped = _each(gradients, lambda g: g * min(1.0, max_norm / max(n, 1e-300)))
        return clipped, min(n, max_norm)

    @mistake("Short gradients are made longer. Rescale only if the norm is above max_norm.")
    def always_rescaled(gradients, max_norm):
        n = _all(gradients)
        return _each(gradients, lambda g: g * max_norm / max(n, 1e-300)), n

    @mistake("You cut the components, which turns the step. Multiply everything by one factor.")
    def by_value(gradients, max_norm):
        return _each(gradients, lambda g: np.clip(g, -max_norm, max_norm)), _all(gradients)
