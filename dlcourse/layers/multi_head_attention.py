"""Multi-head attention: several small attentions side by side."""

import math

import keras
from keras import ops

from dlcourse.layers.composite import checked_count
from dlcourse.layers.dot_product_attention import AttentionLayer, query_value_key

__all__ = ["MultiHeadAttention"]


@keras.saving.register_keras_serializable(package="dlcourse")
class MultiHeadAttention(AttentionLayer):
    """Project query, key and value for each head, attend in each, and mix what they found.

    The weights lie as in keras.layers.MultiHeadAttention: its `get_weights` fit our `set_weights`.

    Args:
        num_heads: number of heads, >= 1.
        key_dim: length of queries and keys in a head, >= 1.
        value_dim: length of values in a head, >= 1; key_dim if None.
        dropout: share of the attention weights that training sets to 0, from 0 to below 1.
        seed: whole number that decides which; None for another each time.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        [query (m, t_q, d_q), value (m, t_k, d_v), key (m, t_k, d_k)], or the first two if the
        values are the keys too → (m, t_q, d_q). With `return_attention_scores` also the weights
        (m, num_heads, t_q, t_k). See `call` for masks.

    Raises:
        ValueError: a count is below 1, or dropout is not a share.

    Reference:
        Vaswani et al., "Attention Is All You Need", 2017, §3.2.2.

    Example:
        >>> layer = MultiHeadAttention(num_heads=2, key_dim=4)
        >>> x = ops.ones((3, 5, 8))
        >>> layer([x, x]).shape == (3, 5, 8), layer.count_params()  # 4 · (8 · 8 + 8)
        (True, 288)
    """

    def __init__(self, num_heads, key_dim, value_dim=None, **kwargs):
        super().__init__(**kwargs)
        self.num_heads = checked_count("num_heads", num_heads)
        self.key_dim = checked_count("key_dim", key_dim)
        self.value_dim = None if value_dim is None else checked_count("value_dim", value_dim)
        self.query_dense = self._to_heads("query", self.key_dim)
        self.key_dense = self._to_heads("key", self.key_dim)
        self.value_dense = self._to_heads("value", self.value_dim or self.key_dim)
        self.output_dense = None  # as wide as the query, which `build` gets to know

    def _to_heads(self, name, size):
        shape = (None, self.num_heads, size)
        return keras.layers.EinsumDense(
            "mtd,dhk->mthk", shape, bias_axes="hk", name=name, **self.inherited
        )

    def build(self, input_shape):
        """Create the four projections."""
        query, value, key = query_value_key(input_shape)
        self.query_dense.build(query)
        self.key_dense.build(key)
        self.value_dense.build(value)
        self.output_dense = keras.layers.EinsumDense(
            "mthk,hkd->mtd",
            (None, query[-1]),
            bias_axes="d",
            name="attention_output",
            **self.inherited,
        )
        self.output_dense.build(self.value_dense.compute_output_shape(query))
        self.built = True

    def attend(self, query, value, key, mask):
        """Attend in every head and mix the heads.

        Args:
            query: shape (m, t_q, d_q).
            value: shape (m, t_k, d_v).
            key: shape (m, t_k, d_k).
            mask: booleans broadcasting to (m, t_q, t_k), the same for all heads, or None.

        Returns:
            (output, weights), shapes (m, t_q, d_q) and (m, num_heads, t_q, t_k).
        """
        query, key, value = (
            ops.swapaxes(heads, 1, 2)  # a head is a batch axis: (m, h, t, k)
            for heads in (self.query_dense(query), self.key_dense(key), self.value_dense(value))
        )
        if mask is not None and len(mask.shape) == 3:
            mask = ops.expand_dims(mask, 1)
        found, weights = super().attend(query, value, key, mask)
        return self.output_dense(ops.swapaxes(found, 1, 2)), weights

    def scores(self, query, key):
        """The scores q · k / √key_dim in each head.

        Args:
            query: shape (m, num_heads, t_q, key_dim).
            key: shape (m, num_heads, t_k, key_dim).

        Returns:
            Tensor (m, num_heads, t_q, t_k).
        """
        return ops.matmul(query / math.sqrt(self.key_dim), ops.swapaxes(key, -1, -2))

    def compute_output_shape(self, input_shape):
        """(m, t_q, d_q)."""
        return tuple(input_shape[0])

    def weights_shape(self, input_shape):
        """(m, num_heads, t_q, t_k)."""
        m, queries, keys = super().weights_shape(input_shape)
        return (m, self.num_heads, queries, keys)

    def get_config(self):
        """Every argument of the constructor."""
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "key_dim": self.key_dim,
            "value_dim": self.value_dim,
        }
