"""Loss over time against Keras and differences; sampling against its distribution and limits."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dlcourse.scratch.gradient_check import gradient_ratio, numeric_gradient
from dlcourse.scratch.language_model import (
    language_model_loss,
    language_model_loss_backward,
    perplexity,
)
from dlcourse.scratch.sampling import (
    greedy_choice,
    sample_from_logits,
    sample_sequence,
    temperature_probabilities,
)

scores = hnp.arrays(np.float64, st.integers(1, 6), elements=st.floats(-1e4, 1e4))


def case(m=3, t=4, n=5, seed=0):
    rng = np.random.default_rng(seed)
    mask = rng.random((m, t)) < 0.6
    mask[0, 0] = True
    return rng.standard_normal((m, t, n)), rng.integers(n, size=(m, t)), mask


def test_loss_equals_keras():
    logits, tokens, mask = case()
    expected = keras.losses.sparse_categorical_crossentropy(tokens, logits, from_logits=True)
    assert language_model_loss(logits, tokens)[0] == pytest.approx(np.mean(expected), rel=1e-12)
    masked, _ = language_model_loss(logits, tokens, mask)
    assert masked == pytest.approx(np.mean(np.asarray(expected)[mask]), rel=1e-12)


@pytest.mark.parametrize("size", [(3, 4, 5), (1, 1, 1), (1, 1, 3), (2, 1, 2)], ids=str)
@pytest.mark.parametrize("masked", [False, True])
def test_loss_backward_against_differences(size, masked):
    logits, tokens, mask = case(*size)
    mask = mask if masked else None
    gradient = language_model_loss_backward(language_model_loss(logits, tokens, mask)[1])
    numeric = numeric_gradient(lambda z: language_model_loss(z, tokens, mask)[0], logits)
    # a vocabulary of one token has no gradient at all, and a ratio of nothing is no test
    assert np.abs(gradient).max() < 1e-12 or gradient_ratio(numeric, gradient) < 1e-7
    if masked:
        assert (gradient[~mask] == 0).all()


@given(st.floats(-1e4, 1e4))
def test_loss_ignores_a_common_shift(shift):
    logits, tokens, mask = case()
    shifted, _ = language_model_loss(logits + shift, tokens, mask)
    assert shifted == pytest.approx(language_model_loss(logits, tokens, mask)[0], abs=1e-10)


def test_extreme_scores_and_padding_without_any():
    logits, tokens = np.array([[[1e4, -1e4], [np.nan, -np.inf]]]), np.array([[1, 0]])
    loss, _ = language_model_loss(logits[:, :1], tokens[:, :1])
    assert loss == 2e4
    assert language_model_loss(logits[:, :1].astype(np.float32), tokens[:, :1])[0] == 2e4
    forbidden = np.array([[[0.0, 0.0, -np.inf], [-np.inf, 0.0, 0.0]]])
    mask = np.array([[True, False]])
    loss, cache = language_model_loss(forbidden, tokens, mask)
    assert loss == pytest.approx(np.log(2))
    assert np.isfinite(language_model_loss_backward(cache)).all()


def test_single_precision_stays():
    logits, tokens, mask = case()
    _, cache = language_model_loss(logits.astype(np.float32), tokens, mask)
    assert language_model_loss_backward(cache).dtype == np.float32
    single = temperature_probabilities(logits.astype(np.float32), 0.5)
    assert single.dtype == np.float32


def test_perplexity_counts_equally_likely_tokens():
    loss, _ = language_model_loss(np.zeros((2, 3, 7)), np.zeros((2, 3), int))
    assert perplexity(loss) == pytest.approx(7)
    assert perplexity(0.0) == 1.0


@given(scores, st.floats(1e-3, 1e3))
def test_temperature_divides_the_scores(z, temperature):
    p = temperature_probabilities(z, temperature)
    expected = np.exp((z - z.max()) / temperature)
    np.testing.assert_allclose(p, expected / expected.sum(), atol=1e-12)


@given(scores)
def test_cold_is_greedy_and_hot_is_even(z):
    z = np.round(z, 3)  # gaps that 1e-300 still makes large
    cold = temperature_probabilities(z, 0)
    assert cold.argmax() == greedy_choice(z) == np.argmax(z)
    assert cold.sum() == cold.max() == 1
    with np.errstate(over="raise", invalid="raise"):
        nearly = temperature_probabilities(z, 1e-300)
    np.testing.assert_allclose(nearly[z == z.max()], 1 / (z == z.max()).sum())
    np.testing.assert_allclose(temperature_probabilities(z, 1e12), 1 / len(z), atol=1e-7)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_draws_follow_the_probabilities(temperature):
    logits, draws = np.array([1.0, 0.0, -1.0, -np.inf]), 20_000
    p = temperature_probabilities(logits, temperature)
    rows = np.broadcast_to(logits, (draws, 4))
    tokens = sample_from_logits(rows, np.random.default_rng(0), temperature)
    shares = np.bincount(tokens, minlength=4) / draws
    assert (np.abs(shares - p) <= 4 * np.sqrt(p * (1 - p) / draws)).all()
    assert shares[3] == 0


@given(hnp.arrays(np.float64, (2, 3, 4), elements=st.floats(-50, 50)), st.integers(0, 99))
def test_draws_at_zero_are_greedy(z, seed):
    rng = np.random.default_rng(seed)
    np.testing.assert_array_equal(sample_from_logits(z, rng, 0), greedy_choice(z))


def test_a_sequence_feeds_its_tokens_and_its_state_back():
    seen = []

    def step(token, state):
        seen.append((token, state))
        return np.eye(5)[(token + 2) % 5], (state or 0) + 1

    tokens = sample_sequence(step, 0, np.random.default_rng(0), length=4, temperature=0)
    assert tokens == [2, 4, 1, 3]
    assert seen == [(0, None), (2, 1), (4, 2), (1, 3)]
    stopped = sample_sequence(step, 0, np.random.default_rng(0), 4, temperature=0, stop=4)
    assert stopped == [2, 4]


RNG = np.random.default_rng(0)
Z, TOKENS = np.zeros((1, 2, 3)), np.zeros((1, 2), int)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: language_model_loss(Z[0], TOKENS), r"logits, tokens: .* got \(2, 3\) and \(1, 2"),
        (lambda: language_model_loss(Z, TOKENS + 3), "tokens: expected integers in 0 … 2; got"),
        (lambda: language_model_loss(Z, TOKENS - 1), "tokens: expected integers in 0 … 2; got"),
        (lambda: language_model_loss(Z, TOKENS + 0.5), "tokens: expected integers in 0 … 2; got"),
        (lambda: language_model_loss(Z, TOKENS, TOKENS), "mask: expected booleans"),
        (lambda: language_model_loss(Z, TOKENS, TOKENS > 0), "mask: .* at least one real token"),
        (lambda: language_model_loss(Z[:0], TOKENS[:0]), "mask: .* at least one real token"),
        (lambda: perplexity(-0.1), "loss: expected a mean of -log p, 0 or more; got -0.1"),
        (lambda: perplexity(np.nan), "loss: expected"),
        (lambda: sample_from_logits(Z, RNG, -1), "temperature: expected .* got -1"),
        (lambda: sample_from_logits(Z, RNG, np.nan), "temperature: expected .* got nan"),
        (lambda: sample_from_logits(Z, RNG, np.inf), "temperature: expected .* got inf"),
        (lambda: sample_from_logits([], RNG), r"logits: expected scores .* got shape \(0,\)"),
        (lambda: greedy_choice(1.0), r"logits: expected scores .* got shape \(\)"),
        (lambda: greedy_choice([np.nan, 1.0]), "logits: expected a finite largest score"),
        (lambda: greedy_choice([-np.inf]), "logits: expected a finite largest score"),
        (lambda: sample_sequence(None, 0, RNG, length=0), "length: expected a whole number"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
