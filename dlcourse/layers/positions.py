"""Where in the sequence: waves of many lengths, or a learnt vector for each place."""

import keras
import numpy as np
from keras import ops

from dlcourse.layers.composite import CompositeLayer, checked_count

__all__ = ["PositionalEncoding", "TokenAndPositionEmbedding"]


@keras.saving.register_keras_serializable(package="dlcourse")
class PositionalEncoding(keras.layers.Layer):
    """Add sines and cosines of the position to vectors, so that attention can tell their order.

    Nothing is learnt, and any length will do.

    Args:
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Call arguments:
        inputs: vectors (m, t, d).
        start: position of the first of them: a whole number, or one for each example (m,).

    Returns:
        Tensor (m, t, d). Masks go on as they are.

    Reference:
        Vaswani et al., "Attention Is All You Need", 2017, §3.5.

    Example:
        >>> encoded = PositionalEncoding()(ops.zeros((1, 2, 4)))
        >>> [round(wave, 3) for wave in ops.convert_to_numpy(encoded)[0, 1].tolist()]
        [0.841, 0.54, 0.01, 1.0]
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        """Nothing to create."""
        self.built = True

    def call(self, inputs, start=0):
        """Add the encoding."""
        t, d = ops.shape(inputs)[1], inputs.shape[-1]
        first = ops.reshape(ops.cast(start, "float32"), (-1, 1, 1))
        place = first + ops.cast(ops.arange(t), "float32")[:, None]
        columns = np.arange(d)
        angles = place * np.float32(10000.0) ** (-2 * (columns // 2) / d).astype("float32")
        waves = ops.where(columns % 2 == 0, ops.sin(angles), ops.cos(angles))
        return inputs + ops.cast(waves, inputs.dtype)

    def compute_output_shape(self, input_shape):
        """The shape of the inputs."""
        return input_shape


@keras.saving.register_keras_serializable(package="dlcourse")
class TokenAndPositionEmbedding(CompositeLayer):
    """A learnt vector for each token plus a learnt vector for each place.

    Args:
        vocabulary_size: number of different tokens, >= 1.
        max_length: number of places, >= 1; longer sequences are refused.
        dim: length of the vectors, >= 1.
        mask_zero: whether token 0 is padding, so that a mask goes on.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        Whole numbers (m, t), t <= max_length → (m, t, dim).

    Raises:
        ValueError: a count is below 1, or a sequence is longer than max_length.

    Reference:
        Devlin et al., "BERT", 2019, §3 "Input/Output Representations" (learnt places).

    Example:
        >>> layer = TokenAndPositionEmbedding(50, max_length=35, dim=8)
        >>> layer(ops.ones((2, 35), "int32")).shape == (2, 35, 8), layer.count_params()
        (True, 680)
    """

    def __init__(self, vocabulary_size, max_length, dim, mask_zero=False, **kwargs):
        super().__init__(**kwargs)
        self.vocabulary_size = checked_count("vocabulary_size", vocabulary_size)
        self.max_length = checked_count("max_length", max_length)
        self.dim = checked_count("dim", dim)
        self.mask_zero = mask_zero
        self.supports_masking = True
        self.tokens = keras.layers.Embedding(
            vocabulary_size, dim, mask_zero=mask_zero, name="tokens", **self.inherited
        )
        self.places = keras.layers.Embedding(max_length, dim, name="places", **self.inherited)

    def build(self, input_shape):
        """Create the two tables, and compare the length, if it is known."""
        if input_shape[1] is not None and input_shape[1] > self.max_length:
            raise ValueError(
                f"inputs: expected at most max_length={self.max_length} tokens; got "
                f"{input_shape[1]}"
            )
        self.tokens.build(input_shape)
        self.places.build((input_shape[1],))
        self.built = True

    def call(self, inputs):
        """Look both up and add them."""
        return self.tokens(inputs) + self.places(ops.arange(ops.shape(inputs)[1]))

    def compute_mask(self, inputs, mask=None):
        """True at tokens other than 0, if these are padding."""
        return self.tokens.compute_mask(inputs)

    def compute_output_shape(self, input_shape):
        """(m, t, dim)."""
        return (*input_shape, self.dim)

    def get_config(self):
        """Every argument of the constructor."""
        return {
            **super().get_config(),
            "vocabulary_size": self.vocabulary_size,
            "max_length": self.max_length,
            "dim": self.dim,
            "mask_zero": self.mask_zero,
        }
