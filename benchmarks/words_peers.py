"""The ways to train skip-gram with negative sampling that `benchmarks.words` compares.

Each is a function of (sentences, vocabulary, ...) with dimension 100, window 5, 5 negatives and
sample 1e-3. The tutorial models are written as the usual introductions do it: pairs are made
first, then a model with two embeddings learns from them in batches of 1024. The time to make their
pairs is not counted, which favours them.
"""

import time

import numpy as np

from dlcourse.word2vec.alias import AliasTable
from dlcourse.word2vec.corpus import encode
from dlcourse.word2vec.evaluation import sample_pairs
from dlcourse.word2vec.training import NOISE_POWER, Settings, TrainingRun

__all__ = ["DIMENSION", "Tutorial", "gensim_table", "our_table", "start_table"]

DIMENSION, WINDOW, NEGATIVES, SAMPLE = 100, 5, 5, 1e-3
BATCH = 1024


def start_table(vocabulary, seed=0):
    """Vectors to begin with: small random inputs, outputs of 0."""
    rng = np.random.default_rng(seed)
    table = np.zeros((2 * len(vocabulary), DIMENSION), np.float32)
    table[: len(vocabulary)] = (rng.random((len(vocabulary), DIMENSION), np.float32) - 0.5) / 100
    return table


def our_table(sentences, vocabulary, epochs=1, seed=0):
    """Train with dlcourse, from words to vectors: (2 V, n)."""
    settings = Settings(window=WINDOW, negatives=NEGATIVES, sample=SAMPLE, epochs=epochs, seed=seed)
    table = start_table(vocabulary, seed)
    for _ in TrainingRun(table, encode(sentences, vocabulary), vocabulary.counts, settings):
        pass
    return table


def gensim_model(vocabulary, rate=0.025, workers=1, seed=0):
    """A gensim model that knows the same words and counts."""
    from gensim.models import Word2Vec

    model = Word2Vec(
        vector_size=DIMENSION,
        window=WINDOW,
        negative=NEGATIVES,
        sample=SAMPLE,
        sg=1,
        alpha=rate,
        workers=workers,
        min_count=1,
        seed=seed + 1,
    )
    model.build_vocab_from_freq(dict(zip(vocabulary.words, vocabulary.counts, strict=True)))
    return model


def gensim_table(sentences, vocabulary, rate, epochs=1, seed=0):
    """Train with gensim: (2 V, n) in the order of the vocabulary."""
    model = gensim_model(vocabulary, rate, seed=seed)
    model.train(sentences, total_words=int(vocabulary.counts.sum()), epochs=epochs)
    order = [model.wv.key_to_index[word] for word in vocabulary.words]
    return np.concatenate([model.wv.vectors[order], model.syn1neg[order]])


class Tutorial:
    """A model as in the usual introductions, on pairs that are there already.

    Args:
        sentences: lists of str.
        vocabulary: Vocabulary.
        n_pairs: on how many pairs one run trains.
    """

    def __init__(self, sentences, vocabulary, n_pairs=60 * BATCH):
        corpus = encode(sentences, vocabulary)
        centers, contexts = sample_pairs(corpus, vocabulary.counts, WINDOW, SAMPLE)
        rng = np.random.default_rng(0)
        some = rng.choice(len(centers), n_pairs, replace=False)
        noise = AliasTable(np.asarray(vocabulary.counts, float) ** NOISE_POWER)
        drawn = noise.draw((n_pairs, NEGATIVES), rng)
        self.centers = centers[some].astype(np.int64)
        self.others = np.concatenate([contexts[some, None], drawn], axis=1).astype(np.int64)
        self.answers = np.eye(1, 1 + NEGATIVES, dtype=np.float32).repeat(n_pairs, axis=0)
        self.n_words = n_pairs * corpus.n_words / len(centers)
        self.size = len(vocabulary)

    def keras(self):
        """A function that trains a Keras model and returns its seconds."""
        import keras

        center, others = keras.Input((), dtype="int32"), keras.Input((6,), dtype="int32")
        v = keras.layers.Embedding(self.size, DIMENSION)(center)
        u = keras.layers.Embedding(self.size, DIMENSION)(others)
        model = keras.Model([center, others], keras.layers.Dot((2, 1))([u, v]))
        model.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))

        def run():
            inputs = [self.centers, self.others]
            model.fit(inputs, self.answers, batch_size=BATCH, shuffle=False, verbose=0)

        run()  # compiles
        return lambda: seconds(run)

    def torch(self):
        """A function that trains a PyTorch model and returns its seconds."""
        import torch

        v, u = (torch.nn.Embedding(self.size, DIMENSION) for _ in range(2))
        optimizer = torch.optim.Adam([*v.parameters(), *u.parameters()])
        tensors = [torch.from_numpy(array) for array in (self.centers, self.others, self.answers)]

        def run():
            for center, others, answers in zip(*(t.split(BATCH) for t in tensors), strict=True):
                scores = torch.einsum("mn,mkn->mk", v(center), u(others))
                loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, answers)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()

        run()
        return lambda: seconds(run)


def seconds(run):
    """How long a function takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
