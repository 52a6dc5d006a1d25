import keras
import numpy as np
import pytest

from dlcourse.vocabulary import build_vocabulary
from dlcourse.word2vec import Word2Vec, encode, print_progress

SENTENCES = [["a", "b", "c"], ["c", "d"], ["e", "f", "e"]] * 40
VOCABULARY = build_vocabulary(SENTENCES)
CORPUS = encode(SENTENCES, VOCABULARY)


def small(**changes):
    return Word2Vec(len(VOCABULARY), **{"dimension": 6, "sample": 0, "window": 2, **changes})


@pytest.mark.parametrize("kind", ["skip_gram", "cbow"])
def test_neighbours_score_higher_after_training(kind):
    model = small(kind=kind)
    history = model.fit_corpus(CORPUS, VOCABULARY.counts, epochs=30, rate=0.1).history
    assert history["cost"][-1] < history["cost"][0]
    assert history["rate"] == sorted(history["rate"], reverse=True)
    assert min(history["words_per_second"]) > 0
    number = VOCABULARY.numbers
    pairs = [[number["a"], number["b"]], [number["a"], number["e"]]]
    near, far = model.predict(np.array(pairs), verbose=0)
    assert near > far


def test_it_is_a_keras_model_that_learns_from_labelled_pairs():
    model = small()
    model.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))
    pairs = np.array([[0, 1], [0, 2]] * 50)
    losses = model.fit(pairs, np.array([1.0, 0.0] * 50), epochs=3, verbose=0).history["loss"]
    assert losses[-1] < losses[0]
    assert model.compute_output_shape((None, 2)) == (None,)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_saving_and_loading(tmp_path):
    model = small(kind="cbow", negatives=7, seed=3)
    model.fit_corpus(CORPUS, VOCABULARY.counts, epochs=1)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.get_config() == model.get_config()
    for ours, theirs in zip(loaded.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert Word2Vec.from_config(model.get_config()).get_config() == model.get_config()


def test_training_goes_on_from_a_checkpoint(tmp_path):
    path = tmp_path / "run.npz"

    class Crash(Exception):
        pass

    def crash(progress):
        if progress.words > CORPUS.n_words:
            raise Crash

    whole, broken = small(), small()
    whole.fit_corpus(CORPUS, VOCABULARY.counts, epochs=3)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Crash):
        patch.setattr("dlcourse.word2vec.model._SECONDS_BETWEEN_CHECKPOINTS", 0)
        broken.fit_corpus(CORPUS, VOCABULARY.counts, epochs=3, on_progress=crash, checkpoint=path)
    resumed = small(seed=0)
    history = resumed.fit_corpus(CORPUS, VOCABULARY.counts, epochs=3, checkpoint=path)
    assert history.epoch == [1, 2]
    for ours, theirs in zip(resumed.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_the_progress_line_ends_with_the_training(capsys):
    small().fit_corpus(CORPUS, VOCABULARY.counts, epochs=2, on_progress=print_progress)
    out = capsys.readouterr().out
    assert out.count("\n") == 1 and out.endswith("\n") and "100.0 %" in out


def test_word_vectors():
    model = small()
    words, vectors = model.word_vectors(VOCABULARY)
    assert words == VOCABULARY.words
    np.testing.assert_array_equal(vectors, model.get_weights()[0])


def test_equal_seeds_start_equally_and_small():
    first, second, other = small(seed=1), small(seed=1), small(seed=2)
    np.testing.assert_array_equal(first.get_weights()[0], second.get_weights()[0])
    assert not np.array_equal(first.get_weights()[0], other.get_weights()[0])
    assert np.abs(first.get_weights()[0]).max() <= 0.5 / 6 and not first.get_weights()[1].any()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1,), "vocabulary_size: expected at least 2 words"),
        ((5, 0), "dimension: expected at least 1"),
    ],
)
def test_bad_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        Word2Vec(*arguments)
    with pytest.raises(ValueError, match="kind: expected one of"):
        Word2Vec(5, kind="bag")
    with pytest.raises(ValueError, match="window: expected at least 1"):
        small(window=0).fit_corpus(CORPUS, VOCABULARY.counts)
