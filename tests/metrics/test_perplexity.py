"""Perplexity: exp of Keras's cross-entropy, over all real tokens of all batches."""

import keras
import numpy as np
import pytest

from dlcourse.metrics import Perplexity, perplexity_of
from dlcourse.scratch.language_model import language_model_loss, perplexity

RNG = np.random.default_rng(0)
LOGITS = RNG.normal(size=(4, 5, 7)).astype("float32")
TOKENS = RNG.integers(7, size=(4, 5))
MASK = RNG.random((4, 5)) < 0.6


def log_probabilities():
    log_p = LOGITS - np.log(np.exp(LOGITS).sum(axis=-1, keepdims=True))
    return np.take_along_axis(log_p, TOKENS[..., None], axis=-1)[..., 0]


@pytest.mark.parametrize("mask", [None, MASK])
def test_it_is_the_exponential_of_cross_entropy(mask):
    loss, _ = language_model_loss(LOGITS, TOKENS, mask)
    expected = perplexity(loss)
    assert float(perplexity_of(log_probabilities(), mask)) == pytest.approx(expected, rel=1e-5)
    cost = keras.losses.sparse_categorical_crossentropy(TOKENS, LOGITS, from_logits=True)
    cost = np.asarray(cost)[slice(None) if mask is None else mask]
    assert np.exp(cost.mean()) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("from_logits", [False, True])
def test_batches_count_by_their_tokens(from_logits):
    metric = Perplexity(from_logits=from_logits)
    scores = LOGITS if from_logits else np.exp(LOGITS) / np.exp(LOGITS).sum(-1, keepdims=True)
    for part in (slice(0, 1), slice(1, 4)):
        metric.update_state(TOKENS[part], scores[part], sample_weight=MASK[part])
    expected = float(perplexity_of(log_probabilities(), MASK))
    assert float(metric.result()) == pytest.approx(expected, rel=1e-5)
    metric.reset_state()
    metric.update_state(TOKENS, scores)
    expected = float(perplexity_of(log_probabilities()))
    assert float(metric.result()) == pytest.approx(expected, rel=1e-5)


def test_a_model_without_an_idea_hesitates_among_all():
    assert float(perplexity_of(np.full(9, -np.log(27)))) == pytest.approx(27)


def test_what_padding_holds_does_not_matter():
    log_p = np.where(MASK, log_probabilities(), -np.inf)
    expected = float(perplexity_of(log_probabilities(), MASK))
    assert float(perplexity_of(log_p, MASK)) == pytest.approx(expected)
    assert np.isinf(float(perplexity_of(log_p)))


@pytest.mark.parametrize(
    ("values", "mask", "message"),
    [
        ([0.5, 0.2], None, "are these probabilities"),
        ([-1.0, np.nan], None, "got nan"),
        ([], None, "at least one real token"),
        ([-1.0, -2.0], [False, False], "at least one real token"),
    ],
)
def test_what_is_no_logarithm_is_named(values, mask, message):
    with pytest.raises(ValueError, match=message):
        perplexity_of(values, mask)
    if mask is None and len(values):  # behind a mask anything may stand
        assert float(perplexity_of([*values, -1.0], [False, False, True])) == pytest.approx(np.e)


def test_padding_does_not_count():
    metric = Perplexity(padding=0, from_logits=True)
    metric.update_state(TOKENS, LOGITS, sample_weight=MASK.astype("float32"))
    expected = float(perplexity_of(log_probabilities(), MASK & (TOKENS != 0)))
    assert (TOKENS[MASK] == 0).any()
    assert float(metric.result()) == pytest.approx(expected, rel=1e-5)


def test_shapes_must_agree():
    with pytest.raises(ValueError, match=r"mask: expected .* \(4, 5\); got \(4,\)"):
        perplexity_of(log_probabilities(), MASK[:, 0])


def test_an_equal_metric_from_its_config():
    metric = Perplexity(padding=3, from_logits=True, name="hesitation")
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(metric))
    assert (again.padding, again.from_logits, again.name) == (3, True, "hesitation")
