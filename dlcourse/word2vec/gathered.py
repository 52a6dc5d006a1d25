"""Vectors of many rows of a table, in buffers that are used again and again."""

import numpy as np

from dlcourse.word2vec.scatter import scatter_add, totals_of_rows

__all__ = ["LIMIT", "STEP", "GatheredRows", "half_tanh", "log_cost"]

# Groups of words per update. All of them start from the same vectors, so that more means staler
# gradients; fewer, and Python's own time shows.
STEP = 12
LIMIT = 2.0  # how far a row may go in a step: the learning rate times its examples


class GatheredRows:
    """Read rows of a table at once, write their updates at once.

    Args:
        table: float32 (rows, n), contiguous; changed by `scatter`.

    Example:
        >>> gathered = GatheredRows(np.zeros((3, 2), np.float32))
        >>> rows = np.array([[2]], np.int32)
        >>> vectors, updates = gathered.read(rows)
        >>> updates[:] = 1
        >>> gathered.scatter(rows, updates, np.ones((1, 1), np.float32), rate=0.5)
        >>> gathered.table.tolist()
        [[0.0, 0.0], [0.0, 0.0], [0.5, 0.5]]
    """

    def __init__(self, table):
        self.table = table
        self._totals = np.zeros((len(table), 1), np.float32)
        self._vectors = self._updates = np.empty((0, 0, table.shape[1]), table.dtype)

    def read(self, rows):
        """Copy rows of the table.

        Args:
            rows: int32 (groups, m).

        Returns:
            (vectors, updates): float32 (groups, m, n), and an array like it, to be filled. The next
            call overwrites both: new memory every step would cost more than the step.
        """
        if rows.shape != self._vectors.shape[:2]:
            self._vectors = np.empty((*rows.shape, self.table.shape[1]), self.table.dtype)
            self._updates = np.empty_like(self._vectors)
        # "clip" does not check the rows: they are our own
        np.take(self.table, rows, axis=0, out=self._vectors, mode="clip")
        return self._vectors, self._updates

    def scatter(self, rows, updates, weights, rate):
        """Add rate · updates to the rows, with a smaller rate where rows get very much at once.

        All examples of a step start from the same vectors. Those of one row point the same way, and
        what each of them corrects, all the others correct again: with too many, the row overshoots
        and grows from step to step. So its rate times its examples is held below LIMIT.

        Args:
            rows: int32 (groups, m), repetitions allowed.
            updates: float (groups, m, n), of the table's dtype.
            weights: float32 (groups, m), how many examples are summed in each update.
            rate: float.
        """
        rows = rows.ravel()
        totals = totals_of_rows(rows, weights.ravel(), self._totals)
        factors = np.minimum(np.float32(rate), np.float32(LIMIT) / np.maximum(totals, 1))
        factors = factors.astype(updates.dtype, copy=False)
        scatter_add(self.table, rows, updates.reshape(len(rows), -1), factors)


def half_tanh(scores):
    """Overwrite scores x by tanh(x / 2) = 2 σ(x) - 1, which cannot overflow: the same array.

    Args:
        scores: float array; overwritten.

    Example:
        >>> half_tanh(np.array([0.0, 1000.0, -1000.0])).tolist()
        [0.0, 1.0, -1.0]
    """
    scores *= scores.dtype.type(0.5)
    return np.tanh(scores, out=scores)


def log_cost(scores):
    """Cost of "yes" at each score: -log σ(x).

    Args:
        scores: float array.

    Example:
        >>> log_cost(np.array([0.0, -1000.0])).round(4).tolist()
        [0.6931, 1000.0]
    """
    return np.logaddexp(scores.dtype.type(0), -scores)
