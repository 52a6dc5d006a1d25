"""How fast BatchNormalization and InvertedDropout are: against the same layers of Keras.

    python -m benchmarks.networks_normalization

Forward and backward in training, float32, on TensorFlow: eagerly, in a tf.function ("graph"), and
for dropout in one that XLA compiles. All ways take turns of one call (`benchmarks.turns`); the
table shows medians, and the ratio of the lower quartiles, which tells what a quiet computer would
see. An epsilon below the fused kernel's smallest makes BatchNormalization take its portable path.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.turns import seconds_in_turns

__all__ = ["main", "tables", "training_step"]

# shape of the inputs, and rounds
SHAPES = (((256, 1024), 101), ((32, 56, 56, 64), 41))
EPSILON = {"portable": 1e-6, "fused": 1e-3}
# most that ours may take of the time of Keras's, by path and number of axes
GOALS = {("portable", 2): 1.05, ("portable", 4): 1.05, ("fused", 2): 1.05, ("fused", 4): 0.5}
DROPOUT_GOAL = 1.0
ONE_CALL = 0.0  # seconds of a turn


def training_step(layer, shape, mode="eager"):
    """A function of nothing that goes forward and backward through a layer, and waits for it.

    Args:
        layer: a `keras.layers.Layer`.
        shape: of its inputs, which are drawn at random.
        mode: "eager", "graph" (a tf.function) or "xla" (one that XLA compiles).
    """
    import tensorflow as tf

    rng = np.random.default_rng(0)
    inputs, upstream = (tf.constant(rng.standard_normal(shape, np.float32)) for _ in range(2))
    layer.build(shape)
    weights = [weight.value for weight in layer.trainable_weights]

    def step(inputs, upstream):
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            outputs = layer(inputs, training=True)
        return tape.gradient(outputs, [inputs, *weights], upstream)

    if mode != "eager":
        step = tf.function(step, jit_compile=mode == "xla")
    return lambda: step(inputs, upstream)[0].numpy()  # noqa: PLW0108 (it has to run later)


def _row(table, names, pair, goal):
    (theirs, ours), (their_quiet, our_quiet) = (
        [np.quantile(column, share) for column in pair] for share in (0.5, 0.25)
    )
    verdict = "reached" if ours <= goal * theirs else "MISSED"
    figures = f"{1000 * theirs:.2f}", f"{1000 * ours:.2f}", f"{ours / theirs:.2f}"
    table.add_row(*names, *figures, f"{our_quiet / their_quiet:.2f}", f"≤ {goal} {verdict}")


def _table(title):
    columns = "inputs", "path", "Keras / ms", "ours / ms", "ratio", "of lower quartiles", "goal"
    return Table(*columns, title=title)


def _batch_normalization_table():
    import keras

    from dlcourse.layers import BatchNormalization

    table = _table("BatchNormalization, forward and backward, against keras.layers'")
    layers = {"Keras": keras.layers.BatchNormalization, "ours": BatchNormalization}
    for shape, rounds in SHAPES:
        for mode in ("eager", "graph"):
            ways = {
                (whose, path): training_step(layer(epsilon=epsilon), shape, mode)
                for whose, layer in layers.items()
                for path, epsilon in EPSILON.items()
            }
            seconds = seconds_in_turns(ways, rounds, ONE_CALL)
            for path in EPSILON:
                pair = seconds["Keras", path], seconds["ours", path]
                goal = GOALS[path, len(shape)]
                _row(table, (str(shape), f"{mode}, {path}"), pair, goal)
    return table


def _dropout_table():
    import keras

    from dlcourse.layers import InvertedDropout

    layers = {"Keras": keras.layers.Dropout, "ours": InvertedDropout}
    table = _table("InvertedDropout, forward and backward, against keras.layers.Dropout")
    for shape, rounds in SHAPES:
        ways = {
            f"{name}, {mode}": training_step(layer(0.3, seed=1), shape, mode)
            for name, layer in layers.items()
            for mode in ("eager", "graph", "xla")
        }
        if len(shape) > 2:
            del ways["Keras, xla"]  # seconds for each step
        seconds = seconds_in_turns(ways, rounds, ONE_CALL)
        for mode in ("eager", "graph", "xla")[: 3 if "Keras, xla" in ways else 2]:
            pair = seconds[f"Keras, {mode}"], seconds[f"ours, {mode}"]
            _row(table, (str(shape), mode), pair, DROPOUT_GOAL)
        for name in layers:
            against = f"xla, against the plain graph of {name}"
            pair = seconds[f"{name}, graph"], seconds["ours, xla"]
            _row(table, (str(shape), against), pair, DROPOUT_GOAL)
    return table


def tables():
    """The tables of this topic, measured now."""
    return [_batch_normalization_table(), _dropout_table()]


def main():
    """Measure, and print the tables."""
    console = Console()
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
