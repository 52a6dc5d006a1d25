import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.word2vec import scatter
from dlcourse.word2vec.gathered import LIMIT, GatheredRows
from dlcourse.word2vec.scatter import scatter_add, scatter_add_by_product, totals_of_rows

ROWS = st.lists(st.integers(0, 5), max_size=30)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("way", [scatter_add, scatter_add_by_product])
@given(rows=ROWS, n=st.integers(1, 5), seed=st.integers(0, 99))
def test_equals_numpy_add_at(way, dtype, rows, n, seed):
    rng = np.random.default_rng(seed)
    rows = np.array(rows, np.int32)
    table = rng.normal(size=(6, n)).astype(dtype)
    updates = rng.normal(size=(len(rows), n)).astype(dtype)
    factors = rng.uniform(size=len(rows)).astype(dtype)
    expected = table.copy()
    np.add.at(expected, rows, factors[:, None] * updates)
    way(table, rows, updates, factors)
    np.testing.assert_allclose(table, expected, rtol=1e-5, atol=1e-5)


def test_without_the_undocumented_function(monkeypatch):
    monkeypatch.setattr(scatter, "csc_matvecs", None)
    table = np.zeros((2, 1), np.float32)
    ones = np.ones(2, np.float32)
    scatter_add(table, np.array([1, 1], np.int32), ones[:, None], ones)
    assert table.tolist() == [[0], [2]]


@given(ROWS, st.integers(0, 99))
def test_totals_of_rows(rows, seed):
    rows = np.array(rows, np.int32)
    weights = np.random.default_rng(seed).uniform(size=len(rows)).astype(np.float32)
    zeros = np.zeros((6, 1), np.float32)
    expected = [weights[rows == row].sum() for row in rows]
    np.testing.assert_allclose(totals_of_rows(rows, weights, zeros), expected, rtol=1e-5)
    assert not zeros.any()


@given(st.lists(st.integers(0, 1), min_size=1, max_size=20), st.floats(0.01, 1))
def test_a_row_goes_at_most_as_far_as_the_limit(rows, rate):
    gathered = GatheredRows(np.zeros((2, 1), np.float32))
    both = np.array([rows], np.int32)
    weights = np.full(both.shape, 3, np.float32)
    # an update of three examples, each of which pulls by 1
    gathered.scatter(both, weights[:, :, np.newaxis], weights, rate)
    expected = [min(rate * 3 * rows.count(row), LIMIT) for row in (0, 1)]
    assert gathered.table[:, 0] == pytest.approx(expected, rel=1e-5)
