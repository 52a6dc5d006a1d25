"""Hierarchical softmax against a walk through the tree, and against differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from dlcourse.scratch.gradient_check import check_gradient
from dlcourse.scratch.hierarchical_softmax import (
    hierarchical_probabilities,
    hierarchical_softmax_backward,
    hierarchical_softmax_forward,
    path_matrices,
)
from dlcourse.scratch.huffman import huffman_merges, huffman_tree

COUNTS = [30, 7, 7, 5, 1, 1, 2]


def example(m=4, n=3, counts=COUNTS, seed=0):
    rng = np.random.default_rng(seed)
    V = len(counts)
    h, U = rng.standard_normal((m, n)), rng.standard_normal((V - 1, n))
    return h, rng.integers(V, size=m), U, *path_matrices(*huffman_tree(counts))


def walk(h, U, counts, node=None, probability=1.0):
    """Probability of every word for one h, by going down both branches of every node."""
    V, merges = len(counts), huffman_merges(counts)
    node = 2 * V - 2 if node is None else node
    if node < V:
        return {node: probability}
    left = special.expit(U[node - V] @ h)
    return walk(h, U, counts, merges[node - V][0], probability * left) | walk(
        h, U, counts, merges[node - V][1], probability * (1 - left)
    )


def test_probabilities_and_cost_against_the_walk():
    h, targets, U, nodes, signs = example()
    walked = [walk(x, U, COUNTS) for x in h]
    expected = [[words[word] for word in range(len(COUNTS))] for words in walked]
    np.testing.assert_allclose(hierarchical_probabilities(h, U, nodes, signs), expected, rtol=1e-12)
    cost, _ = hierarchical_softmax_forward(h, targets, U, nodes, signs)
    by_hand = -np.mean([np.log(p[t]) for p, t in zip(expected, targets, strict=True)])
    assert cost == pytest.approx(by_hand)


@given(st.lists(st.integers(1, 50), min_size=2, max_size=20), st.integers(0, 1000))
def test_probabilities_sum_to_one(counts, seed):
    h, _, U, *tree = example(counts=counts, seed=seed)
    sums = hierarchical_probabilities(3 * h, U, *tree).sum(axis=1)
    np.testing.assert_allclose(sums, 1, rtol=1e-12)


@pytest.mark.parametrize(
    ("m", "n", "counts"), [(4, 3, COUNTS), (1, 1, [3, 1]), (5, 1, [1, 1, 1]), (2, 4, [9, 1, 1, 1])]
)
def test_gradients_against_differences(m, n, counts):
    h, targets, U, *tree = example(m, n, counts)
    dh, dU = hierarchical_softmax_backward(hierarchical_softmax_forward(h, targets, U, *tree)[1])
    report = check_gradient(
        lambda p: hierarchical_softmax_forward(p["h"], targets, p["U"], *tree)[0],
        {"h": h, "U": U},
        {"h": dh, "U": dU},
    )
    assert report.ratio < 1e-7, report


def test_only_the_nodes_of_the_path_learn():
    h, _, U, nodes, signs = example(m=1)
    _, dU = hierarchical_softmax_backward(hierarchical_softmax_forward(h, [0], U, nodes, signs)[1])
    path = set(nodes[0][signs[0] != 0].tolist())
    assert {j for j in range(len(U)) if np.any(dU[j])} == path


def test_no_example_costs_nothing():
    h, targets, U, *tree = example(m=0)
    cost, cache = hierarchical_softmax_forward(h, targets, U, *tree)
    dh, dU = hierarchical_softmax_backward(cache)
    assert cost == 0.0 and dh.shape == (0, 3) and not np.any(dU)
    assert hierarchical_probabilities(h, U, *tree).shape == (0, len(COUNTS))


def test_extreme_scores():
    tree = path_matrices(["0", "1"], [(0,), (0,)])
    cost, cache = hierarchical_softmax_forward([[1.0]], [1], [[1e4]], *tree)
    assert cost == 1e4
    assert [g.item() for g in hierarchical_softmax_backward(cache)] == [1e4, 1.0]


def test_single_precision_stays():
    h, targets, U, *tree = example()
    h, U = h.astype(np.float32), U.astype(np.float32)
    gradients = hierarchical_softmax_backward(hierarchical_softmax_forward(h, targets, U, *tree)[1])
    arrays = [*gradients, hierarchical_probabilities(h, U, *tree)]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


H, TARGETS, U, NODES, SIGNS = example()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ((H, TARGETS, U[:, :2], NODES, SIGNS), r"h: expected shape \(m, n=2\); got \(4, 3\)"),
        ((H, TARGETS, U * np.nan, NODES, SIGNS), "U: expected numbers; got NaN"),
        ((H, TARGETS, U[1:], NODES, SIGNS), r"nodes: expected shape \(6, depth\); got \(7, "),
        ((H, TARGETS, U, NODES, SIGNS[:, 1:]), r"signs: expected shape \(7, depth=\d\)"),
        ((H, TARGETS, U, NODES + 5, SIGNS), "nodes: expected integers from 0 to 5"),
        ((H, [0, 1, 2, 7], U, NODES, SIGNS), "targets: expected integers from 0 to 6; got 7"),
    ],
)
def test_bad_input_is_named(args, message):
    with pytest.raises(ValueError, match=message):
        hierarchical_softmax_forward(*args)


def test_codes_and_paths_must_match():
    with pytest.raises(ValueError, match="paths: expected one node per bit"):
        path_matrices(["0", "1"], [(0,), (0, 1)])
