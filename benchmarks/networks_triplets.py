"""How fast and how small the mined triplet losses are, value and gradient.

    python -m benchmarks.networks_triplets

Batches of P classes with 8 examples each, embeddings of 128 numbers, on the CPU. Ours run as
`model.fit` would run them on TensorFlow: compiled, without and with XLA, of which the faster
counts. The peers are pytorch-metric-learning (batch-hard, squared distances) and the usual tensor
version of batch-all, which holds a cost for every triple of examples; it may run eagerly or
compiled as well, and PyTorch on one thread or on all. All ways take turns (`benchmarks.turns`).

Memory is that of a process of its own for each miner: its peak with the batch of 4096, less what
it held after a batch of 8.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.turns import seconds_in_turns

__all__ = ["main", "measure", "peak_memory", "tables"]

DIMENSIONS, PER_CLASS, MARGIN = 128, 8, 0.2
MINERS = {
    "batch-hard": "batch_hard_triplet_loss",
    "batch-all": "batch_all_triplet_loss",
    "semi-hard": "semi_hard_triplet_loss",
}
ROUNDS, TURN = {256: 31, 1024: 11, 4096: 3}, 0.02  # seconds
PEER_GOALS = {256: 0.6, 1024: 0.3}
CUBE_GOAL = 1 / 20
MEGABYTES = 1024
PEER = "pytorch-metric-learning"
CUBE = "tensor of B³"


def measure(miner, size, per_class=PER_CLASS):
    """Seconds of every way to compute one miner's value and gradient.

    Args:
        miner: a key of MINERS.
        size: number of examples B.
        per_class: number of examples of each class.

    Returns:
        dict from the name of the way to its list of seconds, one for each round.

    Raises:
        AssertionError: two ways do not compute the same.
    """
    labels, x = _batch(size, per_class)
    ways = _our_ways(_loss(miner), labels, x)
    if miner == "batch-hard" and importlib.util.find_spec("pytorch_metric_learning"):
        ways |= {f"{PEER}, {n} threads": _peer_way(labels, x, n) for n in (1, os.cpu_count())}
    if miner == "batch-all" and size <= 256:
        ways |= {f"{CUBE}, {n}": way for n, way in _our_ways(_cube_loss, labels, x).items()}
    _check_equal({name: way() for name, way in ways.items()})
    return seconds_in_turns(ways, ROUNDS[size], TURN)


def peak_memory(miner, size, per_class):
    """Megabytes that a fresh process needs more for a batch of `size` than for one of 8."""
    program = f"from benchmarks import networks_triplets as b; b.print_peak{miner, size, per_class}"
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    return float(run.stdout.split()[-1])


def print_peak(miner, size, per_class):
    """Print what `peak_memory` reads (in the process that it starts)."""
    loss = _loss(miner)
    _our_ways(loss, *_batch(8, 2))["compiled"]()
    before = psutil.Process().memory_info().rss
    _our_ways(loss, *_batch(size, per_class))["compiled"]()
    print((_peak_of_this_process() - before) / 2**20)


def _peak_of_this_process():
    memory = psutil.Process().memory_info()
    if hasattr(memory, "peak_wset"):  # Windows
        return memory.peak_wset
    status = Path("/proc/self/status")
    if status.exists():  # Linux: ru_maxrss there begins with the peak of the parent process
        return 1024 * int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1])
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _batch(size, per_class):
    rng = np.random.default_rng(0)
    labels = rng.permutation(np.arange(size) // per_class).astype(np.int32)
    x = rng.standard_normal((size, DIMENSIONS), dtype=np.float32)
    return labels, x / np.linalg.norm(x, axis=1, keepdims=True)


def _loss(miner):
    from dlcourse import losses

    return getattr(losses, MINERS[miner])


def _our_ways(loss, labels, x):
    import tensorflow as tf

    labels, x = tf.constant(labels), tf.constant(x)

    def value_and_gradient(labels, x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            value = tf.reduce_mean(loss(labels, x, MARGIN))
        return value, tape.gradient(value, x)

    compiled = tf.function(value_and_gradient)
    with_xla = tf.function(value_and_gradient, jit_compile=True)
    return {
        "eager": lambda: value_and_gradient(labels, x),
        "compiled": lambda: compiled(labels, x),
        "XLA": lambda: with_xla(labels, x),
    }


def _cube_loss(labels, x, margin):
    """Batch-all with a tensor (anchor, positive, negative), averaged over what costs something."""
    import tensorflow as tf

    products = tf.matmul(x, x, transpose_b=True)
    squares = tf.linalg.diag_part(products)
    distances = tf.maximum(squares[:, None] - 2 * products + squares, 0)
    costs = distances[:, :, None] - distances[:, None, :] + margin
    same = labels[:, None] == labels
    positive = same & ~tf.eye(len(labels), dtype=tf.bool)
    valid = tf.cast(positive[:, :, None] & ~same[:, None, :], tf.float32)
    costs = tf.maximum(costs * valid, 0)
    return tf.reduce_sum(costs) / tf.reduce_sum(tf.cast(costs > 0, tf.float32))


def _peer_way(labels, x, threads):
    import torch
    from pytorch_metric_learning import distances, losses, miners, reducers

    distance = distances.LpDistance(normalize_embeddings=False, p=2, power=2)
    mine = miners.BatchHardMiner(distance=distance)
    loss = losses.TripletMarginLoss(MARGIN, distance=distance, reducer=reducers.MeanReducer())
    labels, x = torch.tensor(labels), torch.tensor(x, requires_grad=True)

    def run():
        torch.set_num_threads(threads)
        x.grad = None
        value = loss(x, labels, mine(x, labels))
        value.backward()
        return value.detach(), x.grad

    return run


def _check_equal(results):
    (value, gradient), *others = results.values()
    for other_value, other_gradient in others:
        assert abs(float(value) - float(other_value)) < 1e-4 * float(value)
        difference = np.linalg.norm(np.asarray(gradient) - np.asarray(other_gradient))
        # rounding may decide a near tie otherwise, and then an anchor has another neighbour
        assert difference < 0.05 * np.linalg.norm(gradient)


def _speed_table():
    table = Table(
        *("miner", "B", "ours / ms", "eager", "compiled", "XLA", "peer / ms", "ratio"),
        *("of lower quartiles", "goal"),
        title="Mined triplet losses, value and gradient (peer: the fastest way of it)",
    )
    for miner in MINERS:
        for size in ROUNDS:
            table.add_row(miner, str(size), *_speed_row(miner, size))
    if not importlib.util.find_spec("pytorch_metric_learning"):
        table.caption = f"{PEER} is not installed: absent"
    return table


def _speed_row(miner, size):
    seconds = measure(miner, size)
    medians, quartiles = (
        {name: 1000 * np.quantile(column, share) for name, column in seconds.items()}
        for share in (0.5, 0.25)
    )
    own = "eager", "compiled", "XLA"
    ours, quiet = (min(figures["compiled"], figures["XLA"]) for figures in (medians, quartiles))
    row = [f"{ours:.2f}", *(f"{medians[name]:.2f}" for name in own)]
    peers = [name for name in seconds if name not in own]
    if not peers:
        return *row, "", "", "", ""
    peer, quiet_peer = (min(f[name] for name in peers) for f in (medians, quartiles))
    goal = CUBE_GOAL if miner == "batch-all" else PEER_GOALS.get(size)
    verdict = f"≤ {goal} {_verdict(ours / peer <= goal)}" if goal else ""
    return *row, f"{peer:.2f}", f"{ours / peer:.3f}", f"{quiet / quiet_peer:.3f}", verdict


def _cube_table():
    """The B³ version in each of its ways against ours in the same way."""
    table = Table("way", f"{CUBE} / ms", "ours / ms", "ratio", "goal", title="Batch-all, B = 256")
    medians = {n: 1000 * np.median(s) for n, s in measure("batch-all", 256).items()}
    for way in ("eager", "compiled", "XLA"):
        theirs, ours = medians[f"{CUBE}, {way}"], medians[way]
        verdict = f"≤ {CUBE_GOAL} {_verdict(ours / theirs <= CUBE_GOAL)}"
        table.add_row(way, f"{theirs:.2f}", f"{ours:.2f}", f"{ours / theirs:.3f}", verdict)
    return table


def _memory_table():
    table = Table("miner", "classes", "MB extra", "goal", title="Peak memory, B = 4096")
    for miner in MINERS:
        for per_class in (PER_CLASS, 2048):
            extra = peak_memory(miner, 4096, per_class)
            goal = f"< {MEGABYTES} {_verdict(extra < MEGABYTES)}"
            table.add_row(miner, str(4096 // per_class), f"{extra:.0f}", goal)
    return table


def _verdict(reached):
    return "reached" if reached else "MISSED"


def tables():
    """All tables, measured now."""
    return [_cube_table(), _speed_table(), _memory_table()]


def main():
    """Print the tables."""
    for table in tables():
        Console().print(table)


if __name__ == "__main__":
    main()
