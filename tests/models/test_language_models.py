"""Language models: counts of parameters, causality, padding, steps, and learning beyond n-grams."""

import keras
import numpy as np
import pytest

from dlcourse.language import NGramModel, next_token_examples, next_token_step
from dlcourse.metrics import Perplexity
from dlcourse.models import (
    build_character_language_model,
    build_sequence_generator,
    build_step_model,
)
from tests.backends import run_on
from tests.models.language_everywhere import predicted, report

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("backend", [None, "jax", "torch"])
def test_on_every_backend(backend):
    module = "tests.models.language_everywhere:report"
    found = report() if backend is None else run_on(backend, module)
    assert max(found["padding"], found["average"], found["steps"]) < 1e-6
    assert found["perplexity"] == pytest.approx(np.exp(found["loss"]), rel=1e-5)
    assert found["perplexity"] == pytest.approx(found["expected"], rel=1e-5)


@pytest.mark.parametrize(
    ("cell", "recurrent"),
    # Keras's GRU has a second bias, inside the reset gate
    [("gru", 3 * (7 * 5 + 5 * 5 + 2 * 5)), ("lstm", 4 * (7 * 5 + 5 * 5 + 5))],
)
def test_parameters(cell, recurrent):
    embedded = build_character_language_model(9, 5, dimension=7, cell=cell)
    counts = {layer.name: layer.count_params() for layer in embedded.layers}
    assert counts["embedding"] == 9 * 7 and counts["recurrent_1"] == recurrent
    assert counts["next_token"] == (5 + 1) * 9
    one_hot = build_character_language_model(7, 5, cell=cell)
    assert one_hot.get_layer("recurrent_1").count_params() == recurrent
    np.testing.assert_array_equal(one_hot.get_layer("one_hot").get_weights()[0], np.eye(7))
    assert not one_hot.get_layer("one_hot").trainable_weights


@pytest.mark.parametrize("build", [build_character_language_model, build_sequence_generator])
def test_probabilities_depend_on_the_past_alone(build):
    units = 4 if build is build_character_language_model else (4, 3)
    model = build(8, units)
    tokens = RNG.integers(1, 8, size=(2, 6)).astype("int32")
    p = predicted(model, tokens)
    np.testing.assert_allclose(p.sum(axis=-1), 1, rtol=1e-5)
    changed = tokens.copy()
    changed[:, 3] = 1 + changed[:, 3] % 7
    q = predicted(model, changed)
    np.testing.assert_array_equal(p[:, :3], q[:, :3])
    assert (np.abs(p[:, 3:] - q[:, 3:]).max(axis=(0, 2)) > 0).all()


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_steps_are_the_whole_model(cell):
    model = build_sequence_generator(8, (4, 3), dropout=0.5, cell=cell)
    tokens = RNG.integers(1, 8, size=6)
    step, state = next_token_step(build_step_model(model)), None
    for token, expected in zip(tokens, predicted(model, tokens[None])[0], strict=True):
        scores, state = step(token, state)
        np.testing.assert_allclose(np.exp(scores), expected, rtol=1e-5)
    assert len(state) == (2 if cell == "gru" else 4)


def test_step_model_shares_the_weights():
    model = build_character_language_model(5, 2)
    step = next_token_step(build_step_model(model))
    before = step(1, None)[0]
    model.set_weights([weight * 2 for weight in model.get_weights()])
    after = step(1, None)[0]
    np.testing.assert_allclose(np.exp(after), predicted(model, [[1]])[0, 0], rtol=1e-5)
    assert not np.allclose(before, after)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_it_is_saved_and_loaded(tmp_path):
    model = build_sequence_generator(5, (2, 2))
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    tokens = [[1, 2, 3, 0]]
    np.testing.assert_array_equal(predicted(model, tokens), predicted(loaded, tokens))


def test_it_learns_what_no_counts_of_neighbours_tell():
    """Words whose end is the letter of their beginning, with a varying middle between."""
    middle = RNG.integers(4, 6, size=(400, 3))
    edges = RNG.integers(2, 4, size=(400, 1))
    words = np.concatenate([edges, middle, edges], axis=1)
    x, y = next_token_examples(words, end=1)
    keras.utils.set_random_seed(0)
    model = build_character_language_model(6, 16)
    model.compile(keras.optimizers.Adam(0.03), "sparse_categorical_crossentropy")
    model.fit(x[:300], y[:300], batch_size=100, epochs=20, verbose=0)
    counts = NGramModel([[*word, 1] for word in words[:300]], 6, order=4, start=1)
    log_p = np.concatenate([counts.log_probabilities([*word, 1]) for word in words[300:]])
    metric = Perplexity()
    metric.update_state(y[300:], model.predict(x[300:], verbose=0))
    # four of six letters are a coin's toss, for a model with a memory; for the counts, five are
    assert float(metric.result()) < 2 ** (4 / 6) * 1.1
    assert np.exp(-log_p.mean()) > 2 ** (5 / 6) * 0.99


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: build_character_language_model(2), "n_tokens: expected at least 3.*got 2"),
        (lambda: build_character_language_model(5, 0), r"at least 1; got \(0,\) and None"),
        (lambda: build_character_language_model(5, 2, dimension=0), "and 0"),
        (lambda: build_character_language_model(5, 2, cell="rnn"), "gru, lstm; got 'rnn'"),
        (lambda: build_sequence_generator(5, ()), r"got \(\) and None"),
        (lambda: build_sequence_generator(5, dropout=1), "dropout: expected a share .* got 1"),
        (lambda: build_step_model(keras.Sequential([keras.layers.ReLU()])), "got ReLU"),
    ],
)
def test_bad_input(make, message):
    with pytest.raises(ValueError, match=message):
        make()
