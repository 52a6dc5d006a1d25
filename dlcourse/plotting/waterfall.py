"""From human level to the test set: where the error comes in."""

from matplotlib import pyplot as plt

__all__ = ["error_waterfall"]

GAPS = {
    ("human", "train"): "avoidable\nbias",
    ("train", "train-dev"): "variance",
    ("train", "dev"): "variance",
    ("train-dev", "dev"): "data\nmismatch",
    ("dev", "test"): "overfitting\nto dev",
}
BAR, RISE, FALL = "#bbbbbb", "#d55e00", "#009e73"


def error_waterfall(rates, ax=None):
    """Draw the error rates side by side, and between each two what the step up is called.

    Args:
        rates: dictionary from "human", "train", "train-dev", "dev" and "test", those that were
            measured, in this order, to the error in per cent.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes; steps up are hatched, steps down are plain.

    Raises:
        ValueError: two neighbours are not neighbours of a diagnosis.

    Example:
        >>> ax = error_waterfall({"human": 4, "train": 7, "train-dev": 10, "dev": 12, "test": 12})
        >>> [text.get_text().replace(chr(10), " ") for text in ax.texts][5:]
        ['avoidable bias +3', 'variance +3', 'data mismatch +2', 'overfitting to dev +0']
    """
    names, values = list(rates), list(rates.values())
    pairs = list(zip(names, names[1:], strict=False))
    if not pairs or any(pair not in GAPS for pair in pairs):
        raise ValueError(
            "rates: expected at least two of human, train, train-dev, dev, test, in this order and "
            f"without leaving out train or dev between others; got {', '.join(names)}"
        )
    if ax is None:
        _, ax = plt.subplots(figsize=(1.5 + 1.6 * len(rates), 3.8), layout="constrained")
    places = [2 * i for i in range(len(names))]
    bars = ax.bar(places, values, color=BAR, width=0.8)
    ax.bar_label(bars, [f"{value:g} %" for value in values], padding=2, fontsize=9)
    for place, pair in zip(places, pairs, strict=False):
        _step(ax, place + 1, rates[pair[0]], rates[pair[1]], GAPS[pair])
    ax.set_xticks(places, names)
    ax.set(ylabel="error in %", ylim=(0, 1.35 * max(*values, 1e-9)))
    return ax


def _step(ax, place, before, after, name):
    rises = after > before
    ax.bar(
        place, after - before, bottom=before, width=0.8, edgecolor="white",
        color=RISE if rises else FALL, hatch="//" if rises else "",
    )  # fmt: skip
    for height, left, right in ((before, place - 1, place), (after, place, place + 1)):
        ax.plot([left, right], [height, height], color="black", linewidth=0.8, linestyle=":")
    top = max(before, after)
    ax.annotate(
        f"{name}\n{round(after - before, 10):+g}", (place, top), xytext=(0, 3),
        textcoords="offset points", ha="center", va="bottom", fontsize=8,
    )  # fmt: skip
