"""Exercises of c2w1 on three sets of data, and on what their errors say."""

import pytest

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import bias_variance, data_splits

__all__ = ["Diagnose", "SplitSizes"]


@exercise(points=1, reference=data_splits.split_sizes)
class SplitSizes:
    """How many examples go to train, dev and test."""

    hints = (
        "A dev set must be large enough to tell two models apart. Is that a share of the data, or "
        "a number of examples?",
        "dev = test = the larger of m/100 and min(m/5, 2000), rounded down, and at least 1; train "
        "is what remains.",
        "held_out = max(1, min(m // 5, 2000), m // 100); return m - 2 * held_out, held_out, "
        "held_out",
    )

    def test_small_and_large(self, split_sizes):
        """A thousand examples are split 60/20/20 %, a million 98/1/1 %."""
        assert_close(split_sizes(1_000), (600, 200, 200), "the split of 1000 examples")
        assert_close(
            split_sizes(1_000_000), (980_000, 10_000, 10_000), "the split of a million examples"
        )

    def test_in_between(self, split_sizes):
        """Between the two, 2000 examples each are enough for dev and test."""
        assert_close(split_sizes(10_000), (6_000, 2_000, 2_000), "the split of 10,000 examples")
        assert_close(split_sizes(100_000), (96_000, 2_000, 2_000), "the split of 100,000 examples")

    @pytest.mark.parametrize(
        ("m", "expected"), [(3, (1, 1, 1)), (99, (61, 19, 19)), (250_050, (245_050, 2_500, 2_500))]
    )
    def test_odd_numbers(self, split_sizes, m, expected):
        """Sizes are whole numbers that sum to m; neither dev nor test is empty."""
        assert_close(split_sizes(m), expected, f"the split of {m} examples")

    @mistake(
        "You hold out a fifth twice, however many examples there are. Of a million, 200,000 for "
        "dev are far more than it takes to compare models: they are missing in training."
    )
    def always_sixty_twenty_twenty(m):
        held_out = max(1, m // 5)
        return m - 2 * held_out, held_out, held_out

    @mistake(
        "One per cent is for very large sets only. Of a thousand examples it leaves ten, with "
        "which no two models can be told apart."
    )
    def always_one_per_cent(m):
        held_out = max(1, m // 100)
        return m - 2 * held_out, held_out, held_out

    @mistake(
        "Every part is rounded down by itself, so that examples are lost. Give what remains to "
        "train: m minus the other two."
    )
    def train_rounded_too(m):
        held_out = max(1, min(m // 5, 2000), m // 100)
        return int((1 - 2 * held_out / m) * m - 0.5), held_out, held_out

    @mistake("Sizes are numbers of examples: use //, which gives whole numbers, instead of /.")
    def not_whole(m):
        held_out = max(1.0, min(m / 5, 2000.0), m / 100)
        return m - 2 * held_out, held_out, held_out

    @mistake(
        "You stop at 2000 examples for ever. For a million, one per cent is more than that, and "
        "it is cheap: take the larger of the two."
    )
    def never_more_than_two_thousand(m):
        held_out = max(1, min(m // 5, 2000))
        return m - 2 * held_out, held_out, held_out


def _named(high_bias, high_variance):
    gaps = {"high bias": high_bias, "high variance": high_variance}
    return " and ".join(name for name, high in gaps.items() if high) or "neither"


@exercise(points=1, reference=bias_variance.diagnose)
class Diagnose:
    """Name the problem of a model from its train and dev errors."""

    hints = (
        "Two gaps tell everything: which one is there already in training, which one opens between "
        "train and dev?",
        "bias = train_error - human_error; variance = dev_error - train_error. A gap above "
        "`tolerable` is high.",
        'names = []; if train_error - human_error > tolerable: names.append("high bias"); the same '
        'for the other; return " and ".join(names) or "neither"',
    )

    @pytest.mark.parametrize(
        ("train", "dev", "expected"),
        [
            (1, 11, "high variance"),
            (15, 16, "high bias"),
            (15, 30, "high bias and high variance"),
            (0.5, 1, "neither"),
        ],
    )
    def test_the_four_cases(self, diagnose, train, dev, expected):
        """The four cases of the text, for a task in which people make no errors."""
        assert_close(diagnose(train, dev), expected, f"diagnose({train}, {dev})")

    def test_human_error(self, diagnose):
        """Blurred images: where people err at 15 %, a train error of 15 % is no bias."""
        assert_close(diagnose(15, 16, human_error=15), "neither", "the diagnosis")
        assert_close(diagnose(15, 30, human_error=14), "high variance", "the diagnosis")
        assert_close(diagnose(8, 10, 1), "high bias and high variance", "the diagnosis")

    def test_tolerable(self, diagnose):
        """What gap counts as high can be chosen; a gap of just that size does not."""
        assert_close(diagnose(4, 5, 0, 0.5), "high bias and high variance", "the diagnosis")
        assert_close(diagnose(4, 7, 0, 4), "neither", "the diagnosis")
        assert_close(diagnose(4, 9, 0, 4), "high variance", "the diagnosis")

    @mistake(
        "You measure variance from the human error. Part of that gap is bias already: variance is "
        "dev_error - train_error."
    )
    def variance_from_human_error(train_error, dev_error, human_error=0.0, tolerable=1.5):
        return _named(train_error - human_error > tolerable, dev_error - human_error > tolerable)

    @mistake(
        "A train error is high or low only next to what is possible: subtract human_error first."
    )
    def human_error_ignored(train_error, dev_error, human_error=0.0, tolerable=1.5):
        return _named(train_error > tolerable, dev_error - train_error > tolerable)

    @mistake(
        "You have swapped the two: an error that is there in training already is bias, one that "
        "appears on new examples is variance."
    )
    def swapped(train_error, dev_error, human_error=0.0, tolerable=1.5):
        return _named(dev_error - train_error > tolerable, train_error - human_error > tolerable)

    @mistake(
        "With elif only the first problem is found. A model can have both: two separate questions."
    )
    def one_problem_only(train_error, dev_error, human_error=0.0, tolerable=1.5):
        high_bias = train_error - human_error > tolerable
        return _named(high_bias, not high_bias and dev_error - train_error > tolerable)

    @mistake("Your threshold is fixed. Compare both gaps with the argument `tolerable`.")
    def threshold_fixed(train_error, dev_error, human_error=0.0, tolerable=1.5):
        return _named(train_error - human_error > 1.5, dev_error - train_error > 1.5)

    @mistake("A gap of exactly `tolerable` is still tolerable: use >, not >=.")
    def border_counts(train_error, dev_error, human_error=0.0, tolerable=1.5):
        return _named(train_error - human_error >= tolerable, dev_error - train_error >= tolerable)
