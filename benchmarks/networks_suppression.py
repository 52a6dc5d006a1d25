"""Non-max suppression against TensorFlow's and against the loop that everybody writes first.

    python -m benchmarks.networks_suppression

All boxes may be kept unless the table says otherwise; the IoU threshold is 0.5. TensorFlow runs
eagerly and as tf.function, and the faster counts; so do we. All ways take turns
(`benchmarks.turns`), and every answer is compared with TensorFlow's before it is timed. Two goals
are held against medians; the lower quartiles tell what a quiet computer would see.
"""

import functools
import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.turns import seconds_in_turns
from dlcourse.boxes import non_max_suppression, non_max_suppression_per_class

__all__ = ["loop_suppression", "main", "tables"]

SIZES = {100: 101, 1_000: 51, 10_000: 11}  # boxes: rounds
THRESHOLD, SCORE, CLASSES, WANTED = 0.5, 0.05, 80, 100
TURN = 2e-3  # seconds
LOOP_GOAL, LOOP_SECONDS = 100, 20.0


def uniform(n, rng):
    """Boxes of sides up to a tenth of the image, anywhere."""
    middle, size = rng.random((n, 2)), 0.01 + 0.1 * rng.random((n, 2))
    return np.concatenate([middle - size / 2, middle + size / 2], axis=1).astype(np.float32)


