"""Trainings beside each other: their costs over the epochs."""

import numpy as np
from matplotlib import pyplot as plt

from dlcourse.plotting.descent import COLORS, DASHES

__all__ = ["compare_costs"]


def compare_costs(costs, steps_per_epoch=1, ax=None, title=""):
    """Draw the costs of several trainings, on a logarithmic scale.

    Args:
        costs: dictionary from a name to its costs, which are positive; where a training ran off,
            its costs may be infinite or NaN, and the curve has a gap.
        steps_per_epoch: how many of the costs belong to an epoch: a number, or a dictionary from
            the same names to numbers.
        ax: matplotlib Axes to draw on; a new figure where None.
        title: text above the picture.

    Returns:
        The Axes.

    Example:
        >>> ax = compare_costs({"slow": [1.0, 0.9], "fast": [1.0, 0.5]}, steps_per_epoch=2)
        >>> ax.lines[1].get_xydata().tolist()
        [[0.5, 1.0], [1.0, 0.5]]
    """
    if ax is None:
        _, ax = plt.subplots(figsize=(7, 3.8), layout="constrained")
    for index, (name, values) in enumerate(costs.items()):
        per_epoch = steps_per_epoch[name] if isinstance(steps_per_epoch, dict) else steps_per_epoch
        finite = np.where(np.isfinite(values), values, np.nan)
        ax.plot(
            np.arange(1, len(finite) + 1) / per_epoch, finite, label=name, linewidth=1.4,
            color=COLORS[index % len(COLORS)], linestyle=DASHES[index % len(DASHES)],
        )  # fmt: skip
    ax.set(xlabel="epoch", ylabel="cost", yscale="log", title=title)
    # beside the picture: somewhere every corner has a curve in it
    ax.legend(fontsize=8, loc="center left", bbox_to_anchor=(1, 0.5))
    return ax
