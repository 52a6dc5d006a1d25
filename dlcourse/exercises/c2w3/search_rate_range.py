"""Exercise of c2w3: the learning-rate range test."""

import numpy as np
import pytest

from dlcourse.grading import assert_close, exercise, helper, mistake
from dlcourse.scratch import rate_range

__all__ = ["RangeTest"]

STEEP = 8.0  # the largest curvature of the bowl: its steps stay stable up to 2 / 8


@helper
def narrow_bowl(w):
    """J = (8 w₁² + w₂² + 0.3 w₃²) / 2 and its gradient."""
    import numpy as np  # noqa: PLC0415 - a helper travels as source

    curvatures = np.array([8.0, 1.0, 0.3])
    return float(0.5 * np.sum(curvatures * w * w)), curvatures * w


@helper
def cliff(w):
    """J = w until w is below 1, where it is not a number any more."""
    import numpy as np  # noqa: PLC0415

    return (float(w[0]) if w[0] >= 1 else float("nan")), np.ones(1)


def by_formula(w, rates, curvatures=(8.0, 1.0, 0.3)):
    """The losses in closed form: a step with rate α multiplies wᵢ by 1 − α λᵢ."""
    losses = []
    for done in range(len(rates)):
        now = [
            w[i] * np.prod([1 - rate * curvature for rate in rates[:done]])
            for i, curvature in enumerate(curvatures)
        ]
        losses.append(0.5 * sum(c * value**2 for c, value in zip(curvatures, now)))
    return np.array(losses)


def descend_with(loss_and_gradient, w, rates, **changed):
    """The range test for the mistakes, with what they get wrong as arguments."""
    losses, w = [], np.array(w, float)
    for rate in rates:
        loss, gradient = loss_and_gradient(w)
        if changed.get("after"):
            w = w - rate * gradient
            loss = loss_and_gradient(w)[0]
        exploded = bool(losses) and not loss <= 4 * min(losses)
        if exploded and changed.get("stops", True):
            if changed.get("keeps_last"):
                losses.append(loss)
            break
        losses.append(loss)
        if not changed.get("after"):
            w = w - (rates[0] if changed.get("constant") else rate) * gradient
    losses = np.array(losses)
    choose = changed.get("choose", lambda losses: np.argmin(np.diff(losses)))
    return losses, float(rates[choose(losses)])


@exercise(points=2, reference=rate_range.range_test)
class RangeTest:
    """Gradient descent whose rate rises with every step, and the rate that it suggests."""

    hints = (
        "Which loss belongs to which rate? The one before the step, and the step's effect is seen "
        "in the next loss.",
        "For each rate: loss and gradient at w; stop if the loss is above 4 · min(losses) (or is "
        "no number); note the loss; w ← w − rate · gradient. Suggest rates[i] with the smallest "
        "losses[i + 1] − losses[i].",
        "`if losses and not loss <= 4 * min(losses): break`, in the end `return np.array(losses), "
        "float(rates[np.argmin(np.diff(losses))])`",
    )

    @pytest.mark.parametrize("start", [(1.0, -2.0, 3.0), (0.2, 5.0, 0.1)])
    def test_known_bowl(self, range_test, start):
        """On a quadratic bowl every loss agrees with the closed form, before each step."""
        rates = np.geomspace(1e-3, 0.2, 25)
        found = range_test(narrow_bowl, np.array(start), rates)
        assert isinstance(found, tuple | list) and len(found) == 2, "return (losses, rate)"
        losses = by_formula(start, rates)
        assert_close(found[0], losses, "the losses")
        falls = [losses[i] - losses[i + 1] for i in range(24)]
        assert_close(found[1], float(rates[falls.index(max(falls))]), "the suggested rate")

    def test_explosion(self, range_test):
        """Beyond 2 / 8 steps overshoot more and more: stop at four times the lowest loss."""
        rates = np.geomspace(0.02, 20.0, 60)
        losses, suggested = range_test(narrow_bowl, np.array([1.0, 1.0, 4.0]), rates)
        expected = by_formula((1.0, 1.0, 4.0), rates)
        lowest = np.minimum.accumulate(expected)
        stop = next(i for i in range(1, 60) if expected[i] > 4 * lowest[i - 1])
        assert_close(losses, expected[:stop], "the losses until the explosion")
        assert suggested < 2 / STEEP, (
            f"the suggested rate {suggested:.3g} is unstable: beyond {2 / STEEP} this bowl's steps "
            "grow"
        )

    def test_no_number(self, range_test):
        """A loss that is not a number ends the test too and is left out."""
        losses, suggested = range_test(cliff, np.array([5.0]), np.array([0.5, 1.0, 2.0, 4.0]))
        assert_close(losses, np.array([5.0, 4.5, 3.5, 1.5]), "the losses")
        assert_close(suggested, 2.0, "the suggested rate")
        losses, _ = range_test(cliff, np.array([3.0]), np.array([0.5, 1.0, 2.0, 4.0]))
        assert_close(losses, np.array([3.0, 2.5, 1.5]), "the losses before the cliff")

    @mistake("The losses are those after each step. Note the loss first, then step.")
    def losses_after(loss_and_gradient, w, rates):
        return descend_with(loss_and_gradient, w, rates, after=True)

    @mistake("The test goes on after the explosion. Stop when the loss is four times the lowest.")
    def never_stops(loss_and_gradient, w, rates):
        return descend_with(loss_and_gradient, w, rates, stops=False)

    @mistake("The loss that exploded is kept. It ends the test and is left out.")
    def exploded_loss_kept(loss_and_gradient, w, rates):
        return descend_with(loss_and_gradient, w, rates, keeps_last=True)

    @mistake("All steps have the first rate. Each has its own.")
    def constant_rate(loss_and_gradient, w, rates):
        return descend_with(loss_and_gradient, w, rates, constant=True)

    @mistake(
        "You suggest the rate at the lowest loss, which is about to explode. Take the rate at "
        "which the loss falls most."
    )
    def rate_of_lowest_loss(loss_and_gradient, w, rates):
        return descend_with(loss_and_gradient, w, rates, choose=np.argmin)

    @mistake("The suggested rate is one step too late: losses[i + 1] is what rates[i] has done.")
    def one_step_late(loss_and_gradient, w, rates):
        choose = lambda losses: np.argmin(np.diff(losses)) + 1  # noqa: E731
        return descend_with(loss_and_gradient, w, rates, choose=choose)

    @mistake("You suggest the rate at which the loss rises most. Look for the steepest fall.")
    def steepest_rise(loss_and_gradient, w, rates):
        return descend_with(
            loss_and_gradient, w, rates, choose=lambda losses: np.argmax(np.diff(losses))
        )

    @mistake("The step goes uphill: subtract rate · gradient.")
    def uphill(loss_and_gradient, w, rates):
        return descend_with(loss_and_gradient, w, -np.asarray(rates))[0], float(rates[0])
