"""Mini-batches: every example once, with its label, in a new order, the last batch short."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.mini_batches import mini_batch_slices, random_mini_batches

sizes = st.integers(1, 60)


def labelled(m, classes=1):
    X = np.arange(3 * m).reshape(3, m)
    return X, np.tile(X[:1] * 7, (classes, 1))


@given(m=sizes, batch_size=sizes)
def test_slices_are_what_a_loop_over_the_examples_collects(m, batch_size):
    batches, batch = [], []
    for example in range(m):
        batch.append(example)
        if len(batch) == batch_size or example == m - 1:
            batches.append(batch)
            batch = []
    assert [list(range(m))[part] for part in mini_batch_slices(m, batch_size)] == batches


@given(m=sizes, batch_size=sizes, classes=st.integers(1, 4), seed=st.integers(0, 99))
def test_every_example_comes_once_and_keeps_its_label(m, batch_size, classes, seed):
    X, Y = labelled(m, classes)
    batches = random_mini_batches(X, Y, batch_size, np.random.default_rng(seed))
    widths = [X_batch.shape[1] for X_batch, _ in batches]
    assert widths[:-1] == [batch_size] * (len(widths) - 1)
    assert sum(widths) == m and 1 <= widths[-1] <= batch_size
    together = np.hstack([X_batch for X_batch, _ in batches])
    assert np.array_equal(np.sort(together, axis=1), X)
    for X_batch, Y_batch in batches:
        assert Y_batch.shape == (classes, X_batch.shape[1])
        assert np.all(Y_batch == 7 * X_batch[:1])


def test_short_last_batch_of_the_course():
    X, Y = labelled(148)
    shapes = [b.shape for b, _ in random_mini_batches(X, Y, 64, np.random.default_rng(0))]
    assert shapes == [(3, 64), (3, 64), (3, 20)]


def test_batch_and_stochastic_are_the_two_ends():
    X, Y = labelled(5)
    rng = np.random.default_rng(0)
    assert [b.shape for b, _ in random_mini_batches(X, Y, 5, rng)] == [(3, 5)]
    assert [b.shape for b, _ in random_mini_batches(X, Y, 1, rng)] == [(3, 1)] * 5


def test_order_is_random_new_every_time_and_repeatable():
    X, Y = labelled(50)
    rng = np.random.default_rng(0)
    first, second = (random_mini_batches(X, Y, 50, rng)[0][0] for _ in range(2))
    again = random_mini_batches(X, Y, 50, np.random.default_rng(0))[0][0]
    assert not np.array_equal(first, X)
    assert not np.array_equal(first, second)
    assert np.array_equal(first, again)
    assert np.array_equal(X, labelled(50)[0])


def test_every_example_can_come_first():
    X, Y = labelled(4)
    rng = np.random.default_rng(0)
    first = [random_mini_batches(X, Y, 1, rng)[0][0][0, 0] for _ in range(400)]
    counts = np.bincount(first, minlength=4)
    assert np.all(abs(counts - 100) < 5 * np.sqrt(400 * 0.25 * 0.75))


@pytest.mark.parametrize(
    ("X", "Y", "batch_size", "message"),
    [
        (np.zeros(5), np.zeros((1, 5)), 2, r"X: expected \(n_x, m\).*got shape \(5,\)"),
        (np.zeros((3, 0)), np.zeros((1, 0)), 2, r"X: .*one column or more; got shape \(3, 0\)"),
        (np.zeros((3, 5)), np.zeros((5, 1)), 2, r"Y: expected \(1 or C, 5\).*got shape \(5, 1\)"),
        (np.zeros((3, 5)), np.zeros(5), 2, r"Y: expected .*got shape \(5,\)"),
        (np.zeros((3, 5)), np.zeros((1, 5)), 0, "batch_size: .*whole number of at least 1; got 0"),
        (np.zeros((3, 5)), np.zeros((1, 5)), 2.0, "batch_size: .*whole number.*got 2.0"),
    ],
)
def test_bad_input_is_named(X, Y, batch_size, message):
    with pytest.raises(ValueError, match=message):
        random_mini_batches(X, Y, batch_size, np.random.default_rng(0))
