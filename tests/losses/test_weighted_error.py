"""Weighted classification error: the course's cats, and scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import zero_one_loss

from dlcourse.losses import weighted_classification_error

FLOAT32 = 1e-5
SEED = st.integers(0, 2**32 - 1)
WEIGHTS = [1.0, 0.5, 100.0]


def judged(seed):
    return np.random.default_rng(seed).integers(0, 3, (2, 20))


@given(SEED)
def test_mean_is_that_of_scikit_learn(seed):
    truth, guess = judged(seed)
    expected = zero_one_loss(truth, guess, sample_weight=np.array(WEIGHTS)[truth])
    for shape in ((20,), (20, 1)):
        values = weighted_classification_error(truth.reshape(shape), guess, WEIGHTS)
        assert values.shape == (20,)
        assert np.mean(values) == pytest.approx(expected, rel=FLOAT32)


def test_the_weight_turns_the_ranking():
    """The better of two classifiers by plain error lets an unacceptable picture through."""
    truth = np.array([0] * 50 + [1] * 49 + [2])
    lenient, strict = truth.copy(), truth.copy()
    lenient[-1], strict[:5] = 0, 1
    plain, weighted = (
        [np.mean(weighted_classification_error(truth, y, w)) for y in (lenient, strict)]
        for w in ([1, 1, 1], [1, 1, 100])
    )
    assert plain[0] < plain[1] and weighted[0] > weighted[1]


def test_where_nothing_weighs_nothing_is_wrong():
    assert np.all(np.asarray(weighted_classification_error([0, 1], [1, 0], [0, 0])) == 0)


@pytest.mark.parametrize(
    ("truth", "guess", "weights", "message"),
    [
        ([0, 1], [[0.1, 0.9], [0.2, 0.8]], [1, 1], "y_pred: expected one class .* argmax"),
        ([0, 1], [0], [1, 1], "y_pred: expected a class for each of the 2 examples; got 1"),
        ([0, 1], [0, 1], [[1, 1]], r"weights: expected .* got shape \(1, 2\)"),
    ],
)
def test_impossible_arguments_are_refused(truth, guess, weights, message):
    with pytest.raises(ValueError, match=message):
        weighted_classification_error(truth, guess, weights)
