"""TensorFlow's fused kernel for batch normalization in training.

Written with single operations, the forward and backward pass read the activations about twenty
times; the kernel does it in four and took a sixth of the time on a CPU. It returns the variance
with Bessel's correction (divided by n − 1), where `keras.layers.BatchNormalization` averages the
plain one (divided by n): here that is undone, so that the running variance is the same on either
path. JAX has no such operation and needs none, since XLA fuses what it is given; PyTorch's does not
return the variance.
"""

import keras

__all__ = ["fused_applies", "fused_batch_norm"]

# below it the GPU's kernel would quietly take this number instead
_SMALLEST_EPSILON = 1.001e-5


def fused_applies(inputs, axis, epsilon):
    """Whether the kernel can be used: TensorFlow, floats up to 32 bits, channels on the last axis.

    Args:
        inputs: the tensor to normalize.
        axis: its channel axis.
        epsilon: number added to the variance.

    Example:
        >>> fused_applies(keras.ops.ones((2, 3)), axis=0, epsilon=1e-3)
        False
    """
    return (
        keras.backend.backend() == "tensorflow"
        and keras.backend.standardize_dtype(inputs.dtype) in ("float16", "bfloat16", "float32")
        and axis in (-1, len(inputs.shape) - 1)
        and inputs.shape[-1] is not None
        and epsilon >= _SMALLEST_EPSILON
    )


def fused_batch_norm(inputs, scale, offset, epsilon):
    """Normalize each channel by the mean and the variance of this batch.

    Args:
        inputs: tensor (…, channels) for which `fused_applies`.
        scale: float32 tensor (channels,), gamma.
        offset: float32 tensor (channels,), beta.
        epsilon: number added to the variance.

    Returns:
        Triple (outputs, mean, variance): outputs like the inputs, mean and variance (channels,) in
        float32, the variance divided by n. Differentiable in inputs, scale and offset; no gradient
        flows through the last two.
    """
    import tensorflow as tf

    channels = inputs.shape[-1]
    # one long row of pixels: XLA on a CPU was five times slower with (batch, height, width)
    flat = tf.reshape(inputs, [1, 1, -1, channels])
    outputs, mean, corrected, *_ = tf.raw_ops.FusedBatchNormV3(
        x=flat,
        scale=scale,
        offset=offset,
        mean=tf.zeros([0]),
        variance=tf.zeros([0]),
        epsilon=epsilon,
        is_training=True,
    )
    n = tf.cast(flat.shape[2] or tf.shape(flat)[2], tf.float32)
    variance = corrected * ((n - 1) / n)  # of a single number both are 0
    return tf.reshape(outputs, tf.shape(inputs)), mean, tf.stop_gradient(variance)
