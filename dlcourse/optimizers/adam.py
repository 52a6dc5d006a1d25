"""Momentum for the direction, RMSprop for the length, both corrected for their start at zero."""

import keras
from keras import ops

from dlcourse.optimizers.step import StepOptimizer, moving_average
from dlcourse.scratch.ranges import fraction, positive

__all__ = ["Adam"]


@keras.saving.register_keras_serializable(package="dlcourse")
class Adam(StepOptimizer):
    """Adam: v ← β₁ v + (1 − β₁) dw, s ← β₂ s + (1 − β₂) dw², then a step along v over √s.

    Both averages begin at 0 and are too small by 1 − βᵗ after t steps, so α is corrected by
    √(1 − β₂ᵗ) / (1 − β₁ᵗ): w ← w − α √(1 − β₂ᵗ) / (1 − β₁ᵗ) · v / (√s + ε).

    ε is outside the root in every version. Equal to `keras.optimizers.Adam`, where it joins √s
    before the correction, as at the end of section 2 of the paper. The course, the paper's
    algorithm 1, PyTorch and `dlcourse.scratch` correct first, α v̂ / (√ŝ + ε): the same steps
    where their ε is that of here divided by √(1 − β₂ᵗ), 32 times it at first and the same later
    on; which is felt only by weights whose gradients are as small as ε.

    Args:
        learning_rate: α: float above 0, a `LearningRateSchedule`, or a function without arguments.
        beta_1: share of the mean gradient that is kept, in [0, 1).
        beta_2: share of the mean square that is kept, in [0, 1).
        epsilon: ε above 0, keeps the division finite where all gradients were 0.
        **kwargs: what every optimizer takes, see `StepOptimizer`.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Kingma and Ba, "Adam: a method for stochastic optimization", 2015, section 2.

    Example:
        >>> weight, optimizer = keras.Variable([1.0, 1.0]), Adam(0.5)
        >>> optimizer.apply([ops.array([4.0, -0.1])], [weight])
        >>> weight.numpy().round(4).tolist()
        [0.5, 1.5]
    """

    remembers = ("mean", "mean_square")

    def __init__(self, learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7, **kwargs):
        super().__init__(learning_rate, **kwargs)
        self.beta_1 = fraction("beta_1", beta_1)
        self.beta_2 = fraction("beta_2", beta_2)
        self.epsilon = positive("epsilon", epsilon)

    def step(self, gradient, learning_rate, mean, mean_square):
        """Go one learning rate far while the gradients stay alike; see `StepOptimizer.step`."""
        mean = moving_average(mean, gradient, self.beta_1)
        mean_square = moving_average(mean_square, ops.square(gradient), self.beta_2)
        correction = ops.sqrt(self._missing(self.beta_2, mean)) / self._missing(self.beta_1, mean)
        change = learning_rate * correction * mean / (ops.sqrt(mean_square) + self.epsilon)
        return change, (mean, mean_square)

    def _missing(self, beta, like):
        """How much weight an average has given to values so far, instead of to its start: 1 − βᵗ.

        Args:
            beta: share that the average keeps.
            like: tensor of the dtype to compute in.

        Returns:
            Scalar in (0, 1].
        """
        # as Keras does it: on TensorFlow β gets the precision of float32, whatever the weights have
        steps = ops.cast(self.iterations + 1, like.dtype)
        return 1 - ops.power(ops.cast(beta, like.dtype), steps)

    def get_config(self):
        """Return the arguments that make an equal optimizer."""
        return {
            **super().get_config(),
            "beta_1": self.beta_1,
            "beta_2": self.beta_2,
            "epsilon": self.epsilon,
        }
