"""Inverted dropout: noise that makes every unit useful on its own."""

import keras

from dlcourse.kernels.keep_mask import keep_mask

__all__ = ["InvertedDropout"]


@keras.saving.register_keras_serializable(package="dlcourse")
class InvertedDropout(keras.layers.Layer):
    """In training, zero each unit with probability `rate` and divide the others by 1 − rate.

    The division keeps the expected value of every unit, so that inference needs no change at all:
    that is what "inverted" means. The same layer as `keras.layers.Dropout`, but quicker.

    Args:
        rate: probability that a unit is dropped, from 0 to 1.
        noise_shape: shape of the random mask, broadcast against the inputs: a 1 lets units along
            that axis fall together, None stands for the size of the inputs there. Such as
            (None, 1, None) for the same features at all steps of a sequence.
        seed: integer that makes the masks repeatable.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Call arguments:
        inputs: numbers of any shape; masked steps stay masked.
        training: whether to drop. With False, the default, the inputs come back as they are.

    Returns:
        Numbers of the same shape.

    Raises:
        ValueError: the rate lies outside of 0 to 1, or noise_shape is not a sequence of positive
            integers and Nones, one for each axis of the inputs.

    Reference:
        Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, "Dropout: a simple way to prevent
        neural networks from overfitting", JMLR 15, 2014, sections 4 and 10 (which scales at the
        other end, in inference).

    Example:
        >>> import numpy as np
        >>> dropped = InvertedDropout(0.5, seed=1)(np.ones((100, 100)), training=True)
        >>> sorted(set(keras.ops.convert_to_numpy(dropped).ravel().tolist()))
        [0.0, 2.0]
    """

    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        if not 0 <= rate <= 1:
            raise ValueError(
                f"rate: expected the share to drop, a number from 0 to 1, got {rate!r}"
            )
        self.rate = float(rate)
        self.noise_shape = None if noise_shape is None else _checked(noise_shape)
        self.seed = seed
        if 0 < self.rate < 1:
            self.seed_generator = keras.random.SeedGenerator(seed)
        self.supports_masking = True

    def build(self, input_shape):
        """Check the axes; the layer has no weights."""
        if self.noise_shape is not None and len(self.noise_shape) != len(input_shape):
            raise ValueError(
                f"noise_shape: expected one size for each axis of the inputs {tuple(input_shape)}, "
                f"got {self.noise_shape}; write 1 where units fall together and None elsewhere"
            )
        self.built = True

    def call(self, inputs, training=False):
        """Drop and rescale in training."""
        if not training or self.rate == 0:
            return inputs
        if self.rate == 1:
            return keras.ops.zeros_like(inputs)
        keep, probability = keep_mask(self._mask_shape(inputs), self.rate, self.seed_generator)
        return keras.ops.where(keep, inputs * (1 / probability), 0)

    def _mask_shape(self, inputs):
        sizes = keras.ops.shape(inputs)
        wanted = self.noise_shape or (None,) * len(sizes)
        return tuple(size if n is None else n for n, size in zip(wanted, sizes, strict=True))

    def compute_output_shape(self, input_shape):
        """The shape of the inputs."""
        return input_shape

    def get_config(self):
        """Return what builds the same layer again."""
        own = {"rate": self.rate, "noise_shape": self.noise_shape, "seed": self.seed}
        return {**super().get_config(), **own}


def _checked(noise_shape):
    whole = [n is None or (isinstance(n, int) and n > 0) for n in noise_shape]
    if isinstance(noise_shape, str) or not all(whole):
        raise ValueError(
            "noise_shape: expected a sequence of positive integers and Nones, such as "
            f"(None, 1, None), got {noise_shape!r}"
        )
    return tuple(noise_shape)
