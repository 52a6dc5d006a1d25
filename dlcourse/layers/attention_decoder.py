"""A recurrent decoder that looks back: before each step it attends to the encoder's outputs."""

import keras
from keras import ops

from dlcourse.layers.additive_attention import AdditiveAttention
from dlcourse.layers.attention_masks import masked_softmax, without_padding
from dlcourse.layers.composite import CompositeLayer, checked_count
from dlcourse.layers.recurrent_cells import GRUCell, LSTMCell

__all__ = ["AttentionDecoder", "AttentionDecoderCell"]

KINDS = {"gru": GRUCell, "lstm": LSTMCell}


@keras.saving.register_keras_serializable(package="dlcourse")
class AttentionDecoderCell(CompositeLayer):
    """One step: the state asks, the memory answers, input and answer make the next state.

    What is looked at rides along in the state and comes out unchanged, so that the cell needs
    nothing else; whoever reorders the rows of the state (beam search) reorders it, too.

    Args:
        units: length of the recurrent state, >= 1.
        attention_units: width of the hidden layer that scores, >= 1.
        kind: "gru" or "lstm".
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Raises:
        ValueError: a count is below 1, or the kind is unknown.

    Reference:
        Bahdanau, Cho and Bengio, "Neural Machine Translation by Jointly Learning to Align and
        Translate", 2015, §3.1.

    Example:
        >>> cell = AttentionDecoderCell(4, 3)
        >>> cell.build([(None, 2), (None, 5, 6)])
        >>> state = cell.start(ops.ones((1, 5, 6)))
        >>> output, state = cell(ops.ones((1, 2)), state)
        >>> output.shape == (1, 4 + 6)  # the new state and what was read
        True
    """

    def __init__(self, units, attention_units, kind="gru", **kwargs):
        super().__init__(**kwargs)
        if kind not in KINDS:
            raise ValueError(f"kind: expected one of {', '.join(KINDS)}; got {kind!r}")
        self.units = checked_count("units", units)
        self.attention_units = checked_count("attention_units", attention_units)
        self.kind = kind
        self.cell = KINDS[kind](units, name=kind, **self.inherited)
        self.attention = AdditiveAttention(attention_units, name="attention", **self.inherited)

    def build(self, input_shape):
        """Create the weights for [inputs (m, n_x), memory (m, t, d)]."""
        (m, width), memory = input_shape
        self.attention.build([(m, 1, self.units), memory])
        self.cell.build((m, width + memory[-1]))
        self.built = True

    def start(self, memory, mask=None):
        """The state before the first step.

        Args:
            memory: what to look at, shape (m, t, d).
            mask: booleans (m, t), True where there is something to see; None for everywhere.

        Returns:
            List of tensors, each with m rows.
        """
        memory = without_padding(memory, mask)
        m, t = ops.shape(memory)[:2]
        seen = ops.ones((m, t), "bool") if mask is None else ops.cast(mask, "bool")
        sizes = keras.tree.flatten(self.cell.state_size)
        states = [ops.zeros((m, size), dtype=memory.dtype) for size in sizes]
        return [*states, memory, self.attention.key_dense(memory), seen]

    def call(self, inputs, states):
        """One step.

        Args:
            inputs: shape (m, n_x).
            states: as `start` or the step before returned it.

        Returns:
            (output (m, units + d), new states): the output is the recurrent state beside what was
            read from the memory.
        """
        *before, memory, keys, seen = states
        context = self.read(before[0], memory, keys, seen)[0]
        output, after = self.cell(ops.concatenate([inputs, context], axis=-1), before)
        return ops.concatenate([output, context], axis=-1), [*after, memory, keys, seen]

    def read(self, query, memory, keys, seen):
        """Average the memory, weighted by how well each place fits the query.

        Args:
            query: shape (m, units).
            memory: shape (m, t, d).
            keys: the memory, projected by the attention; shape (m, t, attention_units).
            seen: booleans (m, t), True where there is something to see.

        Returns:
            (context (m, d), weights (m, t)).
        """
        hidden = ops.tanh(self.attention.query_dense(query)[:, None] + keys)
        weights = masked_softmax(ops.matmul(hidden, self.attention.score_weights), seen)
        return ops.matmul(weights[:, None], memory)[:, 0], weights

    def get_config(self):
        """Every argument of the constructor."""
        own = {"units": self.units, "attention_units": self.attention_units, "kind": self.kind}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable(package="dlcourse")
