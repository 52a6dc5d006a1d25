"""Schedules against the numbers of the course, the laws in NumPy, Keras's, and under backends."""

import json
import math

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse import optimizers, schedules
from dlcourse.schedules import learning_rates
from dlcourse.scratch import schedules as laws
from tests.backends import BACKENDS
from tests.optimizers.test_equality import report

THEIRS = keras.optimizers.schedules
RATE, STEPS, PER_EPOCH = 0.2, 40, 3
EPOCHS = np.arange(STEPS) // PER_EPOCH
TABLE = {5: 0.1, 0: 0.2, 9: 0.01}
# schedule -> the same law as a function of the epoch
LAWS = [
    (schedules.InverseTimeDecay(RATE, 3, 0.7), laws.inverse_time_decay(RATE, EPOCHS, 0.7)),
    (schedules.ExponentialDecay(RATE, 3), laws.exponential_decay(RATE, EPOCHS)),
    (schedules.SquareRootDecay(RATE, 3, 1.5), laws.square_root_decay(RATE, EPOCHS + 1, 1.5)),
    (schedules.StaircaseDecay(RATE, 3, 4, 0.3), laws.staircase_decay(RATE, EPOCHS, 4, 0.3)),
    (schedules.ManualSchedule(TABLE, 3), laws.manual_schedule(EPOCHS, TABLE)),
]
NAMES = [type(schedule).__name__ for schedule, _ in LAWS]
EVERY = [
    *[schedule for schedule, _ in LAWS],
    schedules.CosineDecay(0.3, 7, final=0.2),
    schedules.Warmup(0.3, 5),
    schedules.Warmup(schedules.ManualSchedule(TABLE, 4), 5),
]


def test_inverse_time_of_the_course():
    rates = learning_rates(schedules.InverseTimeDecay(0.2), 5)
    np.testing.assert_allclose(rates, [0.2, 0.1, 0.067, 0.05, 0.04], atol=5e-4)


@pytest.mark.parametrize(("schedule", "expected"), LAWS, ids=NAMES)
def test_the_law_of_the_epoch(schedule, expected):
    np.testing.assert_allclose(learning_rates(schedule, STEPS), expected, rtol=1e-5)


def test_equal_to_keras():
    for ours, theirs in [
        (LAWS[0][0], THEIRS.InverseTimeDecay(RATE, 3, 0.7, staircase=True)),
        (LAWS[1][0], THEIRS.ExponentialDecay(RATE, 3, 0.95, staircase=True)),
        (LAWS[3][0], THEIRS.ExponentialDecay(RATE, 12, 0.3, staircase=True)),
        # Keras's boundary is the last step of the old rate, ours the first epoch of the new
        (LAWS[4][0], THEIRS.PiecewiseConstantDecay([14, 26], [0.2, 0.1, 0.01])),
        (schedules.CosineDecay(0.3, 17), THEIRS.CosineDecay(0.3, 17)),
        (schedules.CosineDecay(0.3, 17, final=0.1), THEIRS.CosineDecay(0.3, 17, alpha=0.1)),
    ]:
        np.testing.assert_allclose(
            learning_rates(ours, STEPS), learning_rates(theirs, STEPS), rtol=1e-5, atol=1e-8
        )


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_backend(backend):
    found = report(backend)["laws"]
    half = math.sqrt(0.5)
    expected = {
        "inverse": [0.2, 0.2, 0.1, 0.1, 0.2 / 3, 0.2 / 3],
        "exponential": [0.2, 0.2, 0.19, 0.19, 0.1805, 0.1805],
        "root": [0.2, 0.2, 0.2 * half, 0.2 * half, 0.2 / math.sqrt(3), 0.2 / math.sqrt(3)],
        "stairs": [0.2, 0.2, 0.2, 0.2, 0.1, 0.1],
        "manual": [0.2, 0.2, 0.2, 0.2, 0.1, 0.1],
        "cosine": [0.2, 0.1 + 0.1 * half, 0.1, 0.1 - 0.1 * half, 0.0, 0.0],
        "warm-up": [0.05, 0.1, 0.15, 0.2, 0.1 + 0.1 * half, 0.1],
    }
    assert found.keys() == expected.keys()
    for name, rates in expected.items():
        np.testing.assert_allclose(found[name], rates, rtol=1e-6, atol=1e-12)


@settings(max_examples=20)
@given(warmup_steps=st.integers(0, 12), rate=st.floats(1e-4, 10))
def test_a_warm_up_climbs_evenly_and_then_stays(warmup_steps, rate):
    rates = learning_rates(schedules.Warmup(rate, warmup_steps), warmup_steps + 3)
    climb = np.diff([0, *rates[: warmup_steps + 1]])
    np.testing.assert_allclose(climb, rate / (warmup_steps + 1), rtol=1e-4)
    np.testing.assert_allclose(rates[warmup_steps:], rate, rtol=1e-6)


