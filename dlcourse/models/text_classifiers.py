"""Texts in classes by one layer: on tf-idf, or on averages of the words' vectors."""

import keras
import numpy as np
from keras import ops

__all__ = ["build_tfidf_classifier", "build_word_vector_classifier"]


def build_tfidf_classifier(weights, classes):
    """Weigh the counts of words, scale each document to length 1, and decide by one layer.

    Args:
        weights: of the V words, as `dlcourse.vocabulary.TfIdf` learns them, (V,); above 0.
        classes: number of classes, at least 2.

    Returns:
        An uncompiled `keras.Model` from counts (m, V) to probabilities: (m, classes) by a softmax,
        or (m, 1) of class 1 by a sigmoid if there are two. Only the last layer is trained.

    Raises:
        ValueError: weights is not a vector of numbers above 0, or classes is below 2.

    Reference:
        Joachims, "Text categorization with support vector machines", 1998, §2 (the vectors).

    Example:
        >>> model = build_tfidf_classifier([1.0, 1.4, 2.0], classes=5)
        >>> model.output_shape, model.count_params()
        ((None, 5), 20)
    """
    weights = np.asarray(weights, np.float32)
    if weights.ndim != 1 or not weights.size or not (weights > 0).all():
        raise ValueError(f"weights: expected (V,), above 0; got shape {weights.shape}")
    counts = keras.Input((len(weights),), name="counts")
    weighed = counts * weights
    length = ops.sqrt(ops.sum(ops.square(weighed), axis=-1, keepdims=True))
    # of a document without a known word, the length is 0, and it stays 0
    scaled = weighed / ops.where(length > 0, length, 1.0)
    return keras.Model(counts, _decided(scaled, classes), name="tfidf_classifier")


def build_word_vector_classifier(vectors, classes, weights=None):
    """Average the words' given vectors, plain or weighted, and decide by one layer.

    Args:
        vectors: (V, n), such as word2vec's; they stay as they are. Row 0 is that of PAD.
        classes: number of classes, at least 2.
        weights: how much each word counts, (V,), 0 or more: tf-idf's for a weighted average; all 1
            unless given. PAD never counts.

    Returns:
        An uncompiled `keras.Model` from words (m, t), of any length t, to probabilities:
        (m, classes) by a softmax, or (m, 1) of class 1 by a sigmoid if there are two.

    Raises:
        ValueError: the shapes do not fit together, a weight is negative, or classes is below 2.

    Reference:
        Mikolov et al., "Distributed Representations of Words and Phrases and their
        Compositionality", 2013 (the vectors).

    Example:
        >>> model = build_word_vector_classifier(np.ones((100, 8)), classes=5)
        >>> model.output_shape, sum(w.shape.num_elements() for w in model.trainable_weights)
        ((None, 5), 45)
    """
    vectors = np.asarray(vectors, np.float32)
    weights = np.ones(len(vectors)) if weights is None else np.array(weights)
    if vectors.ndim != 2 or weights.shape != vectors.shape[:1] or weights.min(initial=0) < 0:
        raise ValueError(
            "vectors, weights: expected shapes (V, n) and (V,), weights 0 or more; got "
            f"{vectors.shape} and {weights.shape}"
        )
    weights = np.where(np.arange(len(weights)) == 0, 0.0, weights)[:, np.newaxis]
    words = keras.Input((None,), dtype="int32", name="words")
    weight = _fixed(weights, "weights")(words)
    total = ops.sum(weight, axis=1)
    average = ops.sum(_fixed(vectors, "vectors")(words) * weight, axis=1)
    average = average / ops.where(total > 0, total, 1.0)
    return keras.Model(words, _decided(average, classes), name="word_vector_classifier")


def _fixed(table, name):
    layer = keras.layers.Embedding(*table.shape, trainable=False, name=name)
    layer.build(None)
    layer.set_weights([table])
    return layer


def _decided(x, classes):
    if classes < 2:
        raise ValueError(f"classes: expected at least 2, got {classes}")
    units, activation = (1, "sigmoid") if classes == 2 else (classes, "softmax")
    return keras.layers.Dense(units, activation=activation, name="classes")(x)
