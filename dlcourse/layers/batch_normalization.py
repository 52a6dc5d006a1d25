"""Batch normalization: every channel with mean 0 and variance 1 over the batch."""

import keras

from dlcourse.kernels.fused_batch_norm import fused_applies, fused_batch_norm
from dlcourse.layers.precision import at_least_float32

__all__ = ["BatchNormalization"]


@keras.saving.register_keras_serializable(package="dlcourse")
class BatchNormalization(keras.layers.Layer):
    """Normalize each channel, then give it a learned scale gamma and offset beta.

    Training uses the mean and variance of the batch and moves two running averages towards them;
    inference uses these averages, so that an example's result does not depend on its company. A
    layer with `trainable = False` always works as in inference. The same numbers as
    `keras.layers.BatchNormalization`, and the same weights in the same order.

    Args:
        axis: the channel axis.
        momentum: what stays of the running averages at each step, from 0 to 1.
        epsilon: > 0, added to the variance.
        center: whether there is a beta.
        scale: whether there is a gamma.
        **kwargs: `name`, `dtype` and what else `keras.layers.Layer` takes.

    Call arguments:
        inputs: numbers of any shape with at least two axes.
        training: whether to use the batch's statistics and to move the averages.
        mask: bool, one axis less than the inputs; where it is False, numbers count for no statistic
            but are normalized all the same.

    Returns:
        Numbers of the same shape, in the layer's compute dtype; statistics are in float32 at least.

    Raises:
        ValueError: an argument is out of its range, the channel axis does not exist or has no known
            size, or the mask does not fit the inputs.

    Reference:
        Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing
        internal covariate shift", 2015, algorithms 1 and 2.

    Example:
        >>> import numpy as np
        >>> layer = BatchNormalization(momentum=0.5, epsilon=1e-5)
        >>> outputs = layer(np.array([[1.0], [3.0]]), training=True)
        >>> keras.ops.convert_to_numpy(outputs).round(2).tolist()
        [[-1.0], [1.0]]
        >>> [float(weight[0]) for weight in layer.non_trainable_weights]  # from 0 to 2, 1 to 1
        [1.0, 1.0]
    """

    def __init__(self, axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True, **kwargs):
        super().__init__(**kwargs)
        if not 0 <= momentum <= 1:
            raise ValueError(
                f"momentum: expected a number from 0 to 1, such as 0.99, got {momentum!r}"
            )
        if not epsilon > 0:
            raise ValueError(f"epsilon: expected a positive number, such as 1e-3, got {epsilon!r}")
        self.axis = int(axis)
        self.momentum = float(momentum)
        self.epsilon = float(epsilon)
        self.center = bool(center)
        self.scale = bool(scale)
        self.supports_masking = True

    def build(self, input_shape):
        """Make gamma and beta, and the running mean and variance."""
        rank = len(input_shape)
        if not -rank <= self.axis < rank or input_shape[self.axis] is None:
            raise ValueError(
                f"axis: expected an axis of the inputs {tuple(input_shape)} whose size is known, "
                f"got {self.axis}"
            )
        channels = input_shape[self.axis]
        self.gamma = self._channel_weight("gamma", channels, "ones") if self.scale else None
        self.beta = self._channel_weight("beta", channels, "zeros") if self.center else None
        self.moving_mean = self._channel_weight("moving_mean", channels, "zeros", False)
        self.moving_variance = self._channel_weight("moving_variance", channels, "ones", False)
        self.input_spec = keras.InputSpec(ndim=rank, axes={self.axis: channels})
        self._others = [i for i in range(rank) if i != self.axis % rank]

    def _channel_weight(self, name, channels, initializer, trainable=True):
        return self.add_weight(
            shape=(channels,),
            name=name,
            initializer=initializer,
            trainable=trainable,
            autocast=False,  # float32 also where the layer computes in half precision
        )

    def call(self, inputs, training=None, mask=None):
        """Normalize, and move the averages in training."""
        if mask is not None and len(mask.shape) != len(inputs.shape) - 1:
            raise ValueError(
                f"mask: expected one axis less than the inputs {tuple(inputs.shape)}, "
                f"got {tuple(mask.shape)}"
            )
        if not (training and self.trainable):
            return self._normalized(inputs, self.moving_mean, self.moving_variance)
        if mask is None and fused_applies(inputs, self.axis, self.epsilon):
            scale, offset = self._scale_and_offset()
            outputs, mean, variance = fused_batch_norm(inputs, scale, offset, self.epsilon)
        else:
            mean, variance = self._moments(inputs, mask)
            outputs = self._normalized(inputs, mean, variance)
        self._move(self.moving_mean, mean)
        self._move(self.moving_variance, variance)
        return outputs

    def _scale_and_offset(self):
        gamma = self.gamma if self.scale else keras.ops.ones_like(self.moving_mean)
        beta = self.beta if self.center else keras.ops.zeros_like(self.moving_mean)
        return gamma, beta

    def _move(self, average, value):
        value = keras.ops.cast(value, average.dtype)
        # of the value: PyTorch rounds a variable's factor to float32
        average.assign(average.value * self.momentum + value * (1 - self.momentum))

    def _moments(self, inputs, mask):
        inputs = at_least_float32(inputs)
        if mask is None:
            return keras.ops.moments(inputs, self._others)
        counts = keras.ops.cast(keras.ops.expand_dims(mask, -1), "bool")
        counts = keras.ops.broadcast_to(counts, keras.ops.shape(inputs))
        # a batch without a single unmasked number has mean and variance 0
        n = keras.ops.sum(keras.ops.cast(counts, inputs.dtype), self._others, keepdims=True)
        n = n + keras.backend.epsilon()
        mean = keras.ops.sum(keras.ops.where(counts, inputs, 0), self._others, keepdims=True) / n
        squares = keras.ops.where(counts, keras.ops.square(inputs - mean), 0)
        variance = keras.ops.sum(squares, self._others, keepdims=True) / n
        return keras.ops.reshape(mean, [-1]), keras.ops.reshape(variance, [-1])

    def _normalized(self, inputs, mean, variance):
        """The result gamma · (x − mean) / √(variance + epsilon) + beta."""
        wide = at_least_float32(inputs)
        mean, variance = (keras.ops.cast(v, wide.dtype) for v in (mean, variance))
        gamma = keras.ops.cast(self.gamma, wide.dtype) if self.scale else None
        beta = keras.ops.cast(self.beta, wide.dtype) if self.center else None
        outputs = keras.ops.batch_normalization(
            wide, mean, variance, self.axis, offset=beta, scale=gamma, epsilon=self.epsilon
        )
        return keras.ops.cast(outputs, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        """The shape of the inputs."""
        return input_shape

    def get_config(self):
        """Return what builds the same layer again."""
        own = ("axis", "momentum", "epsilon", "center", "scale")
        return {**super().get_config(), **{name: getattr(self, name) for name in own}}
