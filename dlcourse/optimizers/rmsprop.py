"""Adagrad that forgets, so that it does not come to a stand."""

import keras
from keras import ops

from dlcourse.optimizers.step import StepOptimizer, moving_average
from dlcourse.scratch.ranges import fraction, positive

__all__ = ["RMSprop"]


@keras.saving.register_keras_serializable(package="dlcourse")
class RMSprop(StepOptimizer):
    """Divide by a root mean square: s ← ρ s + (1 − ρ) dw², w ← w − α dw / √(s + ε).

    Equal to `keras.optimizers.RMSprop` with neither momentum nor centering. Keras, and so this, has
    ε under the root; the course and `dlcourse.scratch` have it outside, where ε does what ε² does
    here: to have the course's 1e-8, give 1e-16. (PyTorch has it outside, too.)

    Args:
        learning_rate: α: float above 0, a `LearningRateSchedule`, or a function without arguments.
        rho: ρ, the share of the mean square that is kept, in [0, 1).
        epsilon: ε above 0, keeps the division finite where all gradients were 0.
        **kwargs: what every optimizer takes, see `StepOptimizer`.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5, 2012.

    Example:
        >>> weight, optimizer = keras.Variable([1.0, 1.0]), RMSprop(0.5, rho=0.75)
        >>> optimizer.apply([ops.array([4.0, -0.1])], [weight])
        >>> weight.numpy().round(4).tolist()
        [0.0, 2.0]
    """

    remembers = ("mean_square",)

    def __init__(self, learning_rate=0.001, rho=0.9, epsilon=1e-7, **kwargs):
        super().__init__(learning_rate, **kwargs)
        self.rho = fraction("rho", rho)
        self.epsilon = positive("epsilon", epsilon)

    def step(self, gradient, learning_rate, mean_square):
        """Go equally far wherever it is equally steep; see `StepOptimizer.step`."""
        mean_square = moving_average(mean_square, ops.square(gradient), self.rho)
        rates = learning_rate / ops.sqrt(mean_square + self.epsilon)
        return ops.multiply(gradient, rates), (mean_square,)

    def get_config(self):
        """Return the arguments that make an equal optimizer."""
        return {**super().get_config(), "rho": self.rho, "epsilon": self.epsilon}
