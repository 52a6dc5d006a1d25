"""Translation with a recurrent encoder, a recurrent decoder, and attention between them."""

import keras
from keras import ops

from dlcourse.layers import GRU, LSTM, AttentionDecoder
from dlcourse.layers.composite import checked_count

__all__ = ["EncoderDecoder", "build_encoder_decoder"]

KINDS = {"gru": GRU, "lstm": LSTM}


@keras.saving.register_keras_serializable(package="dlcourse")
class EncoderDecoder(keras.Model):
    """Encoder in both directions, decoder with attention; `build_encoder_decoder` makes it.

    `fit` takes [source, given] and the tokens that are wanted: each answer is to be the token that
    follows the given ones. Where nothing is given yet, `start` and `step` write token by token;
    whatever chooses the tokens (the likeliest, beam search, chance) can drive them.

    Args:
        source_size: number of different source tokens; 0 is padding.
        target_size: number of different target tokens.
        units: length of the recurrent state, in each direction, >= 1.
        dim: length of the vectors of the tokens, >= 1.
        kind: "gru" or "lstm".
        **kwargs: `name`, `dtype` and `trainable` of every layer.
    """

    def __init__(self, source_size, target_size, units=64, dim=32, kind="lstm", **kwargs):
        super().__init__(**kwargs)
        self.source_size = checked_count("source_size", source_size)
        self.target_size = checked_count("target_size", target_size)
        self.units, self.dim, self.kind = units, checked_count("dim", dim), kind
        parts = {"dtype": self.dtype_policy}
        self.decoder = AttentionDecoder(units, units, kind, name="decoder", **parts)
        self.source_embedding = keras.layers.Embedding(
            source_size, dim, name="source_embedding", **parts
        )
        self.target_embedding = keras.layers.Embedding(
            target_size, dim, name="target_embedding", **parts
        )
        one_way = KINDS[kind](units, return_sequences=True, **parts)
        self.encoder = keras.layers.Bidirectional(one_way, name="encoder", **parts)
        # probabilities of long sequences are products of many: not in half precision
        self.scores = keras.layers.Dense(target_size, name="scores", dtype="float32")

    def build(self, input_shape):
        """Create the weights for [source (m, s), given (m, t)]."""
        source, given = (tuple(shape) for shape in input_shape)
        memory = (*source, 2 * self.units)
        self.source_embedding.build(source)
        self.target_embedding.build(given)
        self.encoder.build((*source, self.dim))
        self.decoder.build([(*given, self.dim), memory])
        self.scores.build((*given, 3 * self.units))
        self.built = True

    def encode(self, source):
        """Read the source.

        Args:
            source: whole numbers (m, s), 0 for padding.

        Returns:
            (memory (m, s, 2 units), mask: booleans (m, s), True at real tokens).
        """
        source = ops.convert_to_tensor(source)
        mask = ops.not_equal(source, 0)
        return self.encoder(self.source_embedding(source), mask=mask), mask

    def call(self, inputs):
        """Score every token at every place, the tokens before it given (teacher forcing).

        Args:
            inputs: list of source (m, s) and given (m, t), whole numbers.

        Returns:
            Logits (m, t, target_size), to be trained with a cross-entropy `from_logits=True`.
        """
        return self.scores(self._decoded(inputs))

    def attention_map(self, inputs):
        """Where the decoder looked.

        Args:
            inputs: as in `call`.

        Returns:
            Weights (m, t, s); those of a target token sum to 1.
        """
        return self._decoded(inputs, return_attention_scores=True)[1]

    def _decoded(self, inputs, **options):
        source, given = inputs
        memory, mask = self.encode(source)
        return self.decoder([self.target_embedding(given), memory], mask=[None, mask], **options)

    def start(self, source):
        """The state before the first token is written.

        Args:
            source: whole numbers (m, s), 0 for padding.

        Returns:
            List of tensors with one row for each source; a search may repeat and reorder rows.
        """
        return self.decoder.cell.start(*self.encode(source))

    def step(self, tokens, state):
        """What the next token may be.

        Args:
            tokens: the tokens that were written last, whole numbers (n,); the start token first.
            state: as `start` or the step before returned it, n rows.

        Returns:
            (log-probabilities (n, target_size), new state).
        """
        output, state = self.decoder.cell(self.target_embedding(tokens), state)
        return ops.log_softmax(self.scores(output), axis=-1), state

    def compute_output_shape(self, input_shape):
        """(m, t, target_size)."""
        return (*input_shape[1], self.target_size)

    def get_config(self):
        """Every argument of the constructor."""
        names = ("source_size", "target_size", "units", "dim", "kind")
        return {**super().get_config(), **{name: getattr(self, name) for name in names}}


def build_encoder_decoder(source_shape, target_shape, units=64, dim=32, kind="lstm"):
    """Build a translator: bidirectional encoder, additive attention, recurrent decoder.

    Args:
        source_shape: (length s, number of different tokens) of the source; token 0 is padding.
        target_shape: (length t, number of different tokens) of the target, the start token
            counted instead of the last one.
        units: length of the recurrent state, in each direction, >= 1.
        dim: length of the vectors of the tokens, >= 1.
        kind: "gru" or "lstm".

    Returns:
        An uncompiled EncoderDecoder, built, from [source (m, s), given (m, t)] to logits
        (m, t, number of target tokens). It writes with `start` and `step`.

    Raises:
        ValueError: a count is below 1, or the kind is unknown.

    Reference:
        Bahdanau, Cho and Bengio, "Neural Machine Translation by Jointly Learning to Align and
        Translate", 2015, §3.

    Example:
        >>> model = build_encoder_decoder((5, 9), (3, 7), units=4, dim=2)
        >>> source = ops.ones((2, 5), "int32")
        >>> model([source, ops.ones((2, 3), "int32")]).shape == (2, 3, 7)
        True
        >>> log_probabilities, state = model.step(ops.array([1, 1]), model.start(source))
        >>> log_probabilities.shape == (2, 7)
        True
    """
    (s, source_size), (t, target_size) = source_shape, target_shape
    model = EncoderDecoder(source_size, target_size, units, dim, kind, name="encoder_decoder")
    model.build([(None, s), (None, t)])
    return model
