"""Searches for hyper-parameters: what was tried, what came out, and how the rate was found."""

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.ticker import LogFormatterSciNotation

__all__ = ["grid_against_random", "parallel_coordinates", "range_test_curve", "search_heatmap"]

BLUE, RED = "#0072b2", "#d55e00"
_MEASURED = ("score", "spread", "train_score", "seconds", "epochs_run")


def grid_against_random(loss, grid_points, random_points, labels=("important", "unimportant")):
    """Show the same number of trials on a grid and at random, and the values of x they know.

    Args:
        loss: function of an array of x, the important hyper-parameter, that gives losses.
        grid_points: array (n, 2), values from 0 to 1.
        random_points: array (n, 2), values from 0 to 1.
        labels: names of both hyper-parameters.

    Returns:
        The Figure: above the loss over x with what the trials have seen of it, below the trials.

    Example:
        >>> points = np.random.default_rng(0).random((9, 2))
        >>> len(grid_against_random(lambda x: (x - 0.4) ** 2, points, points).axes)
        4
    """
    figure, axes = plt.subplots(
        2, 2, figsize=(8, 5), sharex=True, height_ratios=(1, 2), layout="constrained"
    )
    x = np.linspace(0, 1, 200)
    parts = (("grid", np.asarray(grid_points)), ("random", np.asarray(random_points)))
    for (above, below), (name, points) in zip(axes.T, parts, strict=True):
        distinct = len(np.unique(points[:, 0].round(9)))
        above.plot(x, loss(x), color="0.5")
        above.plot(points[:, 0], loss(points[:, 0]), "o", color=BLUE, ms=5)
        best = points[np.argmin(loss(points[:, 0])), 0]
        above.plot(best, loss(np.array([best]))[0], "s", color=RED, ms=9, mfc="none", mew=2)
        above.set(title=f"{name}: {len(points)} trials, {distinct} values of x", ylabel="loss")
        below.plot(points[:, 0], points[:, 1], "o", color=BLUE)
        below.vlines(points[:, 0], 0, 1, color=BLUE, lw=0.5, alpha=0.5)
        below.set(xlabel=f"x: {labels[0]}", ylabel=f"y: {labels[1]}", ylim=(-0.02, 1.02))
    return figure


def parallel_coordinates(trials, log=()):
    """Draw a line per trial through its hyper-parameters to its score.

    Args:
        trials: list of dictionaries with hyper-parameters and "score", such as a `TrialTable`.
        log: names of those to draw on a log scale.

    Returns:
        The Axes. Good trials are dark and on top, text values are numbered.

    Raises:
        ValueError: there are no trials.

    Example:
        >>> ax = parallel_coordinates([{"units": 8, "score": 0.8}, {"units": 16, "score": 0.9}])
        >>> [text.get_text() for text in ax.get_xticklabels()]
        ['units', 'score']
    """
    if not trials:
        raise ValueError("trials: expected at least one; got none")
    names = [name for name in trials[0] if name not in _MEASURED] + ["score"]
    columns = [_places([trial[name] for trial in trials], name in log) for name in names]
    heights = np.array([places for places, _ in columns])
    _, ax = plt.subplots(figsize=(1.9 * len(names) + 1.5, 3.6), layout="constrained")
    for number in np.argsort(heights[-1]):
        color = plt.cm.cividis_r(0.05 + 0.95 * heights[-1, number])
        width = 1 + 2 * heights[-1, number]
        ax.plot(range(len(names)), heights[:, number], color=color, lw=width)
    for x, (_, ticks) in enumerate(columns):
        ax.axvline(x, color="0.3", lw=1)
        for height, text in ticks:
            ax.annotate(
                text,
                (x, height),
                (4, 0),
                textcoords="offset points",
                fontsize=8,
                va="center",
                bbox={"fc": "white", "ec": "none", "pad": 0.8, "alpha": 0.8},
            )
    ax.set_xticks(range(len(names)), names)
    ax.set_yticks([])
    ax.set_xlim(-0.2, len(names) - 0.5)
    ax.spines[:].set_visible(False)
    return ax


