"""The two blocks that transformers are stacked of: encoder and decoder."""

import keras
from keras import ops

from dlcourse.layers.attention_masks import without_padding
from dlcourse.layers.composite import CompositeLayer, apply_chain, build_chain, checked_count
from dlcourse.layers.dropout import InvertedDropout
from dlcourse.layers.multi_head_attention import MultiHeadAttention

__all__ = ["TransformerDecoderBlock", "TransformerEncoderBlock"]

EPSILON = 1e-6  # of the normalizations; Keras's default 1e-3 is too much for small activations


class TransformerBlock(CompositeLayer):
    """What both blocks share: parts that see normalized inputs, and whose outputs are added.

    The normalization stands in front of each part ("pre-norm"), so that there is a straight way
    from the output back to the input, and training needs no slow start.

    Args:
        num_heads: number of heads of every attention, >= 1.
        hidden: width of the hidden layer of the feed-forward part, >= 1.
        dropout: share that training drops of what each part adds, from 0 to below 1.
        seed: whole number that decides which; None for another each time.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Raises:
        ValueError: a count is below 1, dropout is not a share, or num_heads does not divide the
            size of the vectors.
    """

    def __init__(self, num_heads, hidden, dropout=0.0, seed=None, **kwargs):
        super().__init__(**kwargs)
        if not 0 <= dropout < 1:
            raise ValueError(f"dropout: expected a share from 0 to below 1; got {dropout!r}")
        self.num_heads = checked_count("num_heads", num_heads)
        self.hidden = checked_count("hidden", hidden)
        self.dropout = dropout
        self.seed = seed
        self.supports_masking = True
        self.drop = InvertedDropout(dropout, seed=seed, name="drop", **self.inherited)
        self.attention_norm = self._norm("attention_norm")
        self.feed_forward_norm = self._norm("feed_forward_norm")
        self.attention = None  # as wide as the vectors, which `build` gets to know
        self.feed_forward = None

    def _norm(self, name):
        return keras.layers.LayerNormalization(epsilon=EPSILON, name=name, **self.inherited)

    def _attention(self, name, shapes):
        size = shapes[0][-1]
        if size % self.num_heads:
            raise ValueError(
                f"num_heads: expected a divisor of {size}, the size of the vectors; got "
                f"{self.num_heads}"
            )
        layer = MultiHeadAttention(
            self.num_heads, size // self.num_heads, name=name, **self.inherited
        )
        layer.build(shapes)
        return layer

    def _build_own(self, shape):
        """Self-attention, feed-forward part and their normalizations."""
        self.attention = self._attention("attention", [shape, shape])
        self.feed_forward = [
            keras.layers.Dense(self.hidden, "relu", name="hidden", **self.inherited),
            keras.layers.Dense(shape[-1], name="output", **self.inherited),
        ]
        build_chain([self.feed_forward_norm, *self.feed_forward], shape)
        self.attention_norm.build(shape)
        self.drop.build(shape)

    def _add_feed_forward(self, x):
        return x + self.drop(apply_chain([self.feed_forward_norm, *self.feed_forward], x))

    def get_config(self):
        """Every argument of the constructor."""
        return {
            **super().get_config(),
            "num_heads": self.num_heads,
            "hidden": self.hidden,
            "dropout": self.dropout,
            "seed": self.seed,
        }


@keras.saving.register_keras_serializable(package="dlcourse")
class TransformerEncoderBlock(TransformerBlock):
    """Everybody looks at everybody, then each on its own through a network of two layers.

    Args:
        num_heads: number of heads, >= 1; it has to divide d.
        hidden: width of the hidden layer of the feed-forward part, >= 1.
        dropout: share that training drops of what each part adds, from 0 to below 1.
        seed: whole number that decides which; None for another each time.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, t, d) → (m, t, d). Masked steps are seen by nobody; the mask goes on.

    Raises:
        ValueError: a count is below 1, dropout is not a share, or num_heads does not divide d.

    Reference:
        Vaswani et al., "Attention Is All You Need", 2017, §3.1; the normalization in front: Xiong
        et al., "On Layer Normalization in the Transformer Architecture", 2020.

    Example:
        >>> block = TransformerEncoderBlock(num_heads=2, hidden=16)
        >>> block(ops.ones((3, 5, 8))).shape == (3, 5, 8)
        True
    """

    def build(self, input_shape):
        """Create the weights."""
        self._build_own(input_shape)
        self.built = True

    def call(self, inputs, mask=None):
        """Attend, then feed forward.

        Args:
            inputs: shape (m, t, d).
            mask: booleans (m, t), True at real steps, or None.

        Returns:
            Tensor (m, t, d).
        """
        inputs = without_padding(inputs, mask)
        x = self.attention_norm(inputs)
        x = inputs + self.drop(self.attention([x, x], mask=[mask, mask]))
        return self._add_feed_forward(x)

    def compute_output_shape(self, input_shape):
        """The shape of the inputs."""
        return input_shape


