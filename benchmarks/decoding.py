"""How fast beam search is, side by side with the loop that tutorials write.

    python -m benchmarks.decoding

Both search with width 5 in a batch of 32 for 30 steps, around the same function for one step of a
decoder, a GRU, on TensorFlow. The loop takes one sentence after the other, and for each step one
beam after the other. It keeps the greedy beginning, as ours does: only so are the results the same,
which is asserted before anything is measured. All ways take turns in one process, in a new order
each round; the table shows medians and lower quartiles.
"""

import os

# before NumPy is imported: one thread, as is claimed
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import time

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from rich.console import Console
from rich.table import Table

from dlcourse.decoding import Beams, beam_search

__all__ = ["main", "tables"]

WIDTH, BATCH, STEPS, ALPHA, END = 5, 32, 30, 0.7, 1
ROUNDS = 5
GOAL = 10
# name -> (units, vocabulary, whether the step is compiled)
MODELS = {
    "GRU of 32, vocabulary 50, step compiled": (32, 50, True),
    "GRU of 256, vocabulary 1000, step compiled": (256, 1000, True),
    "GRU of 256, vocabulary 1000, step eager": (256, 1000, False),
}


class Decoder:
    """A GRU over embedded tokens, with random weights; its state comes from an imagined encoder."""

    def __init__(self, units, size, compiled, seed=0):
        keras.utils.set_random_seed(seed)
        wide = keras.initializers.RandomNormal(stddev=1.0)
        self.embedding = keras.layers.Embedding(size, units, embeddings_initializer=wide)
        self.cell = keras.layers.GRUCell(units)
        self.scores = keras.layers.Dense(size, kernel_initializer=wide)
        self.state = np.random.default_rng(seed).normal(size=(BATCH, units)).astype(np.float32)
        self.start = np.zeros(BATCH, np.int32)
        self.step = tf.function(self._step, reduce_retracing=True) if compiled else self._step
        self._step(ops.zeros(1, "int32"), self.state[:1])  # builds the layers

    def _step(self, tokens, state):
        output, (state,) = self.cell(self.embedding(tokens), [state])
        return ops.log_softmax(self.scores(output)), state


def ours(decoder):
    """Tokens with scores of the WIDTH best, for each sentence."""
    beams = Beams(WIDTH, WIDTH, ALPHA)
    found = beam_search(decoder.step, decoder.start, decoder.state, STEPS, END, beams)
    tokens, lengths = np.array(found.tokens), np.array(found.lengths)
    return [
        [(tuple(row[:n].tolist()), score) for row, n, score in zip(*columns, strict=True)]
        for columns in zip(tokens, lengths, np.array(found.scores), strict=True)
    ]


def loop(decoder):
    """The same, sentence by sentence and beam by beam."""
    return [
        loop_for_one(decoder.step, int(start), decoder.state[i : i + 1])
        for i, start in enumerate(decoder.start)
    ]


def loop_for_one(step, start, state):
    """Beam search for one sentence, beam by beam."""
    beams, finished = [([], 0.0, tf.constant(state))], []
    greedy = []  # the greedy beginning; None when it has ended
    for _ in range(STEPS):
        candidates = []
        for tokens, total, old_state in beams:
            last = tf.constant([tokens[-1] if tokens else start])
            log_p, new_state = step(last, old_state)
            log_p = log_p.numpy()[0]
            finished.append(([*tokens, END], total + log_p[END]))
            if tokens == greedy:
                best = int(np.argmax(log_p))
                next_greedy = None if best == END else [*tokens, best]
            for token in np.argsort(log_p)[::-1][: WIDTH + 1]:
                if token != END:
                    candidate = [*tokens, int(token)], total + log_p[token], new_state
                    candidates.append(candidate)
        greedy = next_greedy if greedy is not None else None
        candidates.sort(key=lambda candidate: candidate[1], reverse=True)
        beams = candidates[:WIDTH]
        if greedy is not None and all(tokens != greedy for tokens, *_ in beams):
            beams[-1] = next(c for c in candidates if c[0] == greedy)
    # what the last step chose is complete: no place is kept there
    finished += [(tokens, total) for tokens, total, _ in candidates[:WIDTH]]
    scored = [(tuple(tokens), total / len(tokens) ** ALPHA) for tokens, total in finished]
    return sorted(scored, key=lambda sequence: sequence[1], reverse=True)[:WIDTH]


def check_same(decoder):
    """Raise AssertionError unless both find the same sequences with the same scores."""
    for found, expected in zip(ours(decoder), loop(decoder), strict=True):
        np.testing.assert_allclose(
            [score for _, score in found], [score for _, score in expected], rtol=1e-4
        )
        assert [tokens for tokens, _ in found] == [tokens for tokens, _ in expected]


def tables():
    """Yield the rich table."""
    decoders = {name: Decoder(*settings) for name, settings in MODELS.items()}
    ways = {}
    for name, decoder in decoders.items():
        check_same(decoder)
        ways[name, "ours"] = lambda decoder=decoder: ours(decoder)
        ways[name, "loop"] = lambda decoder=decoder: loop(decoder)
    times = measured(ways)
    title = f"Beam search: width {WIDTH}, batch {BATCH}, {STEPS} steps; milliseconds, quartiles"
    table = Table("decoder", "ours", "loop", "faster by", "goal", title=title)
    for name in decoders:
        mine, others = times[name, "ours"], times[name, "loop"]
        ratio = np.median(others) / np.median(mine)
        goal = f"≥ {GOAL} {'reached' if ratio >= GOAL else 'MISSED'}"
        table.add_row(name, shown(mine), shown(others), f"{ratio:.1f}", goal)
    yield table


def measured(ways):
    """Seconds of each way in each round."""
    times, order = {name: [] for name in ways}, np.random.default_rng(0)
    names = list(ways)
    for _ in range(ROUNDS):
        for i in order.permutation(len(names)):
            begin = time.perf_counter()
            ways[names[i]]()
            times[names[i]].append(time.perf_counter() - begin)
    return times


def shown(seconds):
    """Median and lower quartile."""
    return f"{np.median(seconds) * 1e3:,.0f} ({np.quantile(seconds, 0.25) * 1e3:,.0f})"


def main():
    """Print the table."""
    for table in tables():
        Console().print(table)


if __name__ == "__main__":
    main()
