"""Error analysis, labels, splits of mismatched data, synthesis, transfer and the rest of week 2."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dlcourse import strategy

IMAGES = {
    "dog": range(8),
    "great cat": range(8, 51),
    "blurry": range(39, 100),
    "filter": range(88, 100),
}
TAGS = [{kind for kind, images in IMAGES.items() if i in images} for i in range(100)]


def test_error_analysis_of_the_course():
    found = strategy.analyse_errors(TAGS, error=10)
    assert [(kind.name, kind.share) for kind in found] == [
        ("blurry", 61),
        ("great cat", 43),
        ("filter", 12),
        ("dog", 8),
    ]
    dog = found[-1]
    # of 10 % error, dogs are 0.8 points at most; were half of the mistakes dogs, they would be 5
    assert dog.ceiling == pytest.approx(0.8) and dog.error_left == pytest.approx(9.2)
    [half] = strategy.analyse_errors(50 * [["dog"]] + 50 * [[]], error=10)
    assert (half.ceiling, half.error_left) == (5, 5)


@given(st.lists(st.sets(st.sampled_from("abc")), min_size=1, max_size=30), st.floats(0, 100))
def test_ceilings_and_what_is_left_make_the_error(tags, error):
    for kind in strategy.analyse_errors(tags, error):
        assert kind.ceiling + kind.error_left == pytest.approx(error)
        assert kind.count == sum(kind.name in names for names in tags) > 0
        assert kind.uncertainty == pytest.approx(
            100 * stats.binom(len(tags), kind.share / 100).std() / len(tags), abs=1e-9
        )


def test_examples_without_any_kind_count_as_examined():
    [kind] = strategy.analyse_errors([["dog"], [], [], []], error=8)
    assert (kind.share, kind.ceiling) == (25, 2)


def test_mislabelled_examples_of_the_course():
    early, late = strategy.judge_labels(10, 0.6), strategy.judge_labels(2, 0.6)
    assert (early.share, early.other_error, early.worth_correcting) == (6, 9.4, False)
    assert (late.share, late.other_error, late.worth_correcting) == (30, 1.4, True)
    # 2.1 against 1.9 %: which is better cannot be seen through 0.6 points of wrong labels
    assert strategy.judge_labels(2, 0.6, difference=0.2).worth_correcting
    assert not strategy.judge_labels(2, 0.1, difference=0.2).worth_correcting
    assert strategy.judge_labels(0, 0).share == 0


def test_expected_app_images_of_the_course():
    split = strategy.expected_in_shuffled_split(200_000, 10_000, 2_500)
    assert round(split.expected) == 119
    exact = stats.hypergeom(210_000, 10_000, 2_500)
    assert split.expected == pytest.approx(exact.mean())
    assert split.deviation == pytest.approx(exact.std())
    assert strategy.expected_in_shuffled_split(0, 1, 1).deviation == 0


def test_the_right_split_of_the_course():
    split = strategy.split_for_target(
        200_000, 10_000, (2_500, 2_500), np.random.default_rng(0), train_dev=2_000
    )
    assert (len(split.train), len(split.train_dev)) == (203_000, 2_000)
    assert split.dev.min() >= 200_000 and split.test.min() >= 200_000
    # the train-dev set is of the mixture that is trained on: 5,000 of 205,000 are from the app
    from_app = np.mean(split.train_dev >= 200_000)
    share = 5_000 / 205_000
    assert abs(from_app - share) < 4 * np.sqrt(share * (1 - share) / 2_000)


@given(
    other=st.integers(0, 30),
    target=st.integers(2, 30),
    seed=st.integers(0, 9),
    data=st.data(),
)
def test_every_example_is_in_exactly_one_set(other, target, seed, data):
    dev = data.draw(st.integers(1, target - 1))
    test = data.draw(st.integers(1, target - dev))
    train_dev = data.draw(st.integers(0, other + target - dev - test))
    rng = np.random.default_rng(seed)
    split = strategy.split_for_target(other, target, (dev, test), rng, train_dev)
    parts = [split.train, split.train_dev, split.dev, split.test]
    assert [len(part) for part in parts[1:]] == [train_dev, dev, test]
    assert sorted(np.concatenate(parts)) == list(range(other + target))
    assert min([*split.dev, *split.test]) >= other


@given(decibels=st.floats(-30, 40), loudness=st.floats(1e-3, 1e3), seed=st.integers(0, 99))
def test_noise_has_the_ratio_that_was_asked_for(decibels, loudness, seed):
    rng = np.random.default_rng(seed)
    signal, noise = np.sin(np.arange(50)), loudness * rng.standard_normal(80)
    added = strategy.add_noise(signal, noise, decibels, rng) - signal
    assert strategy.signal_to_noise(signal, added) == pytest.approx(decibels, abs=1e-6)
    # it is a piece of the recording, only louder or softer
    pieces = np.lib.stride_tricks.sliding_window_view(noise, 50)
    alike = pieces @ added / np.linalg.norm(pieces, axis=1) / np.linalg.norm(added)
    assert alike.max() == pytest.approx(1)


def test_every_piece_of_the_noise_can_come():
    rng = np.random.default_rng(0)
    noise = np.array([1.0, 2.0, 3.0])
    signs = {
        float(strategy.add_noise(np.ones(1), noise * [1, 1, -1], 0, rng)[0]) for _ in range(50)
    }
    assert signs == {0.0, 2.0}


def test_ten_times_the_amplitude_are_twenty_decibels():
    assert strategy.signal_to_noise(10 * np.ones(4), -np.ones(9)) == pytest.approx(20)


def test_one_hour_of_noise_is_heard_ten_thousand_times():
    assert strategy.noise_reuse(10_000, 1) == 10_000


def test_the_trap_is_invisible_until_the_noise_is_new():
    few, many = (strategy.measure_noise_trap(n, np.random.default_rng(3)) for n in (20, 2_000))
    assert few.reuse == 100 and few.known_noise_error == 0 and few.new_noise_error > 20
    assert many.known_noise_error < 2 and many.new_noise_error < 2


def test_the_four_cases_of_transfer():
    cases = {
        (plenty, similar): strategy.transfer_plan(plenty=plenty, similar=similar)
        for plenty in (False, True)
        for similar in (False, True)
    }
    assert len(set(cases.values())) == 4
    assert {case: plan.freeze for case, plan in cases.items()} == {
        (False, True): "all",
        (False, False): "early",
        (True, True): "none",
        (True, False): "none",
    }
    # features can be stored exactly where something in front of the trained part is frozen
    assert all(plan.precompute == (plan.freeze != "none") for plan in cases.values())


def test_when_transfer_makes_sense():
    sense = strategy.transfer_makes_sense
    assert sense(True, 1_000_000, 100).choice == "transfer"
    for arguments in [(False, 10**6, 100), (True, 100, 100), (True, 10**6, 100, False)]:
        assert sense(*arguments).choice == "train on B alone"
        assert len(sense(*arguments).reasons) == 1
    assert len(sense(False, 1, 2, False).reasons) == 3


def test_when_one_network_for_all_tasks():
    decide = strategy.multi_task_or_separate
    signs = dict.fromkeys(("car", "sign", "light"), 1_000)
    assert decide(signs).choice == "multi-task"
    assert decide(signs, shared_features=False).choice == "separate"
    assert decide(signs, large_enough=False).choice == "separate"
    uneven = decide({"many": 10_000, "few": 100, "fewer": 10})
    assert uneven.choice == "separate" and uneven.reasons[0].startswith("many: 10000")


def test_end_to_end_or_not():
    decide = strategy.end_to_end_or_components
    steps = {"find the face": 10**6, "same person?": 10**8}
    assert decide(5_000, steps, needed=10**6).choice == "components"
    assert decide(10**7, steps, needed=10**6).choice == "end to end"
    assert decide(5_000, {"one step": 10**6, "other": 100}, needed=10**6).choice == "collect data"
    assert str(decide(10**7, steps, 10**6)).startswith("end to end\n- 10000000 examples")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: strategy.analyse_errors([], 10), "tags: expected at least one"),
        (lambda: strategy.analyse_errors([["a"]], 101), "error: .*got 101"),
        (lambda: strategy.judge_labels(2, 3), "label_error: .*at most 2; got 3"),
        (lambda: strategy.judge_labels(2, 1, -1), "difference: .*got -1"),
        (lambda: strategy.expected_in_shuffled_split(5, 5, 11), "dev_size: .*all 10 .*got 11"),
        (lambda: strategy.expected_in_shuffled_split(-5, 5, 1), "other: .*at least 0; got -5"),
        (lambda: strategy.split_for_target(9, 4, (3, 2), None), "held_out: .*at most 4"),
        (lambda: strategy.split_for_target(9, 4, (3, 0), None), "held_out: .*at least 1; got 0"),
        (lambda: strategy.split_for_target(2, 4, (2, 2), None, 3), "train_dev: .*most 2 .*got 3"),
        (lambda: strategy.add_noise([1, 2], [1], 0, None), r"noise: .*got shapes \(1,\) and \(2,"),
        (lambda: strategy.signal_to_noise([0], [1]), "signal: .*got silence"),
        (lambda: strategy.signal_to_noise([1], []), "noise: .*got silence"),
        (lambda: strategy.noise_reuse(0, 1), "signal_hours: .*above 0; got 0"),
        (lambda: strategy.measure_noise_trap(0, None), "clips: .*at least 1; got 0"),
        (lambda: strategy.transfer_makes_sense(True, -1, 1), "examples_a: .*got -1"),
        (lambda: strategy.multi_task_or_separate({"a": 1}), r"examples: .*two tasks; got \['a'\]"),
        (lambda: strategy.multi_task_or_separate({"a": 1, "b": 0.5}), r"examples\['b'\]: .*0.5"),
        (lambda: strategy.end_to_end_or_components(1, {}, 1), "steps: expected at least one"),
        (lambda: strategy.end_to_end_or_components(1, {"a": 1}, 0), "needed: .*got 0"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
