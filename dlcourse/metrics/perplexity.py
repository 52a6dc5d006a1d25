"""Perplexity: among how many equally likely tokens does a language model hesitate?"""

import keras
from keras import ops

from dlcourse.kernels.host_arrays import on_the_host

__all__ = ["Perplexity", "perplexity_of"]

_ROUNDED_ONE = 1e-3  # the logarithm of a certain token may end a little above 0 in 16 bits


def perplexity_of(log_probabilities, mask=None):
    """Compute exp of the mean of -log p.

    Args:
        log_probabilities: of the tokens that came, any shape; natural logarithms, 0 or less.
        mask: booleans of the same shape, True at real tokens; None: all are real.

    Returns:
        Scalar tensor, at least 1. A token that was thought to be impossible (-inf) makes it
        infinite, unless it is padding. In a compiled function it is NaN without a real token.

    Raises:
        ValueError: the shapes differ, there is no real token, or what should be a logarithm of a
            probability is NaN or above 0.

    Reference:
        Jelinek et al., "Perplexity, a measure of the difficulty of speech recognition tasks", 1977.

    Example:
        >>> import numpy as np
        >>> round(float(perplexity_of(np.log([0.5, 0.125, 0.9]), mask=[True, True, False])), 5)
        4.0
    """
    log_p = ops.convert_to_tensor(log_probabilities)
    mask = ops.ones_like(log_p, "bool") if mask is None else ops.cast(mask, "bool")
    if tuple(mask.shape) != tuple(log_p.shape):
        raise ValueError(
            "mask: expected the shape of log_probabilities, "
            f"{tuple(log_p.shape)}; got {tuple(mask.shape)}"
        )
    if known := on_the_host(log_p, mask):
        _check_logarithms(*known)
    # chosen and not multiplied: 0 · -inf at padding would be NaN
    total = ops.sum(ops.where(mask, log_p, ops.zeros_like(log_p)))
    return ops.exp(-total / ops.sum(ops.cast(mask, log_p.dtype)))


def _check_logarithms(log_p, mask):
    real = log_p[mask]
    if real.size == 0:
        raise ValueError("log_probabilities: expected at least one real token, got none")
    if not (real <= _ROUNDED_ONE).all():
        raise ValueError(
            "log_probabilities: expected natural logarithms, 0 or less; got "
            f"{real[~(real <= _ROUNDED_ONE)][0]}: are these probabilities?"
        )


@keras.saving.register_keras_serializable(package="dlcourse")
class Perplexity(keras.metrics.MeanMetricWrapper):
    """Perplexity for `compile`, over all real tokens of all batches.

    A mean of the batches' perplexities would be another number, and too large. As in Keras's
    cross-entropy, a probability below 1e-7 counts as 1e-7.

    Args:
        padding: token of y_true that does not count, such as 0; None where all do. (On most
            backends Keras hands a mask of the model on to metrics too, but JAX loses it in
            training: say it here.)
        from_logits: whether the model gives scores and no probabilities.
        name: name in the logs.
        dtype: of the sum, Keras's float type where None.

    Input:
        y_true: tokens (m, t), y_pred (m, t, V), sample_weight (m, t) or None.

    Reference:
        Jelinek et al., "Perplexity, a measure of the difficulty of speech recognition tasks", 1977.

    Example:
        >>> metric = Perplexity(padding=0)
        >>> metric.update_state([[1, 2, 0]], [[[0, 0.5, 0.5], [0.5, 0.375, 0.125], [1, 0, 0]]])
        >>> round(float(metric.result()), 5)
        4.0
    """

    def __init__(self, padding=None, from_logits=False, name="perplexity", dtype=None):
        super().__init__(_cost, name, dtype, from_logits=from_logits)
        self.padding, self.from_logits = padding, from_logits

    def update_state(self, y_true, y_pred, sample_weight=None):
        """Take in a batch; what is padding, masked or of weight 0 does not count."""
        if self.padding is not None:
            real = ops.cast(ops.not_equal(y_true, self.padding), self.dtype)
            sample_weight = real if sample_weight is None else real * sample_weight
        return super().update_state(y_true, y_pred, sample_weight)

    def result(self):
        """Return the perplexity of all tokens so far, a scalar."""
        return ops.exp(super().result())

    def get_config(self):
        """Return the arguments that make an equal metric."""
        settings = {"padding": self.padding, "from_logits": self.from_logits}
        return {**settings, "name": self.name, "dtype": self.dtype}


def _cost(y_true, y_pred, from_logits):
    tokens, scores = ops.convert_to_tensor(y_true), ops.convert_to_tensor(y_pred)
    return keras.losses.sparse_categorical_crossentropy(tokens, scores, from_logits=from_logits)
