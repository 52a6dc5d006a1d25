"""One step of a simple RNN, a GRU and an LSTM, to be repeated by `keras.layers.RNN`."""

import keras
from keras import ops

from dlcourse.layers.composite import checked_count

__all__ = ["GRUCell", "LSTMCell", "RecurrentCell", "SimpleRNNCell"]


class RecurrentCell(keras.layers.Layer):
    """What the three cells share: weights for the input and for the state before it.

    The weights lie as in Keras's cells: their `get_weights` fit our `set_weights`.

    Args:
        units: length of the state, >= 1.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Raises:
        ValueError: units is below 1.
    """

    blocks = 1  # columns of the kernels for each unit: gates and candidate

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = checked_count("units", units)
        self.state_size = self.units
        self.output_size = self.units

    def build(self, input_shape):
        """Create the two kernels and the bias."""
        columns = self.blocks * self.units
        self.kernel = self.add_weight((input_shape[-1], columns), "glorot_uniform", name="kernel")
        self.recurrent_kernel = self.add_weight(
            (self.units, columns), "orthogonal", name="recurrent_kernel"
        )
        self.bias = self._add_bias(columns)
        self.built = True

    def _add_bias(self, columns):
        return self.add_weight((columns,), "zeros", name="bias")

    def get_config(self):
        """Every argument of the constructor."""
        return {**super().get_config(), "units": self.units}


@keras.saving.register_keras_serializable(package="dlcourse")
class SimpleRNNCell(RecurrentCell):
    """The simplest step: a⟨t⟩ = tanh(x⟨t⟩ Wx + a⟨t-1⟩ Wa + b).

    Args:
        units: length of the state, >= 1.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Raises:
        ValueError: units is below 1.

    Reference:
        Elman, "Finding structure in time", Cognitive Science 14, 1990.

    Example:
        >>> layer = keras.layers.RNN(SimpleRNNCell(4))
        >>> layer(ops.ones((2, 3, 5))).shape == (2, 4), layer.count_params()  # (5 + 4 + 1) · 4
        (True, 40)
    """

    def call(self, inputs, states):
        """One step.

        Args:
            inputs: x⟨t⟩, shape (m, n_x).
            states: list of a⟨t-1⟩, shape (m, units).

        Returns:
            (a⟨t⟩, [a⟨t⟩]).
        """
        total = ops.matmul(inputs, self.kernel) + ops.matmul(states[0], self.recurrent_kernel)
        state = ops.tanh(total + self.bias)
        return state, [state]


@keras.saving.register_keras_serializable(package="dlcourse")
class GRUCell(RecurrentCell):
    """Two gates and one state: c⟨t⟩ = Γ c⟨t-1⟩ + (1 - Γ) c̃⟨t⟩, Γ the share that is kept.

    Γ is one minus the course's update gate Γu, so that weights of keras.layers.GRU fit.

    Args:
        units: length of the state, >= 1.
        reset_after: whether the relevance gate acts behind the product of state and weights
            (Keras's default, with a bias for the input and one for the state) or in front of it
            (the course's formula).
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Raises:
        ValueError: units is below 1.

    Reference:
        Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder for Statistical
        Machine Translation", 2014, §2.3; version 3 of the preprint has the gate in front.

    Example:
        >>> layer = keras.layers.RNN(GRUCell(4, reset_after=False))
        >>> layer(ops.ones((2, 3, 5))).shape == (2, 4), layer.count_params()  # 3 · 40
        (True, 120)
    """

    blocks = 3

    def __init__(self, units, reset_after=True, **kwargs):
        super().__init__(units, **kwargs)
        self.reset_after = reset_after

    def _add_bias(self, columns):
        shape = (2, columns) if self.reset_after else (columns,)
        return self.add_weight(shape, "zeros", name="bias")

    def call(self, inputs, states):
        """One step.

        Args:
            inputs: x⟨t⟩, shape (m, n_x).
            states: list of c⟨t-1⟩, shape (m, units).

        Returns:
            (c⟨t⟩, [c⟨t⟩]).
        """
        before, gates = states[0], 2 * self.units
        by_input = ops.matmul(inputs, self.kernel)
        if self.reset_after:
            by_input = by_input + self.bias[0]
            by_state = ops.matmul(before, self.recurrent_kernel) + self.bias[1]
        else:
            by_input = by_input + self.bias
            by_state = ops.matmul(before, self.recurrent_kernel[:, :gates])
        both = ops.sigmoid(by_input[:, :gates] + by_state[:, :gates])
        keep, relevance = ops.split(both, 2, axis=-1)
        if self.reset_after:
            remembered = relevance * by_state[:, gates:]
        else:
            remembered = ops.matmul(relevance * before, self.recurrent_kernel[:, gates:])
        candidate = ops.tanh(by_input[:, gates:] + remembered)
        state = candidate + keep * (before - candidate)
        return state, [state]

    def get_config(self):
        """Every argument of the constructor."""
        return {**super().get_config(), "reset_after": self.reset_after}


@keras.saving.register_keras_serializable(package="dlcourse")
class LSTMCell(RecurrentCell):
    """Three gates, and a memory beside the output: c⟨t⟩ = Γf c⟨t-1⟩ + Γu c̃⟨t⟩, a⟨t⟩ = Γo tanh c⟨t⟩.

    The bias of the forget gate begins at 1: an untrained cell rather remembers.

    Args:
        units: length of output and memory, >= 1.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Raises:
        ValueError: units is below 1.

    Reference:
        Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997; the forget gate and its bias:
        Gers, Schmidhuber and Cummins, "Learning to Forget", 2000.

    Example:
        >>> layer = keras.layers.RNN(LSTMCell(4))
        >>> layer(ops.ones((2, 3, 5))).shape == (2, 4), layer.count_params()  # 4 · 40
        (True, 160)
    """

    blocks = 4

    def __init__(self, units, **kwargs):
        super().__init__(units, **kwargs)
        self.state_size = [self.units, self.units]

    def _add_bias(self, columns):
        def initial(shape, dtype=None):
            forget = ops.arange(shape[0]) // self.units == 1
            return ops.cast(forget, dtype)

        return self.add_weight((columns,), initial, name="bias")

    def call(self, inputs, states):
        """One step.

        Args:
            inputs: x⟨t⟩, shape (m, n_x).
            states: list of a⟨t-1⟩ and c⟨t-1⟩, both (m, units).

        Returns:
            (a⟨t⟩, [a⟨t⟩, c⟨t⟩]).
        """
        output, memory = states
        total = ops.matmul(inputs, self.kernel) + ops.matmul(output, self.recurrent_kernel)
        update, forget, candidate, out = ops.split(total + self.bias, 4, axis=-1)
        memory = ops.sigmoid(forget) * memory + ops.sigmoid(update) * ops.tanh(candidate)
        output = ops.sigmoid(out) * ops.tanh(memory)
        return output, [output, memory]
