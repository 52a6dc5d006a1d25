"""Training over a corpus: pieces, a falling learning rate, exact checkpoints."""

import json
import os
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dlcourse.word2vec.alias import AliasTable
from dlcourse.word2vec.batches import prepare
from dlcourse.word2vec.cbow import CbowKernel
from dlcourse.word2vec.gathered import STEP
from dlcourse.word2vec.skip_gram import SkipGramKernel
from dlcourse.word2vec.windows import keep_probabilities

__all__ = ["KERNELS", "Progress", "Settings", "TrainingRun"]

KERNELS = {"skip_gram": SkipGramKernel, "cbow": CbowKernel}
CHUNK = 1 << 14  # words between two looks at the learning rate
NOISE_POWER = 0.75
END_RATE = 1e-4


class Settings(NamedTuple):
    """What decides, besides the corpus, how training goes.

    Attributes:
        kind: "skip_gram" or "cbow".
        window: largest reach, at least 1.
        negatives: per pair, at least 1.
        sample: threshold of the subsampling; 0 for none.
        rate: learning rate at the beginning; it falls linearly to 0.0001 at the end.
        epochs: how often the corpus is gone through, at least 1.
        seed: of the random numbers.
    """

    kind: str = "skip_gram"
    window: int = 5
    negatives: int = 5
    sample: float = 1e-3
    rate: float = 0.04
    epochs: int = 5
    seed: int = 0


class Progress(NamedTuple):
    """How far training has come.

    Attributes:
        words: words of the corpus read so far, over all epochs.
        total: words to read in all.
        words_per_second: since training began or was resumed.
        seconds_left: at this pace.
        cost: average cost of a pair in the latest piece's first words, before they were learned.
        rate: learning rate of the latest piece.
    """

    words: int
    total: int
    words_per_second: float
    seconds_left: float
    cost: float
    rate: float


class TrainingRun:
    """An iterator over the pieces of training, that can be stopped, saved and gone on with.

    Each piece draws from random numbers of its own, which follow from the seed and the place in the
    corpus. So what comes next depends on nothing but the table and the place.

    Args:
        table: float32 (2 V, n), contiguous: input vectors, then output vectors; changed.
        corpus: EncodedCorpus of words 0 to V-1.
        counts: how often each word occurs, (V,).
        settings: Settings.

    Raises:
        ValueError: there are fewer than two words, no sentence has two, the corpus holds numbers of
            other words, or a setting is out of its range.

    Example:
        >>> from dlcourse.word2vec.corpus import EncodedCorpus
        >>> corpus = EncodedCorpus(np.array([0, 1, 0, 1, -1], np.int32))
        >>> run = TrainingRun(np.ones((4, 2), np.float32), corpus, [2, 2], Settings(epochs=3))
        >>> [progress.words for progress in run]
        [4, 8, 12]
    """

    def __init__(self, table, corpus, counts, settings):
        _check(table, corpus, counts, settings)
        self.table, self.corpus, self.settings = table, corpus, settings
        self.epoch = self.start = self.words = 0
        self._kernel = KERNELS[settings.kind](table, settings.window, settings.negatives)
        self._keep = keep_probabilities(counts, settings.sample)
        self._noise = AliasTable(np.asarray(counts, np.float64) ** NOISE_POWER)

    def __iter__(self):
        total = self.corpus.n_words * self.settings.epochs
        began, words_before = time.perf_counter(), self.words
        while self.epoch < self.settings.epochs:
            rate = max(self.settings.rate * (1 - self.words / total), END_RATE)
            cost = self._next_piece(rate)
            pace = (self.words - words_before) / max(time.perf_counter() - began, 1e-9)
            left = (total - self.words) / max(pace, 1e-9)
            yield Progress(self.words, total, pace, left, cost, rate)

    def save(self, path):
        """Write a checkpoint, whole or not at all.

        Args:
            path: the file, an .npz.
        """
        path = Path(path)
        part = path.with_name(f".{path.name}.part")
        with open(part, "wb") as file:
            np.savez(file, table=self.table, state=np.array(json.dumps(self._state())))
        os.replace(part, path)

    def resume(self, path):
        """Take table and place from a checkpoint; what follows is what would have followed.

        Args:
            path: the file; if it is not there, training begins at the beginning.

        Raises:
            ValueError: it was written with other settings, another corpus or another table.
        """
        if not Path(path).exists():
            return
        with np.load(path, allow_pickle=False) as saved:
            state, table = json.loads(str(saved["state"])), saved["table"]
        expected = self._state()
        for name in ("settings", "corpus"):
            if state[name] != expected[name]:
                raise ValueError(
                    f"{path}: expected a checkpoint with {name} {expected[name]}, got "
                    f"{state[name]}; delete it to begin anew"
                )
        if table.shape != self.table.shape:
            raise ValueError(f"{path}: expected a table {self.table.shape}, got {table.shape}")
        self.table[:] = table
        self.epoch, self.start, self.words = state["place"]

    def _next_piece(self, rate):
        settings = self.settings
        rng = np.random.default_rng([settings.seed, self.epoch, self.start])
        chunk = self.corpus.chunk(self.start, CHUNK)
        groups = prepare(chunk, self._keep, self._noise, settings.window, rng)
        batch = self._kernel.arrange(groups)
        cost = self._kernel.cost(batch.slice(0, STEP))
        for step in batch.split(STEP):
            self._kernel.step(step, rate)
        self._advance(chunk)
        return cost

    def _advance(self, chunk):
        self.words += len(chunk.ids)
        self.start = chunk.next_start
        if self.start >= len(self.corpus):
            self.epoch, self.start = self.epoch + 1, 0

    def _state(self):
        return {
            "settings": list(self.settings),
            "corpus": self.corpus.fingerprint(),
            "place": [self.epoch, self.start, self.words],
        }


def _check(table, corpus, counts, settings):
    if len(counts) < 2:
        raise ValueError(
            f"counts: expected at least 2 words, of which one can be told from the other; got "
            f"{len(counts)}. Is min_count too high?"
        )
    if table.shape[0] != 2 * len(counts):
        raise ValueError(f"table: expected {2 * len(counts)} rows; got {table.shape[0]}")
    if corpus.largest >= len(counts):
        raise ValueError(
            f"corpus: expected numbers below {len(counts)}, one count each; got {corpus.largest}"
        )
    if not corpus.has_neighbours:
        raise ValueError(
            "corpus: expected a sentence of two or more words of the vocabulary; there is no pair "
            "of neighbours to learn from"
        )
    if settings.kind not in KERNELS:
        raise ValueError(f"kind: expected one of {', '.join(KERNELS)}; got {settings.kind!r}")
    for name in ("window", "negatives", "epochs"):
        if getattr(settings, name) < 1:
            raise ValueError(f"{name}: expected at least 1, got {getattr(settings, name)}")
    if not 0 < settings.rate <= 1:
        raise ValueError(f"rate: expected above 0 and at most 1, got {settings.rate}")
