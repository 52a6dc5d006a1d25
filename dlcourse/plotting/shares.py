"""Parts of a whole, one bar for each whole."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["stacked_shares"]

# Okabe and Ito; the hatching says the same once more for a print without colours
COLORS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00")
HATCHES = ("", "//", "..", "xx", "--")
SMALLEST_LABEL = 6  # percent; below it the number would not fit into its part


def stacked_shares(percent, parts, wholes, ax=None):
    """Stack the shares of every whole into a bar, with their numbers.

    Args:
        percent: shares, shape (n, m), each column summing to 100.
        parts: names of the n rows.
        wholes: names of the m columns.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: there are not as many names as rows and columns.
    """
    if np.shape(percent) != (len(parts), len(wholes)):
        raise ValueError(
            f"percent: expected shape {(len(parts), len(wholes))} from the names, "
            f"received {np.shape(percent)}"
        )
    if ax is None:
        _, ax = plt.subplots(figsize=(5.5, 3.6), layout="constrained")
    bottom = np.zeros(len(wholes))
    for index, (name, share) in enumerate(zip(parts, percent, strict=True)):
        bars = ax.bar(
            wholes, share, bottom=bottom, label=name, edgecolor="white",
            color=COLORS[index % len(COLORS)], hatch=HATCHES[index % len(HATCHES)],
        )  # fmt: skip
        labels = [f"{value:.1f} %" if value >= SMALLEST_LABEL else "" for value in share]
        ax.bar_label(
            bars,
            labels,
            label_type="center",
            fontsize=8,
            bbox={"fc": "white", "ec": "none", "pad": 1},
        )
        bottom = bottom + share
    ax.set(ylabel="share in %")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=len(parts), fontsize=8)
    return ax
