"""Binary search in rows against NumPy's, row by row, on every backend and by the portable way."""

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.kernels import searchsorted_rows as kernel
from tests.backends import BACKENDS, run_on

SIDES = ("left", "right")


def rows(seed):
    """Whole numbers, so that there are ties; and infinities at the end."""
    rng = np.random.default_rng(seed)
    width = rng.integers(1, 10)
    table = np.sort(rng.integers(0, 5, (3, width)), axis=1).astype(np.float32)
    table[:, rng.integers(1, width + 1) :] = np.inf
    values = rng.integers(-1, 6, (3, 4)).astype(np.float32)
    values[0, 0] = -np.inf
    return table, values


def one_by_one(table, values, side):
    return [np.searchsorted(*pair, side=side) for pair in zip(table, values, strict=True)]


@pytest.mark.parametrize("side", SIDES)
@given(st.integers(0, 2**32 - 1))
def test_every_row_as_in_numpy(side, seed):
    table, values = rows(seed)
    expected = one_by_one(table, values, side)
    for way in (kernel.searchsorted_rows, kernel.search_by_halving):
        assert np.array_equal(way(table, values, side), expected)


PROGRAM = """
import numpy as np
from keras import ops
from dlcourse.kernels.searchsorted_rows import searchsorted_rows
table, values = (ops.convert_to_tensor(np.array(a, "float32")) for a in arguments)
found = [searchsorted_rows(table, values, side) for side in ("left", "right")]
result = [str(found[0].dtype), *found]
"""


@pytest.mark.parametrize("backend", [b for b in BACKENDS if b != keras.backend.backend()])
def test_other_backends(backend):
    table, values = rows(0)
    dtype, *found = run_on(backend, PROGRAM, table.tolist(), values.tolist())
    assert "int32" in dtype
    assert found == [np.array(one_by_one(table, values, side)).tolist() for side in SIDES]
