"""Scaled dot-product attention, and what every kind of attention shares with it."""

import math

import keras
from keras import ops

from dlcourse.layers.attention_masks import combined_mask, masked_softmax, without_padding
from dlcourse.layers.composite import CompositeLayer

__all__ = ["AttentionLayer", "ScaledDotProductAttention", "query_value_key"]


class AttentionLayer(CompositeLayer):
    """What kinds of attention share: masks, softmax, dropout, weighted average of the values.

    A kind of attention says in `scores` how well each key fits each query.

    Args:
        dropout: share of the attention weights that training sets to 0, from 0 to below 1.
        seed: whole number that decides which; None for another each time.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Raises:
        ValueError: dropout is not a share.
    """

    def __init__(self, dropout=0.0, seed=None, **kwargs):
        super().__init__(**kwargs)
        if not 0 <= dropout < 1:
            raise ValueError(f"dropout: expected a share from 0 to below 1; got {dropout!r}")
        self.dropout = dropout
        self.seed = seed
        self.supports_masking = True  # the output has one step for each query
        self.drop = keras.layers.Dropout(dropout, seed=seed, name="drop", **self.inherited)

    def call(
        self,
        inputs,
        mask=None,
        attention_mask=None,
        use_causal_mask=False,
        return_attention_scores=False,
    ):
        """Average the values, each query with weights of its own.

        Args:
            inputs: list of query (m, t_q, d_q), value (m, t_k, d_v) and key (m, t_k, d_k); the
                values are the keys if it has two elements.
            mask: list of a mask for each of the inputs, booleans (m, t), True at real steps, or
                None. Keras passes the masks that come with the inputs. No weight goes to padding,
                and a query that is padding looks nowhere.
            attention_mask: booleans (m, t_q, t_k) or broadcasting to it, True where a query may
                look.
            use_causal_mask: whether query i may look at steps 0 to i only.
            return_attention_scores: whether to return the weights too.

        Returns:
            Tensor (m, t_q, ...), or a pair of it and the weights (m, t_q, t_k); with heads
            (m, heads, t_q, t_k).
        """
        query, value, key = query_value_key(inputs)
        query_mask, value_mask, key_mask = query_value_key(mask or [None] * len(inputs))
        shape = (ops.shape(query)[1], ops.shape(key)[1]) if use_causal_mask else None
        rows = None if query_mask is None else query_mask[:, :, None]
        columns = [m[:, None] for m in (value_mask, key_mask) if m is not None]
        visible = combined_mask([attention_mask, rows, *columns], shape)
        query = without_padding(query, query_mask)
        value = without_padding(value, value_mask)
        key = without_padding(key, key_mask)
        output, weights = self.attend(query, value, key, visible)
        return (output, weights) if return_attention_scores else output

    def attend(self, query, value, key, mask):
        """Average the values; a layer with projections does more.

        Args:
            query: shape (..., t_q, d_q).
            value: shape (..., t_k, d_v).
            key: shape (..., t_k, d_k).
            mask: booleans broadcasting to (..., t_q, t_k), or None.

        Returns:
            (output, weights), shapes (..., t_q, d_v) and (..., t_q, t_k).
        """
        weights = masked_softmax(self.scores(query, key), mask)
        return ops.matmul(self.drop(weights), value), weights

    def scores(self, query, key):
        """How well each key fits each query.

        Args:
            query: shape (..., t_q, d_q).
            key: shape (..., t_k, d_k).

        Returns:
            Tensor (..., t_q, t_k).
        """
        raise NotImplementedError

    def compute_mask(self, inputs, mask=None):
        """The mask of the query: the output has one step for each of its steps."""
        return None if mask is None else mask[0]

    def compute_output_shape(self, input_shape):
        """(m, t_q, d_v)."""
        query, value, _ = query_value_key(input_shape)
        return (*query[:-1], value[-1])

    def weights_shape(self, input_shape):
        """(m, t_q, t_k), of the weights that `call` returns on demand."""
        query, value, _ = query_value_key(input_shape)
        return (*query[:-1], value[1])

    def compute_output_spec(self, inputs, return_attention_scores=False, **others):
        """Symbolic output, and symbolic weights if they are wanted."""
        shapes = [tensor.shape for tensor in inputs]
        output = keras.KerasTensor(self.compute_output_shape(shapes), dtype=self.compute_dtype)
        if not return_attention_scores:
            return output
        return output, keras.KerasTensor(self.weights_shape(shapes), dtype=self.compute_dtype)

    def get_config(self):
        """Every argument of the constructor."""
        return {**super().get_config(), "dropout": self.dropout, "seed": self.seed}


def query_value_key(inputs):
    """What belongs to query, value and key; without keys, the values are the keys.

    Args:
        inputs: list of two or three tensors, shapes or masks.

    Returns:
        Tuple of three.

    Raises:
        ValueError: inputs is no such list.

    Example:
        >>> query_value_key([(2, 1, 4), (2, 5, 4)])
        ((2, 1, 4), (2, 5, 4), (2, 5, 4))
    """
    is_list = isinstance(inputs, list | tuple) and len(inputs) in (2, 3)
    if not is_list or any(isinstance(item, int) for item in inputs):  # (m, t, d) of one tensor
        raise ValueError(
            "inputs: expected a list [query, value] or [query, value, key], and the same for "
            f"shapes and masks; got {inputs!r}"
        )
    return (*inputs, inputs[1]) if len(inputs) == 2 else tuple(inputs)


@keras.saving.register_keras_serializable(package="dlcourse")
class ScaledDotProductAttention(AttentionLayer):
    """Attention with the scores q · k / √d; nothing to learn.

    Args:
        dropout: share of the attention weights that training sets to 0, from 0 to below 1.
        seed: whole number that decides which; None for another each time.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        [query (m, t_q, d), value (m, t_k, d_v), key (m, t_k, d)], or the first two if the values
        are the keys too → (m, t_q, d_v). See `call` for masks.

    Raises:
        ValueError: dropout is not a share, or query and key differ in d.

    Reference:
        Vaswani et al., "Attention Is All You Need", 2017, §3.2.1.

    Example:
        >>> query, value = ops.zeros((1, 1, 2)), ops.array([[[2.0, 0.0], [4.0, 0.0]]])
        >>> output, weights = ScaledDotProductAttention()(
        ...     [query, value], return_attention_scores=True
        ... )
        >>> ops.convert_to_numpy(output).tolist(), ops.convert_to_numpy(weights).tolist()
        ([[[3.0, 0.0]]], [[[0.5, 0.5]]])
    """

    def build(self, input_shape):
        """Compare the sizes of query and key."""
        query, _, key = query_value_key(input_shape)
        if query[-1] != key[-1]:
            raise ValueError(
                f"key: expected vectors of {query[-1]} numbers, as in the query; got {key[-1]}. "
                "AdditiveAttention and MultiHeadAttention take vectors of different sizes"
            )
        self.built = True

    def scores(self, query, key):
        """The scores q · k / √d.

        Sums of d products have variance d, where the softmax would be all or nothing.

        Args:
            query: shape (..., t_q, d).
            key: shape (..., t_k, d).

        Returns:
            Tensor (..., t_q, t_k).
        """
        return ops.matmul(query / math.sqrt(query.shape[-1]), ops.swapaxes(key, -1, -2))
