"""Writing: the steps of a network are the network, and EOS, PAD and the beginning are respected."""

import keras
import numpy as np
import pytest

from dlcourse.decoding import greedy_search
from dlcourse.language import NGramModel, batch_step, next_token_step, write
from dlcourse.models import build_character_language_model, build_step_model
from dlcourse.vocabulary import EOS, PAD, Vocabulary

VOCABULARY = Vocabulary([PAD, EOS, "a", "n"])


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(0)
    return build_character_language_model(4, units=3, dimension=2)


def test_steps_are_the_network(model):
    tokens = [1, 2, 3, 3, 2]
    whole = np.log(model.predict(np.array([tokens]), verbose=0)[0])
    step, state = next_token_step(build_step_model(model)), None
    for token, expected in zip(tokens, whole, strict=True):
        scores, state = step(token, state)
        np.testing.assert_allclose(scores, expected, rtol=1e-5)


def test_greedy_writing_takes_what_the_network_finds_most_probable(model):
    step = next_token_step(build_step_model(model))
    rng = np.random.default_rng(0)
    found = write(step, VOCABULARY, rng, start="na", length=6, temperature=0)
    assert found[:2] == ["n", "a"] and len(found) <= 8
    tokens = [1, 3, 2]
    for token in found[2:]:
        p = model.predict(np.array([tokens]), verbose=0)[0, -1]
        p[0] = 0  # PAD is never written
        assert VOCABULARY.words[p.argmax()] == token
        tokens.append(VOCABULARY[token])


def test_several_texts_at_once(model):
    """Greedy search over two texts finds what the network finds most probable in each."""
    step, state = batch_step(build_step_model(model), batch=2)
    found = greedy_search(step, [2, 3], state, max_length=3, end_tokens=None)
    texts = [[2], [3]]
    for text, tokens in zip(texts, np.asarray(found.tokens).tolist(), strict=True):
        for token in tokens:
            p = model.predict(np.array([text]), verbose=0)[0, -1]
            assert 1 + p[1:].argmax() == token
            text.append(token)


def test_writing_follows_the_probabilities():
    """After "a", "n" and the end are equally probable."""
    model = NGramModel([[2, 3, 1], [2, 1]] * 50, 4, order=2, start=1)
    rng = np.random.default_rng(0)
    texts = ["".join(write(model.step, VOCABULARY, rng, start="a")) for _ in range(400)]
    share = np.mean([text.startswith("an") for text in texts])
    assert share == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(400))


def test_padding_is_never_written():
    scores = np.array([5.0, -np.inf, 1.0, 1.0])
    found = write(lambda *_: (scores, None), VOCABULARY, np.random.default_rng(0), length=20)
    assert len(found) == 20 and set(found) == {"a", "n"}
    assert scores[0] == 5  # what the model returned is left as it was


def test_length_is_the_most_that_is_added():
    model = NGramModel([[2, 3] * 50], 4, order=2, start=1)
    rng = np.random.default_rng(0)
    found = write(model.step, VOCABULARY, rng, start="a", length=5, temperature=0)
    assert "".join(found) == "ananan"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"vocabulary": Vocabulary("an")}, "vocabulary: expected one with <eos>"),
        ({"start": "nx"}, r"start: expected tokens of the vocabulary; \['x'\] are not"),
        ({"length": 0}, "length: expected a whole number of at least 1"),
        ({"temperature": -1}, "temperature: expected a finite number, 0 or more"),
    ],
)
def test_bad_input(options, message):
    options = {"vocabulary": VOCABULARY, **options}
    step = NGramModel([[2, 3, 1]], 4, order=2, start=1).step
    with pytest.raises(ValueError, match=message):
        write(step, rng=np.random.default_rng(0), **options)
