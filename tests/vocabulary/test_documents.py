"""Bag of words, n-grams and tf-idf against scikit-learn's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from dlcourse.vocabulary import (
    UNK,
    TfIdf,
    Vocabulary,
    bag_of_words,
    build_vocabulary,
    n_grams,
    tokenise,
)

DOCUMENTS = st.lists(
    st.lists(st.sampled_from("ab cd ef gh good not".split()), max_size=9).map(" ".join), min_size=1
).filter(any)


def arranged(vectorizer, vocabulary):
    """Columns of a fitted vectorizer in the order of a vocabulary."""
    return [vectorizer.vocabulary_[word] for word in vocabulary.words]


@given(DOCUMENTS, st.integers(1, 2), st.integers(0, 2))
def test_counts_of_n_grams_equal_scikit_learn(documents, shortest, more):
    longest = shortest + more
    ours = [n_grams(tokenise(document), shortest, longest) for document in documents]
    vectorizer = CountVectorizer(ngram_range=(shortest, longest))
    if not any(ours):
        with pytest.raises(ValueError, match="empty"):
            build_vocabulary(ours)
        return
    vocabulary = build_vocabulary(ours)
    theirs = vectorizer.fit_transform(documents).toarray()[:, arranged(vectorizer, vocabulary)]
    np.testing.assert_array_equal(bag_of_words(ours, vocabulary).toarray(), theirs)


@given(DOCUMENTS, DOCUMENTS)
def test_tf_idf_equals_scikit_learn(documents, others):
    vocabulary = build_vocabulary(map(tokenise, documents))
    vectorizer = TfidfVectorizer().fit(documents)
    columns = arranged(vectorizer, vocabulary)
    model = TfIdf(bag_of_words(map(tokenise, documents), vocabulary))
    np.testing.assert_allclose(model.weights, vectorizer.idf_[columns], rtol=1e-12)
    for texts in (documents, others):
        theirs = vectorizer.transform(texts).toarray()[:, columns]
        ours = model(bag_of_words(map(tokenise, texts), vocabulary)).toarray()
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-15)


def test_dense_counts_do_as_well():
    counts = np.array([[2, 0, 1], [0, 0, 3]])
    assert TfIdf(counts)(counts).toarray() == pytest.approx(TfIdf(counts * 1.0)(counts).toarray())


def test_runs_longer_than_the_document():
    assert n_grams(["a", "b"], 3, 5) == []
    assert n_grams([], 1, 1) == []


def test_unknown_words():
    documents = [["a", "z", "y"], []]
    assert bag_of_words(documents, Vocabulary(["a"])).toarray().tolist() == [[1], [0]]
    with_unk = Vocabulary([UNK, "a"])
    assert bag_of_words(documents, with_unk).toarray().tolist() == [[2, 1], [0, 0]]


def test_no_document():
    counts = bag_of_words([], Vocabulary(["a", "b"]))
    assert counts.shape == (0, 2)
    with pytest.raises(ValueError, match="counts: expected at least one document"):
        TfIdf(counts)


def test_bad_input():
    with pytest.raises(ValueError, match="counts: expected 2 words; got shape"):
        TfIdf(np.ones((1, 2)))(np.ones((1, 3)))
    with pytest.raises(TypeError, match="expected lists of words"):
        n_grams("text")
    with pytest.raises(TypeError, match="expected lists of words"):
        bag_of_words(["text"], Vocabulary(["a"]))
    for lengths in ((0, 1), (3, 2)):
        with pytest.raises(ValueError, match="shortest, longest"):
            n_grams(["a"], *lengths)
