from collections import Counter

import numpy as np
import pytest

from dlcourse.word2vec import (
    EncodedCorpus,
    neighbour_overlap,
    pair_cost,
    ppmi_vectors,
    sample_pairs,
)


def test_pair_cost_is_the_expectation_over_drawn_negatives():
    rng = np.random.default_rng(0)
    table, counts = rng.normal(size=(10, 3)), np.array([5, 4, 3, 2, 1])
    pairs = rng.integers(0, 5, 7), rng.integers(0, 5, 7)
    noise = counts**0.75 / np.sum(counts**0.75)
    costs = []
    for center, context in zip(*pairs, strict=True):
        scores = table[5:] @ table[center]
        costs.append(np.log1p(np.exp(-scores[context])) + 4 * noise @ np.log1p(np.exp(scores)))
    assert pair_cost(table, pairs, counts, negatives=4) == pytest.approx(np.mean(costs), rel=1e-12)
    with pytest.raises(ValueError, match="pairs: expected at least one"):
        pair_cost(table, (np.zeros(0, int), np.zeros(0, int)), counts)


def test_sampled_pairs_come_equally_from_both_sides():
    numbers = np.tile(np.array([0, 1, 2, -1], np.int32), 500)
    centers, contexts = sample_pairs(EncodedCorpus(numbers), [1, 1, 1], window=1, sample=0)
    expected = {(0, 1): 500, (1, 0): 500, (1, 2): 500, (2, 1): 500}
    found = Counter(zip(centers.tolist(), contexts.tolist(), strict=True))
    assert found == expected


def test_ppmi_vectors_reproduce_the_table_at_full_rank():
    pairs = np.array([0, 1, 0, 2, 1, 2, 0, 1, 3, 0]), np.array([1, 0, 2, 0, 2, 1, 1, 0, 0, 3])
    counts = np.zeros((4, 4))
    np.add.at(counts, pairs, 1)
    with np.errstate(divide="ignore"):
        table = np.log(counts * counts.sum() / np.outer(counts.sum(1), counts.sum(0)))
    table = np.maximum(table, 0)
    vectors = ppmi_vectors(pairs, 4, dimension=3)
    values = np.linalg.svd(table, compute_uv=False)
    # the columns are left singular vectors, as long as the roots of the singular values
    np.testing.assert_allclose(vectors.T @ vectors, np.diag(values[:3]), atol=1e-8)
    np.testing.assert_allclose(table @ table.T @ vectors, vectors * values[:3] ** 2, atol=1e-8)


def test_a_larger_shift_leaves_less():
    rng = np.random.default_rng(0)
    pairs = rng.integers(0, 9, 200), rng.integers(0, 9, 200)
    sizes = [np.linalg.norm(ppmi_vectors(pairs, 9, 3, shift)) for shift in (1, 2, 5)]
    assert sizes == sorted(sizes, reverse=True)
    with pytest.raises(ValueError, match="dimension: expected 1 to 8, got 9"):
        ppmi_vectors(pairs, 9, 9)


def test_overlap_of_unrelated_vectors_is_that_of_chance():
    rng = np.random.default_rng(0)
    one, other = rng.normal(size=(2, 400, 5))
    words = np.arange(400)
    assert neighbour_overlap(one, one @ np.linalg.qr(rng.normal(size=(5, 5)))[0], words) == 1
    assert neighbour_overlap(one, other, words) == pytest.approx(10 / 399, abs=0.012)