@keras.saving.register_keras_serializable(package="dlcourse")
class TransformerDecoderBlock(TransformerBlock):
    """Look at what was written so far, look at the encoder's outputs, then feed forward.

    Args:
        num_heads: number of heads, >= 1; it has to divide d.
        hidden: width of the hidden layer of the feed-forward part, >= 1.
        dropout: share that training drops of what each part adds, from 0 to below 1.
        seed: whole number that decides which; None for another each time.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        [inputs (m, t, d), memory (m, s, d_memory)] → (m, t, d). No step sees a later one, and
        masked steps are seen by nobody; the mask of the inputs goes on.

    Raises:
        ValueError: a count is below 1, dropout is not a share, or num_heads does not divide d.

    Reference:
        Vaswani et al., "Attention Is All You Need", 2017, §3.1; the normalization in front: Xiong
        et al., "On Layer Normalization in the Transformer Architecture", 2020.

    Example:
        >>> block = TransformerDecoderBlock(num_heads=2, hidden=16)
        >>> block([ops.ones((3, 5, 8)), ops.ones((3, 7, 4))]).shape == (3, 5, 8)
        True
    """

    def __init__(self, num_heads, hidden, **kwargs):
        super().__init__(num_heads, hidden, **kwargs)
        self.cross_norm = self._norm("cross_norm")
        self.cross_attention = None

    def build(self, input_shape):
        """Create the weights."""
        inputs, memory = input_shape
        self._build_own(inputs)
        self.cross_norm.build(inputs)
        self.cross_attention = self._attention("cross_attention", [inputs, memory])
        self.built = True

    def call(self, inputs, mask=None, return_attention_scores=False):
        """Attend to the past, attend to the memory, then feed forward.

        Args:
            inputs: list of the vectors (m, t, d) and the memory (m, s, d_memory).
            mask: list of booleans (m, t) and (m, s), True at real steps; each may be None.
            return_attention_scores: whether to return the weights on the memory, too.

        Returns:
            Tensor (m, t, d), or a pair of it and the weights (m, num_heads, t, s).
        """
        x, memory = inputs
        own_mask, memory_mask = mask or (None, None)
        x = without_padding(x, own_mask)
        seen = self.attention_norm(x)
        x = x + self.drop(
            self.attention([seen, seen], mask=[own_mask, own_mask], use_causal_mask=True)
        )
        x, weights = self._add_memory(x, memory, own_mask, memory_mask)
        x = self._add_feed_forward(x)
        return (x, weights) if return_attention_scores else x

    def step(self, x, past, place, memory, memory_mask=None):
        """Do for one step what `call` does for all: what came before is remembered.

        Args:
            x: vectors of this step, shape (m, d).
            past: normalized vectors of the steps so far, shape (m, max_length, d).
            place: number of this step, whole numbers (m,), below max_length.
            memory: shape (m, s, d_memory).
            memory_mask: booleans (m, s), True at real steps, or None.

        Returns:
            (output (m, d), past with this step in its place).
        """
        x, places = x[:, None], ops.arange(past.shape[1])[None]
        now = self.attention_norm(x)
        past = ops.where((places == place[:, None])[..., None], now, past)
        x = x + self.attention([now, past], mask=[None, places <= place[:, None]])
        x, _ = self._add_memory(x, memory, None, memory_mask)
        return self._add_feed_forward(x)[:, 0], past

    def _add_memory(self, x, memory, own_mask, memory_mask):
        found, weights = self.cross_attention(
            [self.cross_norm(x), memory], mask=[own_mask, memory_mask], return_attention_scores=True
        )
        return x + self.drop(found), weights

    def compute_mask(self, inputs, mask=None):
        """The mask of the vectors."""
        return None if mask is None else mask[0]

    def compute_output_shape(self, input_shape):
        """The shape of the vectors."""
        return tuple(input_shape[0])

    def compute_output_spec(self, inputs, return_attention_scores=False, **others):
        """Symbolic output, and symbolic weights if they are wanted."""
        vectors, memory = (tensor.shape for tensor in inputs)
        shapes = [tuple(vectors), (vectors[0], self.num_heads, vectors[1], memory[1])]
        specs = [keras.KerasTensor(shape, dtype=self.compute_dtype) for shape in shapes]
        return tuple(specs) if return_attention_scores else specs[0]