def test_steps_far_out_are_told_apart():
    late = 2**25
    schedule = schedules.ManualSchedule({0: 0.2, late: 0.1})
    # float32 does not know 2^25 - 1
    assert float(schedule(late * 1 - 1)) == pytest.approx(0.1)
    schedule = schedules.ManualSchedule({0: 0.2, 2: 0.1}, steps_per_epoch=late)
    assert float(schedule(tf.constant(2 * late - 1, "int64"))) == pytest.approx(0.2)
    assert float(schedule(tf.constant(2 * late, "int64"))) == pytest.approx(0.1)


@pytest.mark.parametrize("schedule", EVERY, ids=lambda schedule: type(schedule).__name__)
def test_comes_back_from_its_configuration(schedule):
    text = json.dumps(keras.saving.serialize_keras_object(schedule))
    again = keras.saving.deserialize_keras_object(json.loads(text))
    assert type(again) is type(schedule)
    assert learning_rates(again, STEPS).tolist() == learning_rates(schedule, STEPS).tolist()
    optimizer = optimizers.SGD(schedule)
    copy = optimizers.SGD.from_config(optimizer.get_config())
    assert copy.get_config() == optimizer.get_config()


@pytest.mark.parametrize("schedule", EVERY, ids=lambda schedule: type(schedule).__name__)
def test_in_a_graph(schedule):
    compiled = tf.function(schedule)
    for step in (0, 4, 25):
        assert float(compiled(tf.constant(step))) == pytest.approx(float(schedule(step)), rel=1e-6)


def test_an_optimizer_follows():
    weight = keras.Variable(0.0)
    optimizer = optimizers.SGD(schedules.InverseTimeDecay(0.2, steps_per_epoch=2))
    steps = []
    for _ in range(4):
        before = float(weight.numpy())
        optimizer.apply([keras.ops.array(1.0)], [weight])
        steps.append(before - float(weight.numpy()))
    np.testing.assert_allclose(steps, [0.2, 0.2, 0.1, 0.1], rtol=1e-5)


@pytest.mark.parametrize(("examples", "steps"), [(1, 1), (64, 1), (65, 2), (1347, 22)])
def test_the_short_last_batch_counts(examples, steps):
    assert schedules.EpochSchedule.steps_per_epoch_of(examples, 64) == steps


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: schedules.InverseTimeDecay(0), "learning_rate: expected .*above 0; got 0"),
        (lambda: schedules.InverseTimeDecay(0.1, 0), "steps_per_epoch: .*at least 1; got 0"),
        (lambda: schedules.InverseTimeDecay(0.1, 2.5), "steps_per_epoch: .*whole number.*got 2.5"),
        (lambda: schedules.InverseTimeDecay(0.1, 1, -1), "decay_rate: .*above 0; got -1"),
        (lambda: schedules.ExponentialDecay(0.1, base=1.1), r"base: .*\(0, 1\]; got 1.1"),
        (lambda: schedules.SquareRootDecay(0.1, k=0), "k: .*above 0; got 0"),
        (lambda: schedules.StaircaseDecay(0.1, interval=0), "interval: .*at least 1; got 0"),
        (lambda: schedules.StaircaseDecay(0.1, factor=0), r"factor: .*\(0, 1\]; got 0"),
        (lambda: schedules.ManualSchedule({}), r"table: .*epoch 0; got epochs \[\]"),
        (lambda: schedules.ManualSchedule({2: 0.1}), r"table: .*epoch 0; got epochs \[2\]"),
        (lambda: schedules.ManualSchedule({0: 0.1, 0.5: 1}), "table: epoch: .*got 0.5"),
        (lambda: schedules.ManualSchedule({0: 0.1, 2: 0}), r"table\[2\]: .*above 0; got 0"),
        (lambda: schedules.CosineDecay(0.1, 0), "decay_steps: .*at least 1; got 0"),
        (lambda: schedules.CosineDecay(0.1, 1, 2), r"final: expected a number in \[0, 1\]; got 2"),
        (lambda: schedules.Warmup(-1, 3), "learning_rate: .*above 0; got -1"),
        (lambda: schedules.Warmup(0.1, -1), "warmup_steps: .*at least 0; got -1"),
        (lambda: learning_rates(schedules.Warmup(0.1, 1), 0), "steps: .*at least 1; got 0"),
        (lambda: schedules.EpochSchedule.steps_per_epoch_of(10, 0), "batch_size: .*got 0"),
    ],
)
def test_bad_arguments_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()
