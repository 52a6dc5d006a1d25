"""Words as points in the plane, with their names beside them."""

import numpy as np
from matplotlib import pyplot as plt

from dlcourse.plotting.descent import COLORS

__all__ = ["word_map"]

# where a name may stand: right, left, above, below its point, in typographic points
_PLACES = (
    ((5, 0), "left", "center"),
    ((-5, 0), "right", "center"),
    ((0, 5), "center", "bottom"),
    ((0, -5), "center", "top"),
)


def word_map(points, words, pairs=(), ax=None):
    """Draw a point for each word, its name beside it, and an arrow for each pair.

    A name takes the first free place to the right, left, above or below of its point.

    Args:
        points: positions, (m, 2), such as `dlcourse.embeddings.project` returns.
        words: m names.
        pairs: pairs of the words, such as ("man", "woman"); an arrow goes to the second.
        ax: matplotlib Axes to draw on; a new figure where None.

    Returns:
        The Axes.

    Raises:
        ValueError: points are not in the plane, there is not one name each, or a word of a pair is
            not among them.

    Example:
        >>> ax = word_map([[0, 0], [1, 0]], ["man", "woman"], pairs=[("man", "woman")])
        >>> [text.get_text() for text in ax.texts if text.get_text()]
        ['man', 'woman']
    """
    points, words = np.asarray(points), list(words)
    if points.shape != (len(words), 2):
        raise ValueError(f"points: expected shape ({len(words)}, 2); got {points.shape}")
    unknown = [word for pair in pairs for word in pair if word not in words]
    if unknown:
        raise ValueError(f"pairs: expected words among those drawn; got {unknown}")
    if ax is None:
        _, ax = plt.subplots(figsize=(7, 6), layout="constrained")
    ax.scatter(*points.T, s=14, color=COLORS[0])
    ax.margins(0.2, 0.12)
    for pair in pairs:
        start, end = (points[words.index(word)] for word in pair)
        ax.annotate("", end, start, arrowprops={"arrowstyle": "->", "color": COLORS[1]})
    _write_names(ax, points, words)
    ax.set(xlabel="first direction", ylabel="second direction")
    return ax


def _write_names(ax, points, words):
    ax.figure.draw_without_rendering()  # only then it is known where things are
    renderer = ax.figure.canvas.get_renderer()
    taken = []
    for point, word in zip(points, words, strict=True):
        tried = []
        for offset, horizontal, vertical in _PLACES:
            text = ax.annotate(word, point, offset, textcoords="offset points", fontsize=9,
                               ha=horizontal, va=vertical)  # fmt: skip
            box = text.get_window_extent(renderer)
            overlaps = sum(box.overlaps(other) for other in taken)
            tried.append((overlaps, text, box))
            if overlaps == 0:
                break
        best = min(tried, key=lambda entry: entry[0])
        taken.append(best[2])
        for _, text, _ in tried:
            if text is not best[1]:
                text.remove()
