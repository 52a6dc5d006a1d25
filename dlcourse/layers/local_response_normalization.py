"""Local response normalization: neighbouring channels compete, as in AlexNet."""

import keras

from dlcourse.layers.precision import at_least_float32

__all__ = ["LocalResponseNormalization"]


@keras.saving.register_keras_serializable(package="dlcourse")
class LocalResponseNormalization(keras.layers.Layer):
    """Divide every activation by a power of the energy in the channels around it.

        b[i] = a[i] / (k + alpha · Σ_j a[j]²)^beta,    j from i − n/2 to i + n/2 within bounds

    A strong response holds its neighbours down. Batch normalization has replaced it: there is
    nothing to learn in it, and it gained AlexNet one or two points.

    Args:
        n: how many adjacent channels are summed, an odd number >= 1.
        k: > 0, keeps the divisor away from zero.
        alpha: weight of each squared activation, >= 0. Caffe's alpha is this one times n.
        beta: exponent, >= 0.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Call arguments:
        inputs: activations (batch, …, channels).

    Returns:
        Activations of the same shape, in the layer's compute dtype.

    Raises:
        ValueError: an argument is out of its range.

    Reference:
        Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural
        networks", 2012, section 3.3, where the defaults come from.

    Example:
        >>> layer = LocalResponseNormalization(n=3, k=1.0, alpha=1.5, beta=1.0)
        >>> keras.ops.convert_to_numpy(layer(keras.ops.ones((1, 2)))).tolist()  # 1 / (1 + 1.5 · 2)
        [[0.25, 0.25]]
    """

    def __init__(self, n=5, k=2.0, alpha=1e-4, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        if int(n) != n or n < 1 or n % 2 == 0:
            raise ValueError(
                f"n: expected an odd number of channels >= 1, got {n!r}: as many below as above"
            )
        if not (k > 0 and alpha >= 0 and beta >= 0):
            raise ValueError(
                "k, alpha, beta: expected k > 0, alpha >= 0 and beta >= 0, got "
                f"k={k!r}, alpha={alpha!r}, beta={beta!r}"
            )
        self.n = int(n)
        self.k, self.alpha, self.beta = float(k), float(alpha), float(beta)

    def build(self, input_shape):
        """Nothing to make: the layer has no weights."""
        self.built = True

    def call(self, inputs):
        """Divide by the power of the energy."""
        # squares of large activations do not fit into float16
        wide = at_least_float32(inputs)
        divisor = (self.k + self.alpha * self._energy(wide * wide)) ** self.beta
        return keras.ops.cast(wide / divisor, self.compute_dtype)

    def _energy(self, squares):
        """Sums of n neighbours: as many shifted copies, since n is small."""
        channels, half = squares.shape[-1], self.n // 2
        around = [(0, 0)] * (len(squares.shape) - 1) + [(half, half)]
        padded = keras.ops.pad(squares, around)
        return sum(padded[..., i : i + channels] for i in range(self.n))

    def compute_output_shape(self, input_shape):
        """The shape of the inputs."""
        return input_shape

    def get_config(self):
        """Return what builds the same layer again."""
        own = {"n": self.n, "k": self.k, "alpha": self.alpha, "beta": self.beta}
        return {**super().get_config(), **own}
