"""Sentiment: the course's counts, padding on either side, and negation that no average sees."""

import keras
import numpy as np
import pytest

from dlcourse.models import build_averaged_sentiment, build_deep_sentiment, build_lstm_sentiment
from dlcourse.scratch.lstm import lstm_forward
from dlcourse.scratch.recurrent_keras import lstm_from_keras
from tests.models.language_everywhere import predicted

RNG = np.random.default_rng(0)


def bidirectional_gru(vocabulary_size=50, dimension=4):
    return build_deep_sentiment(vocabulary_size, dimension, (5, 3), cell="gru", bidirectional=True)


BUILDERS = [build_averaged_sentiment, build_lstm_sentiment, bidirectional_gru]


def test_the_counts_of_the_course():
    counts = [layer.count_params() for layer in build_lstm_sentiment().layers[1:]]
    assert counts == [160_000, 4 * (32 * 100 + 100**2 + 100), 101] == [160_000, 53_200, 101]
    assert build_averaged_sentiment().count_params() == 160_000 + 33


@pytest.mark.parametrize(("bidirectional", "factor"), [(False, 1), (True, 2)])
def test_counts_of_deep_models(bidirectional, factor):
    model = build_deep_sentiment(10, 4, (5, 3), bidirectional=bidirectional)
    first, second = (layer.count_params() for layer in model.layers[2:4])
    assert first == factor * 4 * (4 * 5 + 5**2 + 5)
    assert second == factor * 4 * (factor * 5 * 3 + 3**2 + 3)


@pytest.mark.parametrize("build", BUILDERS)
def test_padding_changes_nothing(build):
    model = build(50, 4)
    words = RNG.integers(1, 50, size=(3, 6)).astype("int32")
    plain = predicted(model, words)
    assert plain.shape == (3, 1) and (0 < plain).all() and (plain < 1).all()
    for side in ((0, 4), (4, 0)):  # post, pre
        np.testing.assert_allclose(
            predicted(model, np.pad(words, ((0, 0), side))), plain, rtol=1e-5
        )


@pytest.mark.parametrize("build", BUILDERS)
def test_reviews_of_different_lengths_do_not_disturb_each_other(build):
    model = build(50, 4)
    long, short = RNG.integers(1, 50, size=7), RNG.integers(1, 50, size=2)
    together = predicted(model, np.stack([long, np.pad(short, (0, 5))]))
    alone = [predicted(model, words[None])[0] for words in (long, short)]
    np.testing.assert_allclose(together, alone, rtol=1e-5)


@pytest.mark.parametrize("build", BUILDERS)
def test_nothing_but_padding_is_no_nan(build):
    assert np.isfinite(predicted(build(50, 4), np.zeros((2, 3), "int32"))).all()


def test_the_average_is_that_of_numpy_and_knows_no_order():
    model = build_averaged_sentiment(50, 4)
    table, kernel, bias = model.get_weights()
    words = RNG.integers(1, 50, size=5)
    expected = 1 / (1 + np.exp(-(table[words].mean(axis=0) @ kernel + bias)))
    np.testing.assert_allclose(predicted(model, words[None])[0], expected, rtol=1e-5)
    np.testing.assert_allclose(predicted(model, words[None, ::-1])[0], expected, rtol=1e-5)


def test_the_lstm_is_that_of_numpy():
    model = build_lstm_sentiment(50, 4, units=3)
    table, *lstm, kernel, bias = model.get_weights()
    words = np.array([[3, 7, 49, 0, 0], [9, 8, 0, 0, 0]])
    _, (last, _), _ = lstm_forward(table[words], lstm_from_keras(lstm), mask=words > 0)
    expected = 1 / (1 + np.exp(-(last @ kernel + bias)))
    np.testing.assert_allclose(predicted(model, words), expected, rtol=1e-5)


def test_the_order_matters_to_recurrent_models():
    words = RNG.integers(1, 50, size=(1, 5))
    for build in BUILDERS[1:]:
        model = build(50, 4)
        assert not np.allclose(predicted(model, words), predicted(model, words[:, ::-1]), 1e-6)


def test_negation_is_learned_by_the_lstm_and_by_no_average():
    """Good, bad, not good, not bad, with other words between: exclusive or."""
    praise, negated = np.tile([0, 1], 100), np.repeat([0, 1], 100)
    between = np.random.default_rng(0).integers(4, 8, size=(200, 2))
    x = np.concatenate([(2 + negated)[:, None], between, (8 + praise)[:, None]], axis=1)
    y = praise ^ negated
    shares = []
    keras.utils.set_random_seed(0)
    averaged, lstm = build_averaged_sentiment(10, 8), build_lstm_sentiment(10, 8, units=12)
    for model, epochs in ((averaged, 8), (lstm, 30)):
        model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy")
        model.fit(x, y, batch_size=200, epochs=epochs, verbose=0)
        shares.append(np.mean((model.predict(x, verbose=0)[:, 0] > 0.5) == y))
    assert shares[0] < 0.8 and shares[1] > 0.9


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: build_averaged_sentiment(2), "vocabulary_size, dimension: .* got 2 and 32"),
        (lambda: build_lstm_sentiment(5000, 0), "got 5000 and 0"),
        (lambda: build_lstm_sentiment(units=0), r"units: expected .* got \(0,\)"),
        (lambda: build_deep_sentiment(units=()), r"units: expected at least one layer .* got \(\)"),
        (lambda: build_deep_sentiment(cell="rnn"), "cell: expected one of gru, lstm; got 'rnn'"),
    ],
)
def test_bad_input(make, message):
    with pytest.raises(ValueError, match=message):
        make()
