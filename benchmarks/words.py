"""How fast and how good skip-gram with negative sampling is, side by side with gensim and others.

    python -m benchmarks.words

Speed: words of the text per second, from lists of words to vectors, on the embedded prose, without
counting the vocabulary. All ways take turns in one process, in a new order each round; the table
shows medians. Ours uses one thread.

Quality: both train five epochs on 90 % of the sentences. The learning rate of gensim is the best
of RATES on 5 % of the sentences; ours is its default. Then the average cost of the pairs in the
last 5 %, which nothing was chosen by, for three seeds, and how many of ten neighbours the vectors
share with those of PPMI and singular values.

Stability: one pass over a stream of five million words that lies in a file.
"""

import os

# before NumPy is imported: one thread, as is claimed
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import importlib.util
import itertools
import tempfile
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.words_peers import (
    Tutorial,
    gensim_model,
    gensim_table,
    our_table,
    seconds,
    start_table,
)
from dlcourse.datasets import load_prose
from dlcourse.vocabulary import build_vocabulary
from dlcourse.word2vec import (
    Settings,
    TrainingRun,
    encode,
    encode_to_file,
    neighbour_overlap,
    pair_cost,
    ppmi_vectors,
    sample_pairs,
)

__all__ = ["main", "tables"]

ROUNDS = 7
EPOCHS, SEEDS, RATES = 5, (0, 1, 2), (0.03, 0.04, 0.05)
MIN_COUNT = 5
STREAM_WORDS = 5_000_000
GOALS = {"gensim, 1 worker": 2.2, "gensim, 2 workers": 1.3, "Keras": 30, "PyTorch": 30}
COST_GOAL = 1.005
GROWTH_GOAL = 1.5  # of the longest vector, from one million words to the next


def tables():
    """Yield the rich tables one after the other, as soon as each is measured."""
    sentences = list(load_prose("embedded").sentences)
    yield _speed_table(sentences)
    yield _quality_table(sentences)
    yield _stability_table(sentences)


def _speed_table(sentences):
    vocabulary = build_vocabulary(sentences, MIN_COUNT)
    n_words = int(vocabulary.counts.sum())
    ways = _ways(sentences, vocabulary)
    pace = {name: [] for name in ways}
    order = np.random.default_rng(0)
    for _ in range(1 + ROUNDS):
        for name in order.permutation(list(ways)):
            run, words = ways[name]
            pace[name].append((words or n_words) / run())
    medians = {name: float(np.median(column[1:])) for name, column in pace.items()}
    table = Table("way", "words/s", "we are faster by", "goal", title="Skip-gram: speed")
    for name, median in medians.items():
        ratio = medians["ours"] / median
        goal = GOALS.get(name)
        verdict = f"≥ {goal} {_verdict(ratio >= goal)}" if goal else ""
        table.add_row(name, f"{median:,.0f}", f"{ratio:.2f}", verdict)
    for name in GOALS.keys() - medians.keys():
        table.add_row(name, "not installed")
    return table


def _ways(sentences, vocabulary):
    """Name → (function that trains and returns its seconds, words it goes through or None)."""
    ways = {"ours": (lambda: seconds(lambda: our_table(sentences, vocabulary)), None)}
    if _installed("gensim"):
        for workers, name in ((1, "gensim, 1 worker"), (2, "gensim, 2 workers")):
            ways[name] = (_gensim_seconds(sentences, vocabulary, workers), None)
    tutorial = Tutorial(sentences, vocabulary)
    ways["Keras"] = (tutorial.keras(), tutorial.n_words)
    if _installed("torch"):
        ways["PyTorch"] = (tutorial.torch(), tutorial.n_words)
    return ways


def _gensim_seconds(sentences, vocabulary, workers):
    def run():
        model = gensim_model(vocabulary, workers=workers)
        total = int(vocabulary.counts.sum())
        return seconds(lambda: model.train(sentences, total_words=total, epochs=1))

    return run


