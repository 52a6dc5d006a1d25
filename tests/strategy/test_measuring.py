"""Single numbers, limits, weights and the make-up of dev and test sets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from dlcourse import strategy

RATES = st.floats(0.01, 100)


def test_f1_of_the_course():
    assert strategy.f1(95, 90) == pytest.approx(92.4, abs=0.05)
    assert strategy.f1(98, 85) == pytest.approx(91.0, abs=0.05)
    assert strategy.f1(0, 0) == 0


@given(precision=RATES, recall=RATES)
def test_f1_lies_between_and_near_the_smaller(precision, recall):
    f1, smaller = strategy.f1(precision, recall), min(precision, recall)
    assert smaller * (1 - 1e-9) <= f1 <= min(max(precision, recall), 2 * smaller) * (1 + 1e-9)


def test_f1_is_scikit_learn_s():
    y, guess = np.array([1, 1, 1, 0, 0, 1]), np.array([1, 0, 1, 1, 0, 1])
    p, r = 100 * metrics.precision_score(y, guess), 100 * metrics.recall_score(y, guess)
    assert strategy.f1(p, r) == pytest.approx(100 * metrics.f1_score(y, guess))


def test_average_over_regions_ranks():
    errors = {"A": [3, 7, 5, 9], "B": [5, 6, 5, 10], "C": [2, 3, 4, 5]}
    found = strategy.average_over_regions(errors)
    assert list(found.items()) == [("C", 3.5), ("A", 6.0), ("B", 6.5)]
    weighted = strategy.average_over_regions(errors, weights=[1, 0, 0, 0])
    assert weighted == {"C": 2, "A": 3, "B": 5}


MODELS = {
    "A": {"accuracy": 90, "ms": 80, "size": 10},
    "B": {"accuracy": 92, "ms": 95, "size": 30},
    "C": {"accuracy": 95, "ms": 1500, "size": 20},
}


def test_optimizing_and_satisficing_of_the_course():
    chosen = strategy.choose(MODELS, "accuracy", at_most={"ms": 100})
    assert (chosen.name, chosen.value, chosen.ranking) == ("B", 92, ("B", "A"))
    assert chosen.ruled_out == {"C": "ms 1500 > 100"}


def test_choice_without_limits_with_several_and_for_errors():
    assert strategy.choose(MODELS, "accuracy").name == "C"
    assert strategy.choose(MODELS, "ms", higher_is_better=False).name == "A"
    both = strategy.choose(MODELS, "ms", at_most={"size": 25}, at_least={"accuracy": 91})
    assert both.name == "C"
    assert both.ruled_out == {"A": "accuracy 90 < 91", "B": "size 30 > 25"}
    # a limit that is just met is met
    assert strategy.choose(MODELS, "accuracy", at_most={"ms": 95}).name == "B"


@given(st.lists(st.sampled_from([0, 1]), min_size=1, max_size=30), st.randoms())
def test_weighted_error_without_weights_is_the_error(labels, random):
    y = np.array(labels)
    guess = np.array([random.choice([0, 1]) for _ in labels])
    assert strategy.weighted_error(y, guess) == pytest.approx(metrics.zero_one_loss(y, guess))
    weights = np.array([random.uniform(0.1, 100) for _ in labels])
    assert strategy.weighted_error(y, guess, weights) == pytest.approx(
        metrics.zero_one_loss(y, guess, sample_weight=weights)
    )


def test_weight_100_turns_the_ranking_of_the_course_round():
    banned = np.arange(1000) < 10
    a = np.where(np.arange(1000) < 30, 1 - banned, banned)  # 3 % error, all ten banned ones pass
    b = np.where(np.arange(1000) >= 950, 1 - banned, banned)  # 5 % error, none of them
    weights = np.where(banned, 100, 1)
    plain = {"A": strategy.weighted_error(banned, a), "B": strategy.weighted_error(banned, b)}
    changed = {
        "A": strategy.weighted_error(banned, a, weights),
        "B": strategy.weighted_error(banned, b, weights),
    }
    assert plain == {"A": pytest.approx(0.03), "B": pytest.approx(0.05)}
    assert strategy.metric_contradicts(plain, ["B", "A"]) == [("B", "A")]
    assert changed == {"A": pytest.approx(1020 / 1990), "B": pytest.approx(50 / 1990)}
    assert strategy.metric_contradicts(changed, ["B", "A"]) == []


def test_equal_errors_contradict_a_preference():
    assert strategy.metric_contradicts({"A": 1, "B": 1, "C": 2}, ["A", "B", "C"]) == [("A", "B")]


@given(m=st.integers(2, 60), data=st.data())
def test_dev_and_test_share_nothing_and_leave_nothing(m, data):
    dev_size = data.draw(st.integers(1, m - 1))
    dev, test = strategy.shuffled_dev_test(m, dev_size, np.random.default_rng(0))
    assert len(dev) == dev_size and sorted([*dev, *test]) == list(range(m))


def test_shuffled_regions_are_alike_and_split_ones_are_not():
    regions = np.repeat(["US", "UK", "India", "China"], 2500)
    dev, test = strategy.shuffled_dev_test(10_000, 5_000, np.random.default_rng(0))
    shares, distance = strategy.group_shares(regions[dev], regions[test])
    assert distance < 2 * np.sqrt(4 / 5000)
    assert all(sum(column) == pytest.approx(100) for column in zip(*shares.values(), strict=True))
    assert strategy.group_shares(regions[:5000], regions[5000:])[1] == 1


def test_visible_difference_is_what_two_samples_differ_by():
    rng = np.random.default_rng(0)
    errors = 100 * rng.binomial(1000, 0.03, size=(2, 20_000)) / 1000
    spread = np.std(errors[0] - errors[1])
    assert strategy.smallest_visible_difference(1000, 3) == pytest.approx(2 * spread, rel=0.02)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: strategy.f1(101, 5), "precision: expected a rate .*got 101"),
        (lambda: strategy.f1(5, float("nan")), "recall: expected a rate .*got nan"),
        (lambda: strategy.average_over_regions({}), "errors: expected one rate .*got {}"),
        (lambda: strategy.average_over_regions({"A": [1], "B": [1, 2]}), "{'A': 1, 'B': 2}"),
        (lambda: strategy.average_over_regions({"A": [-1]}), r"errors\['A'\]: .*got -1"),
        (lambda: strategy.choose({}, "accuracy"), "candidates: expected at least one"),
        (lambda: strategy.choose(MODELS, "f1"), r"candidates\['A'\]: .*without f1"),
        (lambda: strategy.choose(MODELS, "ms", at_most={"ms": 1}), "none satisfies the limits"),
        (lambda: strategy.weighted_error([1], [1, 0]), r"equal shapes; got \(1,\), \(2,\)"),
        (lambda: strategy.weighted_error([1], [1], [0]), "weights: expected .*not all 0"),
        (lambda: strategy.weighted_error([1, 0], [1, 0], [2, -1]), "weights: expected"),
        (lambda: strategy.metric_contradicts({"A": 1}, ["B"]), "preferred: expected all of"),
        (lambda: strategy.shuffled_dev_test(3, 3, None), "dev_size: expected 1 to 2 of 3"),
        (lambda: strategy.shuffled_dev_test(3, 0, None), "dev_size: expected 1 to 2 of 3"),
        (lambda: strategy.group_shares([], ["a"]), "at least one example in each"),
        (lambda: strategy.smallest_visible_difference(0, 3), "m: .*at least 1; got 0"),
        (lambda: strategy.smallest_visible_difference(9, 300), "error: .*got 300"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
