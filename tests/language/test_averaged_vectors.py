"""Averages of word vectors, against loops."""

import numpy as np
import pytest

from dlcourse.language import document_vectors, vectors_of
from dlcourse.vocabulary import TfIdf, Vocabulary, bag_of_words
from dlcourse.word2vec import WordVectors

RNG = np.random.default_rng(0)
VOCABULARY = Vocabulary("abcde")
DOCUMENTS = [list("abba"), list("ccea"), [], list("dxad")]
VECTORS = RNG.normal(size=(5, 3))


@pytest.mark.parametrize("weighted", [False, True])
def test_averages_are_those_of_a_loop(weighted):
    counts = bag_of_words(DOCUMENTS, VOCABULARY)
    weights = TfIdf(counts).weights if weighted else np.ones(5)
    found = document_vectors(counts, VECTORS, weights if weighted else None)
    for vector, document in zip(found, DOCUMENTS, strict=True):
        rows = [VOCABULARY[token] for token in document if token in VOCABULARY]
        expected = np.average(VECTORS[rows], axis=0, weights=weights[rows]) if rows else np.zeros(3)
        np.testing.assert_allclose(vector, expected, rtol=1e-7)


def test_vectors_in_the_order_of_the_vocabulary():
    trained = WordVectors(("c", "z", "a"), RNG.normal(size=(3, 2)).astype(np.float32))
    vectors, known = vectors_of(VOCABULARY, trained)
    assert known.tolist() == [True, False, True, False, False]
    np.testing.assert_array_equal(vectors[[0, 2]], trained.vectors[[2, 0]])
    assert not vectors[[1, 3, 4]].any() and vectors.dtype == np.float32


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: document_vectors(np.ones((2, 4)), VECTORS), r"got \(2, 4\), \(5, 3\) and \(5,\)"),
        (lambda: document_vectors(np.ones((2, 5)), VECTORS, [1.0]), r"and \(1,\)"),
        (lambda: document_vectors(np.ones((2, 5)), VECTORS, [1, 1, 1, 1, -1]), "0 or more, got -1"),
        (
            lambda: vectors_of(Vocabulary("x"), WordVectors(("y",), np.ones((1, 2)))),
            "none of its 1",
        ),
    ],
)
def test_bad_input(make, message):
    with pytest.raises(ValueError, match=message):
        make()
