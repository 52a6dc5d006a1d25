"""Schedules against Keras's and the numbers of the course."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch import schedules

EPOCHS = np.arange(25)
DECAYS = {
    "inverse": lambda e: schedules.inverse_time_decay(0.2, e, 0.7),
    "exponential": lambda e: schedules.exponential_decay(0.2, e),
    "root": lambda e: schedules.square_root_decay(0.2, e + 1, 1.5),
    "stairs": lambda e: schedules.staircase_decay(0.2, e, 4),
    "manual": lambda e: schedules.manual_schedule(e, {0: 0.2, 5: 0.1, 9: 0.01}),
}


def drawn(schedule, epochs=EPOCHS):
    return np.array([float(schedule(epoch)) for epoch in epochs])


def test_inverse_time_of_the_course():
    rates = schedules.inverse_time_decay(0.2, np.array([1, 2, 3, 4]))
    np.testing.assert_allclose(rates, [0.1, 0.067, 0.05, 0.04], atol=5e-4)


def test_exponential_of_the_course():
    np.testing.assert_allclose(
        schedules.exponential_decay(0.2, EPOCHS), 0.2 * np.cumprod([1.0] + [0.95] * 24)
    )


def test_root_by_hand():
    rates = schedules.square_root_decay(0.3, np.array([1, 4, 9]), k=2)
    np.testing.assert_allclose(rates, [0.6, 0.3, 0.2])


def test_equal_to_keras():
    k = keras.optimizers.schedules
    for ours, theirs in [
        (DECAYS["inverse"], k.InverseTimeDecay(0.2, 1, 0.7)),
        (DECAYS["exponential"], k.ExponentialDecay(0.2, 1, 0.95)),
        (DECAYS["stairs"], k.ExponentialDecay(0.2, 4, 0.5, staircase=True)),
        (
            lambda e: schedules.inverse_time_decay(0.2, e // 4),
            k.InverseTimeDecay(0.2, 4, 1.0, staircase=True),
        ),
        # Keras's boundary is the last step of the old rate, ours the first epoch of the new
        (DECAYS["manual"], k.PiecewiseConstantDecay([4, 8], [0.2, 0.1, 0.01])),
    ]:
        np.testing.assert_allclose(ours(EPOCHS), drawn(theirs), rtol=1e-5)


@pytest.mark.parametrize("name", DECAYS)
def test_numbers_and_arrays_agree_and_never_rise(name):
    rates = DECAYS[name](EPOCHS)
    assert rates.shape == EPOCHS.shape
    assert np.all(np.diff(rates) <= 0) and np.all(rates > 0)
    np.testing.assert_allclose(rates, drawn(DECAYS[name]), rtol=1e-12)
    # a Python float, which leaves float32 parameters float32
    assert type(DECAYS[name](3)) is float


@given(interval=st.integers(1, 9), factor=st.floats(0.1, 1), epoch=st.integers(0, 60))
def test_stairs_are_level_for_an_interval_and_then_fall_by_the_factor(interval, factor, epoch):
    here, start, after = (
        schedules.staircase_decay(1.0, e, interval, factor)
        for e in (epoch, epoch - epoch % interval, epoch + interval)
    )
    assert here == start
    assert after == pytest.approx(factor * here)


def test_table_may_be_written_in_any_order():
    table = {9: 0.01, 0: 0.2, 5: 0.1}
    assert schedules.manual_schedule(EPOCHS, table).tolist() == DECAYS["manual"](EPOCHS).tolist()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: schedules.inverse_time_decay(0, 1),
            "learning_rate: expected a number above 0; got 0",
        ),
        (lambda: schedules.inverse_time_decay(0.1, 1, -1), "decay_rate: .*above 0; got -1"),
        (lambda: schedules.inverse_time_decay(0.1, -1), "epoch: expected 0 or more; got -1"),
        (lambda: schedules.inverse_time_decay(0.1, float("nan")), "epoch: expected .*got nan"),
        (
            lambda: schedules.square_root_decay(0.1, np.array([1, 0])),
            r"epoch: expected 1 or more; got array\(\[1, 0\]\)",
        ),
        (lambda: schedules.square_root_decay(0.1, 1, 0), "k: expected a number above 0; got 0"),
        (lambda: schedules.exponential_decay(0.1, 1, 1.5), r"base: .*\(0, 1\]; got 1.5"),
        (lambda: schedules.staircase_decay(0.1, 1, 0), "interval: .*at least 1; got 0"),
        (lambda: schedules.staircase_decay(0.1, 1, 5, 0), r"factor: .*\(0, 1\]; got 0"),
        (lambda: schedules.manual_schedule(1, {3: 0.1}), r"table: .*epoch 0; got epochs \[3\]"),
        (lambda: schedules.manual_schedule(1, {}), r"table: .*got epochs \[\]"),
        (
            lambda: schedules.manual_schedule(1, {0: 0.1, 4: 0}),
            r"table\[4\]: expected a number above 0",
        ),
        (lambda: schedules.manual_schedule(-1, {0: 0.1}), "epoch: expected 0 or more; got -1"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
