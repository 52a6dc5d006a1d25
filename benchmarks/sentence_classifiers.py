"""Short sentences in five classes, each with a word that was not in training.

Counts against averages of word2vec vectors. The docstrings and sentences from which the vectors are
learned here have few of the new words, so that averages cannot show their strength: vectors from a
large corpus know that "starving" is like "hungry".
"""

import time

import numpy as np
from rich.table import Table

__all__ = ["sentence_accuracies", "sentence_table"]

_LONGEST = 12  # words of a sentence
_GOAL = 0.4  # twice what guessing gets


def sentence_accuracies(name, seed):
    """Train a classifier of the short sentences and try it.

    Args:
        name: "tf-idf", "averaged vectors" or "tf-idf-weighted vectors".
        seed: of the initial weights and the order.

    Returns:
        (accuracy on the sentences for testing, seconds of training).
    """
    import keras

    from dlcourse import datasets, models
    from dlcourse.language import padded_texts
    from dlcourse.vocabulary import PAD, UNK, TfIdf, bag_of_words, build_vocabulary, tokenise

    data = datasets.emoji_sentences()
    train, test = (
        [tokenise(text) for text in texts] for texts in (data.train_texts, data.test_texts)
    )
    keras.utils.set_random_seed(seed)
    if name == "tf-idf":
        vocabulary = build_vocabulary(train)
        x, x_test = (
            bag_of_words(part, vocabulary).toarray().astype("float32") for part in (train, test)
        )
        model, epochs = models.build_tfidf_classifier(TfIdf(x).weights, 5), 40
    else:
        vocabulary = build_vocabulary(train + test, specials=(PAD, UNK))
        vectors, known = _vectors(train, vocabulary)
        idf = TfIdf(bag_of_words(train, vocabulary)).weights if "tf-idf" in name else 1.0
        x, x_test = (
            padded_texts(part, vocabulary, _LONGEST) for part in (data.train_texts, data.test_texts)
        )
        model, epochs = models.build_word_vector_classifier(vectors, 5, known * idf), 60
    model.compile(keras.optimizers.Adam(2e-2), "sparse_categorical_crossentropy")
    start = time.perf_counter()
    model.fit(x, data.train_labels, batch_size=32, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - start
    right = model.predict(x_test, verbose=0).argmax(axis=1) == data.test_labels
    return float(np.mean(right)), seconds


def sentence_table(seeds):
    """The table of the short sentences, as a rich table, measured now.

    Args:
        seeds: one for each training.
    """
    columns = "features", "mean accuracy", "lowest", "s each", "goal"
    title = f"80 short sentences with new words, five classes, {len(seeds)} trainings each"
    table = Table(*columns, title=title)
    for name in ("tf-idf", "averaged vectors", "tf-idf-weighted vectors"):
        right, seconds = np.transpose([sentence_accuracies(name, seed) for seed in seeds])
        goal = f"≥ {_GOAL:.1%} {'reached' if right.mean() >= _GOAL else 'MISSED'}"
        shares = (f"{share:.1%}" for share in (right.mean(), right.min()))
        table.add_row(name, *shares, f"{seconds.mean():.0f}", goal)
    return table


def _vectors(sentences, vocabulary):
    """Word2vec's vectors, of length 1, from the docstrings and the sentences for training."""
    from dlcourse import datasets
    from dlcourse.language import vectors_of
    from dlcourse.vocabulary import build_vocabulary
    from dlcourse.word2vec import Word2Vec, encode

    corpus = [*datasets.load_prose("embedded").sentences, *sentences * 20]
    words = build_vocabulary(corpus, min_count=3)
    model = Word2Vec(len(words), 50)
    model.fit_corpus(encode(corpus, words), words.counts, epochs=3)
    vectors, known = vectors_of(vocabulary, model.word_vectors(words))
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), known
