"""A schedule as numbers, to look at before hours are spent on it."""

import numpy as np
from keras import ops

from dlcourse.scratch.ranges import whole_number

__all__ = ["learning_rates"]


def learning_rates(schedule, steps):
    """Evaluate a schedule at its first steps.

    Args:
        schedule: any `LearningRateSchedule` or other function of the step.
        steps: how many, at least 1.

    Returns:
        Float array of shape (steps,), for `dlcourse.plotting.schedule_curves`.

    Raises:
        ValueError: steps is not a whole number of at least 1.

    Example:
        >>> from dlcourse.schedules import InverseTimeDecay
        >>> learning_rates(InverseTimeDecay(0.2, steps_per_epoch=2), 6).round(3).tolist()
        [0.2, 0.2, 0.1, 0.1, 0.067, 0.067]
    """
    steps = whole_number("steps", steps, 1)
    rates = [ops.convert_to_numpy(schedule(step)) for step in range(steps)]
    return np.array(rates, dtype=np.float64)
