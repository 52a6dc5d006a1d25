"""How fast the LSTM of dlcourse.scratch is, next to Keras's compiled one on the same CPU.

    python -m benchmarks.scratch_lstm

Forward and backward over (32, 50, 64) -> 128 in float32: all states, and the gradients with respect
to the inputs and to all weights. Ours and Keras's (one tf.function with the forward pass and the
gradient) take turns in one process, so that whatever else the computer does disturbs both. The goal
is at most twice Keras's time.

The figure is taken twice: with NumPy's matrix products as they come, and held to one core, where
Keras keeps all of them. On a busy computer the library behind NumPy waits long for its other
threads, and only the second figure says something about our code.
"""

import os
import statistics
import time
from contextlib import nullcontext

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from dlcourse.scratch.lstm import lstm_backward, lstm_forward
from dlcourse.scratch.recurrent_keras import lstm_from_keras

__all__ = ["main", "measure"]

SIZES = (32, 50, 64, 128)
GOAL_RATIO = 2.0
ROUNDS = 31


def measure(rounds=ROUNDS, one_core=True):
    """Median seconds of our forward and backward pass and of Keras's, taking turns.

    Args:
        rounds: how many times each runs, after a first time that does not count.
        one_core: whether NumPy's matrix products are held to one core.

    Returns:
        Pair (ours, Keras's) in seconds.

    Raises:
        AssertionError: the two do not compute the same.
    """
    x, upstream, layer = _inputs()
    ours, theirs = _our_pass(x, upstream, layer), _keras_pass(x, upstream, layer)
    with threadpool_limits(1, user_api="blas") if one_core else nullcontext():
        np.testing.assert_allclose(ours(), theirs(), rtol=1e-3, atol=1e-4)
        seconds = [(_seconds(ours), _seconds(theirs)) for _ in range(rounds)]
    return tuple(statistics.median(column) for column in zip(*seconds, strict=True))


def main():
    """Print both figures and whether the goal is reached."""
    table = Table("NumPy's products on", "ours / ms", "Keras / ms", "ratio", "goal", "")
    for label, one_core in (("one core", True), ("all cores", False)):
        ours, theirs = measure(one_core=one_core)
        ratio = ours / theirs
        verdict = "reached" if ratio <= GOAL_RATIO else "MISSED"
        figures = (1000 * ours, 1000 * theirs, ratio, GOAL_RATIO)
        table.add_row(label, *(f"{figure:.2f}" for figure in figures), verdict)
    Console().print(table)


def _inputs():
    import keras

    m, t, n_x, n_a = SIZES
    rng = np.random.default_rng(0)
    x = rng.standard_normal((m, t, n_x), dtype=np.float32)
    upstream = rng.standard_normal((m, t, n_a), dtype=np.float32)
    layer = keras.layers.LSTM(n_a, return_sequences=True)
    layer.build(x.shape)
    return x, upstream, layer


def _our_pass(x, upstream, layer):
    parameters = lstm_from_keras(layer.get_weights())

    def ours():
        _, _, cache = lstm_forward(x, parameters)
        return lstm_backward(upstream, cache)["dx"]

    return ours


def _keras_pass(x, upstream, layer):
    import tensorflow as tf

    x, upstream = tf.constant(x), tf.constant(upstream)

    @tf.function
    def compiled():
        with tf.GradientTape() as tape:
            tape.watch(x)
            states = layer(x)
        return tape.gradient(states, [x, *layer.trainable_variables], upstream)

    def theirs():
        # reading the result waits for it
        return np.asarray(compiled()[0])

    return theirs


def _seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
