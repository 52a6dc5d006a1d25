"""Vectors of many rows of a table, in buffers that are used again and again."""

import numpy as np

from dlcourse.word2vec.scatter import capped_rates, scatter_add

__all__ = ["CAP", "STEP", "GatheredRows", "half_tanh", "log_cost"]

# Words per update. All of them start from the same vectors, so that more means staler gradients;
# fewer, and Python's own time shows.
STEP = 128
CAP = 8  # updates of one row that count fully in a step


class GatheredRows:
    """Read rows of a table at once, write their updates at once.

    Args:
        table: float32 (rows, n), contiguous; changed by `scatter`.

    Example:
        >>> gathered = GatheredRows(np.zeros((3, 2), np.float32))
        >>> vectors, updates = gathered.read(np.array([2], np.int32))
        >>> updates[:] = 1
        >>> gathered.scatter(np.array([2], np.int32), updates, rate=0.5)
        >>> gathered.table.tolist()
        [[0.0, 0.0], [0.0, 0.0], [0.5, 0.5]]
    """

    def __init__(self, table):
        self.table = table
        self._vectors = self._updates = np.empty((0, table.shape[1]), table.dtype)

    def read(self, rows):
        """Copy rows: (vectors, updates), both (len(rows), n); the second is to be filled.

        Both are overwritten by the next call: new memory every step would cost more than the step.
        """
        if len(rows) > len(self._vectors):
            self._vectors = np.empty((len(rows), self.table.shape[1]), self.table.dtype)
            self._updates = np.empty_like(self._vectors)
        vectors, updates = self._vectors[: len(rows)], self._updates[: len(rows)]
        # the rows are our own, so that checking them would be time lost; "clip" does not check
        np.take(self.table, rows, axis=0, out=vectors, mode="clip")
        return vectors, updates

    def scatter(self, rows, updates, rate):
        """Add rate · updates to the rows, at most CAP full updates to each."""
        scatter_add(self.table, rows, updates, capped_rates(rows, rate, CAP))


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
