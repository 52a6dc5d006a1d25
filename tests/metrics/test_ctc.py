"""The collapse of labels against its definition, and Keras's own greedy decoding.

The other backends: tests/decoding/test_backends.py, which starts them anyway.
"""

import itertools

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from dlcourse.metrics import ctc_collapse, ctc_greedy

LABELS = arrays.arrays(np.int32, (3, 7), elements=st.integers(0, 3))


def collapsed(labels, blank):
    return [int(label) for label, _ in itertools.groupby(labels) if label != blank]


@settings(max_examples=60)
@given(
    LABELS, st.integers(0, 3), st.none() | arrays.arrays(np.int32, 3, elements=st.integers(0, 7))
)
def test_merged_and_without_blanks(labels, blank, lengths):
    found, counts = (np.array(tensor) for tensor in ctc_collapse(labels, blank, lengths))
    for row in range(3):
        expected = collapsed(labels[row, : None if lengths is None else lengths[row]], blank)
        assert counts[row] == len(expected)
        assert found[row].tolist() == expected + [-1] * (7 - len(expected))


def test_equal_to_keras():
    log_p = np.log(np.random.default_rng(0).dirichlet(np.ones(5), (4, 9))).astype(np.float32)
    lengths = np.array([9, 4, 1, 7])
    found, counts = ctc_greedy(log_p, blank=2, lengths=lengths)
    (expected,), _ = keras.ops.ctc_decode(log_p, lengths, strategy="greedy", mask_index=2)
    expected = np.array(expected)
    for row in range(4):
        ours = np.array(found)[row, : counts[row]]
        np.testing.assert_array_equal(ours, expected[row][expected[row] >= 0])


def test_nothing_is_said():
    found, counts = ctc_collapse(np.zeros((2, 4), np.int32))
    assert (np.array(found) == -1).all() and not np.array(counts).any()
    assert ctc_collapse(np.zeros((2, 0), np.int32))[0].shape == (2, 0)
    assert ctc_collapse(np.zeros((0, 3), np.int32))[1].shape == (0,)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: ctc_collapse([1, 2]), r"labels: expected whole numbers \(m, T\)"),
        (lambda: ctc_collapse([[0.5]]), "labels: expected whole numbers"),
        (lambda: ctc_collapse([[1]], lengths=[1, 2]), r"lengths: expected shape \(1,\)"),
        (lambda: ctc_greedy(np.zeros((2, 3))), r"log_probabilities: expected shape \(m, T, V\)"),
        (lambda: ctc_greedy(np.zeros((2, 3, 4)), blank=4), "V above the blank's 4"),
    ],
)
def test_bad_input(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
