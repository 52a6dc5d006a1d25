"""Bias and variance: the cases of the lectures."""

import pytest

from dlcourse.scratch.bias_variance import bias_and_variance, diagnose


@pytest.mark.parametrize(
    ("train", "dev", "expected"),
    [
        (1, 11, "high variance"),
        (15, 16, "high bias"),
        (15, 30, "high bias and high variance"),
        (0.5, 1, "neither"),
    ],
)
def test_cases_of_the_lecture(train, dev, expected):
    assert diagnose(train, dev) == expected


@pytest.mark.parametrize(("human", "gaps"), [(1, (7, 2)), (7.5, (0.5, 2))])
def test_what_a_human_cannot_do_is_no_bias(human, gaps):
    assert bias_and_variance(8, 10, human) == gaps
    assert ("bias" in diagnose(8, 10, human)) == (human == 1)


def test_what_is_tolerable_depends_on_the_task():
    assert diagnose(1, 2, tolerable=0.5) == "high bias and high variance"
    assert diagnose(15, 30, tolerable=20) == "neither"


@pytest.mark.parametrize("position", range(3))
@pytest.mark.parametrize("rate", [-0.1, 100.1, float("nan")])
def test_impossible_rates_are_named(position, rate):
    rates = [10.0, 20.0, 5.0]
    rates[position] = rate
    name = ("train_error", "dev_error", "human_error")[position]
    with pytest.raises(ValueError, match=f"{name}: expected a rate from 0 to 100 per cent; got"):
        diagnose(*rates)
