"""What a model gets wrong, by kind: the picture of an error analysis."""

import numpy as np
from matplotlib import pyplot as plt

__all__ = ["mistake_bars"]


def mistake_bars(names, shares, uncertainties=None, error=None, ax=None):
    """Draw the share of every kind of mistake, the most frequent on top, with its ceiling.

    Args:
        names: names of the kinds.
        shares: share of each among the examined mistakes, in per cent.
        uncertainties: standard error of each share, in percentage points; not drawn where None.
        error: error rate of the model, in per cent; where given, each bar says to what it would
            fall if all mistakes of that kind went away.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: names and shares differ in length.

    Example:
        >>> ax = mistake_bars(["dog", "blurry"], [8, 61], error=10)
        >>> [text.get_text() for text in ax.texts]
        ['8 %: 10 → 9.2 %', '61 %: 10 → 3.9 %']
    """
    if len(names) != len(shares):
        raise ValueError(f"shares: expected {len(names)}, one per name; got {len(shares)}")
    order = np.argsort(shares, kind="stable")  # the last bar is on top
    shares = np.asarray(shares, dtype=float)[order]
    spread = None if uncertainties is None else np.asarray(uncertainties)[order]
    if ax is None:
        _, ax = plt.subplots(figsize=(6.5, 0.8 + 0.45 * len(names)), layout="constrained")
    bars = ax.barh([names[i] for i in order], shares, xerr=spread, color="#56b4e9", capsize=3)
    ax.bar_label(bars, [_label(share, error) for share in shares], padding=4, fontsize=8)
    furthest = np.max(shares + (0 if spread is None else spread), initial=1)
    ax.set(xlabel="share of the examined mistakes in %", xlim=(0, 1.45 * furthest))
    return ax


def _label(share, error):
    left = "" if error is None else f": {error:g} → {error * (1 - share / 100):.1f} %"
    return f"{share:.0f} %{left}"
