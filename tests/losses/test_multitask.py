"""Binary cross-entropy over tasks with missing labels."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.losses import MISSING, MaskedBinaryCrossentropy, masked_binary_crossentropy

FLOAT32 = 1e-5
SEED = st.integers(0, 2**32 - 1)


def tasks(seed):
    rng = np.random.default_rng(seed)
    return rng.integers(MISSING, 2, (5, 4)), rng.normal(size=(5, 4)).astype(np.float32)


def by_hand(labels, logits):
    p = 1 / (1 + np.exp(-logits.astype(float)))
    costs = np.where(labels == 1, -np.log(p), -np.log(1 - p))
    return np.sum(costs, axis=1, where=labels != MISSING)


@given(SEED)
def test_sum_over_the_labelled_tasks(seed):
    labels, logits = tasks(seed)
    expected = by_hand(labels, logits)
    probabilities = 1 / (1 + np.exp(-logits))
    for y_pred, from_logits in ((logits, True), (probabilities, False)):
        loss = masked_binary_crossentropy(labels, y_pred, from_logits)
        np.testing.assert_allclose(loss, expected, rtol=FLOAT32, atol=FLOAT32)


@given(SEED)
def test_with_all_labels_it_is_that_of_keras(seed):
    labels, logits = tasks(seed)
    labels = np.abs(labels)
    keras_mean = keras.losses.binary_crossentropy(labels, logits, from_logits=True)
    ours = masked_binary_crossentropy(labels, logits, from_logits=True)
    np.testing.assert_allclose(ours, 4 * np.asarray(keras_mean), rtol=FLOAT32)


@pytest.mark.parametrize("guess", [0.0, 1.0, 0.3, np.nan])
def test_what_is_said_about_missing_labels_does_not_matter(guess):
    guesses = np.array([[0.5, guess]], np.float32)
    assert np.asarray(masked_binary_crossentropy([[1, MISSING]], guesses)) == pytest.approx(
        np.log(2), rel=FLOAT32
    )


def test_for_compile():
    labels, logits = tasks(0)
    loss = MaskedBinaryCrossentropy(from_logits=True)
    assert float(loss(labels, logits)) == pytest.approx(by_hand(labels, logits).mean(), rel=FLOAT32)
    again = keras.losses.deserialize(keras.losses.serialize(loss))
    assert again.get_config() == loss.get_config() and again.from_logits


@pytest.mark.parametrize("shape", [(5,), (5, 1), (4, 4)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match=r"y_true: expected a column per task, .* \(5, 4\); got"):
        masked_binary_crossentropy(np.ones(shape), np.ones((5, 4)))
