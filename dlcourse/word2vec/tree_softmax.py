"""Word2vec with a hierarchical softmax: a word is a path through Huffman's tree."""

import keras
import numpy as np
from keras import ops

from dlcourse.scratch.hierarchical_softmax import path_matrices
from dlcourse.scratch.huffman import huffman_tree

__all__ = ["HierarchicalWord2Vec", "negative_log_probability"]


@keras.saving.register_keras_serializable(package="dlcourse")
def negative_log_probability(y_true, log_probabilities):
    """Cost for a model that returns the log-probability of the right answer itself.

    Args:
        y_true: not used; the model knows the answer.
        log_probabilities: float (m,), ≤ 0.

    Returns:
        Float (m,), ≥ 0.

    Example:
        >>> float(negative_log_probability(None, ops.array([-0.5]))[0])
        0.5
    """
    del y_true
    return -ops.convert_to_tensor(log_probabilities)


@keras.saving.register_keras_serializable(package="dlcourse")
class HierarchicalWord2Vec(keras.Model):
    """Predict a word turn by turn: about log₂ V decisions instead of one among V.

    For teaching. Called on the words given and on the word to predict, it returns the
    log-probability of the latter; compile it with `negative_log_probability`.

    Args:
        counts: how often each word occurs, V ≥ 2 numbers; the tree is made from them.
        dimension: of the vectors n, at least 1.
        **kwargs: of keras.Model, such as name.

    Raises:
        ValueError: an argument is out of its range.

    Reference:
        Morin and Bengio, "Hierarchical Probabilistic Neural Network Language Model", 2005; derived
        in `dlcourse.scratch.hierarchical_softmax`.

    Example:
        >>> model = HierarchicalWord2Vec([4, 2, 1, 1], dimension=3)
        >>> log_p = model((np.zeros((4, 1), int), np.arange(4)))
        >>> round(float(np.sum(np.exp(log_p))), 4)
        1.0
    """

    def __init__(self, counts, dimension=100, **kwargs):
        super().__init__(**kwargs)
        self.counts, self.dimension = [float(count) for count in counts], dimension
        if len(self.counts) < 2 or dimension < 1:
            raise ValueError(
                "counts, dimension: expected at least 2 counts and 1; got "
                f"{len(self.counts)} and {dimension}"
            )
        nodes, signs = path_matrices(*huffman_tree(self.counts))
        self._nodes, self._signs = nodes.astype(np.int32), signs.astype(keras.config.floatx())
        self.input_vectors = keras.layers.Embedding(len(self.counts), dimension)
        self.node_vectors = keras.layers.Embedding(len(self.counts) - 1, dimension)
        self.build(None)

    def build(self, input_shape):
        """Make the weights; they do not depend on how many words are given."""
        del input_shape
        for vectors in (self.input_vectors, self.node_vectors):
            if not vectors.built:
                vectors.build((None, 1))
        self.built = True

    def call(self, inputs):
        """Log-probabilities.

        Args:
            inputs: (words, targets): integers (m, c), the words given for each example, and
                integers (m,), the words to predict.

        Returns:
            Float (m,), ≤ 0.
        """
        words, targets = inputs
        h = ops.mean(self.input_vectors(words), axis=1)
        nodes, signs = (
            ops.take(self._nodes, targets, axis=0),
            ops.take(self._signs, targets, axis=0),
        )
        scores = ops.einsum("mn,mdn->md", h, self.node_vectors(nodes))
        signs = ops.cast(signs, scores.dtype)
        # |sign| is 0 behind the end of a shorter path
        return ops.sum(ops.abs(signs) * ops.log_sigmoid(signs * scores), axis=1)

    def compute_output_shape(self, input_shape):
        """(m,) for (m, c) and (m,)."""
        return (input_shape[0][0],)

    def get_config(self):
        """The constructor's arguments."""
        return {**super().get_config(), "counts": self.counts, "dimension": self.dimension}
