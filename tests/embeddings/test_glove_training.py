"""Counts and training of GloVe against the derivation."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.embeddings import (
    Cooccurrences,
    Glove,
    WordSpace,
    cooccurrences,
    cooccurrences_of_words,
)
from dlcourse.scratch.glove import (
    cooccurrence_counts,
    glove_backward,
    glove_forward,
    glove_weights,
)
from dlcourse.word2vec import EncodedCorpus

SENTENCES = st.lists(st.lists(st.integers(0, 4), max_size=9), min_size=1, max_size=5)


def corpus_of(sentences):
    numbers = [number for sentence in sentences for number in (*sentence, -1)]
    return EncodedCorpus(np.array(numbers, np.int32))


def dense(counts):
    X = np.zeros((counts.n_words, counts.n_words))
    X[counts.rows, counts.columns] = counts.counts
    return X


@settings(max_examples=60)
@given(SENTENCES.filter(any), st.integers(1, 12), st.sampled_from([4, 1 << 18]))
def test_counts_of_the_derivation(sentences, window, chunk):
    expected = sum(
        cooccurrence_counts(np.array(sentence, np.int64), 5, 1 / np.arange(1, window + 1))
        for sentence in sentences
        if sentence and (chunk > 4 or len(sentence) < 4)  # longer ones are cut
    )
    if chunk == 4:
        sentences = [sentence for sentence in sentences if len(sentence) < 4]
        if not any(sentences):
            return
    whole = cooccurrences_of_words._CHUNK
    try:
        cooccurrences_of_words._CHUNK = chunk
        found = cooccurrences(corpus_of(sentences), 5, window)
    finally:
        cooccurrences_of_words._CHUNK = whole
    np.testing.assert_allclose(dense(found), expected, rtol=1e-6)
    assert (found.counts > 0).all()


def example(seed=0, V=6, n=3):
    """Counts, a model, and its parameters in the derivation's form."""
    rng = np.random.default_rng(seed)
    X = rng.poisson(1.0, (V, V)).astype(np.float64)
    X[0, 1] = 7
    rows, columns = np.nonzero(X)
    counts = Cooccurrences(rows, columns, X[rows, columns].astype(np.float32), V)
    glove = Glove(V, n, rate=0.05, x_max=5.0, seed=seed)
    glove.words[:, :-1] = rng.normal(size=(V, n + 1))
    glove.neighbours[:, [*range(n), n + 1]] = rng.normal(size=(V, n + 1))
    return X, counts, glove


def parameters_of(glove):
    n = glove.dimension
    parts = {"E": glove.words[:, :n], "U": glove.neighbours[:, :n],
             "b": glove.words[:, n], "c": glove.neighbours[:, n + 1]}  # fmt: skip
    return {name: part.astype(np.float64) for name, part in parts.items()}


@pytest.mark.parametrize("seed", range(3))
def test_steps_follow_the_gradients_of_the_derivation(seed):
    X, counts, glove = example(seed)
    weights = glove_weights(counts.counts, 5).astype(np.float32)
    expected, squares = parameters_of(glove), dict.fromkeys("EUbc", 1.0)
    for _ in range(3):
        cost, cache = glove_forward(X, expected, x_max=5)
        gradients = glove_backward(cache)
        found = glove.step(counts.rows, counts.columns, weights, np.log(counts.counts))
        assert found == pytest.approx(cost, rel=1e-4)
        for name in expected:
            squares[name] = squares[name] + gradients[f"d{name}"] ** 2
            expected[name] -= 0.05 * gradients[f"d{name}"] / np.sqrt(squares[name])
        for name, values in parameters_of(glove).items():
            np.testing.assert_allclose(values, expected[name], rtol=1e-4, atol=1e-5, err_msg=name)
    assert (glove.words[:, -1] == 1).all() and (glove.neighbours[:, -2] == 1).all()


