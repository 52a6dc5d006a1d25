"""Recurrent layers: a cell, repeated along a sequence by `keras.layers.RNN`."""

import keras

from dlcourse.layers.attention_masks import without_padding
from dlcourse.layers.recurrent_cells import GRUCell, LSTMCell, SimpleRNNCell

__all__ = ["GRU", "LSTM", "RecurrentLayer", "SimpleRNN"]


class RecurrentLayer(keras.layers.RNN):
    """What the three layers share: they make their cell themselves, and do not look at padding.

    Args:
        cell: the cell.
        **kwargs: what `keras.layers.RNN` takes besides.
    """

    def call(self, sequences, initial_state=None, mask=None, training=False):
        """Walk along the sequences.

        Args:
            sequences: shape (m, t, n_x).
            initial_state: list of the states before the first step; zeros if None.
            mask: booleans (m, t), True at real steps. At the others the state stays as it is.
            training: whether this is a training step.

        Returns:
            The last output (m, units), or all of them (m, t, units); see return_state for more.
        """
        # what stands at padding is calculated and then dropped, which would not stop NaN gradients
        sequences = without_padding(sequences, mask)
        return super().call(sequences, initial_state=initial_state, mask=mask, training=training)

    def get_config(self):
        """Every argument of the constructor, those of the cell among them."""
        config = {**self.cell.get_config(), **super().get_config()}
        del config["cell"]
        return config

    @classmethod
    def from_config(cls, config):
        """The layer that get_config describes."""
        return cls(**config)


def _for_the_cell(kwargs):
    """A name that is always the same, and from its layer the dtype policy and whether it learns."""
    inherited = {name: kwargs[name] for name in ("dtype", "trainable") if name in kwargs}
    return {"name": "cell", **inherited}


@keras.saving.register_keras_serializable(package="dlcourse")
class SimpleRNN(RecurrentLayer):
    """A simple RNN: a⟨t⟩ = tanh(x⟨t⟩ Wx + a⟨t-1⟩ Wa + b).

    The same as keras.layers.SimpleRNN; its `get_weights` fit our `set_weights`.

    Args:
        units: length of the state, >= 1.
        **kwargs: `return_sequences`, `return_state`, `go_backwards`, `stateful`, `unroll` and
            what else `keras.layers.RNN` takes.

    Input and output:
        (m, t, n_x) → (m, units), or with return_sequences (m, t, units). At masked steps the
        state stays as it is.

    Raises:
        ValueError: units is below 1.

    Reference:
        Elman, "Finding structure in time", Cognitive Science 14, 1990.

    Example:
        >>> SimpleRNN(4)(keras.ops.ones((2, 3, 5))).shape == (2, 4)
        True
    """

    def __init__(self, units, **kwargs):
        super().__init__(SimpleRNNCell(units, **_for_the_cell(kwargs)), **kwargs)


@keras.saving.register_keras_serializable(package="dlcourse")
class GRU(RecurrentLayer):
    """A gated recurrent unit, see `GRUCell`.

    The same as keras.layers.GRU; its `get_weights` fit our `set_weights`.

    Args:
        units: length of the state, >= 1.
        reset_after: whether the relevance gate acts behind the product of state and weights.
        **kwargs: `return_sequences`, `return_state`, `go_backwards`, `stateful`, `unroll` and
            what else `keras.layers.RNN` takes.

    Input and output:
        (m, t, n_x) → (m, units), or with return_sequences (m, t, units). At masked steps the
        state stays as it is.

    Raises:
        ValueError: units is below 1.

    Reference:
        Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder for Statistical
        Machine Translation", 2014, §2.3.

    Example:
        >>> GRU(4, return_sequences=True)(keras.ops.ones((2, 3, 5))).shape == (2, 3, 4)
        True
    """

    def __init__(self, units, reset_after=True, **kwargs):
        super().__init__(GRUCell(units, reset_after, **_for_the_cell(kwargs)), **kwargs)


@keras.saving.register_keras_serializable(package="dlcourse")
class LSTM(RecurrentLayer):
    """A long short-term memory, see `LSTMCell`.

    The same as keras.layers.LSTM; its `get_weights` fit our `set_weights`.

    Args:
        units: length of output and memory, >= 1.
        **kwargs: `return_sequences`, `return_state`, `go_backwards`, `stateful`, `unroll` and
            what else `keras.layers.RNN` takes.

    Input and output:
        (m, t, n_x) → (m, units), or with return_sequences (m, t, units). At masked steps output
        and memory stay as they are.

    Raises:
        ValueError: units is below 1.

    Reference:
        Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997.

    Example:
        >>> both_ways = keras.layers.Bidirectional(LSTM(4))
        >>> both_ways(keras.ops.ones((2, 3, 5))).shape == (2, 8)
        True
    """

    def __init__(self, units, **kwargs):
        super().__init__(LSTMCell(units, **_for_the_cell(kwargs)), **kwargs)
