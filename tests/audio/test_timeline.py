"""The clocks agree with each other, with SciPy and with a convolution; labels behind the words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.audio import (
    insert_ones,
    label_step,
    label_steps,
    samples_in,
    spectrogram_columns,
    step_times,
)


@given(st.integers(1, 60), st.integers(1, 20), st.data())
def test_columns_are_the_places_of_a_window(n, length, data):
    overlap = data.draw(st.integers(0, length - 1))
    starts = range(0, n - length + 1, length - overlap)
    assert spectrogram_columns(n, length, overlap) == len(starts)


@given(st.integers(0, 60), st.integers(1, 20), st.integers(1, 6))
def test_steps_are_the_places_of_a_kernel(columns, kernel, stride):
    assert label_steps(columns, kernel, stride) == len(range(0, columns - kernel + 1, stride))


def test_the_numbers_of_the_course():
    assert samples_in(10_000, 44_100) == 441_000
    assert spectrogram_columns(441_000) == 5511
    assert label_steps(5511) == 1375
    assert label_step(10_000, 10_000, 1375) == 1374  # the last step reaches to the very end
    np.testing.assert_array_equal(samples_in([0, 0.1, 1.5], 8000), [0, 1, 12])


@given(st.floats(0, 1), st.integers(1, 1000))
def test_steps_and_times_are_inverse(where, n_steps):
    step = label_step(where * 3.0, 3.0, n_steps)
    assert 0 <= step < n_steps
    begin, end = step_times([step, step + 1], 3.0, n_steps)
    assert begin - 1e-9 <= where * 3.0 <= end + 1e-9
    assert label_step((begin + end) / 2, 3.0, n_steps) == step


def test_proportion_and_exact_place_differ_by_less_than_a_kernel():
    """A step's kernel begins at 4 columns per step; the proportion is a little behind at the end.

    So a label never stands before the kernel's begin, and its step has heard the moment."""
    steps = np.arange(1375)
    kernel_begins = steps * 4 * 80
    in_proportion = step_times(steps, 441_000, 1375)
    behind = in_proportion - kernel_begins
    assert behind.min() >= 0
    assert behind.max() < 14 * 80 + 200


@given(st.integers(1, 30), st.lists(st.integers(0, 29), max_size=4), st.integers(1, 9))
def test_ones_stand_behind_the_words(n_steps, steps, ones):
    steps = [s for s in steps if s < n_steps]
    expected = np.zeros(n_steps)
    for step in steps:
        expected[step + 1 : step + 1 + ones] = 1
    labels = np.zeros(n_steps)
    np.testing.assert_array_equal(insert_ones(labels, steps, ones), expected)
    column = insert_ones(labels.reshape(-1, 1), steps, ones)
    np.testing.assert_array_equal(column, expected.reshape(-1, 1))
    assert not labels.any()


def test_old_ones_stay():
    labels = insert_ones(np.zeros(6, np.float32), 0, 1)
    np.testing.assert_array_equal(insert_ones(labels, 3, 2), [0, 1, 0, 0, 1, 1])
    assert labels.dtype == np.float32


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: insert_ones(np.zeros(4), [1, 4]), "steps: expected 0 to 3; got 1 to 4"),
        (lambda: insert_ones(np.zeros(4), -1), "steps: expected 0 to 3"),
        (lambda: insert_ones(np.zeros(4), 1, 0), "ones: expected at least 1"),
        (lambda: label_step(11, 10, 5), "position: expected 0 to 10"),
        (lambda: label_step([-1, 2], 10, 5), "position: expected 0 to 10"),
        (lambda: label_steps(10, 0), "kernel: expected a whole number"),
        (lambda: label_steps(10, 3, 0), "stride: expected a whole number"),
        (lambda: spectrogram_columns(10, 4, 4), "overlap: expected less than window_length, 4"),
    ],
)
def test_wrong_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
