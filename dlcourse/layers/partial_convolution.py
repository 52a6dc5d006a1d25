"""A convolution whose maps each look at some of the input's maps only."""

import keras
import numpy as np

from dlcourse.layers.composite import checked_count

__all__ = ["PartialConvolution"]


@keras.saving.register_keras_serializable(package="dlcourse")
class PartialConvolution(keras.layers.Layer):
    """Convolution without padding where a table says which input maps each output map sees.

    Different maps see different things and so are pushed to look for different features; and
    there are fewer weights: one f × f patch for each connection, and a bias for each output map.

    Args:
        connections: for each output map, the numbers of the input maps that it sees, from 0, each
            at most once; at least one.
        kernel_size: side f of the square filters, >= 1.
        **kwargs: `name`, `dtype` and `trainable` of every layer.

    Input and output:
        (m, h, w, channels) → (m, h − f + 1, w − f + 1, len(connections)), channels last.

    Raises:
        ValueError: a map sees nothing, or a channel twice or one that is not there.

    Reference:
        LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998, §II-B
        (layer C3, table I).

    Example:
        >>> layer = PartialConvolution([[0, 1], [1, 2], [0, 1, 2]], kernel_size=5)
        >>> layer(keras.ops.ones((1, 14, 14, 3))).shape == (1, 10, 10, 3)
        True
        >>> layer.count_params()  # 7 patches of 25 weights, 3 biases
        178
    """

    def __init__(self, connections, kernel_size, **kwargs):
        super().__init__(**kwargs)
        self.connections = [[int(channel) for channel in row] for row in connections]
        self.kernel_size = checked_count("kernel_size", kernel_size)
        for row in self.connections:
            if not row or len(set(row)) != len(row) or min(row) < 0:
                raise ValueError(
                    "connections: expected for each output map a list of different input maps, "
                    f"counted from 0; got {row}"
                )

    def build(self, input_shape):
        """Make the patches and the biases, and note where each patch belongs."""
        channels, maps = input_shape[-1], len(self.connections)
        if max(map(max, self.connections)) >= channels:
            raise ValueError(
                f"connections: expected input maps from 0 to {channels - 1}, since the input has "
                f"{channels} channels; got {max(map(max, self.connections))}"
            )
        places = [(c, k) for k, row in enumerate(self.connections) for c in row]
        # which patch stands at (channel, map); the last one, one too many, is all zeros
        self._patch_at = np.full((channels, maps), len(places))
        self._patch_at[tuple(np.transpose(places))] = np.arange(len(places))
        self.patches = self._weight((self.kernel_size**2, len(places)), maps, "patches")
        self.bias = self.add_weight(shape=(maps,), initializer="zeros", name="bias")
        self.built = True

    def _weight(self, shape, maps, name):
        # He's scale for the connections that there are: mean number of inputs of a map
        inputs = shape[0] * shape[1] / maps
        deviation = float(np.sqrt(2 / inputs))
        initializer = keras.initializers.TruncatedNormal(stddev=deviation)
        return self.add_weight(shape=shape, initializer=initializer, name=name)

    def call(self, inputs):
        """Spread the patches over a full kernel, zeros between them, and convolve."""
        nothing = keras.ops.zeros_like(self.patches[:, :1])
        patches = keras.ops.concatenate([self.patches, nothing], axis=1)
        kernel = keras.ops.take(patches, self._patch_at, axis=1)
        side = (self.kernel_size, self.kernel_size)
        kernel = keras.ops.reshape(kernel, side + self._patch_at.shape)
        outputs = keras.ops.conv(inputs, kernel, padding="valid", data_format="channels_last")
        return outputs + self.bias

    def compute_output_shape(self, input_shape):
        """(m, h − f + 1, w − f + 1, maps)."""
        m, height, width, _ = input_shape
        sides = (n and n - self.kernel_size + 1 for n in (height, width))
        return (m, *sides, len(self.connections))

    def get_config(self):
        """Every argument of the constructor."""
        return {
            **super().get_config(),
            "connections": self.connections,
            "kernel_size": self.kernel_size,
        }