def _quality_table(sentences):
    parts = [[s for i, s in enumerate(sentences) if i % 20 == part] for part in (0, 1)]
    train = [s for i, s in enumerate(sentences) if i % 20 > 1]
    vocabulary = build_vocabulary(train, MIN_COUNT)
    counts = vocabulary.counts
    to_choose_by, held_out = (sample_pairs(encode(part, vocabulary), counts) for part in parts)
    train_pairs = sample_pairs(encode(train, vocabulary), counts)
    counted = ppmi_vectors(train_pairs, len(vocabulary), 100)

    def figures(result):
        overlap = neighbour_overlap(result[: len(vocabulary)], counted, np.arange(1000))
        return pair_cost(result, held_out, counts), overlap

    rows = {"ours": [figures(our_table(train, vocabulary, EPOCHS, seed)) for seed in SEEDS]}
    if _installed("gensim"):
        tried = {
            rate: pair_cost(gensim_table(train, vocabulary, rate, EPOCHS), to_choose_by, counts)
            for rate in RATES
        }
        best = min(tried, key=tried.get)
        rows[f"gensim, rate {best}"] = [
            figures(gensim_table(train, vocabulary, best, EPOCHS, seed)) for seed in SEEDS
        ]
    return _quality_rows(rows)


def _quality_rows(rows):
    title = f"Skip-gram: quality after {EPOCHS} epochs, seeds {SEEDS}"
    table = Table("way", "held-out cost", "each", "overlap with PPMI", "goal", title=title)
    means = {name: np.mean(figures, axis=0) for name, figures in rows.items()}
    ratio = means["ours"][0] / list(means.values())[-1][0]
    for name, figures in rows.items():
        goal = f"≤ {COST_GOAL}: {ratio:.4f} {_verdict(ratio <= COST_GOAL)}"
        each = ", ".join(f"{cost:.4f}" for cost, _ in figures)
        cost, overlap = means[name]
        row = name, f"{cost:.4f}", each, f"{overlap:.3f}"
        table.add_row(*row, goal if name == "ours" and len(rows) > 1 else "")
    if len(rows) == 1:
        table.add_row("gensim", "not installed")
    return table


def _stability_table(sentences):
    vocabulary = build_vocabulary(sentences, MIN_COUNT)
    copies = -(-STREAM_WORDS // int(vocabulary.counts.sum()))
    order = np.random.default_rng(0)
    stream = itertools.chain.from_iterable(
        (sentences[i] for i in order.permutation(len(sentences))) for _ in range(copies)
    )
    title = f"Skip-gram: one pass over {copies} times the prose, each time in another order"
    table = Table("words", "cost", "longest vector", "goal", title=title)
    with tempfile.TemporaryDirectory() as folder:
        corpus = encode_to_file(stream, vocabulary, Path(folder) / "stream.bin")
        run = TrainingRun(start_table(vocabulary), corpus, vocabulary.counts, Settings(epochs=1))
        costs, longest = [], []
        for progress in run:
            costs.append(progress.cost)
            if progress.words >= 1e6 * (1 + len(longest)) or progress.words == progress.total:
                longest.append(float(np.max(np.linalg.norm(run.table, axis=1))))
                growth = longest[-1] / longest[-2] if len(longest) > 1 else 1.0
                goal = f"≤ {GROWTH_GOAL} times: {growth:.2f} {_verdict(growth <= GROWTH_GOAL)}"
                cost = f"{np.mean(costs):.3f}"
                table.add_row(f"{progress.words:,}", cost, f"{longest[-1]:.2f}", goal)
                costs = []
        del run, corpus  # the map, before its file
    return table


def _installed(name):
    return importlib.util.find_spec(name) is not None


def _verdict(reached):
    return "reached" if reached else "MISSED"


def main():
    """Print the tables."""
    console = Console()
    for table in tables():
        console.print(table)


if __name__ == "__main__":
    main()
