"""All models of the package on TensorFlow, JAX and PyTorch."""

import keras
import numpy as np
import pytest

from dlcourse.vocabulary import build_vocabulary
from dlcourse.word2vec import FullSoftmaxWord2Vec, HierarchicalWord2Vec, Word2Vec, encode
from tests.backends import BACKENDS, run_on

COUNTS = [9, 4, 3, 1, 1, 1]
WORDS, TARGETS = np.array([[0, 1, 5], [4, 4, 2]]), np.array([3, 0])
PAIRS = np.array([[0, 1], [2, 3]])


def with_weights(model):
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=weight.shape) for weight in model.get_weights()])
    return model


def answers():
    """Outputs for the same weights, then weights after a short training on a text."""
    full = with_weights(FullSoftmaxWord2Vec(6, 4))
    tree = with_weights(HierarchicalWord2Vec(COUNTS, 4))
    skip_gram = with_weights(Word2Vec(6, 4, sample=0, window=2))
    outputs = [full(WORDS), tree((WORDS, TARGETS)), skip_gram(PAIRS)]
    sentences = [["a", "b", "c"], ["c", "d"], ["e", "f", "e"]] * 9
    vocabulary = build_vocabulary(sentences)
    skip_gram.fit_corpus(encode(sentences, vocabulary), vocabulary.counts, epochs=2)
    outputs = [keras.ops.convert_to_numpy(output) for output in outputs]
    return [array.tolist() for array in (*outputs, *skip_gram.get_weights())]


@pytest.fixture(scope="module")
def here():
    return answers()


@pytest.mark.parametrize("backend", [name for name in BACKENDS if name != keras.backend.backend()])
def test_the_same_on_every_backend(backend, here):
    found = run_on(backend, "tests.word2vec.test_backends:answers")
    for ours, expected in zip(found, here, strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-4, atol=1e-5)
