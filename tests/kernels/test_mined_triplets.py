"""Mining in NumPy: what holds for any batch, and by hand; the losses' tests compare with loops."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.kernels.mined_triplets import (
    class_sizes,
    count_all,
    count_semi_hard,
    hardest,
    largest_class,
    slopes_of_roots,
)


def batch(seed):
    """Whole distances, so that there are ties, of a few classes, some with one example."""
    rng = np.random.default_rng(seed)
    m = rng.integers(1, 9)
    return rng.integers(0, 5, (m, m)).astype(np.float32), rng.integers(0, 4, m)


@given(st.integers(0, 2**32 - 1))
def test_counts_add_up_to_zero_and_have_the_signs_of_the_classes(seed):
    distances, labels = batch(seed)
    same = labels[:, None] == labels
    for count in (count_all, count_semi_hard):
        counts = count(distances, labels, 1.5)
        assert counts.dtype == distances.dtype
        assert not counts.sum(axis=1).any() and not np.diag(counts).any()
        assert (counts[same] >= 0).all() and (counts[~same] <= 0).all()


@given(st.integers(0, 2**32 - 1))
def test_sizes(seed):
    labels = batch(seed)[1]
    sizes = [np.sum(labels == label) for label in labels]
    assert class_sizes(labels).tolist() == sizes and largest_class(labels) == max(sizes)


def test_by_hand():
    # anchor 0: positives at 2 and 3, negatives at 1, 2 and 4
    labels = np.array([0, 0, 0, 1, 1, 1])
    distances = np.zeros((6, 6)) + [0, 2, 3, 1, 2, 4]
    assert count_all(distances, labels, 0.5)[0].tolist() == [0, 2, 2, -2, -2, 0]
    # the next negative after 2 and after 3 is 4, too far to cost; with a margin of 1.5 not from 3
    assert not count_semi_hard(distances, labels, 0.5)[0].any()
    assert count_semi_hard(distances, labels, 1.5)[0].tolist() == [0, 0, 1, 0, 0, -1]
    distances[0, 2] = 5  # no negative is farther: the farthest of them it is
    assert count_semi_hard(distances, labels, 0.5)[0].tolist() == [0, 0, 1, 0, 0, -1]


def test_slopes_of_roots_by_central_differences():
    squares = np.array([[0.0, 4, 9], [4, 0, 2], [9, 2, 0]])
    counts = np.array([[0.0, 2, -2], [1, 0, -1], [0, 0, 7]])
    slopes, h = slopes_of_roots(np.sqrt(squares), counts), 1e-6
    for i, j in ((0, 1), (0, 2), (1, 0), (1, 2)):
        step = np.sqrt(squares[i, j] + h) - np.sqrt(squares[i, j] - h)
        assert abs(slopes[i, j] - counts[i, j] * step / (2 * h)) < 1e-9
    assert slopes[2, 2] == 0  # at a distance of zero, instead of 7 / 0


def test_hardest_by_hand():
    # 4096 away: in float32 the squares of what is left there would be rounded to multiples of 4
    x = np.array([[0.0], [1], [3], [4], [4]], np.float32) + 4096
    farthest, nearest = hardest(x, np.array([0, 0, 1, 0, 1]))
    assert farthest.tolist() == [3, 3, 4, 0, 2] and nearest.tolist() == [2, 2, 3, 4, 3]
    assert hardest(x[:2], np.array([5, 6]))[0].tolist() == [0, 1]
    assert hardest(x[:2], np.array([5, 5]))[1].tolist() == [0, 0]
