"""Small steps first, while the weights are random and the averages of the optimizer are young."""

import keras
from keras import ops

from dlcourse.scratch.ranges import positive, whole_number

__all__ = ["Warmup"]

Schedule = keras.optimizers.schedules.LearningRateSchedule


@keras.saving.register_keras_serializable(package="dlcourse")
class Warmup(Schedule):
    """Climb in equal steps to a rate, and go on with it.

    In step t of the warm-up, counted from 0, the rate is (t + 1) / (warmup_steps + 1) of the first
    one: neither a first step of no length nor a full one before the end.

    Args:
        learning_rate: what follows the warm-up: a rate above 0, or a schedule, which then begins
            at its own step 0.
        warmup_steps: steps (not epochs) below the full rate, at least 0.

    Raises:
        ValueError: a number is out of its range.

    Reference:
        Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017, section
        2.2.

    Example:
        >>> rate = Warmup(0.2, warmup_steps=3)
        >>> [round(float(rate(step)), 3) for step in range(6)]
        [0.05, 0.1, 0.15, 0.2, 0.2, 0.2]
    """

    def __init__(self, learning_rate, warmup_steps):
        super().__init__()
        is_schedule = isinstance(learning_rate, Schedule)
        self.learning_rate = (
            learning_rate if is_schedule else positive("learning_rate", learning_rate)
        )
        self.warmup_steps = whole_number("warmup_steps", warmup_steps, 0)

    def __call__(self, step):
        """Return the rate of one step.

        Args:
            step: number of the step, from 0; integer or scalar tensor.

        Returns:
            Scalar tensor of Keras's float type.
        """
        since = ops.maximum(step - self.warmup_steps, 0)
        climbed = ops.cast(ops.minimum(step, self.warmup_steps) + 1, keras.config.floatx())
        full = self.learning_rate
        return (full(since) if callable(full) else full) * (climbed / (self.warmup_steps + 1))

    def get_config(self):
        """Return the arguments that make an equal schedule."""
        learning_rate = self.learning_rate
        if callable(learning_rate):
            learning_rate = keras.saving.serialize_keras_object(learning_rate)
        return {"learning_rate": learning_rate, "warmup_steps": self.warmup_steps}

    @classmethod
    def from_config(cls, config):
        """Make the schedule that `get_config` described."""
        learning_rate = config["learning_rate"]
        if isinstance(learning_rate, dict):
            learning_rate = keras.saving.deserialize_keras_object(learning_rate)
        return cls(learning_rate, config["warmup_steps"])
