"""Exercises of c2w2: learning rates that fall along a curve."""

import math

import pytest

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import classic_decay, schedules

__all__ = ["ExponentialDecay", "SquareRootDecay", "UpdateLr"]


@exercise(points=1, reference=classic_decay.update_lr)
class UpdateLr:
    """A learning rate that falls in every epoch: inverse-time decay."""

    hints = (
        "Where must the brackets stand in Python, so that the whole 1 + … divides?",
        "α = α₀ / (1 + decay_rate · epoch)",
        "`return learning_rate0 / (1 + decay_rate * epoch_num)`",
    )

    @pytest.mark.parametrize(
        ("epoch", "rate"), [(0, 0.2), (1, 0.1), (2, 0.2 / 3), (3, 0.05), (4, 0.04)]
    )
    def test_course(self, update_lr, epoch, rate):
        """α₀ = 0.2 and the decay rate 1 give 0.1, 0.067, 0.05, 0.04 in the epochs 1 to 4."""
        assert_close(update_lr(0.2, epoch, 1), rate, f"the rate of epoch {epoch}")

    @pytest.mark.parametrize(
        ("start", "epoch", "decay", "rate"),
        [(0.5, 1000, 1, 0.5 / 1001), (0.6, 5, 0.4, 0.2), (3.0, 7, 2, 0.2)],
    )
    def test_other_numbers(self, update_lr, start, epoch, decay, rate):
        """Other first rates, epochs and decay rates."""
        assert_close(update_lr(start, epoch, decay), rate, "the rate")

    @mistake("Python divides before it adds: α₀ / 1 + … Put the divisor into brackets.")
    def brackets_missing(learning_rate0, epoch_num, decay_rate):
        return learning_rate0 / 1 + decay_rate * epoch_num

    @mistake("The epoch is not used, so the rate is the same in all of them.")
    def epoch_not_used(learning_rate0, epoch_num, decay_rate):
        return learning_rate0 / (1 + decay_rate)

    @mistake("You multiply by 1 + decay_rate · epoch, so the rate grows. Divide.")
    def grows(learning_rate0, epoch_num, decay_rate):
        return learning_rate0 * (1 + decay_rate * epoch_num)

    @mistake("The epoch is an exponent here. It multiplies: 1 + decay_rate · epoch.")
    def exponential(learning_rate0, epoch_num, decay_rate):
        return learning_rate0 / (1 + decay_rate) ** epoch_num

    @mistake("You subtract a share of α₀ per epoch; soon the rate is negative. Divide instead.")
    def linear(learning_rate0, epoch_num, decay_rate):
        return learning_rate0 * (1 - decay_rate * epoch_num)

    @mistake("The decay rate is not used: it multiplies the epoch.")
    def decay_rate_not_used(learning_rate0, epoch_num, decay_rate):
        return learning_rate0 / (1 + epoch_num)


@exercise(points=1, reference=schedules.exponential_decay)
class ExponentialDecay:
    """A learning rate that loses the same share in every epoch: 0.95^epoch."""

    hints = (
        "After two epochs two shares are gone, one after the other.",
        "α = base^epoch · α₀",
        "`return base**epoch * learning_rate`",
    )

    def test_course(self, exponential_decay):
        """0.95^epoch · α₀: from 0.2 it goes to 0.19 and 0.1805; after 14 epochs about a half."""
        found = [exponential_decay(0.2, epoch) for epoch in (0, 1, 2, 14)]
        expected = [0.2, 0.19, 0.1805, 0.2 * math.exp(14 * math.log(0.95))]
        assert_close(found, expected, "the rates of the epochs 0, 1, 2, 14")

    @pytest.mark.parametrize(
        ("start", "epoch", "base", "rate"),
        [(0.4, 3, 0.5, 0.05), (3.0, 2, 0.1, 0.03), (2.0, 5, 1.0, 2.0)],
    )
    def test_other_numbers(self, exponential_decay, start, epoch, base, rate):
        """Other first rates, epochs and bases; with the base 1 nothing falls."""
        assert_close(exponential_decay(start, epoch, base=base), rate, "the rate")

    @mistake("You multiply by base · epoch. The epoch is an exponent: base**epoch.")
    def product_for_power(learning_rate, epoch, base=0.95):
        return learning_rate * base * epoch

    @mistake("The share is taken off once, whatever the epoch: base**epoch.")
    def once(learning_rate, epoch, base=0.95):
        return learning_rate * base

    @mistake("The exponent applies to α₀ too. Only the base is raised to it.")
    def rate_in_the_power(learning_rate, epoch, base=0.95):
        return (learning_rate * base) ** epoch

    @mistake("It is always 0.95, whatever the base that is given. Use the argument.")
    def base_not_used(learning_rate, epoch, base=0.95):
        return learning_rate * 0.95**epoch

    @mistake("That is e^(−base · epoch). Here the base itself is raised: base**epoch.")
    def natural_exponential(learning_rate, epoch, base=0.95):
        return learning_rate * math.exp(-base * epoch)

    @mistake("The exponent is one too large: in epoch 0 the rate is still α₀.")
    def one_epoch_early(learning_rate, epoch, base=0.95):
        return learning_rate * base ** (epoch + 1)


@exercise(points=1, reference=schedules.square_root_decay)
class SquareRootDecay:
    """A learning rate that falls with the root of the epoch: k/√epoch."""

    hints = (
        "What stands under the root, and what outside?",
        "α = k / √epoch · α₀, for the epochs 1, 2, 3, …",
        "`return k / epoch**0.5 * learning_rate`",
    )

    @pytest.mark.parametrize(("epoch", "rate"), [(1, 0.2), (4, 0.1), (16, 0.05), (100, 0.02)])
    def test_course(self, square_root_decay, epoch, rate):
        """With k = 1, α₀ = 0.2 goes to a half in epoch 4 and to a tenth in epoch 100."""
        assert_close(square_root_decay(0.2, epoch), rate, f"the rate of epoch {epoch}")

    @pytest.mark.parametrize(
        ("start", "epoch", "k", "rate"), [(0.5, 9, 3.0, 0.5), (2.0, 25, 0.5, 0.2)]
    )
    def test_other_numbers(self, square_root_decay, start, epoch, k, rate):
        """Other first rates, epochs and factors k."""
        assert_close(square_root_decay(start, epoch, k=k), rate, "the rate")

    @mistake("The root is missing: divide by √epoch.")
    def no_root(learning_rate, epoch, k=1.0):
        return k / epoch * learning_rate

    @mistake("k is under the root as well. Only the epoch is.")
    def k_under_the_root(learning_rate, epoch, k=1.0):
        return math.sqrt(k / epoch) * learning_rate

    @mistake("You multiply by √epoch, so the rate grows. Divide.")
    def grows(learning_rate, epoch, k=1.0):
        return k * math.sqrt(epoch) * learning_rate

    @mistake("The first rate is not used: it is k/√epoch times α₀.")
    def rate_not_used(learning_rate, epoch, k=1.0):
        return k / math.sqrt(epoch)

    @mistake("k is not used: it multiplies the rate.")
    def k_not_used(learning_rate, epoch, k=1.0):
        return learning_rate / math.sqrt(epoch)

    @mistake("You take the root of epoch + 1. This law counts its epochs from 1: √epoch.")
    def counted_from_zero(learning_rate, epoch, k=1.0):
        return k / math.sqrt(epoch + 1) * learning_rate
