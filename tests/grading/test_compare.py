"""Comparisons accept what is right and say what is wrong."""

import numpy as np
import pytest

from dlcourse.grading import FLOAT32, assert_close, assert_shape, standard_error

ACCEPTED = [
    (1.0, 1.0),
    (np.float64(1.0), 1.0),
    (np.array(1.0), 1.0),
    (np.float32(1.0), 1.0),
    (np.ones((2, 1)), np.ones((2, 1))),
    (np.ones(2, "float32"), np.ones(2)),
    (np.array([1, 0]), np.array([1, 0])),
    (np.array([1.0, 0.0]), np.array([1, 0])),  # predictions as floats
    (np.array([True, False]), np.array([1, 0])),
    (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
    ([1.0, (2.0,)], (1.0, [2.0])),
    ({"dw": np.ones(1), "db": 0.5}, {"db": 0.5, "dw": np.ones(1)}),
    ("text", "text"),
    (None, None),
    (1e9 + 1.0, 1e9),  # the tolerance is relative
]

REFUSED = [
    (None, 1.0, "return statement"),
    (1.1, 1.0, "1.1, expected 1"),
    (np.array([[1.0]]), 1.0, "single number"),
    ("1.0", 1.0, "string"),
    (1.0, np.ones(1), "should be an array of shape"),
    ([1.0], np.ones(1), "list"),
    (np.ones(2), np.ones((2, 1)), "rank-1"),
    (np.ones((1, 2)), np.ones((2, 1)), r"shape \(1, 2\), expected \(2, 1\)"),
    (np.ones(2, "float16"), np.ones(2), "float16"),
    (np.float16(1.0), 1.0, "float16"),
    (np.ones(2, int), np.ones(2), "dtype int64"),
    (np.array([1.0, 2.0], object), np.array([1.0, 2.0]), "dtype object"),
    (np.array([1.0, np.nan]), np.ones(2), "NaN"),
    (np.array([1.0, 3.0]), np.array([1.0, 2.0]), r"off by up to 1 at index \(1,\)"),
    ({"dw": 1.0}, {"dw": 1.0, "db": 1.0}, "keys 'dw', expected 'db', 'dw'"),
    ({"dw": 1.0}, {"dw": 2.0}, r"\['dw'\] is 1, expected 2"),
    ([1.0], {"dw": 1.0}, "dictionary"),
    ((1.0,), (1.0, 2.0), "1 entries, expected 2"),
    (3, "three", "'three'"),
    (np.array(["a"]), np.array(["b"]), "got a, expected b"),
    (float("nan"), 1.0, "nan"),
]


@pytest.mark.parametrize(("actual", "expected"), ACCEPTED)
def test_right_answers_are_accepted(actual, expected):
    assert_close(actual, expected)


@pytest.mark.parametrize(("actual", "expected", "message"), REFUSED)
def test_wrong_answers_are_refused_with_the_reason(actual, expected, message):
    with pytest.raises(AssertionError, match=message):
        assert_close(actual, expected)


def test_the_tolerance_is_relative_to_the_largest_entry():
    expected = np.array([1000.0, 0.0])
    assert_close(np.array([1000.0, 0.9e-4]), expected)
    with pytest.raises(AssertionError):
        assert_close(np.array([1000.0, 1.1e-4]), expected)


def test_single_precision_has_its_own_tolerance():
    assert_close(np.float32(1.000005), 1.0, tolerance=FLOAT32)
    with pytest.raises(AssertionError):
        assert_close(np.float32(1.000005), 1.0)


def test_an_object_that_equals_everything_is_refused():
    class Everything:
        __hash__ = object.__hash__

        def __eq__(self, other):
            return True

    for expected in (1.0, np.ones(1), "x", [1], {"a": 1}):
        with pytest.raises(AssertionError):
            assert_close(Everything(), expected)


def test_shapes():
    assert_shape(np.zeros((0, 3)), (0, 3))
    with pytest.raises(AssertionError, match="rank-1"):
        assert_shape(np.zeros(3), (3, 1))
    with pytest.raises(AssertionError, match="should be an array"):
        assert_shape([0.0], (1,))


def test_the_standard_error_covers_random_means():
    rng = np.random.default_rng(0)
    means = rng.uniform(size=(2000, 50)).mean(axis=1) - 0.5
    bound = standard_error(1 / np.sqrt(12), 50)
    assert np.abs(means).max() < bound < 2 * np.abs(means).max()
