"""Weighted classification error: the course's cats, scikit-learn, and many batches."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import zero_one_loss

from dlcourse.losses import WeightedError, weighted_classification_error

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


@given(SEED)
def test_metric_over_uneven_batches(seed):
    truth, guess = judged(seed)
    metric = WeightedError(WEIGHTS)
    assert float(metric.result()) == 0
    for part in (slice(0, 3), slice(3, 20)):
        metric.update_state(truth[part], np.eye(3)[guess[part]])
    expected = np.mean(weighted_classification_error(truth, guess, WEIGHTS))
    assert float(metric.result()) == pytest.approx(expected, rel=FLOAT32)
    metric.reset_state()
    assert float(metric.result()) == 0


def test_metric_with_weights_of_examples():
    metric = WeightedError([1, 3])
    metric.update_state([[0], [1]], [[0.1, 0.9], [0.2, 0.8]], sample_weight=[2.0, 1.0])
    assert float(metric.result()) == pytest.approx(2 / 5)


def test_metric_in_compile_and_from_its_config():
    model = keras.Sequential([keras.Input((3,)), keras.layers.Softmax()])
    model.compile(loss="sparse_categorical_crossentropy", metrics=[WeightedError(WEIGHTS)])
    truth, guess = judged(0)
    found = model.evaluate(np.eye(3)[guess], truth, batch_size=7, verbose=0, return_dict=True)
    expected = np.mean(weighted_classification_error(truth, guess, WEIGHTS))
    assert found["weighted_error"] == pytest.approx(expected, rel=FLOAT32)
    metric = WeightedError(WEIGHTS, name="cats")
    assert WeightedError.from_config(metric.get_config()).get_config() == metric.get_config()


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
