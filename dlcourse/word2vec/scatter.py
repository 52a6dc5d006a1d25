"""Adding many rows to a table, where the same row may be meant several times."""

import numpy as np
from scipy import sparse

try:
    # Y += A X in place for a sparse A: with one entry per column of A that is a scatter-add, some
    # 40 times as fast as np.add.at. SciPy does not promise to keep it, hence the second way below.
    from scipy.sparse._sparsetools import csc_matvecs
except ImportError:  # pragma: no cover - for a SciPy of the future
    csc_matvecs = None

__all__ = ["scatter_add", "scatter_add_by_product", "totals_of_rows"]


def scatter_add(table, rows, updates, factors):
    """Add factor · update to a row of the table, for every update, in place.

    Args:
        table: float (V, n), contiguous; changed.
        rows: int32 (m,), each in 0..V-1, repetitions allowed.
        updates: (m, n), contiguous, of the table's dtype.
        factors: (m,), of the table's dtype.

    Example:
        >>> table = np.zeros((3, 1), np.float32)
        >>> rows, ones = np.array([2, 0, 2], np.int32), np.ones(3, np.float32)
        >>> scatter_add(table, rows, np.ones((3, 1), np.float32), ones)
        >>> table.ravel().tolist()
        [1.0, 0.0, 2.0]
    """
    if csc_matvecs is None:
        return scatter_add_by_product(table, rows, updates, factors)
    m, n = updates.shape
    starts = np.arange(m + 1, dtype=np.int32)
    # reshape(-1) of contiguous arrays is a view: `table` itself is written
    csc_matvecs(len(table), m, n, starts, rows, factors, updates.reshape(-1), table.reshape(-1))
    return None


def scatter_add_by_product(table, rows, updates, factors):
    """Do what `scatter_add` does through SciPy's documented functions, in twice the time.

    Args:
        table: as for `scatter_add`.
        rows: as for `scatter_add`.
        updates: as for `scatter_add`.
        factors: as for `scatter_add`.
    """
    different, place = np.unique(rows, return_inverse=True)
    starts = np.arange(len(rows) + 1)
    gather = sparse.csc_array((factors, place, starts), shape=(len(different), len(rows)))
    table[different] += gather @ updates


def totals_of_rows(rows, weights, zeros):
    """For each entry the sum of the weights of its row, in time that does not depend on the table.

    Args:
        rows: int32 (m,), each in 0..V-1.
        weights: float32 (m,).
        zeros: float32 (V, 1) of zeros, to add up in; it is all zeros again afterwards.

    Returns:
        float32 (m,).

    Example:
        >>> weights = np.array([1, 2, 3], np.float32)
        >>> zeros = np.zeros((8, 1), np.float32)
        >>> totals_of_rows(np.array([5, 7, 5], np.int32), weights, zeros).tolist()
        [4.0, 2.0, 4.0]
    """
    scatter_add(zeros, rows, weights[:, np.newaxis], np.ones(len(rows), np.float32))
    totals = zeros[rows, 0]
    zeros[rows] = 0
    return totals
