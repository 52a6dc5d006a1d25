"""How fast dlcourse.scratch is: against its own loops, TensorFlow's op and `import numpy`.

    python -m benchmarks.scratch

Convolutions run forward and backward in float32 on the CPU, with "same" padding and gradients for
the images, the filters and the bias. All ways take turns in one process, in a new order each
round, so that whatever else the computer does disturbs all of them; the table shows medians, and
the lower quartiles, which tell what a quiet computer would see. TensorFlow runs eagerly and as
tf.function, and the faster counts.
"""

import importlib.util
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
from rich.console import Console
from rich.table import Table

from dlcourse.scratch.convolution import conv_backward, conv_forward
from dlcourse.scratch.convolution_loops import conv_backward_loops, conv_forward_loops

__all__ = ["import_seconds", "main", "measure_convolution"]

CASES = (
    # images, filters, size of a filter, rounds, most that we may take of TensorFlow's time,
    # least that the loops may take of ours
    ((10, 32, 32, 3), 8, 3, 201, 1.0, 250),
    ((64, 28, 28, 1), 32, 5, 101, 1.0, None),
    ((32, 56, 56, 64), 64, 3, 31, 1.7, None),
)
LOOP_ROUNDS = 3
IMPORT_ROUNDS = 11
IMPORT_GOAL = 1.2
WARM_UP = 3
EVERY_MODULE = (
    "import pkgutil, dlcourse.scratch as s\n"
    "for m in pkgutil.iter_modules(s.__path__): __import__('dlcourse.scratch.' + m.name)"
)
IMPORTS = {
    "import numpy": "import numpy",
    "import dlcourse.scratch": "import dlcourse.scratch",
    "… and every module in it": EVERY_MODULE,
}


def measure_convolution(shape, n_C, f, rounds):
    """Seconds of every way to go forward and backward through one convolution.

    Args:
        shape: (m, n_H, n_W, n_C_prev) of the images.
        n_C: number of filters.
        f: size of the square filters.
        rounds: how many times each way runs, after a few times that do not count.

    Returns:
        dict from the name of the way to its list of seconds, one for each round.

    Raises:
        AssertionError: two ways do not compute the same.
    """
    layer, upstream = _inputs(shape, n_C, f)
    ways = {"ours": _our_pass(layer, upstream), **_tensorflow_passes(layer, upstream)}
    _check_equal([way() for way in ways.values()])
    seconds = {name: [] for name in ways}
    order = np.random.default_rng(1)
    for _ in range(WARM_UP + rounds):
        for name in order.permutation(list(ways)):
            seconds[name].append(_seconds(ways[name]))
    return {name: column[WARM_UP:] for name, column in seconds.items()}


