"""How fast the large networks are: ours against those of keras.applications.

    python -m benchmarks.networks_models

ResNet-50 and MobileNet v2 with 1000 classes, forward (inference) and one training step (forward,
backward, SGD), each compiled once as `predict_on_batch` and `train_on_batch` compile it, without
XLA. Both networks get the same weights and take turns in one process; the table shows medians, and
lower quartiles, which tell what a quiet computer would see.
"""

import os
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from rich.console import Console
from rich.table import Table

__all__ = ["main", "measure", "tables"]

GOAL = 1.05
SHAPE = (8, 128, 128, 3)  # a small batch of small images: the step of ResNet-50 takes a second
CASES = (("ResNet-50", 15), ("MobileNet v2", 31))
WARM_UP = 2


def measure(name, rounds):
    """Seconds of both networks, inference and training step.

    Args:
        name: one of the names in CASES.
        rounds: how many times each runs, after a few times that do not count.

    Returns:
        dict from "forward" and "training step" to a dict from "ours" and "theirs" to the list of
        seconds, one for each round.

    Raises:
        AssertionError: the two networks do not compute the same.
    """
    ways = _ways(name)
    return {
        what: _in_turns({whose: ways[whose][what] for whose in ways}, rounds)
        for what in ("forward", "training step")
    }


def tables(rounds=None):
    """The measurements as rich tables.

    Args:
        rounds: for each network; as many as CASES says if None.

    Returns:
        list with one `rich.table.Table`.
    """
    table = Table(title=f"Networks against keras.applications', batch {SHAPE}")
    for column in ("network", "what", "ours ms", "theirs ms", "ratio", "quartile", "goal", ""):
        table.add_column(column, justify="left" if column in {"network", "what", ""} else "right")
    for name, usual in CASES:
        for what, seconds in measure(name, rounds or usual).items():
            table.add_row(name, what, *_cells(seconds))
    return [table]


def main():
    """Print the tables."""
    for table in tables():
        Console().print(table)


def _cells(seconds):
    medians = {whose: statistics.median(column) for whose, column in seconds.items()}
    quartiles = {whose: np.quantile(column, 0.25) for whose, column in seconds.items()}
    ratio = medians["ours"] / medians["theirs"]
    return (
        *(f"{1000 * medians[whose]:.1f}" for whose in ("ours", "theirs")),
        f"{ratio:.3f}",
        f"{quartiles['ours'] / quartiles['theirs']:.3f}",
        f"≤ {GOAL}",
        "reached" if ratio <= GOAL else "MISSED",
    )


def _ways(name):
    import keras

    from dlcourse.models.mobilenet_v2 import build_mobilenet_v2
    from dlcourse.models.pretrained_weights import transplant_weights
    from dlcourse.models.resnet import build_resnet

    theirs, ours = {
        "ResNet-50": (keras.applications.ResNet50, build_resnet),
        "MobileNet v2": (keras.applications.MobileNetV2, build_mobilenet_v2),
    }[name]
    theirs = theirs(weights=None, input_shape=SHAPE[1:])
    ours = transplant_weights(theirs, ours(input_shape=SHAPE[1:]))
    rng = np.random.default_rng(0)
    images, labels = rng.normal(size=SHAPE).astype("float32"), rng.integers(1000, size=SHAPE[0])
    _check_equal(ours, theirs, images)
    return {whose: _steps(m, images, labels) for whose, m in (("ours", ours), ("theirs", theirs))}


def _steps(model, images, labels):
    # a rate so small that the numbers stay in range however often the step is repeated
    model.compile("sgd", "sparse_categorical_crossentropy", jit_compile=False)
    model.optimizer.learning_rate = 1e-5
    return {
        "forward": lambda: model.predict_on_batch(images),
        "training step": lambda: model.train_on_batch(images, labels),
    }


def _check_equal(ours, theirs, images):
    outputs = [np.asarray(m(images[:2], training=False)) for m in (ours, theirs)]
    np.testing.assert_allclose(*outputs, rtol=1e-3, atol=1e-5)


def _in_turns(ways, rounds):
    seconds = {whose: [] for whose in ways}
    order = np.random.default_rng(1)
    for _ in range(WARM_UP + rounds):
        for whose in order.permutation(list(ways)):
            start = time.perf_counter()
            ways[whose]()
            seconds[whose].append(time.perf_counter() - start)
    return {whose: column[WARM_UP:] for whose, column in seconds.items()}


if __name__ == "__main__":
    main()
