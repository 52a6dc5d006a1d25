"""From the steps that an optimizer counts to the epochs that a law is written in."""

import math

import keras
from keras import ops

from dlcourse.scratch.ranges import positive, whole_number

__all__ = ["EpochSchedule"]


class EpochSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """A rate that holds for an epoch and then changes; subclasses write its law in `at_epoch`.

    Args:
        learning_rate: rate to start from, above 0.
        steps_per_epoch: optimizer steps in an epoch, at least 1: ⌈examples / batch size⌉, see
            `steps_per_epoch_of`. With 1, steps are what the law calls epochs.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> class Halving(EpochSchedule):
        ...     def at_epoch(self, epoch):
        ...         return self.learning_rate * 0.5**epoch
        >>> rate = Halving(0.4, steps_per_epoch=100)
        >>> [round(float(rate(step)), 3) for step in (0, 99, 100, 250)]
        [0.4, 0.4, 0.2, 0.1]
    """

    def __init__(self, learning_rate, steps_per_epoch=1):
        super().__init__()
        self.learning_rate = positive("learning_rate", learning_rate)
        self.steps_per_epoch = whole_number("steps_per_epoch", steps_per_epoch, 1)

    @staticmethod
    def steps_per_epoch_of(examples, batch_size):
        """Count the steps of an epoch, the short last batch included.

        Args:
            examples: number of training examples, at least 1.
            batch_size: examples per step, at least 1.

        Returns:
            int: ⌈examples / batch_size⌉.

        Raises:
            ValueError: a number is out of its range.

        Example:
            >>> EpochSchedule.steps_per_epoch_of(1347, 64)
            22
        """
        batch_size = whole_number("batch_size", batch_size, 1)
        return math.ceil(whole_number("examples", examples, 1) / batch_size)

    def __call__(self, step):
        """Return the rate of one step.

        Args:
            step: number of the step, from 0; integer or scalar tensor.

        Returns:
            Scalar tensor of Keras's float type.
        """
        # whole numbers until here: as float32, steps beyond 16 million could not be told apart
        epoch = ops.floor_divide(step, self.steps_per_epoch)
        return self.at_epoch(ops.cast(epoch, keras.config.floatx()))

    def at_epoch(self, epoch):
        """Say the rate in an epoch.

        Args:
            epoch: number of the epoch, from 0; float tensor without fraction.

        Returns:
            The rate, a tensor like epoch.
        """
        raise NotImplementedError(f"{type(self).__name__}: write the method at_epoch")

    def get_config(self):
        """Return the arguments that make an equal schedule."""
        return {"learning_rate": self.learning_rate, "steps_per_epoch": self.steps_per_epoch}