class AttentionDecoder(CompositeLayer):
    """A recurrent decoder with additive attention, along a whole sequence that is known.

    That is how it is trained (teacher forcing: the step t is given the right token t - 1). Where
    the tokens are still to be found, `cell.start` and `cell` take one step at a time.

    Args:
        units: length of the recurrent state, >= 1.
        attention_units: width of the hidden layer that scores, >= 1.
        kind: "gru" or "lstm".
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        [vectors of the tokens (m, t, n_x), memory (m, s, d)] → (m, t, units + d), each the new
        state beside what was read from the memory. t has to be known. Masked places of the memory
        are not read; what is given at masked steps counts as zeros.

    Raises:
        ValueError: a count is below 1, the kind is unknown, or t is.

    Reference:
        Bahdanau, Cho and Bengio, "Neural Machine Translation by Jointly Learning to Align and
        Translate", 2015, §3.1.

    Example:
        >>> layer = AttentionDecoder(units=4, attention_units=3)
        >>> layer([ops.ones((2, 5, 3)), ops.ones((2, 7, 6))]).shape == (2, 5, 10)
        True
    """

    def __init__(self, units, attention_units, kind="gru", **kwargs):
        super().__init__(**kwargs)
        self.cell = AttentionDecoderCell(
            units, attention_units, kind, name="cell", **self.inherited
        )
        self.units = self.cell.units
        self.attention_units = self.cell.attention_units
        self.kind = kind
        self.supports_masking = True

    def build(self, input_shape):
        """Create the weights of the cell."""
        (m, t, width), memory = input_shape
        if t is None:
            raise ValueError(
                "inputs: expected a known number of steps, since they are written out one by one; "
                f"got {tuple(input_shape[0])}"
            )
        self.cell.build([(m, width), memory])
        self.built = True

    def call(self, inputs, mask=None, return_attention_scores=False):
        """Take all steps.

        Args:
            inputs: list of the vectors of the tokens (m, t, n_x) and the memory (m, s, d).
            mask: list of booleans (m, t) and (m, s), True at real steps; each may be None.
            return_attention_scores: whether to return the weights (m, t, s), too.

        Returns:
            Tensor (m, t, units + d), or a pair of it and the weights.
        """
        vectors, memory = inputs
        own_mask, memory_mask = mask or (None, None)
        vectors = without_padding(vectors, own_mask)
        states, outputs, weights = self.cell.start(memory, memory_mask), [], []
        # written out: targets are short, and keras.layers.RNN would make floats of the mask
        for t in range(vectors.shape[1]):
            if return_attention_scores:
                weights.append(self.cell.read(states[0], *states[-3:])[1])
            output, states = self.cell(vectors[:, t], states)
            outputs.append(output)
        outputs = ops.stack(outputs, axis=1)
        return (outputs, ops.stack(weights, axis=1)) if return_attention_scores else outputs

    def compute_mask(self, inputs, mask=None):
        """The mask of the vectors."""
        return None if mask is None else mask[0]

    def compute_output_shape(self, input_shape):
        """(m, t, units + d)."""
        vectors, memory = input_shape
        return (*vectors[:2], self.units + memory[-1])

    def compute_output_spec(self, inputs, return_attention_scores=False, **others):
        """Symbolic output, and symbolic weights if they are wanted."""
        vectors, memory = (tensor.shape for tensor in inputs)
        shapes = [self.compute_output_shape([vectors, memory]), (*vectors[:2], memory[1])]
        specs = [keras.KerasTensor(shape, dtype=self.compute_dtype) for shape in shapes]
        return tuple(specs) if return_attention_scores else specs[0]

    def get_config(self):
        """Every argument of the constructor."""
        own = {"units": self.units, "attention_units": self.attention_units, "kind": self.kind}
        return {**super().get_config(), **own}
