"""A learning rate for whoever watches the cost fall."""

import keras
from keras import ops

from dlcourse.schedules.epochs import EpochSchedule
from dlcourse.scratch.ranges import positive, whole_number

__all__ = ["ManualSchedule"]


@keras.saving.register_keras_serializable(package="dlcourse")
class ManualSchedule(EpochSchedule):
    """Look the rate up in a table written by hand.

    Args:
        table: dictionary (or pairs) from an epoch to the rate, above 0, from that epoch on; has an
            entry for epoch 0. In any order.
        steps_per_epoch: optimizer steps in an epoch, at least 1.

    Raises:
        ValueError: a number is out of its range, or the table has no rate for epoch 0.

    Example:
        >>> rate = ManualSchedule({0: 0.1, 3: 0.01}, steps_per_epoch=10)
        >>> [round(float(rate(step)), 3) for step in (0, 29, 30, 99)]
        [0.1, 0.1, 0.01, 0.01]
    """

    def __init__(self, table, steps_per_epoch=1):
        # JSON has no whole numbers as keys, so the configuration comes back as pairs
        self.table = _checked(dict(table))
        super().__init__(self.table[0], steps_per_epoch)

    def at_epoch(self, epoch):
        """Find the last entry that is not after the epoch; see `EpochSchedule.at_epoch`."""
        rate = ops.full_like(epoch, self.learning_rate)
        for start, value in self.table.items():
            rate = ops.where(epoch >= start, ops.full_like(epoch, value), rate)
        return rate

    def get_config(self):
        """Return the arguments that make an equal schedule."""
        pairs = [list(pair) for pair in self.table.items()]
        return {"table": pairs, "steps_per_epoch": self.steps_per_epoch}


def _checked(table):
    """Check a table and sort it by epoch."""
    starts = sorted(whole_number("table: epoch", start, 0) for start in table)
    if not starts or starts[0] != 0:
        raise ValueError(f"table: expected a first entry for epoch 0; got epochs {starts}")
    return {start: positive(f"table[{start!r}]", table[start]) for start in starts}
