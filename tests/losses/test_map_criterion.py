"""LeNet-5's criterion: by hand, its limits, and what it asks of the features."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from dlcourse.losses.map_criterion import map_criterion_loss

PENALTIES = arrays("float64", (4, 3), elements=st.floats(0, 60))
LABELS = arrays("int64", 4, elements=st.integers(0, 2))


def loss(labels, penalties, **settings):
    return keras.ops.convert_to_numpy(map_criterion_loss(labels, -penalties, **settings))


@given(PENALTIES, LABELS, st.floats(0.1, 40))
def test_is_equation_nine_and_never_negative(penalties, labels, j):
    right = penalties[np.arange(4), labels]
    expected = right + np.log(np.exp(-j) + np.exp(-penalties).sum(axis=1))
    found = loss(labels, penalties, rubbish_penalty=j)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
    assert found.shape == (4,) and np.all(found >= -1e-5)


@given(PENALTIES, LABELS)
def test_without_a_class_for_rubbish_it_is_the_cross_entropy(penalties, labels):
    expected = keras.losses.sparse_categorical_crossentropy(labels, -penalties, from_logits=True)
    found = loss(labels, penalties, rubbish_penalty=1e6)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)


def test_labels_may_stand_in_a_column():
    penalties = np.array([[1.0, 5.0], [7.0, 2.0]])
    column = loss(np.array([[0], [1]]), penalties)
    np.testing.assert_allclose(column, loss(np.array([0, 1]), penalties))


def test_a_penalty_must_be_positive():
    with pytest.raises(ValueError, match="rubbish_penalty: expected more than 0; got 0"):
        loss(np.array([0]), np.array([[1.0, 2.0]]), rubbish_penalty=0)
