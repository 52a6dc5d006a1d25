"""Splitting the data: the sizes of the lecture, and nothing lost, doubled or torn apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.data_splits import split_examples, split_sizes


@pytest.mark.parametrize(
    ("m", "shares"), [(1_000, (60, 20, 20)), (10_000, (60, 20, 20)), (1_000_000, (98, 1, 1))]
)
def test_shares_of_the_lecture(m, shares):
    assert split_sizes(m) == tuple(m * share // 100 for share in shares)


@given(st.integers(3, 10**7))
def test_every_set_gets_some_and_train_the_most(m):
    train, dev, test = split_sizes(m)
    assert train + dev + test == m
    assert train >= dev == test >= 1


@given(st.lists(st.integers(0, 5), min_size=1, max_size=4), st.integers(0, 100))
def test_every_example_is_in_exactly_one_set_with_its_label(sizes, seed):
    X = np.arange(float(sum(sizes))).reshape(1, -1)
    parts = split_examples(X, X**2, sizes, np.random.default_rng(seed))
    assert [part.shape[1] for part, _ in parts] == sizes
    assert sorted(np.concatenate([part for part, _ in parts], axis=1)[0]) == X[0].tolist()
    assert all((labels == part**2).all() for part, labels in parts)


def test_the_order_is_shuffled():
    X = np.arange(1000.0).reshape(1, -1)
    (train, _), _ = split_examples(X, X, (500, 500), np.random.default_rng(0))
    # the mean of 500 of 1000 numbers, drawn without replacement, has a standard error of 9.1
    assert abs(train.mean() - 499.5) < 5 * 9.1


def test_bad_input_is_named():
    X, rng = np.zeros((2, 5)), np.random.default_rng(0)
    with pytest.raises(ValueError, match="m: expected at least 3 examples.*got 2"):
        split_sizes(2)
    with pytest.raises(ValueError, match=r"X, Y: expected two matrices.*\(2, 5\), \(5,\)"):
        split_examples(X, np.zeros(5), (5,), rng)
    with pytest.raises(ValueError, match="Y: expected one column per example of X, 5; got 4"):
        split_examples(X, np.zeros((1, 4)), (5,), rng)
    for sizes in ((3, 1), (6, -1), ()):
        with pytest.raises(ValueError, match="sizes: expected sizes of 0 or more that sum to 5"):
            split_examples(X, X, sizes, rng)
