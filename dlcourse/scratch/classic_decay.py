"""Learning-rate decay in the signatures that the course made known; the laws are in `schedules`."""

from dlcourse.scratch.ranges import whole_number
from dlcourse.scratch.schedules import inverse_time_decay

__all__ = ["schedule_lr_decay", "update_lr"]


def update_lr(learning_rate0, epoch_num, decay_rate):
    """Rate of an epoch that falls in every epoch: learning_rate0 / (1 + decay_rate epoch_num).

    Args:
        learning_rate0: rate of epoch 0, above 0.
        epoch_num: number of the epoch, at least 0.
        decay_rate: how fast it falls, above 0.

    Returns:
        float: the rate.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> [round(update_lr(0.2, epoch, 1), 3) for epoch in (1, 2, 3, 4)]
        [0.1, 0.067, 0.05, 0.04]
    """
    return inverse_time_decay(learning_rate0, epoch_num, decay_rate)


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    """Rate of an epoch that falls once per interval: rate0 / (1 + decay_rate ⌊epoch / interval⌋).

    Args:
        learning_rate0: rate of the first interval, above 0.
        epoch_num: number of the epoch, at least 0.
        decay_rate: how fast it falls, above 0.
        time_interval: epochs between two drops, at least 1.

    Returns:
        float: the rate.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> [schedule_lr_decay(0.5, epoch, 1, 100) for epoch in (0, 99, 100, 300)]
        [0.5, 0.5, 0.25, 0.125]
    """
    interval = whole_number("time_interval", time_interval, 1)
    return inverse_time_decay(learning_rate0, epoch_num // interval, decay_rate)