def measure_loops(shape, n_C, f, rounds=LOOP_ROUNDS):
    """Seconds of the nested loops and of the vectorized version, taking turns."""
    layer, upstream = _inputs(shape, n_C, f)
    ours = _our_pass(layer, upstream)
    loops = _our_pass(layer, upstream, conv_forward_loops, conv_backward_loops)
    _check_equal([ours(), loops()])
    pairs = [(_seconds(loops), *(_seconds(ours) for _ in range(9))) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [second for pair in pairs for second in pair[1:]]


def import_seconds(rounds=IMPORT_ROUNDS):
    """Seconds that imports take in fresh processes, without the start of Python itself."""
    seconds = {name: [] for name in IMPORTS}
    for _ in range(1 + rounds):
        for name, statement in IMPORTS.items():
            program = (
                "import time\nstart = time.perf_counter()\n"
                f"{statement}\nprint(time.perf_counter() - start)"
            )
            run = subprocess.run(
                [sys.executable, "-c", program], check=True, capture_output=True, text=True
            )
            seconds[name].append(float(run.stdout))
    return {name: column[1:] for name, column in seconds.items()}  # the first fills the disk cache


def _inputs(shape, n_C, f):
    rng = np.random.default_rng(0)
    shapes = (shape, (f, f, shape[3], n_C), (1, 1, 1, n_C), (*shape[:3], n_C))
    *layer, upstream = (rng.standard_normal(s, dtype=np.float32) for s in shapes)
    return layer, upstream


def _our_pass(layer, upstream, forward=conv_forward, backward=conv_backward):
    def ours():
        Z, cache = forward(*layer, {"stride": 1, "pad": "same"})
        return Z, *backward(upstream, cache)

    return ours


def _tensorflow_passes(layer, upstream) -> dict[str, Callable]:
    import tensorflow as tf

    X, W, b, upstream = (tf.constant(array) for array in (*layer, upstream))
    b = tf.reshape(b, [-1])

    def eager(X=X, W=W, b=b, upstream=upstream):
        with tf.GradientTape() as tape:
            tape.watch((X, W, b))
            Z = tf.nn.bias_add(tf.nn.conv2d(X, W, 1, "SAME"), b)
        return Z, *tape.gradient(Z, (X, W, b), upstream)

    compiled = tf.function(eager)
    return {"TensorFlow": eager, "tf.function": lambda: compiled(X, W, b, upstream)}


def _check_equal(results):
    first, *others = ([np.ravel(array) for array in arrays] for arrays in results)
    for other in others:
        for ours, theirs in zip(first, other, strict=True):
            assert np.linalg.norm(ours - theirs) < 1e-4 * np.linalg.norm(ours)


def _seconds(run):
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _convolution_tables():
    against_tensorflow = Table(
        *("images → filters", "ours / ms", "TensorFlow / ms", "tf.function / ms"),
        *("ratio", "ratio of lower quartiles", "goal"),
        title="Convolution, forward and backward, against TensorFlow",
    )
    against_loops = Table(
        *("images → filters", "loops / ms", "ours / ms", "times faster", "goal"),
        title="Convolution, forward and backward, against the nested loops",
    )
    for shape, n_C, f, rounds, goal, loops_goal in CASES:
        name = f"{shape} → {n_C}, {f}×{f}"
        seconds = measure_convolution(shape, n_C, f, rounds)
        medians, quartiles = (
            {way: np.quantile(column, share) for way, column in seconds.items()}
            for share in (0.5, 0.25)
        )
        ratio, quiet = (
            figures["ours"] / min(figures["TensorFlow"], figures["tf.function"])
            for figures in (medians, quartiles)
        )
        row = *(f"{1000 * median:.2f}" for median in medians.values()), f"{ratio:.2f}"
        against_tensorflow.add_row(
            name, *row, f"{quiet:.2f}", f"≤ {goal} {_verdict(ratio <= goal)}"
        )
        if loops_goal:
            slow, fast = map(statistics.median, measure_loops(shape, n_C, f))
            verdict = f"≥ {loops_goal} {_verdict(slow / fast >= loops_goal)}"
            figures = f"{1000 * slow:.0f}", f"{1000 * fast:.2f}", f"{slow / fast:.0f}"
            against_loops.add_row(name, *figures, verdict)
    return against_tensorflow, against_loops


def _import_table():
    table = Table("statement", "ms", "ratio", "goal", title="Imports in fresh processes")
    medians = {name: statistics.median(column) for name, column in import_seconds().items()}
    for name, median in medians.items():
        ratio = median / medians["import numpy"]
        reached = f"≤ {IMPORT_GOAL} {_verdict(ratio <= IMPORT_GOAL)}"
        goal = reached if name == "import dlcourse.scratch" else ""
        table.add_row(name, f"{1000 * median:.1f}", f"{ratio:.2f}", goal)
    return table


def _verdict(reached):
    return "reached" if reached else "MISSED"


def main():
    """Print the tables, and those of the recurrent networks where they are there."""
    console = Console()
    for table in (*_convolution_tables(), _import_table()):
        console.print(table)
    if importlib.util.find_spec("benchmarks.scratch_lstm"):
        from benchmarks import scratch_lstm

        console.print("[italic]LSTM, forward and backward, against Keras", justify="center")
        scratch_lstm.main()


if __name__ == "__main__":
    main()
