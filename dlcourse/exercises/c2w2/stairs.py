"""Exercises of c2w2: learning rates that hold for a while and then drop."""

import math

import pytest

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import classic_decay, schedules

__all__ = ["ManualSchedule", "ScheduleLrDecay", "StaircaseDecay"]

# not in the order of their epochs, as people write such tables who change their minds
TABLE = {0: 0.1, 60: 0.001, 30: 0.01, 45: 0.05}


@exercise(points=1, reference=classic_decay.schedule_lr_decay)
class ScheduleLrDecay:
    """Inverse-time decay that takes effect only every so many epochs."""

    hints = (
        "How many intervals are over in this epoch? It is a whole number.",
        "α = α₀ / (1 + decay_rate · ⌊epoch / time_interval⌋)",
        "`return learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))`",
    )

    @pytest.mark.parametrize(
        ("epoch", "rate"), [(0, 0.5), (99, 0.5), (100, 0.5 / 1.3), (199, 0.5 / 1.3), (250, 0.3125)]
    )
    def test_within_an_interval(self, schedule_lr_decay, epoch, rate):
        """With an interval of 100 the rate holds for 100 epochs and drops in epoch 100, 200, …"""
        assert_close(schedule_lr_decay(0.5, epoch, 0.3, 100), rate, f"the rate of epoch {epoch}")

    def test_default(self, schedule_lr_decay):
        """Unless told otherwise, an interval has 1000 epochs."""
        found = [schedule_lr_decay(0.6, epoch, 0.5) for epoch in (999, 1000, 4500)]
        assert_close(found, [0.6, 0.4, 0.2], "the rates of the epochs 999, 1000 and 4500")

    @mistake("The rate falls in every epoch. Cut the quotient: epoch // interval.")
    def not_cut(learning_rate0, epoch_num, decay_rate, time_interval=1000):
        return learning_rate0 / (1 + decay_rate * epoch_num / time_interval)

    @mistake("The quotient is rounded, so the rate drops half an interval early. Cut it: //.")
    def rounded(learning_rate0, epoch_num, decay_rate, time_interval=1000):
        return learning_rate0 / (1 + decay_rate * round(epoch_num / time_interval))

    @mistake("The quotient is rounded up, so the rate drops an interval early. Cut it: //.")
    def rounded_up(learning_rate0, epoch_num, decay_rate, time_interval=1000):
        return learning_rate0 / (1 + decay_rate * math.ceil(epoch_num / time_interval))

    @mistake("You cut the product with the decay rate. Cut only epoch / time_interval.")
    def product_cut(learning_rate0, epoch_num, decay_rate, time_interval=1000):
        return learning_rate0 / (1 + math.floor(decay_rate * epoch_num / time_interval))

    @mistake("% is the remainder, which starts anew in every interval. The quotient is //.")
    def remainder(learning_rate0, epoch_num, decay_rate, time_interval=1000):
        return learning_rate0 / (1 + decay_rate * (epoch_num % time_interval))

    @mistake("The interval is always 1000 epochs here. Use the argument.")
    def interval_not_used(learning_rate0, epoch_num, decay_rate, time_interval=1000):
        return learning_rate0 / (1 + decay_rate * (epoch_num // 1000))


@exercise(points=1, reference=schedules.staircase_decay)
class StaircaseDecay:
    """A learning rate that is cut by a factor every so many epochs."""

    hints = (
        "How many steps of the stairs are you down in this epoch?",
        "α = factor^⌊epoch / interval⌋ · α₀",
        "`return factor ** (epoch // interval) * learning_rate`",
    )

    @pytest.mark.parametrize(
        ("epoch", "rate"), [(0, 0.4), (9, 0.4), (10, 0.2), (19, 0.2), (20, 0.1), (37, 0.05)]
    )
    def test_halves(self, staircase_decay, epoch, rate):
        """With an interval of 10 the rate is halved in the epochs 10, 20 and 30."""
        assert_close(staircase_decay(0.4, epoch, 10), rate, f"the rate of epoch {epoch}")

    @pytest.mark.parametrize(
        ("start", "epoch", "interval", "factor", "rate"),
        [(2.0, 7, 3, 0.1, 0.02), (0.5, 5, 1, 0.2, 0.00016), (3.0, 40, 25, 0.9, 2.7)],
    )
    def test_other_numbers(self, staircase_decay, start, epoch, interval, factor, rate):
        """Other first rates, intervals and factors."""
        found = staircase_decay(start, epoch, interval, factor=factor)
        assert_close(found, rate, "the rate")

    @mistake("The rate falls in every epoch. Cut the quotient: epoch // interval.")
    def not_cut(learning_rate, epoch, interval, factor=0.5):
        return learning_rate * factor ** (epoch / interval)

    @mistake("The factor is multiplied by the number of steps. It applies once per step: a power.")
    def product_for_power(learning_rate, epoch, interval, factor=0.5):
        return learning_rate * factor * (epoch // interval)

    @mistake("It is always halved, whatever the factor that is given. Use the argument.")
    def factor_not_used(learning_rate, epoch, interval, factor=0.5):
        return learning_rate * 0.5 ** (epoch // interval)

    @mistake("It drops one epoch early: epoch 0 to interval − 1 have the first rate.")
    def one_epoch_early(learning_rate, epoch, interval, factor=0.5):
        return learning_rate * factor ** ((epoch + 1) // interval)

    @mistake("It drops only once. Count the steps: factor to the power of epoch // interval.")
    def one_drop(learning_rate, epoch, interval, factor=0.5):
        return learning_rate * factor if epoch >= interval else learning_rate

    @mistake("% is the remainder, which starts anew on every step. The number of steps is //.")
    def remainder(learning_rate, epoch, interval, factor=0.5):
        return learning_rate * factor ** (epoch % interval)


@exercise(points=1, reference=schedules.manual_schedule)
class ManualSchedule:
    """A learning rate looked up in a table written by hand."""

    hints = (
        "Which entries of the table have begun in this epoch? Which of these is the latest?",
        "The rate of the largest key that is not larger than the epoch.",
        "`return table[max(start for start in table if start <= epoch)]`",
    )

    @pytest.mark.parametrize(
        ("epoch", "rate"),
        [(0, 0.1), (29, 0.1), (30, 0.01), (44, 0.01), (45, 0.05), (59, 0.05), (60, 0.001)],
    )
    def test_table(self, manual_schedule, epoch, rate):
        """Every rate holds from its own epoch on, until the next entry."""
        assert_close(manual_schedule(epoch, dict(TABLE)), rate, f"the rate of epoch {epoch}")

    @pytest.mark.parametrize(("epoch", "rate"), [(0, 0.3), (500, 0.3)])
    def test_one_entry(self, manual_schedule, epoch, rate):
        """A table with one entry is a rate that never changes."""
        assert_close(manual_schedule(epoch, {0: 0.3}), rate, f"the rate of epoch {epoch}")

    @mistake("A new rate begins one epoch late: an entry holds from its own epoch on (<=).")
    def one_epoch_late(epoch, table):
        return table[max([start for start in table if start < epoch], default=0)]

    @mistake("Between two entries you fall back to the first rate. The latest one still holds.")
    def exact_epochs_only(epoch, table):
        return table.get(epoch, table[0])

    @mistake("You take the smallest of the rates that have begun. A table may also raise the rate.")
    def smallest_rate(epoch, table):
        return min(rate for start, rate in table.items() if start <= epoch)

    @mistake(
        "You take the entry that is written last among those that have begun. A table need not be "
        "in order: take the largest epoch."
    )
    def last_one_written(epoch, table):
        return [rate for start, rate in table.items() if start <= epoch][-1]

    @mistake("You take the entry whose epoch is nearest. It may lie in the future.")
    def nearest(epoch, table):
        return table[min(table, key=lambda start: abs(start - epoch))]

    @mistake("You take the next entry, which begins only later.")
    def next_entry(epoch, table):
        return table[min([start for start in table if start > epoch], default=max(table))]
