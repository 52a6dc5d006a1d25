"""Additive attention: a network with one hidden layer scores how well a key fits a query."""

import keras
from keras import ops

from dlcourse.layers.composite import checked_count
from dlcourse.layers.dot_product_attention import AttentionLayer, query_value_key

__all__ = ["AdditiveAttention"]


@keras.saving.register_keras_serializable(package="dlcourse")
class AdditiveAttention(AttentionLayer):
    """Attention with the scores w · tanh(query Wq + key Wk).

    keras.layers.AdditiveAttention leaves the two products out; given query Wq and key Wk it
    calculates the same. The hidden layer takes memory for m · t_q · t_k · units numbers.

    Args:
        units: width of the hidden layer, >= 1.
        dropout: share of the attention weights that training sets to 0, from 0 to below 1.
        seed: whole number that decides which; None for another each time.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        [query (m, t_q, d_q), value (m, t_k, d_v), key (m, t_k, d_k)], or the first two if the
        values are the keys too → (m, t_q, d_v). See `call` for masks.

    Raises:
        ValueError: units is below 1, or dropout is not a share.

    Reference:
        Bahdanau, Cho and Bengio, "Neural Machine Translation by Jointly Learning to Align and
        Translate", 2015, §3.1 and A.1.2.

    Example:
        >>> layer = AdditiveAttention(units=10)
        >>> context = layer([ops.ones((2, 1, 64)), ops.ones((2, 30, 32))])
        >>> context.shape == (2, 1, 32), layer.count_params()  # (64 + 32 + 1) · 10
        (True, 970)
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = checked_count("units", units)
        self.query_dense = self._projection("query")
        self.key_dense = self._projection("key")
        self.score_weights = None

    def _projection(self, name):
        return keras.layers.Dense(self.units, use_bias=False, name=name, **self.inherited)

    def build(self, input_shape):
        """Create Wq, Wk and w."""
        query, _, key = query_value_key(input_shape)
        self.query_dense.build(query)
        self.key_dense.build(key)
        self.score_weights = self.add_weight(
            shape=(self.units,), initializer="glorot_uniform", name="score_weights"
        )
        self.built = True

    def scores(self, query, key):
        """The scores w · tanh(query Wq + key Wk), for every query with every key.

        Args:
            query: shape (m, t_q, d_q).
            key: shape (m, t_k, d_k).

        Returns:
            Tensor (m, t_q, t_k).
        """
        hidden = ops.tanh(self.query_dense(query)[:, :, None] + self.key_dense(key)[:, None])
        return ops.matmul(hidden, self.score_weights)

    def get_config(self):
        """Every argument of the constructor."""
        return {**super().get_config(), "units": self.units}
