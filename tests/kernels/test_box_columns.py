"""The three ways to suppress boxes in NumPy keep the same ones."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.kernels.box_columns import (
    PAIRS,
    BoxColumns,
    suppress_few,
    suppress_many,
    suppress_pairs,
)


def kept(way, columns, threshold):
    found = []

    def accept(places):
        found.extend(places.tolist())
        return True

    with np.errstate(invalid="ignore", divide="ignore"):  # as the caller has it: 0 / 0
        way(columns, np.float32(threshold), accept)
    return found


@settings(max_examples=60)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, PAIRS),
    st.integers(1, 12),
    st.sampled_from([0.0, 0.25, 1 / 3, 0.5, 1.0]),
)
def test_pairs_matrices_and_lanes_agree(seed, n, n_classes, threshold):
    rng = np.random.default_rng(seed)
    # whole numbers: many boxes without area, alike, and with an IoU of just the threshold
    boxes = rng.integers(0, 6, size=(n, 4)).astype(np.float32)
    columns = BoxColumns.of(boxes, rng.integers(n_classes, size=n))
    expected = kept(suppress_few, columns, threshold)
    assert expected[0] == 0
    assert kept(suppress_pairs, columns, threshold) == expected
    assert kept(suppress_many, columns, threshold) == expected


def test_what_is_covered_covers_nothing():
    chain = np.float32([[x, 0, x + 3, 1] for x in (0, 1, 2)])  # each covers the next
    columns = BoxColumns.of(chain, np.zeros(3, int))
    assert kept(suppress_pairs, columns, 0.3) == [0, 2]
