"""Gradient descent as it is: straight down, as far as it is steep."""

import keras
from keras import ops

from dlcourse.optimizers.step import StepOptimizer

__all__ = ["SGD"]


@keras.saving.register_keras_serializable(package="dlcourse")
class SGD(StepOptimizer):
    """Stochastic gradient descent: w ← w − α dw. Equal to `keras.optimizers.SGD` of that rate.

    Args:
        learning_rate: α: float above 0, a `LearningRateSchedule`, or a function without arguments.
        **kwargs: what every optimizer takes, see `StepOptimizer`.

    Reference:
        Robbins and Monro, "A stochastic approximation method", 1951.

    Example:
        >>> weight = keras.Variable([1.0])
        >>> SGD(0.25).apply([ops.array([4.0])], [weight])
        >>> weight.numpy().tolist()
        [0.0]
    """

    def __init__(self, learning_rate=0.01, **kwargs):
        super().__init__(learning_rate, **kwargs)

    def step(self, gradient, learning_rate):
        """Follow the gradient; see `StepOptimizer.step`."""
        return ops.multiply(gradient, learning_rate), ()
