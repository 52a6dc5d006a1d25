"""Word2vec as it is explained first: a softmax over all words."""

import keras
from keras import ops

__all__ = ["FullSoftmaxWord2Vec"]


@keras.saving.register_keras_serializable(package="dlcourse")
class FullSoftmaxWord2Vec(keras.Model):
    """Predict a word from the average of the words that are given: skip-gram with one, else CBOW.

    For teaching: each example costs V · n. Compile it with the sparse categorical cross-entropy
    from logits and fit it on (words given, word to predict).

    Args:
        vocabulary_size: number of words V, at least 2.
        dimension: of the vectors n, at least 1.
        **kwargs: of keras.Model, such as name.

    Raises:
        ValueError: an argument is out of its range.

    Reference:
        Mikolov et al., "Efficient Estimation of Word Representations in Vector Space", 2013, §3;
        derived in `dlcourse.scratch.word2vec_softmax`.

    Example:
        >>> import numpy as np
        >>> model = FullSoftmaxWord2Vec(5, dimension=3)
        >>> tuple(model(np.array([[0], [4]])).shape), model.count_params()
        ((2, 5), 30)
    """

    def __init__(self, vocabulary_size, dimension=100, **kwargs):
        super().__init__(**kwargs)
        if vocabulary_size < 2 or dimension < 1:
            raise ValueError(
                "vocabulary_size, dimension: expected at least 2 and 1; got "
                f"{(vocabulary_size, dimension)}"
            )
        self.vocabulary_size, self.dimension = vocabulary_size, dimension
        self.input_vectors = keras.layers.Embedding(vocabulary_size, dimension)
        self.output_vectors = keras.layers.Dense(vocabulary_size, use_bias=False)
        self.build((None, 1))

    def build(self, input_shape):
        """Make the weights; they do not depend on how many words are given."""
        if not self.output_vectors.built:
            self.input_vectors.build(input_shape)
            self.output_vectors.build((None, self.dimension))
        self.built = True

    def call(self, words):
        """Score all words.

        Args:
            words: integers (m, c), the words given for each example.

        Returns:
            Float (m, V), the logits.
        """
        return self.output_vectors(ops.mean(self.input_vectors(words), axis=1))

    def compute_output_shape(self, input_shape):
        """(m, V) for (m, c)."""
        return (input_shape[0], self.vocabulary_size)

    def get_config(self):
        """The constructor's arguments."""
        sizes = {"vocabulary_size": self.vocabulary_size, "dimension": self.dimension}
        return {**super().get_config(), **sizes}
