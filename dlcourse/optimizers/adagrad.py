"""A rate for every weight, which falls with all the gradients that the weight has seen."""

import keras
from keras import ops

from dlcourse.optimizers.step import StepOptimizer
from dlcourse.scratch.ranges import positive

__all__ = ["Adagrad"]


@keras.saving.register_keras_serializable(package="dlcourse")
class Adagrad(StepOptimizer):
    """Divide by the root of the sum of squared gradients: s ← s + dw², w ← w − α dw / √(s + ε).

    Weights that are rarely moved keep long steps; but s only grows, and in the end all stand still.
    Equal to `keras.optimizers.Adagrad`. There, and so here, ε is under the root and s begins above
    0; `dlcourse.scratch` has ε outside the root and s begin at 0: ε² here is ε there at s = 0, and
    neither is felt where s is far above it.

    Args:
        learning_rate: α: float above 0, a `LearningRateSchedule`, or a function without arguments.
        initial_accumulator_value: where s begins, at least 0; above 0 it shortens the first steps.
        epsilon: ε above 0, keeps the division finite where s is 0.
        **kwargs: what every optimizer takes, see `StepOptimizer`.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic
        optimization", 2011.

    Example:
        >>> weight, optimizer = keras.Variable([1.0, 1.0]), Adagrad(0.5, 0.0)
        >>> optimizer.apply([ops.array([4.0, -0.1])], [weight])
        >>> weight.numpy().round(4).tolist()
        [0.5, 1.5]
    """

    remembers = ("square_sum",)

    def __init__(self, learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-7, **kwargs):
        super().__init__(learning_rate, **kwargs)
        if not initial_accumulator_value >= 0:
            raise ValueError(
                "initial_accumulator_value: expected a number of at least 0; "
                f"got {initial_accumulator_value!r}"
            )
        self.initial_accumulator_value = float(initial_accumulator_value)
        self.epsilon = positive("epsilon", epsilon)

    @property
    def starts_at(self):
        """The initializer of the sum."""
        return keras.initializers.Constant(self.initial_accumulator_value)

    def step(self, gradient, learning_rate, square_sum):
        """Go less far where much was gone already; see `StepOptimizer.step`."""
        square_sum = ops.add(square_sum, ops.square(gradient))
        rates = learning_rate / ops.sqrt(square_sum + self.epsilon)
        return ops.multiply(gradient, rates), (square_sum,)

    def get_config(self):
        """Return the arguments that make an equal optimizer."""
        return {
            **super().get_config(),
            "initial_accumulator_value": self.initial_accumulator_value,
            "epsilon": self.epsilon,
        }
