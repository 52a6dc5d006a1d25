"""GloVe, fast: AdaGrad over batches of the pairs that occur together."""

import numpy as np

from dlcourse.scratch.glove import glove_weights
from dlcourse.scratch.ranges import positive, whole_number
from dlcourse.word2vec.scatter import scatter_add

__all__ = ["Glove"]

_START = 1.0  # of AdaGrad's sums, so that the first steps are small


class Glove:
    """Vectors whose products are the logarithms of how often words occur together.

    The cost and its gradients are those of `dlcourse.scratch.glove`. A word's bias is one more
    entry of its vector, opposite a 1 in all neighbours' vectors, and the other way round: one
    product of rows gives e · u + b + c.

    Args:
        n_words: V.
        dimension: n, at least 1.
        rate: learning rate of AdaGrad, above 0. The paper's 0.05 is for steps of one pair; batches
            take fewer steps.
        x_max: count from which on a pair has weight 1.
        seed: of the vectors at the beginning and of the order of the pairs.

    Raises:
        ValueError: a number is out of range.

    Reference:
        Pennington, Socher and Manning, "GloVe: Global Vectors for Word Representation", 2014.

    Example:
        >>> from dlcourse.embeddings import Cooccurrences
        >>> counts = Cooccurrences(np.array([0, 1]), np.array([1, 0]), np.array([5.0, 5.0]), 2)
        >>> glove = Glove(n_words=2, dimension=3)
        >>> costs = [glove.train_epoch(counts) for _ in range(30)]
        >>> costs[-1] < costs[0], glove.vectors.shape
        (True, (2, 3))
    """

    def __init__(self, n_words, dimension=100, rate=0.1, x_max=100.0, seed=0):
        n_words = whole_number("n_words", n_words, least=1)
        self.dimension = n = whole_number("dimension", dimension, least=1)
        self.rate, self.x_max = positive("rate", rate), positive("x_max", x_max)
        self._rng = np.random.default_rng(seed)
        tables = (self._rng.random((2, n_words, n + 2), np.float32) - 0.5) / n
        tables[0, :, n + 1] = tables[1, :, n] = 1
        self.words, self.neighbours = tables
        self._squares = np.full_like(tables, _START)

    @property
    def vectors(self):
        """float32 (V, n): both vectors of each word, added."""
        return (self.words + self.neighbours)[:, : self.dimension]

    def train_epoch(self, counts, batch_size=4096):
        """Go once through all pairs, in a random order.

        Args:
            counts: Cooccurrences.
            batch_size: pairs for one step, at least 1.

        Returns:
            float: average cost of a pair, each before the step that learns from it.

        Raises:
            ValueError: there is no pair, or they are of other words.
        """
        m, batch_size = len(counts.counts), whole_number("batch_size", batch_size, least=1)
        if m == 0 or counts.n_words != len(self.words):
            raise ValueError(
                f"counts: expected pairs of {len(self.words)} words; got {m} pairs of "
                f"{counts.n_words}"
            )
        order, total = self._rng.permutation(m), 0.0
        weights = glove_weights(counts.counts, self.x_max).astype(np.float32)
        logarithms = np.log(counts.counts, dtype=np.float32)
        for begin in range(0, m, batch_size):
            some = order[begin : begin + batch_size]
            pairs = counts.rows[some], counts.columns[some]
            total += self.step(*pairs, weights[some], logarithms[some])
        return total / m

    def step(self, rows, columns, weights, logarithms):
        """Learn from one batch.

        Args:
            rows: integers (m,), words.
            columns: integers (m,), their neighbours.
            weights: float32 (m,), what each pair matters.
            logarithms: float32 (m,), of the counts.

        Returns:
            float: cost of the batch before the step.
        """
        e, u = self.words[rows], self.neighbours[columns]
        errors = np.einsum("mn,mn->m", e, u) - logarithms
        slopes = 2 * weights * errors
        n = self.dimension
        # the entry that is 1 does not learn
        self._adagrad(0, rows, u, slopes, fixed=n + 1)
        self._adagrad(1, columns, e, slopes, fixed=n)
        return float(np.sum(weights * errors**2))

    def _adagrad(self, side, rows, others, slopes, fixed):
        """One step for the rows that occur, with the sum of their gradients."""
        different, place = np.unique(rows, return_inverse=True)
        gradients = np.zeros((len(different), others.shape[1]), np.float32)
        scatter_add(gradients, place.astype(np.int32), others, slopes)
        gradients[:, fixed] = 0
        squares = self._squares[side, different] + gradients**2
        self._squares[side, different] = squares
        table = self.neighbours if side else self.words
        table[different] -= np.float32(self.rate) * gradients / np.sqrt(squares)
