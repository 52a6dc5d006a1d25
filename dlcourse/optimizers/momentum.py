"""Gradient descent that rolls: the step is what is left of the last one, and the gradient."""

import keras
from keras import ops

from dlcourse.optimizers.step import StepOptimizer
from dlcourse.scratch.ranges import fraction

__all__ = ["Momentum"]


@keras.saving.register_keras_serializable(package="dlcourse")
class Momentum(StepOptimizer):
    """Gradient descent with momentum: v ← β v + α dw, w ← w − v.

    Equal to `keras.optimizers.SGD(learning_rate, momentum)`. The course averages instead of
    adding, v ← β v + (1 − β) dw and w ← w − α v: the same steps where its α is that of here
    divided by 1 − β and does not change in between.

    Args:
        learning_rate: α: float above 0, a `LearningRateSchedule`, or a function without arguments.
        momentum: β, the share of the last step that is kept, in [0, 1); 0 is `SGD`.
        **kwargs: what every optimizer takes, see `StepOptimizer`.

    Raises:
        ValueError: momentum is not in [0, 1).

    Reference:
        Polyak, "Some methods of speeding up the convergence of iteration methods", 1964.

    Example:
        >>> weight, optimizer = keras.Variable([1.0]), Momentum(0.25, momentum=0.5)
        >>> for _ in range(2):
        ...     optimizer.apply([ops.array([4.0])], [weight])
        ...     weight.numpy().tolist()
        [0.0]
        [-1.5]
    """

    remembers = ("velocity",)

    def __init__(self, learning_rate=0.01, momentum=0.9, **kwargs):
        super().__init__(learning_rate, **kwargs)
        self.momentum = fraction("momentum", momentum)

    def step(self, gradient, learning_rate, velocity):
        """Keep most of the velocity; see `StepOptimizer.step`."""
        velocity = self.blend(velocity, ops.multiply(gradient, learning_rate))
        return velocity, (velocity,)

    def blend(self, velocity, push):
        """Keep the share β of a velocity and add a push to it.

        Args:
            velocity: tensor.
            push: tensor of the same shape.

        Returns:
            β velocity + push.
        """
        # as Keras does it: on TensorFlow β gets the precision of float32, whatever the weights have
        return ops.add(ops.cast(self.momentum, velocity.dtype) * velocity, push)

    def get_config(self):
        """Return the arguments that make an equal optimizer."""
        return {**super().get_config(), "momentum": self.momentum}