def search_heatmap(trials, x, y):
    """Show the mean score for every pair of values of two hyper-parameters.

    Args:
        trials: list of dictionaries with hyper-parameters and "score", such as a `TrialTable`.
        x: name of the one across.
        y: name of the one upwards.

    Returns:
        The Axes; pairs that were not tried are left white, the best has a frame.

    Raises:
        ValueError: a name is not among the hyper-parameters.

    Example:
        >>> trials = [{"units": u, "rate": r, "score": u * r} for u in (1, 2) for r in (1, 2, 3)]
        >>> search_heatmap(trials, "units", "rate").get_ylabel()
        'rate'
    """
    for name in (x, y):
        if not trials or name not in trials[0]:
            known = ", ".join(trials[0]) if trials else "nothing: there are no trials"
            raise ValueError(f"x, y: expected names of hyper-parameters, {known}; got {name}")
    across, upwards = (sorted({trial[name] for trial in trials}) for name in (x, y))
    means = np.full((len(upwards), len(across)), np.nan)
    for i, j in np.ndindex(means.shape):
        pair = [t["score"] for t in trials if (t[y], t[x]) == (upwards[i], across[j])]
        means[i, j] = np.mean(pair) if pair else np.nan
    figure, ax = plt.subplots(
        figsize=(1.1 * len(across) + 2.2, 0.6 * len(upwards) + 1.4), layout="constrained"
    )
    image = ax.imshow(means, origin="lower", aspect="auto", cmap="cividis")
    middle = (np.nanmin(means) + np.nanmax(means)) / 2
    for i, j in np.argwhere(np.isfinite(means)):
        color = "white" if means[i, j] < middle else "black"
        ax.text(j, i, f"{means[i, j]:.3f}", ha="center", va="center", color=color)
    best = np.unravel_index(np.nanargmax(means), means.shape)
    ax.add_patch(plt.Rectangle((best[1] - 0.5, best[0] - 0.5), 1, 1, fill=False, ec=RED, lw=3))
    ax.set_xticks(range(len(across)), [_short(value) for value in across])
    ax.set_yticks(range(len(upwards)), [_short(value) for value in upwards])
    ax.set(xlabel=x, ylabel=y)
    figure.colorbar(image, label="score")
    return ax


def range_test_curve(rates, losses, suggested, limit=None):
    """Draw the loss over the rising learning rate of a range test.

    Args:
        rates: learning rates, shape (steps,) or longer than the losses.
        losses: one for each of the first rates.
        suggested: the rate that the test suggests.
        limit: the rate beyond which steps are known to be unstable, where it is known.

    Returns:
        The Axes.

    Example:
        >>> ax = range_test_curve(np.geomspace(0.01, 1, 3), [3.0, 1.0, 9.0], 0.1, limit=0.5)
        >>> ax.get_xscale()
        'log'
    """
    _, ax = plt.subplots(figsize=(6, 3.4), layout="constrained")
    ax.plot(rates[: len(losses)], losses, color=BLUE, label="loss before each step")
    ax.axvline(suggested, color=RED, ls="--", label=f"suggested: {suggested:.2g}")
    if limit is not None:
        ax.axvline(limit, color="0.3", ls=":", label=f"unstable beyond {limit:.2g}")
    ax.set(xscale="log", xlabel="learning rate", ylabel="loss")
    ax.xaxis.set_major_formatter(LogFormatterSciNotation())
    ax.legend(fontsize=8)
    return ax


def _places(values, log):
    """Heights from 0 to 1 for some values, and ticks (height, text) for some of them."""
    if any(isinstance(value, str) for value in values):
        kinds = sorted(set(values))
        heights = np.array([kinds.index(value) for value in values]) / max(1, len(kinds) - 1)
        return heights, [(n / max(1, len(kinds) - 1), kind) for n, kind in enumerate(kinds)]
    numbers = np.log10(values) if log else np.asarray(values, dtype=float)
    low, high = np.nanmin(numbers), np.nanmax(numbers)
    if low == high:
        return np.full(len(numbers), 0.5), [(0.5, _short(values[0]))]
    heights = np.nan_to_num((numbers - low) / (high - low))
    distinct = np.unique(numbers)
    shown = distinct if len(distinct) <= 6 else np.linspace(low, high, 3)
    ticks = [((n - low) / (high - low), _short(10**n if log else n)) for n in shown]
    return heights, ticks


def _short(value):
    return f"{float(value):.3g}" if not isinstance(value, str) else value
