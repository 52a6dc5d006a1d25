"""The update kernel of skip-gram with negative sampling: matrix products instead of dot products.

Each word of a group meets the output vectors of the words around it (yes, these are neighbours)
and of the group's negatives (no). In the original, each pair of a word and a neighbour draws k
negatives of its own; here the P pairs of a word share the group's n, each with weight k P / n, so
that the expected gradient is the same. Because a vector is read and written once for all pairs of
its group, and the scores are matrix products, a word costs a third of what it costs pair by pair.
"""

import numpy as np

from dlcourse.word2vec.batches import GROUP, BandWeights, bands
from dlcourse.word2vec.gathered import GatheredRows, half_tanh, log_cost

__all__ = ["SkipGramKernel"]


class SkipGramKernel:
    """Steps of stochastic gradient descent on one table of vectors.

    Args:
        table: float32 (2 V, n), contiguous: the input vectors, then the output vectors; changed.
        window: largest reach of the windows.
        negatives: k, negatives per pair, above 0.

    Reference:
        Mikolov et al., "Distributed Representations of Words and Phrases and their
        Compositionality", 2013, equation 4. Sharing negatives and working on matrices: Ji et al.,
        "Parallelizing Word2Vec in Shared and Distributed Memory", 2016.

    Example:
        >>> from dlcourse.word2vec.batches import Batch
        >>> table = np.ones((4, 2), np.float32)  # 2 words
        >>> ids, reach = np.zeros(18, np.int32), np.zeros(16, np.int32)
        >>> reach[0] = 1  # one pair: the first word and the one behind it
        >>> batch = Batch(ids, 0 * reach, reach, np.full((1, 16), 1, np.int32), window=1)
        >>> kernel = SkipGramKernel(table, window=1, negatives=1)
        >>> round(kernel.cost(batch), 4)  # -log σ(2) - log σ(-2)
        2.2539
        >>> kernel.step(batch, rate=0.1)
        >>> kernel.cost(batch) < 2.2
        True
    """

    def __init__(self, table, window, negatives):
        self.gathered = GatheredRows(table)
        self.n_words = len(table) // 2
        self.negatives = negatives
        self.band_weights = BandWeights(window)

    def step(self, batch, rate):
        """Update the table once.

        Args:
            batch: Batch of a few groups.
            rate: learning rate, of the summed cost, as in the original.
        """
        rows, updates = self.updates(batch)
        self.gathered.scatter(rows, updates, rate)

    def updates(self, batch):
        """Minus the gradient of the summed cost, row by row.

        Args:
            batch: Batch of N words.

        Returns:
            (rows, updates): int32 (m,), rows of the table, with repetitions, and float32 (m, n).
        """
        rows = self._rows(batch)
        vectors, updates = self.gathered.read(rows)
        h, u = self._parts(vectors, batch)
        errors = half_tanh(h @ u.transpose(0, 2, 1))
        neighbours, drawn = self._split(errors, batch)
        seen, times = self._weights(batch)
        np.subtract(np.float32(1), neighbours, out=neighbours)  # 2 (1 - σ): the answer is yes
        neighbours *= seen
        drawn += np.float32(1)  # 2 σ: the answer is no
        drawn *= -times
        errors *= np.float32(0.5)
        h_updates, u_updates = self._parts(updates, batch)
        np.matmul(errors, u, out=h_updates)
        np.matmul(errors.transpose(0, 2, 1), h, out=u_updates)
        return rows, updates

    def cost(self, batch):
        """Average cost of a pair: -log σ(u · h) of the neighbour, and of its share of "no".

        Args:
            batch: Batch.

        Returns:
            float ≥ 0; 0 without pairs.
        """
        vectors, _ = self.gathered.read(self._rows(batch))
        h, u = self._parts(vectors, batch)
        neighbours, drawn = self._split(h @ u.transpose(0, 2, 1), batch)
        seen, times = self._weights(batch)
        total = np.sum(seen * log_cost(neighbours)) + np.sum(times * log_cost(-drawn))
        return float(total / max(batch.n_pairs, 1))

    def _rows(self, batch):
        inputs = batch.ids[batch.window : len(batch.ids) - batch.window]
        outputs = np.concatenate([bands(batch.ids, batch.window), batch.negatives], axis=1)
        outputs += np.int32(self.n_words)
        return np.concatenate([inputs, outputs.ravel()])

    def _parts(self, rows, batch):
        n_groups, n = len(batch.negatives), rows.shape[1]
        inputs = n_groups * GROUP
        return rows[:inputs].reshape(n_groups, GROUP, n), rows[inputs:].reshape(n_groups, -1, n)

    def _split(self, scores, batch):
        width = GROUP + 2 * batch.window
        return scores[:, :, :width], scores[:, :, width:]

    def _weights(self, batch):
        pairs = (batch.left + batch.right).astype(np.float32).reshape(-1, GROUP, 1)
        share = np.float32(self.negatives / batch.negatives.shape[1])
        return self.band_weights(batch.left, batch.right), share * pairs
