"""Momentum that looks ahead, and so brakes before the valley is behind it."""

import keras
from keras import ops

from dlcourse.optimizers.momentum import Momentum

__all__ = ["Nesterov"]


@keras.saving.register_keras_serializable(package="dlcourse")
class Nesterov(Momentum):
    """Nesterov's accelerated gradient: v ← β v + α dw, w ← w − (β v + α dw).

    The gradient is to be taken where the velocity is about to lead. The weights kept here are that
    point already, so dw is simply their gradient, and the step leads to the next point ahead. Equal
    to `keras.optimizers.SGD(learning_rate, momentum, nesterov=True)`; the α of the course, which
    averages, is that of here divided by 1 − β, see `Momentum`.

    Args:
        learning_rate: α: float above 0, a `LearningRateSchedule`, or a function without arguments.
        momentum: β, the share of the last step that is kept, in [0, 1); 0 is `SGD`.
        **kwargs: what every optimizer takes, see `StepOptimizer`.

    Raises:
        ValueError: momentum is not in [0, 1).

    Reference:
        Nesterov, "A method for solving the convex programming problem with convergence rate
        O(1/k²)", 1983; Sutskever et al., "On the importance of initialization and momentum in deep
        learning", 2013, section 2.

    Example:
        >>> weight, optimizer = keras.Variable([1.0]), Nesterov(0.25, momentum=0.5)
        >>> optimizer.apply([ops.array([4.0])], [weight])
        >>> weight.numpy().tolist()
        [-0.5]
    """

    def step(self, gradient, learning_rate, velocity):
        """Add the velocity that comes next; see `StepOptimizer.step`."""
        push = ops.multiply(gradient, learning_rate)
        velocity = self.blend(velocity, push)
        return self.blend(velocity, push), (velocity,)
