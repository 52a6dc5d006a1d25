"""Exercises of c2w2 on exponentially weighted averages and their bias correction."""

import math

import numpy as np
import pytest

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import averages

__all__ = ["AverageWeights", "ExponentiallyWeightedAverages"]


def by_the_sum(values, beta, corrected):
    """v_t = (1 − β) Σ_k β^(t−k) θ_k, each written out as a sum."""
    result = []
    for t in range(1, len(values) + 1):
        weights = [(1 - beta) * beta ** (t - k) for k in range(1, t + 1)]
        v = math.fsum(w * float(value) for w, value in zip(weights, values))
        result.append(v / math.fsum(weights) if corrected else v)
    return np.array(result)


def running(values, beta, share=None, start=0.0, correction=lambda t: 1.0):
    """The recursion, with what people get wrong as arguments."""
    share = 1 - beta if share is None else share
    v, result = start, []
    for t, value in enumerate(np.asarray(values, dtype=float), start=1):
        v = beta * v + share * value
        with np.errstate(divide="ignore", invalid="ignore"):
            result.append(np.divide(v, correction(t)))
    return np.array(result)


def corrected_if(bias_correction, beta):
    return (lambda t: 1 - beta**t) if bias_correction else (lambda t: 1.0)


@exercise(points=2, reference=averages.exponentially_weighted_averages)
class ExponentiallyWeightedAverages:
    """Exponentially weighted averages of a sequence, with bias correction."""

    hints = (
        "Keep one number v and walk along the values. What is v before the first of them? Is the "
        "corrected number the one that you go on with?",
        "v ← β v + (1 − β) θ_t, from v = 0. With correction the answer at time t is v / (1 − βᵗ), "
        "t = 1, 2, …; v itself stays uncorrected.",
        "for t, value in enumerate(values, start=1): `v = beta * v + (1 - beta) * value`, then "
        "`result.append(v / (1 - beta**t) if bias_correction else v)`; at the end np.array(result)",
    )

    def test_by_hand(self, exponentially_weighted_averages):
        """β = 0.5 and the values 8, 16, 4: first 4, 10, 7, and corrected 8, 40/3, 8."""
        values = np.array([8.0, 16.0, 4.0])
        raw = exponentially_weighted_averages(values, 0.5, bias_correction=False)
        assert_close(raw, np.array([4.0, 10.0, 7.0]), "the averages without correction")
        corrected = exponentially_weighted_averages(values, 0.5)
        assert_close(corrected, np.array([8.0, 40 / 3, 8.0]), "the corrected averages")

    def test_second_value_of_the_course(self, exponentially_weighted_averages):
        """β = 0.98: the second answer is (0.0196 θ₁ + 0.02 θ₂) / 0.0396."""
        first, second = 40.0, 49.0
        corrected = exponentially_weighted_averages(np.array([first, second]), 0.98)
        expected = np.array([first, (0.0196 * first + 0.02 * second) / 0.0396])
        assert_close(corrected, expected, "the corrected averages")

    @pytest.mark.parametrize(("beta", "corrected"), [(0.9, True), (0.7, False), (0.0, True)])
    def test_as_a_sum(self, exponentially_weighted_averages, rng, beta, corrected):
        """Every answer is the weighted sum of all values so far."""
        values = rng.normal(20, 5, 30)
        result = exponentially_weighted_averages(values, beta, bias_correction=corrected)
        assert_close(result, by_the_sum(values, beta, corrected), "the averages")

    def test_constant(self, exponentially_weighted_averages):
        """Of values that are all 7 the corrected average is 7 from the first one on."""
        result = exponentially_weighted_averages(np.full(12, 7.0), 0.95)
        assert_close(result, np.full(12, 7.0), "the corrected averages")

    @mistake(
        "There is no bias correction: the first answers are far too small. Divide by 1 − βᵗ where "
        "it is asked for."
    )
    def never_corrected(values, beta, bias_correction=True):
        return running(values, beta)

    @mistake("You correct also where bias_correction=False. Look at the argument.")
    def always_corrected(values, beta, bias_correction=True):
        return running(values, beta, correction=corrected_if(True, beta))

    @mistake(
        "You go on with the corrected number. It is only the answer at this time; the next step "
        "needs the uncorrected v."
    )
    def correction_fed_back(values, beta, bias_correction=True):
        v, result = 0.0, []
        for t, value in enumerate(np.asarray(values, dtype=float), start=1):
            v = beta * v + (1 - beta) * value
            v = v / (1 - beta**t) if bias_correction else v
            result.append(v)
        return np.array(result)

    @mistake("β and 1 − β have changed places: β belongs to the old average.")
    def weights_swapped(values, beta, bias_correction=True):
        return running(values, 1 - beta, correction=corrected_if(bias_correction, beta))

    @mistake("The new value is not multiplied by 1 − β, so this is a sum, no average.")
    def new_value_in_full(values, beta, bias_correction=True):
        return running(values, beta, share=1.0, correction=corrected_if(bias_correction, beta))

    @mistake("You divide by 1 − β in every step. The correction fades: it is 1 − βᵗ.")
    def power_forgotten(values, beta, bias_correction=True):
        return running(values, beta, correction=lambda t: 1 - beta if bias_correction else 1.0)

    @mistake(
        "t is one too small, so that the first answer is divided by 1 − β⁰ = 0. The first value "
        "has t = 1: enumerate(values, start=1)."
    )
    def counted_from_zero(values, beta, bias_correction=True):
        return running(
            values, beta, correction=lambda t: 1 - beta ** (t - 1) if bias_correction else 1.0
        )

    @mistake("v starts at the first value. Start at 0; the correction makes up for it.")
    def started_at_the_first_value(values, beta, bias_correction=True):
        return running(
            values, beta, start=float(values[0]), correction=corrected_if(bias_correction, beta)
        )

    @mistake(
        "That is the plain mean of the last 1/(1 − β) values. Here all values count, each a factor "
        "β less than the one after it, and only one number is kept."
    )
    def plain_window(values, beta, bias_correction=True):
        window = max(1, round(1 / (1 - beta)))
        return np.array(
            [np.mean(values[max(0, t - window) : t]) for t in range(1, len(values) + 1)]
        )


