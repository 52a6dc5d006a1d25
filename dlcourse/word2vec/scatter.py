"""Adding many rows to a table, where the same row may be meant several times."""

import numpy as np
from scipy import sparse

try:
    # Y += A X in place for a sparse A: with one entry per column of A that is a scatter-add, some
    # 40 times as fast as np.add.at. SciPy does not promise to keep it, hence the second way below.
    from scipy.sparse._sparsetools import csc_matvecs
except ImportError:  # pragma: no cover - for a SciPy of the future
    csc_matvecs = None

__all__ = ["capped_rates", "scatter_add", "scatter_add_by_product"]


def scatter_add(table, rows, updates, factors):
    """Add factor · update to a row of the table, for every update, in place.

    Args:
        table: float32 (V, n), contiguous; changed.
        rows: int32 (m,), each in 0..V-1, repetitions allowed.
        updates: float32 (m, n), contiguous.
        factors: float32 (m,).

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
    csc_matvecs(
        len(table), m, n, starts, rows, factors, updates.reshape(-1), table.reshape(-1)
    )
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


def capped_rates(rows, rate, cap):
    """Learning rate of each update, smaller where a row would get more than `cap` of them at once.

    All updates of a step start from the same vectors. Those of one row point the same way, and what
    each of them corrects, all the others correct again: a row with many overshoots, and grows from
    step to step. With the cap it moves as far as `cap` updates would take it.

    Args:
        rows: integers (m,), the row of each update.
        rate: float, the learning rate.
        cap: how many updates of one row count fully.

    Returns:
        float32 (m,), at most rate.

    Example:
        >>> capped_rates(np.array([5, 5, 5, 5, 7]), rate=1.0, cap=2).tolist()
        [0.5, 0.5, 0.5, 0.5, 1.0]
    """
    rates = np.full(len(rows), rate, np.float32)
    ordered = np.sort(rows)
    if len(rows) > cap and np.any(ordered[cap:] == ordered[:-cap]):
        _, place, times = np.unique(rows, return_inverse=True, return_counts=True)
        rates *= np.minimum(1, cap / times).astype(np.float32)[place]
    return rates
