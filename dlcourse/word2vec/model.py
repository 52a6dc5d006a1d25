"""Word2vec as a Keras model: vectors as weights, trained on whole texts by the fast path."""

import time

import keras
import numpy as np
from keras import ops

from dlcourse.word2vec.training import KERNELS, Settings, TrainingRun
from dlcourse.word2vec.word_vectors import WordVectors

__all__ = ["Word2Vec"]

_SECONDS_BETWEEN_CHECKPOINTS = 30


@keras.saving.register_keras_serializable(package="dlcourse")
class Word2Vec(keras.Model):
    """Skip-gram or CBOW with negative sampling.

    Called on pairs of words it returns how well they fit, u · v: the logit of "is the second a
    neighbour of the first?". So it can be compiled and fitted like any model, on pairs with answers
    0 and 1. `fit_corpus` does the same for whole texts and some hundred times as fast: it works on
    NumPy arrays, whichever backend Keras has, and hands the vectors back to the model.

    Args:
        vocabulary_size: number of words V, at least 2.
        dimension: of the vectors, at least 1.
        kind: "skip_gram" or "cbow".
        window: largest distance of neighbours, at least 1.
        negatives: drawn words per pair, at least 1.
        sample: threshold of the subsampling of frequent words; 0 for none.
        seed: whole number ≥ 0; equal seeds, equal vectors.
        **kwargs: of keras.Model, such as name.

    Raises:
        ValueError: an argument is out of its range.

    Reference:
        Mikolov et al., "Distributed Representations of Words and Phrases and their
        Compositionality", 2013.

    Example:
        >>> from dlcourse.vocabulary import build_vocabulary
        >>> from dlcourse.word2vec import encode
        >>> sentences = [["to", "be", "or", "not", "to", "be"]] * 50
        >>> vocabulary = build_vocabulary(sentences)
        >>> model = Word2Vec(len(vocabulary), dimension=8, sample=0)
        >>> history = model.fit_corpus(encode(sentences, vocabulary), vocabulary.counts, epochs=5)
        >>> history.history["cost"][-1] < history.history["cost"][0]
        True
        >>> model.word_vectors(vocabulary).vectors.shape
        (4, 8)
    """

    def __init__(  # noqa: PLR0913, the settings of word2vec, each known under its name
        self,
        vocabulary_size,
        dimension=100,
        *,
        kind="skip_gram",
        window=5,
        negatives=5,
        sample=1e-3,
        seed=0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.config = {
            "vocabulary_size": vocabulary_size,
            "dimension": dimension,
            "kind": kind,
            "window": window,
            "negatives": negatives,
            "sample": sample,
            "seed": seed,
        }
        _check(self.config)
        width = 0.5 / dimension
        start = keras.initializers.RandomUniform(-width, width, seed=seed)
        self.input_vectors = _vectors(vocabulary_size, dimension, start, "input_vectors")
        self.output_vectors = _vectors(vocabulary_size, dimension, "zeros", "output_vectors")
        self.build((None, 2))

    def build(self, input_shape):
        """Make the weights; they do not depend on the number of pairs."""
        for vectors in (self.input_vectors, self.output_vectors):
            if not vectors.built:
                vectors.build(input_shape)
        self.built = True

    def call(self, pairs):
        """Score pairs of words.

        Args:
            pairs: integers (m, 2): a word, and one that may be its neighbour.

        Returns:
            Float (m,), the logits.
        """
        words, others = self.input_vectors(pairs[:, 0]), self.output_vectors(pairs[:, 1])
        return ops.sum(words * others, axis=-1)

    def compute_output_shape(self, input_shape):
        """(m,) for (m, 2)."""
        return input_shape[:1]

    def get_config(self):
        """The constructor's arguments."""
        return {**super().get_config(), **self.config}

    def fit_corpus(self, corpus, counts, *, epochs=5, rate=0.04, on_progress=None, checkpoint=None):
        """Train on a text. The learning rate falls linearly to almost 0.

        Args:
            corpus: EncodedCorpus of words 0 to V-1.
            counts: how often each word occurs, (V,), such as `vocabulary.counts`.
            epochs: how often the text is gone through, at least 1.
            rate: learning rate at the beginning, above 0 and at most 1.
            on_progress: function that gets a Progress several times a second, such as
                `print_progress`.
            checkpoint: path of a file that is written every half minute and at the end. If it is
                there already, training goes on where it was written, with the same result as if it
                had not been interrupted.

        Returns:
            keras.callbacks.History with "cost", the average cost of a pair in each epoch as it was
            met, "rate" and "words_per_second".

        Raises:
            ValueError: the corpus holds other words or no neighbours, a setting is out of its
                range, or the checkpoint is of another training.
        """
        table = np.concatenate([_numpy(layer) for layer in self._both()])
        names = ("kind", "window", "negatives", "sample")
        settings = Settings(
            *(self.config[name] for name in names), rate, epochs, self.config["seed"]
        )
        run = TrainingRun(np.ascontiguousarray(table, np.float32), corpus, counts, settings)
        if checkpoint is not None:
            run.resume(checkpoint)
        history = keras.callbacks.History()
        history.set_model(self)
        _train(run, history, on_progress, checkpoint)
        for layer, vectors in zip(self._both(), np.split(run.table, 2), strict=True):
            layer.embeddings.assign(vectors)
        return history

    def word_vectors(self, vocabulary):
        """Words with their input vectors, as the formats and the search for neighbours want them.

        Args:
            vocabulary: Vocabulary of V words.

        Returns:
            WordVectors.
        """
        return WordVectors(vocabulary.words, _numpy(self.input_vectors))

    def _both(self):
        return self.input_vectors, self.output_vectors


def _train(run, history, on_progress, checkpoint):
    history.on_train_begin()
    costs, saved, epoch = [], time.monotonic(), run.epoch
    for progress in run:
        costs.append(progress.cost)
        if on_progress is not None:
            on_progress(progress)
        if checkpoint is not None and time.monotonic() - saved > _SECONDS_BETWEEN_CHECKPOINTS:
            run.save(checkpoint)
            saved = time.monotonic()
        if run.epoch > epoch:
            logs = {"cost": float(np.mean(costs)), "rate": progress.rate}
            history.on_epoch_end(epoch, {**logs, "words_per_second": progress.words_per_second})
            costs, epoch = [], run.epoch
    if checkpoint is not None:
        run.save(checkpoint)


def _vectors(size, dimension, initializer, name):
    return keras.layers.Embedding(size, dimension, embeddings_initializer=initializer, name=name)


def _numpy(layer):
    return layer.get_weights()[0]


def _check(config):
    if config["vocabulary_size"] < 2:
        raise ValueError(
            "vocabulary_size: expected at least 2 words, of which one can be told from the other; "
            f"got {config['vocabulary_size']}"
        )
    if config["dimension"] < 1:
        raise ValueError(f"dimension: expected at least 1, got {config['dimension']}")
    if config["kind"] not in KERNELS:
        raise ValueError(f"kind: expected one of {', '.join(KERNELS)}; got {config['kind']!r}")
