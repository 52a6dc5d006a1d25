"""Full and hierarchical softmax against the derivations in dlcourse.scratch."""

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.scratch import hierarchical_softmax, word2vec_softmax
from dlcourse.scratch.huffman import huffman_tree
from dlcourse.word2vec import (
    FullSoftmaxWord2Vec,
    HierarchicalWord2Vec,
    negative_log_probability,
)

COUNTS = [9, 4, 3, 1, 1, 1]
V, N = len(COUNTS), 4
RNG = np.random.default_rng(0)
WORDS, TARGETS = RNG.integers(0, V, (8, 3)), RNG.integers(0, V, 8)


def with_weights(model, seed=0):
    rng = np.random.default_rng(seed)
    model.set_weights([rng.normal(size=weight.shape) for weight in model.get_weights()])
    return model


def as_array(tensor):
    return keras.ops.convert_to_numpy(tensor)


def test_full_softmax_costs_what_the_derivation_says():
    model = with_weights(FullSoftmaxWord2Vec(V, N))
    E, U = model.get_weights()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    expected, _ = word2vec_softmax.cbow_forward(WORDS, TARGETS, E, U.T)
    assert float(loss(TARGETS, model(WORDS))) == pytest.approx(expected, rel=1e-5)
    expected, _ = word2vec_softmax.skip_gram_forward(WORDS[:, 0], TARGETS, E, U.T)
    assert float(loss(TARGETS, model(WORDS[:, :1]))) == pytest.approx(expected, rel=1e-5)


def test_hierarchical_softmax_costs_what_the_derivation_says():
    model = with_weights(HierarchicalWord2Vec(COUNTS, N))
    E, U = model.get_weights()
    tree = hierarchical_softmax.path_matrices(*huffman_tree(COUNTS))
    h = E[WORDS].mean(axis=1)
    expected, _ = hierarchical_softmax.hierarchical_softmax_forward(h, TARGETS, U, *tree)
    cost = np.mean(as_array(negative_log_probability(TARGETS, model((WORDS, TARGETS)))))
    assert cost == pytest.approx(expected, rel=1e-5)


@settings(max_examples=10)
@given(st.lists(st.integers(0, 100), min_size=2, max_size=12), st.integers(0, 99))
def test_probabilities_of_all_words_sum_to_1(counts, seed):
    model = with_weights(HierarchicalWord2Vec(counts, N), seed)
    words, targets = np.full((len(counts), 1), 1), np.arange(len(counts))
    assert np.exp(as_array(model((words, targets)))).sum() == pytest.approx(1, rel=1e-5)


def test_both_learn():
    words, targets = np.array([[0], [1], [2]] * 40), np.array([1, 2, 0] * 40)
    full = FullSoftmaxWord2Vec(V, N)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    full.compile(keras.optimizers.Adam(0.05), loss)
    tree = HierarchicalWord2Vec(COUNTS, N)
    tree.compile(keras.optimizers.Adam(0.05), negative_log_probability)
    for model, inputs in ((full, words), (tree, (words, targets))):
        losses = model.fit(inputs, targets, epochs=15, verbose=0).history["loss"]
        assert losses[-1] < 0.3 * losses[0]


@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
@pytest.mark.parametrize("make", [FullSoftmaxWord2Vec, HierarchicalWord2Vec])
def test_saving_and_loading(make, tmp_path):
    model = make(V if make is FullSoftmaxWord2Vec else COUNTS, N)
    with_weights(model).save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert loaded.get_config() == model.get_config()
    for ours, theirs in zip(loaded.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_bad_arguments():
    with pytest.raises(ValueError, match="vocabulary_size, dimension: expected at least 2 and 1"):
        FullSoftmaxWord2Vec(1)
    with pytest.raises(ValueError, match="counts, dimension: expected at least 2 counts and 1"):
        HierarchicalWord2Vec([5], 3)
