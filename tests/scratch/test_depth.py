"""XOR and parity against counting ones, on every pattern of up to eight bits."""

import numpy as np
import pytest

from dlcourse.scratch.depth import (
    parity_by_counting,
    parity_by_patterns,
    parity_tree,
    parity_units,
    xor_network,
)


def all_patterns(n):
    """Every pattern of n bits as a column, (n, 2^n)."""
    return np.array(np.meshgrid(*[[0, 1]] * n)).reshape(n, -1)


def ones_are_odd(X):
    return X.sum(axis=0, keepdims=True) % 2


def test_xor_truth_table():
    X = all_patterns(2)
    H, Y = xor_network(X)
    assert Y.tolist() == (X[:1] != X[1:]).astype(float).tolist()
    assert H.shape == (2, 4) and set(H.ravel()) == {0.0, 1.0}


def test_the_hidden_layer_makes_the_classes_separable():
    X = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
    H, Y = xor_network(X)
    # both mixed inputs land on one point, so three points remain, and a line splits those
    assert (H[:, 1] == H[:, 2]).all() and len(np.unique(H, axis=1).T) == 3


def test_xor_wants_two_rows():
    with pytest.raises(ValueError, match=r"X: expected shape \(2, m\).*got \(3, 1\)"):
        xor_network(np.zeros((3, 1)))


@pytest.mark.parametrize("n", range(1, 9))
@pytest.mark.parametrize("parity", [parity_tree, parity_by_patterns, parity_by_counting])
def test_parity_of_every_pattern(n, parity):
    X = all_patterns(n)
    assert parity(X)[0].tolist() == ones_are_odd(X).tolist()


@pytest.mark.parametrize(
    ("n", "depth"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (8, 3), (9, 4), (1000, 10)]
)
def test_depth_grows_like_the_logarithm(n, depth):
    assert parity_tree(np.ones((n, 1)))[1] == depth


@pytest.mark.parametrize("n", [2, 3, 6])
def test_counted_units_are_those_of_the_networks(n):
    deep, shallow = parity_units(n)
    assert deep == 3 * (n - 1)
    assert shallow == parity_by_patterns(all_patterns(n))[1] + 1


def test_deep_is_smaller_from_five_bits_on():
    assert all(parity_units(n)[0] < parity_units(n)[1] for n in range(5, 64))
    assert parity_units(10) == (27, 513)


def test_impossible_sizes_are_refused():
    with pytest.raises(ValueError, match="n: expected a whole number of at least 2, got 1"):
        parity_units(1)
    with pytest.raises(ValueError, match="X: expected at most 20 rows, got 21"):
        parity_by_patterns(np.zeros((21, 1)))
