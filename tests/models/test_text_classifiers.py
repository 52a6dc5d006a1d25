"""Text classifiers: their features are those of `dlcourse.vocabulary` and `dlcourse.language`."""

import keras
import numpy as np
import pytest

from dlcourse.language import document_vectors
from dlcourse.models import build_tfidf_classifier, build_word_vector_classifier
from dlcourse.vocabulary import TfIdf
from tests.models.language_everywhere import predicted

RNG = np.random.default_rng(0)
WORDS = np.array([[3, 1, 1, 0], [4, 2, 5, 3], [0, 0, 0, 0]])  # 0 is PAD
COUNTS = np.stack([np.bincount(row, minlength=6) for row in WORDS]) * (np.arange(6) > 0)
TFIDF = TfIdf(COUNTS)


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def test_tfidf_is_that_of_the_vocabulary():
    model = build_tfidf_classifier(TFIDF.weights, 3)
    kernel, bias = model.get_weights()
    expected = softmax(TFIDF(COUNTS).toarray() @ kernel + bias)
    found = predicted(model, COUNTS.astype("float32"))
    np.testing.assert_allclose(found, expected, rtol=1e-5)
    assert sum(np.prod(w.shape) for w in model.trainable_weights) == 6 * 3 + 3


@pytest.mark.parametrize("weights", [None, TFIDF.weights])
def test_averages_are_those_of_numpy(weights):
    vectors = RNG.normal(size=(6, 4))
    model = build_word_vector_classifier(vectors, 3, weights)
    kernel, bias = model.get_layer("classes").get_weights()
    features = document_vectors(COUNTS, vectors, weights)
    np.testing.assert_allclose(
        predicted(model, WORDS), softmax(features @ kernel + bias), rtol=1e-5
    )
    assert [w.shape for w in model.trainable_weights] == [(4, 3), (3,)]


def test_two_classes_are_decided_by_one_unit():
    model = build_word_vector_classifier(RNG.normal(size=(6, 4)), 2)
    p = predicted(model, WORDS)
    assert p.shape == (3, 1) and p[2] == 0.5  # nothing but padding
    assert build_tfidf_classifier(np.ones(6), 2).output_shape == (None, 1)


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
def test_given_vectors_are_kept_by_training(tmp_path):
    vectors = RNG.normal(size=(6, 4)).astype("float32")
    model = build_word_vector_classifier(vectors, 3)
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(WORDS, np.array([0, 1, 2]), verbose=0)
    np.testing.assert_array_equal(model.get_layer("vectors").get_weights()[0], vectors)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(predicted(loaded, WORDS), predicted(model, WORDS))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: build_tfidf_classifier([], 3), "weights: expected .* got shape"),
        (lambda: build_tfidf_classifier([[1.0]], 3), r"got shape \(1, 1\)"),
        (lambda: build_tfidf_classifier([1.0, 0.0], 3), "above 0"),
        (lambda: build_tfidf_classifier([1.0], 1), "classes: expected at least 2, got 1"),
        (lambda: build_word_vector_classifier(np.ones(3), 3), r"got \(3,\)"),
        (lambda: build_word_vector_classifier(np.ones((3, 2)), 3, [1.0]), r"and \(1,\)"),
        (lambda: build_word_vector_classifier(np.ones((3, 2)), 3, [1, 1, -1]), "0 or more"),
        (lambda: build_word_vector_classifier(np.ones((3, 2)), 1), "classes: .* got 1"),
    ],
)
def test_bad_input(make, message):
    with pytest.raises(ValueError, match=message):
        make()