@pytest.mark.parametrize("name", ["words", "neighbours"])
def test_a_step_follows_the_differences_of_its_cost(name):
    _, counts, glove = example(5)
    # differences need float64
    glove.words, glove.neighbours = (a.astype(np.float64) for a in (glove.words, glove.neighbours))
    weights, logarithms = glove_weights(counts.counts, 5), np.log(counts.counts)

    def cost():
        e, u = glove.words[counts.rows], glove.neighbours[counts.columns]
        return float(np.sum(weights * (np.sum(e * u, axis=1) - logarithms) ** 2))

    table = getattr(glove, name)
    before, slopes = table.copy(), np.zeros_like(table)
    for place in np.ndindex(*table.shape):
        table[place] += 1e-5
        slopes[place] = cost()
        table[place] -= 2e-5
        slopes[place] = (slopes[place] - cost()) / 2e-5
        table[place] = before[place]
    slopes[:, -1 if name == "words" else -2] = 0  # the entry that is 1
    glove.words, glove.neighbours = (a.astype(np.float32) for a in (glove.words, glove.neighbours))
    single = weights.astype(np.float32), logarithms.astype(np.float32)
    glove.step(counts.rows, counts.columns, *single)
    moved = getattr(glove, name) - before
    np.testing.assert_allclose(moved, -0.05 * slopes / np.sqrt(1 + slopes**2), atol=1e-5)


def test_the_cost_of_an_epoch_is_the_average():
    X, counts, glove = example(4)
    expected, _ = glove_forward(X, parameters_of(glove), x_max=5)
    found = glove.train_epoch(counts, batch_size=1000)
    assert found == pytest.approx(expected / len(counts.counts), rel=1e-4)


def test_training_brings_the_products_to_the_logarithms():
    X, counts, glove = example(V=8, n=8)
    glove.rate = 0.5
    costs = [glove.train_epoch(counts, batch_size=10) for _ in range(400)]
    assert costs[-1] < 1e-3 * costs[0]
    final, _ = glove_forward(X, parameters_of(glove), x_max=5)
    assert final < 1e-2
    np.testing.assert_array_equal(glove.vectors, glove.words[:, :8] + glove.neighbours[:, :8])


def test_words_in_the_same_places_get_similar_vectors():
    rng = np.random.default_rng(0)
    # 0 and 1 stand beside 4 to 6, 2 and 3 beside 7 to 9
    sentences = [[rng.integers(0, 2) + 2 * kind, 4 + 3 * kind + rng.integers(0, 3)]
                 for kind in rng.integers(0, 2, 3000)]  # fmt: skip
    counts = cooccurrences(corpus_of(sentences), 10)
    glove = Glove(10, 4, seed=0)
    for _ in range(60):
        glove.train_epoch(counts, batch_size=8)
    space = WordSpace([str(i) for i in range(10)], glove.vectors)
    near = space.similarity(["0", "0", "2", "2"], ["1", "2", "3", "1"])
    assert min(near[0], near[2]) > max(near[1], near[3]) + 0.3


def test_a_seed_decides():
    first, again, other = (Glove(5, 3, seed=seed) for seed in (1, 1, 2))
    counts = example(V=5)[1]
    costs = [glove.train_epoch(counts) for glove in (first, again, other)]
    assert costs[0] == costs[1] != costs[2]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: cooccurrences(corpus_of([[4]]), 4), "n_words: expected above 4"),
        (lambda: cooccurrences(corpus_of([[4]]), 5, 0), "window: expected a whole number"),
        (lambda: Glove(0), "n_words: expected a whole number"),
        (lambda: Glove(2, 0), "dimension: expected a whole number"),
        (lambda: Glove(2, rate=0), "rate: expected a number above 0"),
        (lambda: Glove(2, x_max=-1), "x_max: expected a number above 0"),
        (lambda: Glove(3).train_epoch(example()[1]), "expected pairs of 3 words; got"),
        (lambda: Glove(5).train_epoch(cooccurrences(corpus_of([[4]]), 5)), "got 0 pairs of 5"),
    ],
)
def test_bad_input(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()
