"""Lookup against the product with one-hot vectors, against Keras, and against differences."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.embedding_lookup import (
    embedding_backward,
    embedding_backward_one_hot,
    embedding_forward,
    embedding_forward_one_hot,
    one_hot_rows,
)
from dlcourse.scratch.gradient_check import check_gradient

INDEX_SHAPES = [(), (0,), (1,), (7,), (2, 5), (0, 3), (3, 1, 2)]


def example(shape, V=5, n=3, seed=0):
    rng = np.random.default_rng(seed)
    return rng.integers(V, size=shape), rng.standard_normal((V, n)), rng


@pytest.mark.parametrize("shape", INDEX_SHAPES)
def test_lookup_is_the_product_with_one_hot_vectors(shape):
    indices, E, rng = example(shape)
    vectors = embedding_forward(indices, E)
    assert vectors.shape == (*shape, 3)
    np.testing.assert_array_equal(vectors, embedding_forward_one_hot(indices, E))
    d_vectors = rng.standard_normal(vectors.shape)
    np.testing.assert_allclose(
        embedding_backward(d_vectors, indices, 5),
        embedding_backward_one_hot(d_vectors, indices, 5),
        rtol=1e-13,
        atol=1e-15,
    )


def test_one_hot_rows_against_keras():
    indices, *_ = example((2, 4))
    np.testing.assert_array_equal(
        one_hot_rows(indices, 5), keras.utils.to_categorical(indices, num_classes=5)
    )


def test_forward_against_keras():
    indices, E, _ = example((4, 6))
    layer = keras.layers.Embedding(*E.shape, weights=[E], dtype="float64")
    np.testing.assert_array_equal(embedding_forward(indices, E), layer(indices).numpy())


@pytest.mark.parametrize(("shape", "V", "n"), [((4,), 3, 2), ((2, 3), 5, 1), ((1,), 1, 1)])
def test_backward_against_differences(shape, V, n):
    indices, E, rng = example(shape, V, n)
    weights = rng.standard_normal((*shape, n))
    dE = embedding_backward(weights, indices, V)
    report = check_gradient(lambda e: np.sum(weights * embedding_forward(indices, e)), E, dE)
    assert report.ratio < 1e-7, report


@given(st.lists(st.integers(0, 3), max_size=20))
def test_each_row_gets_as_many_gradients_as_its_word_occurs(indices):
    dE = embedding_backward(np.ones((len(indices), 1)), indices, 4)
    assert dE.ravel().tolist() == [indices.count(word) for word in range(4)]


def test_single_precision_stays():
    E = np.ones((4, 2), np.float32)
    for forward in (embedding_forward, embedding_forward_one_hot):
        assert forward([1], E).dtype == np.float32
    for backward in (embedding_backward, embedding_backward_one_hot):
        assert backward(E, [0, 1, 1, 3], 5).dtype == np.float32


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: embedding_forward([3], np.ones((3, 2))), "indices: expected integers from 0 to 2"),
        (lambda: embedding_forward([0], np.ones(3)), r"E: expected shape \(V, n\); got \(3,\)"),
        (lambda: embedding_forward([0], np.full((2, 1), np.nan)), "E: expected numbers; got NaN"),
        (lambda: one_hot_rows([-1], 3), "indices: expected integers from 0 to 2; got -1"),
        (lambda: one_hot_rows([], 0), "vocabulary_size: expected a whole number of at least 1"),
        (
            lambda: embedding_backward(np.ones((2, 3)), [0, 1, 1], 2),
            r"d_vectors: expected shape \(3, n\); got \(2, 3\)",
        ),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
