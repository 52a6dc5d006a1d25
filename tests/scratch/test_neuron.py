"""The neuron by hand, and the perceptron beside the logistic neuron."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.neuron import neuron, step_and_sigmoid

W = np.array([[2.0], [-1.0], [0.5]])
X = np.array([[1.0, 0.0], [3.0, 1.0], [4.0, -2.0]])


def test_neuron_by_hand():
    # column 1: 2 - 3 + 2 + 0.25 = 1.25; column 2: 0 - 1 - 1 + 0.25 = -1.75
    assert neuron(W, 0.25, X, np.asarray).tolist() == [[1.25, -1.75]]
    assert neuron(W, 0.25, X, np.square).tolist() == [[1.5625, 3.0625]]


def test_neuron_wants_one_weight_per_row():
    with pytest.raises(ValueError, match=r"w: expected shape \(3, 1\).*got \(2, 1\)"):
        neuron(np.ones((2, 1)), 0.0, X, np.asarray)


def test_zero_is_on_the_side_of_class_one():
    labels, probabilities = step_and_sigmoid(np.ones((1, 1)), -2.0, np.array([[2.0, 1.0]]))
    assert labels.tolist() == [[1.0, 0.0]]
    assert probabilities[0, 0] == 0.5
    assert probabilities[0, 1] == pytest.approx(1 / (1 + np.e))


@given(st.lists(st.floats(-50, 50), min_size=3, max_size=3), st.floats(-50, 50))
def test_both_draw_the_same_line(w, b):
    labels, probabilities = step_and_sigmoid(np.array(w).reshape(3, 1), b, X)
    # a probability that rounds to one half lies on the line itself
    clear = np.abs(probabilities - 0.5) > 1e-12
    assert (labels == (probabilities > 0.5))[clear].all()
