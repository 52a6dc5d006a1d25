"""The update kernel of continuous bag of words (CBOW) with negative sampling.

The average of the words around predicts the word. For a group of words all averages are one
product of a matrix (who sees whom) with the vectors of the group's band.
"""

import numpy as np

from dlcourse.word2vec.batches import GROUP, BandWeights, bands
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
        >>> from dlcourse.word2vec.batches import Batch
        >>> ids, reach = np.zeros(18, np.int32), np.zeros(16, np.int32)
        >>> reach[0] = 1
        >>> batch = Batch(ids, 0 * reach, reach, np.full((1, 16), 1, np.int32), window=1)
        >>> round(CbowKernel(np.ones((4, 2), np.float32), 1, negatives=1).cost(batch), 4)
        2.2539
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
            rate: learning rate, of the summed cost.
        """
        rows, updates = self.updates(batch)
        self.gathered.scatter(rows, updates, rate)

    def updates(self, batch):
        """Updates row by row: minus the gradient of the summed cost, for inputs times the words.

        Args:
            batch: Batch of N words.

        Returns:
            (rows, updates): int32 (m,), rows of the table, with repetitions, and float32 (m, n).
        """
        rows = self._rows(batch)
        vectors, updates = self.gathered.read(rows)
        around, u = self._parts(vectors, batch)
        seen, shares, predicts = self._weights(batch)
        h = shares @ around
        errors = half_tanh(h @ u.transpose(0, 2, 1))
        errors += np.float32(1)
        errors *= np.float32(-0.5 * self.negatives / batch.negatives.shape[1])  # "no"
        true = self._diagonal(errors)
        true *= np.float32(batch.negatives.shape[1] / self.negatives)
        true += np.float32(1)  # 1 - σ: "yes"; the rest of the group's own columns is no example
        errors[:, :, :GROUP] = true[:, :, np.newaxis] * np.eye(GROUP, dtype=np.float32)
        errors *= predicts
        around_updates, u_updates = self._parts(updates, batch)
        np.matmul(seen.transpose(0, 2, 1), errors @ u, out=around_updates)
        np.matmul(errors.transpose(0, 2, 1), h, out=u_updates)
        return rows, updates

    def cost(self, batch):
        """Average cost of a word that has neighbours.

        Args:
            batch: Batch.

        Returns:
            float ≥ 0; 0 where no word has a neighbour.
        """
        vectors, _ = self.gathered.read(self._rows(batch))
        around, u = self._parts(vectors, batch)
        _, shares, predicts = self._weights(batch)
        scores = (shares @ around) @ u.transpose(0, 2, 1)
        share = self.negatives / batch.negatives.shape[1]
        costs = log_cost(self._diagonal(scores))
        costs += share * np.sum(log_cost(-scores[:, :, GROUP:]), axis=2)
        return float(np.sum(costs * predicts[:, :, 0]) / max(np.sum(predicts), 1))

    def _rows(self, batch):
        own = batch.ids[batch.window : len(batch.ids) - batch.window].reshape(-1, GROUP)
        outputs = np.concatenate([own, batch.negatives], axis=1) + np.int32(self.n_words)
        return np.concatenate([bands(batch.ids, batch.window).ravel(), outputs.ravel()])

    def _parts(self, rows, batch):
        n_groups, n = len(batch.negatives), rows.shape[1]
        width = GROUP + 2 * batch.window
        inputs = n_groups * width
        return rows[:inputs].reshape(n_groups, width, n), rows[inputs:].reshape(n_groups, -1, n)

    def _weights(self, batch):
        seen = self.band_weights(batch.left, batch.right)
        neighbours = (batch.left + batch.right).astype(np.float32).reshape(-1, GROUP, 1)
        return seen, seen / np.maximum(neighbours, 1), np.minimum(neighbours, 1)

    def _diagonal(self, scores):
        return np.diagonal(scores, axis1=1, axis2=2).copy()