@exercise(points=1, reference=averages.average_weights)
class AverageWeights:
    """How much each past value counts in an exponentially weighted average."""

    hints = (
        "Put v₁ into v₂, and that into v₃. By what is θ₁ multiplied each time?",
        "Value k of t has the weight (1 − β) β^(t−k), the last one 1 − β. With correction divide "
        "all of them by 1 − βᵗ.",
        "`weights = (1 - beta) * beta ** np.arange(t - 1, -1, -1.0)`, then "
        "`weights / (1 - beta**t) if bias_correction else weights`",
    )

    def test_course(self, average_weights):
        """β = 0.98 after two values: 0.0196 and 0.02; corrected, each divided by 0.0396."""
        raw = average_weights(2, 0.98, bias_correction=False)
        assert_close(raw, np.array([0.0196, 0.02]), "the weights without correction")
        expected = np.array([0.0196 / 0.0396, 0.02 / 0.0396])
        assert_close(average_weights(2, 0.98), expected, "the corrected weights")

    @pytest.mark.parametrize(("t", "beta"), [(1, 0.9), (5, 0.5), (12, 0.9)])
    def test_recursion(self, average_weights, t, beta):
        """They are what the recursion v ← β v + (1 − β) θ does to each value."""
        expected = []
        for k in range(1, t + 1):  # a value of 1 at time k, and 0 elsewhere
            v = 0.0
            for now in range(1, t + 1):
                v = beta * v + (1 - beta) * (1.0 if now == k else 0.0)
            expected.append(v)
        raw = average_weights(t, beta, bias_correction=False)
        assert_close(raw, np.array(expected), "the weights without correction")

    def test_sum(self, average_weights):
        """Corrected weights sum to 1, the others to 1 − βᵗ."""
        raw, corrected = average_weights(7, 0.9, bias_correction=False), average_weights(7, 0.9)
        assert_close(np.sum(corrected), 1.0, "the sum of the corrected weights")
        assert_close(np.sum(raw), 1 - 0.9**7, "the sum of the weights without correction")

    @mistake("The order is turned round: the oldest value comes first and counts least.")
    def newest_first(t, beta, bias_correction=True):
        return averages.average_weights(t, beta, bias_correction)[::-1].copy()

    @mistake("The exponents are one too large: the last value has the weight 1 − β, undiminished.")
    def exponents_from_one(t, beta, bias_correction=True):
        return beta * averages.average_weights(t, beta, bias_correction)

    @mistake("The factor 1 − β is missing, so the weights sum to far more than 1.")
    def share_forgotten(t, beta, bias_correction=True):
        return averages.average_weights(t, beta, bias_correction) / (1 - beta)

    @mistake("There is no bias correction where it is asked for: divide by 1 − βᵗ.")
    def never_corrected(t, beta, bias_correction=True):
        return averages.average_weights(t, beta, False)

    @mistake("You divide by the sum also where bias_correction=False. Look at the argument.")
    def always_corrected(t, beta, bias_correction=True):
        return averages.average_weights(t, beta, True)

    @mistake("All values count alike here. The older a value, the less: a factor β per step.")
    def plain_mean(t, beta, bias_correction=True):
        weights = np.full(t, 1.0 - beta)
        return weights / weights.sum() if bias_correction else weights