def clustered(n, rng):
    """Fifty boxes of nearly one size around each place, as a detector answers."""
    places = rng.random((n // 50, 2))
    middle = places[rng.integers(len(places), size=n)] + 0.01 * rng.normal(size=(n, 2))
    size = 0.1 + 0.01 * rng.normal(size=(n, 2))
    return np.concatenate([middle - size / 2, middle + size / 2], axis=1).astype(np.float32)


KINDS = {"uniform": uniform, "clustered": clustered}


def loop_suppression(boxes, scores, iou_threshold):
    """The algorithm as one writes it down: one pair of boxes after the other, in NumPy."""
    kept = []
    for i in np.argsort(-scores, kind="stable"):
        for j in kept:
            low = np.maximum(boxes[i, :2], boxes[j, :2])
            shared = np.maximum(np.minimum(boxes[i, 2:], boxes[j, 2:]) - low, 0)
            common = shared[0] * shared[1]
            areas = [np.prod(boxes[k, 2:] - boxes[k, :2]) for k in (i, j)]
            if common / (sum(areas) - common) > iou_threshold:
                break
        else:
            kept.append(i)
    return kept


def ratios(seconds):
    """Median seconds of ours and theirs, and the ratios of medians and of lower quartiles."""
    best = [
        [
            min(np.quantile(column, q) for name, column in seconds.items() if whose in name)
            for whose in ("ours", "TensorFlow")
        ]
        for q in (0.5, 0.25)
    ]
    return *best[0], best[0][0] / best[0][1], best[1][0] / best[1][1]


def plain_ways(boxes, scores, limit):
    """Ours and TensorFlow's plain suppression, after a look at whether they agree."""
    import tensorflow as tf

    tensors = tf.constant(boxes), tf.constant(scores)
    theirs = functools.partial(tf.image.non_max_suppression, *tensors, limit, THRESHOLD)
    ours = functools.partial(non_max_suppression, *tensors, limit, THRESHOLD)
    kept = ours()
    assert kept.indices.numpy()[: int(kept.count)].tolist() == theirs().numpy().tolist()
    return {"ours": ours, "TensorFlow": theirs, "TensorFlow, tf.function": tf.function(theirs)}


def class_ways(boxes, scores):
    """Ours and TensorFlow's suppression per class, after a look at whether they agree."""
    import tensorflow as tf

    tensors = tf.constant(boxes[None]), tf.constant(scores[None])
    limits = WANTED, WANTED, THRESHOLD, SCORE
    ours = functools.partial(non_max_suppression_per_class, *tensors, *limits)
    theirs = functools.partial(
        tf.image.combined_non_max_suppression,
        *(tensors[0][:, :, None], tensors[1], *limits),
        clip_boxes=False,
    )
    for one, other in zip(ours()[:3], theirs()[:3], strict=True):
        np.testing.assert_array_equal(one, other)
    return {"ours": ours, "TensorFlow": theirs, "TensorFlow, tf.function": tf.function(theirs)}


def class_scores(n, labelled, rng):
    """Scores (n, classes) without ties: of one class per box, or of all, most of them low."""
    if not labelled:
        ranks = rng.permutation(n * CLASSES).reshape(n, CLASSES)
        return (((ranks + 1) / ranks.size) ** 8).astype(np.float32)
    scores = np.zeros((n, CLASSES), np.float32)
    scores[np.arange(n), rng.integers(CLASSES, size=n)] = (rng.permutation(n) + 1) / n
    return scores


def tables():
    """All tables of this module."""
    return _plain_table(), _class_table(), _loop_table()


def _columns(first):
    return *first, "ours / ms", "tf.image / ms", "ratio", "of lower quartiles", "goal"


def _row(seconds, goal):
    ours, theirs, ratio, quiet = ratios(seconds)
    verdict = f"≤ {goal} {'reached' if ratio <= goal else 'MISSED'}" if goal else "none"
    return f"{1e3 * ours:.3f}", f"{1e3 * theirs:.3f}", f"{ratio:.2f}", f"{quiet:.2f}", verdict


def _plain_table():
    title = "Non-max suppression against tf.image.non_max_suppression"
    table = Table(*_columns(("boxes", "at most", "kept")), title=title)
    for n, rounds in SIZES.items():
        for kind, make in KINDS.items():
            rng = np.random.default_rng(n)
            boxes, scores = make(n, rng), rng.random(n, dtype=np.float32)
            for limit in sorted({n, WANTED}, reverse=True):
                ways = plain_ways(boxes, scores, limit)
                goal = 1.0 if n == max(SIZES) else 1.6
                cells = f"{n} {kind}", str(limit), str(len(ways["TensorFlow"]()))
                table.add_row(*cells, *_row(seconds_in_turns(ways, rounds, TURN), goal))
    return table


def _class_table():
    title = f"{CLASSES} classes, against tf.image.combined_non_max_suppression"
    table = Table(*_columns(("boxes", "scores", "candidates")), title=title)
    for n, rounds in SIZES.items():
        for kind, make in KINDS.items():
            for labelled in (True, False):
                rng = np.random.default_rng(n)
                boxes, scores = make(n, rng), class_scores(n, labelled, rng)
                goal = 1.0 if n == max(SIZES) else 0.5
                what = "of one class" if labelled else "of all classes"
                cells = f"{n} {kind}", what, str(int((scores > SCORE).sum()))
                seconds = seconds_in_turns(class_ways(boxes, scores), min(rounds, 51), TURN)
                table.add_row(*cells, *_row(seconds, goal))
    return table


def _loop_table():
    title = "Non-max suppression against a loop over pairs in NumPy"
    table = Table("boxes", "loop / s", "ours / s", "times faster", "goal", title=title)
    for n in SIZES:
        for kind, make in KINDS.items():
            rng = np.random.default_rng(n)
            boxes, scores = make(n, rng), rng.random(n, dtype=np.float32)
            ways = plain_ways(boxes, scores, n)
            fast = np.median(seconds_in_turns({"ours": ways["ours"]}, 11, TURN)["ours"])
            slow, whole = _loop_seconds(boxes, scores, len(ways["TensorFlow"]()))
            verdict = "reached" if slow / fast >= LOOP_GOAL else "MISSED"
            cells = f"{'' if whole else '≈ '}{slow:.4f}", f"{fast:.6f}", f"{slow / fast:.0f}"
            table.add_row(f"{n} {kind}", *cells, f"≥ {LOOP_GOAL} {verdict}")
    return table


def _loop_seconds(boxes, scores, n_kept):
    """Seconds of the loop; where it would take minutes, extrapolated from a part of the boxes."""
    part = len(boxes)
    while part * min(n_kept, part) > LOOP_SECONDS / 1e-5:
        part //= 2
    start = time.perf_counter()
    kept = loop_suppression(boxes[:part], scores[:part], THRESHOLD)
    seconds = time.perf_counter() - start
    # the pairs looked at grow with the boxes and with what is kept of them
    return seconds * (len(boxes) * n_kept) / (part * len(kept)), part == len(boxes)


def main():
    """Print the tables."""
    console = Console()
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
