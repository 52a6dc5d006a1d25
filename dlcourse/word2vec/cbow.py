"""The update kernel of continuous bag of words (CBOW) with negative sampling.

The average of the words around predicts the word. For a group of words all averages are one
product of a matrix (who sees whom) with the vectors of the group's band.
"""

import numpy as np

from dlcourse.word2vec.batches import GROUP, BandWeights, Batch
from dlcourse.word2vec.gathered import GatheredRows, half_tanh, log_cost

__all__ = ["CbowKernel"]


class CbowKernel:
    """Steps of stochastic gradient descent on one table of vectors.

    Args:
        table: float32 (2 V, n), contiguous: the input vectors, then the output vectors; changed.
        window: largest reach of the windows.
        negatives: k, negatives per word, above 0.

    Reference:
        Mikolov et al., "Efficient Estimation of Word Representations in Vector Space", 2013, §3.1.
        As in the authors' program, each word around gets the whole gradient of the average and not
        its share of it, which is what the usual learning rates are meant for.

    Example:
        >>> from dlcourse.word2vec.batches import Groups
        >>> words, band = np.zeros((1, 16), np.int32), np.zeros((1, 18), np.int32)
        >>> right = np.eye(1, 16, dtype=np.int32)
        >>> groups = Groups(words, band, np.ones((1, 16), np.int32), 0 * right, right)
        >>> kernel = CbowKernel(np.ones((4, 2), np.float32), window=1, negatives=1)
        >>> round(kernel.cost(kernel.arrange(groups)), 4)
        2.2539
    """

    def __init__(self, table, window, negatives):
        self.gathered = GatheredRows(table)
        self.n_words = len(table) // 2
        self.negatives = negatives
        self.band_weights = BandWeights(window)
        self.width = GROUP + 2 * window

    def arrange(self, groups):
        """Rows of the table that each group needs: its band, then as outputs its words and drawn.

        Args:
            groups: Groups.

        Returns:
            Batch.
        """
        outputs = np.concatenate([groups.words, groups.negatives], axis=1) + self.n_words
        cases = self.band_weights.cases(groups.left, groups.right)
        pairs = (groups.left + groups.right).astype(np.float32)
        predicts = np.minimum(pairs, np.float32(1))
        drawn = self._share() * predicts.sum(axis=1, keepdims=True)
        weights = (
            self.band_weights(cases).sum(axis=1) * np.float32(1 + self.negatives),
            predicts,
            np.broadcast_to(drawn, groups.negatives.shape),
        )
        rows = np.concatenate([groups.band, outputs], axis=1).astype(np.int32)
        return Batch(rows, np.concatenate(weights, axis=1), cases, pairs[:, :, np.newaxis])

    def step(self, batch, rate):
        """Update the table once.

        Args:
            batch: Batch of a few groups.
            rate: learning rate, of the summed cost.
        """
        updates = self.updates(batch)
        self.gathered.scatter(batch.rows, updates, batch.weights, rate)

    def updates(self, batch):
        """Minus the gradient of the summed cost; for inputs, that of the average around them.

        Args:
            batch: Batch.

        Returns:
            float32 (groups, m, n), one for each of batch.rows; overwritten by the next call.
        """
        vectors, updates = self.gathered.read(batch.rows)
        u, seen = vectors[:, self.width :], self.band_weights(batch.cases)
        h = self._averages(vectors, seen, batch)
        errors = half_tanh(h @ u.transpose(0, 2, 1))
        true = (np.float32(0.5) - np.float32(0.5) * _diagonal(errors))[:, :, np.newaxis]  # 1 - σ
        errors += np.float32(1)
        errors *= np.float32(-0.5) * self._share()  # -σ, of the drawn
        # of the group's own words only the word itself is an example, with the answer yes
        np.multiply(true, np.eye(GROUP, dtype=np.float32), out=errors[:, :, :GROUP])
        # a word without neighbours needs no care: its average is 0, and nobody gets its errors
        np.matmul(seen.transpose(0, 2, 1), errors @ u, out=updates[:, : self.width])
        np.matmul(errors.transpose(0, 2, 1), h, out=updates[:, self.width :])
        return updates

    def cost(self, batch):
        """Average cost of a word that has neighbours.

        Args:
            batch: Batch.

        Returns:
            float ≥ 0; 0 where no word has a neighbour.
        """
        vectors, _ = self.gathered.read(batch.rows)
        h = self._averages(vectors, self.band_weights(batch.cases), batch)
        scores = h @ vectors[:, self.width :].transpose(0, 2, 1)
        costs = log_cost(_diagonal(scores))
        costs += self._share() * np.sum(log_cost(-scores[:, :, GROUP:]), axis=2)
        predicts = batch.pairs[:, :, 0] > 0
        return float(np.sum(costs, where=predicts) / max(np.count_nonzero(predicts), 1))

    def _averages(self, vectors, seen, batch):
        return (seen @ vectors[:, : self.width]) / np.maximum(batch.pairs, np.float32(1))

    def _share(self):
        return np.float32(self.negatives / GROUP)


def _diagonal(scores):
    return np.diagonal(scores, axis1=1, axis2=2)
