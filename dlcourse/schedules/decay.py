"""The four decay laws of the course: over time, exponential, over the root, down the stairs."""

import keras
from keras import ops

from dlcourse.schedules.epochs import EpochSchedule
from dlcourse.scratch.ranges import positive, share, whole_number

__all__ = ["ExponentialDecay", "InverseTimeDecay", "SquareRootDecay", "StaircaseDecay"]


@keras.saving.register_keras_serializable(package="dlcourse")
class InverseTimeDecay(EpochSchedule):
    """Divide the rate by a number that grows steadily: α₀ / (1 + decay_rate · epoch).

    Args:
        learning_rate: α₀, the rate of epoch 0, above 0.
        steps_per_epoch: optimizer steps in an epoch, at least 1.
        decay_rate: how fast it falls, above 0.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> rate = InverseTimeDecay(0.2)
        >>> [round(float(rate(epoch)), 3) for epoch in range(5)]
        [0.2, 0.1, 0.067, 0.05, 0.04]
    """

    def __init__(self, learning_rate, steps_per_epoch=1, decay_rate=1.0):
        super().__init__(learning_rate, steps_per_epoch)
        self.decay_rate = positive("decay_rate", decay_rate)

    def at_epoch(self, epoch):
        """Divide by more and more; see `EpochSchedule.at_epoch`."""
        return self.learning_rate / (1 + self.decay_rate * epoch)

    def get_config(self):
        """Return the arguments that make an equal schedule."""
        return {**super().get_config(), "decay_rate": self.decay_rate}


@keras.saving.register_keras_serializable(package="dlcourse")
class ExponentialDecay(EpochSchedule):
    """Take the same share off in every epoch: α₀ · base^epoch.

    Args:
        learning_rate: α₀, the rate of epoch 0, above 0.
        steps_per_epoch: optimizer steps in an epoch, at least 1.
        base: what is left after one epoch, in (0, 1].

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> rate = ExponentialDecay(0.2, steps_per_epoch=10)
        >>> [round(float(rate(step)), 4) for step in (0, 9, 10, 20)]
        [0.2, 0.2, 0.19, 0.1805]
    """

    def __init__(self, learning_rate, steps_per_epoch=1, base=0.95):
        super().__init__(learning_rate, steps_per_epoch)
        self.base = share("base", base)

    def at_epoch(self, epoch):
        """Multiply once per epoch; see `EpochSchedule.at_epoch`."""
        return self.learning_rate * ops.power(self.base, epoch)

    def get_config(self):
        """Return the arguments that make an equal schedule."""
        return {**super().get_config(), "base": self.base}


@keras.saving.register_keras_serializable(package="dlcourse")
class SquareRootDecay(EpochSchedule):
    """Divide the rate by the root of the epoch's number: α₀ · k / √epoch, the first epoch being 1.

    Args:
        learning_rate: α₀ above 0.
        steps_per_epoch: optimizer steps in an epoch, at least 1.
        k: factor of the rate in the first epoch, above 0.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> rate = SquareRootDecay(0.2, steps_per_epoch=10, k=1.5)
        >>> [round(float(rate(step)), 3) for step in (0, 9, 30, 150)]
        [0.3, 0.3, 0.15, 0.075]
    """

    def __init__(self, learning_rate, steps_per_epoch=1, k=1.0):
        super().__init__(learning_rate, steps_per_epoch)
        self.k = positive("k", k)

    def at_epoch(self, epoch):
        """Divide by the root; see `EpochSchedule.at_epoch`."""
        # the law has no rate at 0, so its epochs are counted from 1
        return self.learning_rate * self.k / ops.sqrt(epoch + 1)

    def get_config(self):
        """Return the arguments that make an equal schedule."""
        return {**super().get_config(), "k": self.k}


@keras.saving.register_keras_serializable(package="dlcourse")
class StaircaseDecay(EpochSchedule):
    """Hold the rate for some epochs, then cut it, and so on: α₀ · factor^⌊epoch / interval⌋.

    Args:
        learning_rate: α₀, the rate of epoch 0, above 0.
        steps_per_epoch: optimizer steps in an epoch, at least 1.
        interval: epochs on one step of the stairs, at least 1.
        factor: what is left after one step, in (0, 1].

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> rate = StaircaseDecay(0.4, steps_per_epoch=10, interval=2)
        >>> [round(float(rate(step)), 3) for step in (0, 19, 20, 40)]
        [0.4, 0.4, 0.2, 0.1]
    """

    def __init__(self, learning_rate, steps_per_epoch=1, interval=10, factor=0.5):
        super().__init__(learning_rate, steps_per_epoch)
        self.interval = whole_number("interval", interval, 1)
        self.factor = share("factor", factor)

    def at_epoch(self, epoch):
        """Go down one step per interval; see `EpochSchedule.at_epoch`."""
        return self.learning_rate * ops.power(self.factor, ops.floor(epoch / self.interval))

    def get_config(self):
        """Return the arguments that make an equal schedule."""
        return {**super().get_config(), "interval": self.interval, "factor": self.factor}
