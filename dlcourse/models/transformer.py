"""A small transformer that translates: encoder and decoder of attention only."""

import math

import keras
from keras import ops

from dlcourse.layers import (
    InvertedDropout,
    PositionalEncoding,
    TransformerDecoderBlock,
    TransformerEncoderBlock,
)
from dlcourse.layers.composite import checked_count

__all__ = ["Transformer", "build_transformer"]


@keras.saving.register_keras_serializable(package="dlcourse")
class Transformer(keras.Model):
    """Encoder blocks, decoder blocks, and waves for the places; `build_transformer` makes it.

    `fit` takes [source, given] and the tokens that are wanted: each answer is to be the token that
    follows the given ones. Where nothing is given yet, `start` and `step` write token by token;
    whatever chooses the tokens (the likeliest, beam search, chance) can drive them.

    Args:
        source_size: number of different source tokens; 0 is padding.
        target_size: number of different target tokens.
        blocks: number of encoder blocks, and of decoder blocks, >= 1.
        dim: length of the vectors, >= 1.
        num_heads: number of heads, a divisor of dim.
        hidden: width of the feed-forward parts, >= 1.
        dropout: share that training drops, from 0 to below 1.
        **kwargs: `name`, `dtype` and `trainable` of every layer.
    """

    def __init__(  # noqa: PLR0913 - the sizes of the paper's table 3, each of which one may study
        self,
        source_size,
        target_size,
        *,
        blocks=1,
        dim=64,
        num_heads=4,
        hidden=128,
        dropout=0.0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.source_size = checked_count("source_size", source_size)
        self.target_size = checked_count("target_size", target_size)
        self.blocks, self.dim = checked_count("blocks", blocks), checked_count("dim", dim)
        self.num_heads = num_heads
        self.hidden, self.dropout = hidden, dropout
        parts = {"dtype": self.dtype_policy}
        self.source_embedding = keras.layers.Embedding(
            source_size, dim, name="source_embedding", **parts
        )
        self.target_embedding = keras.layers.Embedding(
            target_size, dim, name="target_embedding", **parts
        )
        self.places = PositionalEncoding(name="places", **parts)
        self.drop = InvertedDropout(dropout, name="drop", **parts)
        sizes = {"num_heads": num_heads, "hidden": hidden, "dropout": dropout, **parts}
        self.encoder_blocks = [
            TransformerEncoderBlock(name=f"encoder_{i}", **sizes) for i in range(blocks)
        ]
        self.decoder_blocks = [
            TransformerDecoderBlock(name=f"decoder_{i}", **sizes) for i in range(blocks)
        ]
        self.encoder_norm = keras.layers.LayerNormalization(name="encoder_norm", **parts)
        self.decoder_norm = keras.layers.LayerNormalization(name="decoder_norm", **parts)
        # probabilities of long sequences are products of many: not in half precision
        self.scores = keras.layers.Dense(target_size, name="scores", dtype="float32")
        self.target_length = None  # places to remember in `step`, known with the shapes

    def build(self, input_shape):
        """Create the weights for [source (m, s), given (m, t)]."""
        source, given = (tuple(shape) for shape in input_shape)
        self.target_length = given[1]
        memory, vectors = (*source, self.dim), (*given, self.dim)
        self.source_embedding.build(source)
        self.target_embedding.build(given)
        for layer in (*self.encoder_blocks, self.encoder_norm):
            layer.build(memory)
        for block in self.decoder_blocks:
            block.build([vectors, memory])
        self.decoder_norm.build(vectors)
        self.scores.build(vectors)
        self.built = True

    def encode(self, source):
        """Read the source.

        Args:
            source: whole numbers (m, s), 0 for padding.

        Returns:
            (memory (m, s, dim), mask: booleans (m, s), True at real tokens).
        """
        source = ops.convert_to_tensor(source)
        mask = ops.not_equal(source, 0)
        x = self._placed(self.source_embedding(source))
        for block in self.encoder_blocks:
            x = block(x, mask=mask)
        return self.encoder_norm(x), mask

    def _placed(self, vectors, start=0):
        """Vectors with their places; large enough that the waves do not drown them."""
        return self.drop(self.places(vectors * math.sqrt(self.dim), start=start))

    def call(self, inputs):
        """Score every token at every place, the tokens before it given (teacher forcing).

        Args:
            inputs: list of source (m, s) and given (m, t), whole numbers.

        Returns:
            Logits (m, t, target_size), to be trained with a cross-entropy `from_logits=True`.
        """
        return self.scores(self.decoder_norm(self._decoded(inputs)[0]))

    def attention_map(self, inputs):
        """Where the last decoder block looked, the mean of its heads.

        Args:
            inputs: as in `call`.

        Returns:
            Weights (m, t, s); those of a target token sum to 1.
        """
        return ops.mean(self._decoded(inputs)[1], axis=1)

    def _decoded(self, inputs):
        source, given = inputs
        memory, mask = self.encode(source)
        x, weights = self._placed(self.target_embedding(given)), None
        for block in self.decoder_blocks:
            x, weights = block([x, memory], mask=[None, mask], return_attention_scores=True)
        return x, weights

    def start(self, source):
        """The state before the first token is written.

        Args:
            source: whole numbers (m, s), 0 for padding.

        Returns:
            Dict of tensors with one row for each source; a search may repeat and reorder rows.
        """
        memory, mask = self.encode(source)
        rows = ops.shape(memory)[0]
        past = ops.zeros((rows, self.target_length, self.dim), dtype=memory.dtype)
        return {
            "memory": memory,
            "mask": mask,
            "past": [past for _ in self.decoder_blocks],
            "place": ops.zeros((rows,), "int32"),
        }

    def step(self, tokens, state):
        """What the next token may be; at most as many times as the target is long.

        Args:
            tokens: the tokens that were written last, whole numbers (n,); the start token first.
            state: as `start` or the step before returned it, n rows.

        Returns:
            (log-probabilities (n, target_size), new state).
        """
        memory, mask, place = state["memory"], state["mask"], state["place"]
        x = self._placed(self.target_embedding(tokens)[:, None], place)[:, 0]
        remembered = []
        for block, past in zip(self.decoder_blocks, state["past"], strict=True):
            x, longer_past = block.step(x, past, place, memory, mask)
            remembered.append(longer_past)
        log_probabilities = ops.log_softmax(self.scores(self.decoder_norm(x)), axis=-1)
        return log_probabilities, {**state, "past": remembered, "place": place + 1}

    def compute_output_shape(self, input_shape):
        """(m, t, target_size)."""
        return (*input_shape[1], self.target_size)

    def get_config(self):
        """Every argument of the constructor."""
        names = ("source_size", "target_size", "blocks", "dim", "num_heads", "hidden", "dropout")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


def build_transformer(source_shape, target_shape, **sizes):
    """Build a translator of attention only: encoder blocks, decoder blocks, sinusoidal places.

    Args:
        source_shape: (length s, number of different tokens) of the source; token 0 is padding.
        target_shape: (length t, number of different tokens) of the target, the start token
            counted instead of the last one.
        **sizes: `blocks`, `dim`, `num_heads`, `hidden` and `dropout` of `Transformer`.

    Returns:
        An uncompiled Transformer, built, from [source (m, s), given (m, t)] to logits
        (m, t, number of target tokens). It writes with `start` and `step`.

    Raises:
        ValueError: a size is out of its range, or num_heads does not divide dim.

    Reference:
        Vaswani et al., "Attention Is All You Need", 2017, §3.

    Example:
        >>> model = build_transformer((5, 9), (3, 7), blocks=1, dim=8, num_heads=2, hidden=4)
        >>> source = ops.ones((2, 5), "int32")
        >>> model([source, ops.ones((2, 3), "int32")]).shape == (2, 3, 7)
        True
        >>> log_probabilities, state = model.step(ops.array([1, 1]), model.start(source))
        >>> log_probabilities.shape == (2, 7)
        True
    """
    (s, source_size), (t, target_size) = source_shape, target_shape
    model = Transformer(source_size, target_size, name="transformer", **sizes)
    model.build([(None, s), (None, t)])
    return model
