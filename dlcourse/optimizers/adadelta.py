"""Steps that know the unit of their weight, and so need no rate."""

import keras
from keras import ops

from dlcourse.optimizers.step import StepOptimizer, moving_average
from dlcourse.scratch.ranges import fraction, positive

__all__ = ["Adadelta"]


@keras.saving.register_keras_serializable(package="dlcourse")
class Adadelta(StepOptimizer):
    """Let past steps set the length of the next: w ← w − α √(d + ε) / √(s + ε) dw.

    s is a mean of squared gradients and d one of squared steps (before the factor α), so that the
    step has the unit of w, whatever the unit of the cost. Equal to `keras.optimizers.Adadelta`; the
    paper has α = 1, which is slow enough, as d begins at 0 and ε alone makes the first step.

    Args:
        learning_rate: α: float above 0, a `LearningRateSchedule`, or a function without arguments.
        rho: ρ, the share of both means that is kept, in [0, 1).
        epsilon: ε above 0.
        **kwargs: what every optimizer takes, see `StepOptimizer`.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Zeiler, "ADADELTA: an adaptive learning rate method", 2012, algorithm 1.

    Example:
        >>> weight, optimizer = keras.Variable([1.0]), Adadelta(1.0, epsilon=0.01)
        >>> optimizer.apply([ops.array([4.0])], [weight])
        >>> float(weight.numpy()[0])  # doctest: +ELLIPSIS
        0.5555...
    """

    remembers = ("mean_square", "mean_square_step")

    def __init__(self, learning_rate=0.001, rho=0.95, epsilon=1e-7, **kwargs):
        super().__init__(learning_rate, **kwargs)
        self.rho = fraction("rho", rho)
        self.epsilon = positive("epsilon", epsilon)

    def step(self, gradient, learning_rate, mean_square, mean_square_step):
        """Go about as far as before; see `StepOptimizer.step`."""
        mean_square = moving_average(mean_square, ops.square(gradient), self.rho)
        rates = ops.sqrt(mean_square_step + self.epsilon) / ops.sqrt(mean_square + self.epsilon)
        change = ops.multiply(gradient, rates)
        mean_square_step = moving_average(mean_square_step, ops.square(change), self.rho)
        return ops.multiply(change, learning_rate), (mean_square, mean_square_step)

    def get_config(self):
        """Return the arguments that make an equal optimizer."""
        return {**super().get_config(), "rho": self.rho, "epsilon": self.epsilon}
