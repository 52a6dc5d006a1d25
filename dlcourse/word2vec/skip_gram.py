"""The update kernel of skip-gram with negative sampling: matrix products instead of dot products.

Each word of a group meets the output vectors of the words around it (yes, these are neighbours)
and of the group's negatives (no). In the original, each pair of a word and a neighbour draws k
negatives of its own; here the P pairs of a word share the group's 16, each with weight k P / 16,
so that the expected gradient is the same. Because a vector is read and written once for all pairs
of its group, and the scores are matrix products, a word costs a third of what it costs pair by
pair.
"""

import numpy as np

from dlcourse.word2vec.batches import GROUP, BandWeights, Batch
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
        >>> from dlcourse.word2vec.batches import Groups
        >>> words, band = np.zeros((1, 16), np.int32), np.zeros((1, 18), np.int32)
        >>> right = np.eye(1, 16, dtype=np.int32)  # one pair: the first word and the one behind it
        >>> groups = Groups(words, band, np.ones((1, 16), np.int32), 0 * right, right)
        >>> kernel = SkipGramKernel(np.ones((4, 2), np.float32), window=1, negatives=1)
        >>> batch = kernel.arrange(groups)
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
        seen = self.band_weights.table
        drawn = np.repeat(self._share() * seen.sum(axis=1, keepdims=True), GROUP, axis=1)
        # For each case of `BandWeights`: how much each score of the word counts. Half, because
        # tanh(x / 2) is 2 σ(x) - 1; the drawn words in the same table, to spare a step its parts.
        self._half_weights = np.float32(0.5) * np.concatenate([seen, drawn], axis=1)
        self._answers = np.repeat(np.array([1, -1], np.float32), [seen.shape[1], GROUP])

    def arrange(self, groups):
        """Rows of the table that each group needs: its words, then as outputs its band and drawn.

        Args:
            groups: Groups.

        Returns:
            Batch.
        """
        outputs = np.concatenate([groups.band, groups.negatives], axis=1) + self.n_words
        cases = self.band_weights.cases(groups.left, groups.right)
        pairs = (groups.left + groups.right).astype(np.float32)
        drawn = self._share() * pairs.sum(axis=1, keepdims=True)
        weights = (
            pairs * np.float32(1 + self.negatives),
            self.band_weights(cases).sum(axis=1),
            np.broadcast_to(drawn, groups.negatives.shape),
        )
        rows = np.concatenate([groups.words, outputs], axis=1).astype(np.int32)
        return Batch(rows, np.concatenate(weights, axis=1), cases, pairs[:, :, np.newaxis])

    def step(self, batch, rate):
        """Update the table once.

        Args:
            batch: Batch of a few groups.
            rate: learning rate, of the summed cost, as in the original.
        """
        updates = self.updates(batch)
        self.gathered.scatter(batch.rows, updates, batch.weights, rate)

    def updates(self, batch):
        """Minus the gradient of the summed cost, row by row.

        Args:
            batch: Batch.

        Returns:
            float32 (groups, m, n), one for each of batch.rows; overwritten by the next call.
        """
        vectors, updates = self.gathered.read(batch.rows)
        h, u = vectors[:, :GROUP], vectors[:, GROUP:]
        errors = half_tanh(h @ u.transpose(0, 2, 1))
        np.subtract(self._answers, errors, out=errors)  # 2 (1 - σ) for yes, -2 σ for no
        errors *= self._half_weights_of(batch)
        np.matmul(errors, u, out=updates[:, :GROUP])
        np.matmul(errors.transpose(0, 2, 1), h, out=updates[:, GROUP:])
        return updates

    def cost(self, batch):
        """Average cost of a pair: -log σ(u · h) of the neighbour, and of its share of "no".

        Args:
            batch: Batch.

        Returns:
            float ≥ 0; 0 without pairs.
        """
        vectors, _ = self.gathered.read(batch.rows)
        scores = vectors[:, :GROUP] @ vectors[:, GROUP:].transpose(0, 2, 1)
        total = 2 * np.sum(self._half_weights_of(batch) * log_cost(self._answers * scores))
        return float(total / max(np.sum(batch.pairs), 1))

    def _half_weights_of(self, batch):
        return np.take(self._half_weights, batch.cases, axis=0, mode="clip")

    def _share(self):
        return np.float32(self.negatives / GROUP)
