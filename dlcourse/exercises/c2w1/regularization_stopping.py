"""Exercise of c2w1 on early stopping."""

import pytest

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import early_stopping

__all__ = ["StoppingEpoch"]


@exercise(points=2, reference=early_stopping.stopping_epoch)
class StoppingEpoch:
    """After which epoch the rule "patience epochs without improvement" ends a training."""

    hints = (
        "Go through the epochs and remember two things: the lowest dev error so far, and the epoch "
        "in which it was reached.",
        "An epoch improves if its value < lowest - min_delta. Stop at the first epoch with "
        "epoch - best_epoch >= patience.",
        "for epoch, value in enumerate(history): if value < lowest - min_delta: lowest, best = "
        "value, epoch; elif epoch - best >= patience: return epoch",
    )

    @pytest.mark.parametrize(
        ("history", "patience", "expected"),
        [
            ([0.9, 0.5, 0.6, 0.55, 0.4], 2, 3),
            ([0.9, 0.5, 0.6, 0.55, 0.4], 3, None),
            ([0.9, 0.5, 0.6, 0.55, 0.4], 1, 2),
            ([0.9, 0.8, 0.85, 0.7, 0.75, 0.6, 0.65, 0.61, 0.62], 3, 8),
            ([0.5, 0.6, 0.7, 0.8, 0.3], 2, 2),
            ([0.5, 0.7, 0.6, 0.55, 0.52, 0.4], 3, 3),
            ([0.9, 0.8, 0.7], 1, None),
        ],
    )
    def test_by_hand(self, stopping_epoch, history, patience, expected):
        """Short trainings, counted by hand; None where the rule does not end the training."""
        assert_close(
            stopping_epoch(history, patience), expected, f"stopping_epoch({history}, {patience})"
        )

    def test_equal_is_no_improvement(self, stopping_epoch):
        """An epoch that only equals the lowest error is not an improvement."""
        assert_close(stopping_epoch([0.5, 0.4, 0.4, 0.4, 0.4], 3), 4, "the epoch")

    def test_min_delta(self, stopping_epoch):
        """An improvement must be larger than min_delta; small ones do not lower the bar."""
        history = [1.0, 0.95, 0.8, 0.75, 0.71, 0.65, 0.64]
        assert_close(stopping_epoch(history, 2, 0.1), 4, "the epoch for min_delta = 0.1")
        assert_close(stopping_epoch(history, 3, 0.1), None, "the epoch for patience 3")
        assert_close(stopping_epoch(history, 2), None, "the epoch for min_delta = 0")

    def test_long_training(self, stopping_epoch, rng):
        """A long noisy training agrees with a search through all windows of epochs."""
        history = (1 / (1 + 0.2 * rng.permutation(60)) + 0.3).tolist()
        for patience in (3, 6, 12):
            stops = [
                epoch
                for epoch in range(patience, 60)
                if min(history[epoch - patience + 1 : epoch + 1])
                > min(history[: epoch - patience + 1])
            ]
            expected = stops[0] if stops else None
            assert_close(stopping_epoch(history, patience), expected, f"patience {patience}")

    @mistake(
        "You compare with the epoch before. Training is noisy: compare with the *lowest* value so "
        "far."
    )
    def compared_with_the_epoch_before(history, patience, min_delta=0.0):
        waited = 0
        for epoch in range(1, len(history)):
            waited = 0 if history[epoch] < history[epoch - 1] - min_delta else waited + 1
            if waited >= patience:
                return epoch
        return None

    @mistake(
        "You count all epochs without improvement. Only those in a row count: begin again at 0 "
        "after an improvement."
    )
    def never_reset(history, patience, min_delta=0.0):
        lowest, waited = history[0], 0
        for epoch, value in enumerate(history[1:], start=1):
            if value < lowest - min_delta:
                lowest = value
            else:
                waited += 1
                if waited >= patience:
                    return epoch
        return None

    @mistake("Your rule ignores the patience and stops at the first epoch that is no better.")
    def no_patience(history, patience, min_delta=0.0):
        return early_stopping.stopping_epoch(history, 1, min_delta)

    @mistake(
        "You wait one epoch too long: stop as soon as `patience` epochs have brought nothing, with "
        ">= instead of >."
    )
    def one_epoch_late(history, patience, min_delta=0.0):
        return early_stopping.stopping_epoch(history, patience + 1, min_delta)

    @mistake(
        "You return the best epoch. Its parameters are the ones to keep, but training ends "
        "`patience` epochs later, and that is what is asked for."
    )
    def best_epoch_instead(history, patience, min_delta=0.0):
        stop = early_stopping.stopping_epoch(history, patience, min_delta)
        return None if stop is None else stop - patience

    @mistake("min_delta is ignored: an epoch improves only if it is lower by more than that.")
    def every_improvement_counts(history, patience, min_delta=0.0):
        return early_stopping.stopping_epoch(history, patience)

    @mistake("An equal value counts as an improvement here. It must be lower: <, not <=.")
    def equal_counts(history, patience, min_delta=0.0):
        lowest, best = float("inf"), 0
        for epoch, value in enumerate(history):
            if value <= lowest - min_delta:
                lowest, best = value, epoch
            elif epoch - best >= patience:
                return epoch
        return None

    @mistake("Where the rule never ends the training, the answer is None, not the last epoch.")
    def last_epoch_for_none(history, patience, min_delta=0.0):
        stop = early_stopping.stopping_epoch(history, patience, min_delta)
        return len(history) - 1 if stop is None else stop

    @mistake(
        "Small improvements lower your bar, though they do not count. Update the lowest value only "
        "together with the best epoch."
    )
    def bar_lowered_silently(history, patience, min_delta=0.0):
        lowest, best = float("inf"), 0
        for epoch, value in enumerate(history):
            if value < lowest - min_delta:
                best = epoch
            elif epoch - best >= patience:
                return epoch
            lowest = min(lowest, value)
        return None
