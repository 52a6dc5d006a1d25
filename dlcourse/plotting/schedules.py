"""Learning rates over the steps of a training."""

import numpy as np
from matplotlib import pyplot as plt

from dlcourse.plotting.descent import COLORS, DASHES

__all__ = ["schedule_curves"]


def schedule_curves(rates, steps_per_epoch=None, ax=None):
    """Draw schedules on top of each other, to compare before training.

    Args:
        rates: dictionary from a name to the rates of the first steps, such as
            `dlcourse.schedules.learning_rates` gives.
        steps_per_epoch: where given, the axis counts epochs instead of steps.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Example:
        >>> ax = schedule_curves({"halving": [0.4, 0.4, 0.2, 0.2]}, steps_per_epoch=2)
        >>> ax.lines[0].get_xdata().tolist()
        [0.0, 0.5, 1.0, 1.5]
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
    for index, (name, values) in enumerate(rates.items()):
        # a rate holds for its whole step
        ax.step(
            np.arange(len(values)) / (steps_per_epoch or 1), values, where="post", label=name,
            color=COLORS[index % len(COLORS)], linestyle=DASHES[index % len(DASHES)],
        )  # fmt: skip
    ax.set(xlabel="epoch" if steps_per_epoch else "step", ylabel="learning rate", ylim=(0, None))
    # beside the picture: somewhere every corner has a curve in it
    ax.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    return ax
