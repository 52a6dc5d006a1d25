"""The update kernels against loops over pairs, the derivations and central differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlcourse.scratch import negative_sampling
from dlcourse.word2vec.alias import AliasTable
from dlcourse.word2vec.batches import GROUP, prepare
from dlcourse.word2vec.cbow import CbowKernel
from dlcourse.word2vec.corpus import EncodedCorpus
from dlcourse.word2vec.skip_gram import SkipGramKernel

V, N = 7, 4


def setting(seed, window=2, lengths=(5, 1, 20)):
    """Groups of a small random text, and a table of vectors in float64."""
    rng = np.random.default_rng(seed)
    numbers = [number for m in lengths for number in [*rng.integers(0, V, m), -1]]
    chunk = EncodedCorpus(np.array(numbers, np.int32)).chunk(0, len(numbers))
    groups = prepare(chunk, np.ones(V, np.float32), AliasTable(np.ones(V)), window, rng)
    return groups, chunk, rng.normal(size=(2 * V, N))


def examples(groups, chunk):
    """(group, place in the text, words around) of every word that has neighbours, by loops."""
    left, right = groups.left.ravel(), groups.right.ravel()
    for place in range(len(chunk.ids)):
        around = [*range(place - left[place], place), *range(place + 1, place + right[place] + 1)]
        assert all(chunk.sentences[other] == chunk.sentences[place] for other in around)
        if around:
            yield place // GROUP, chunk.ids[place], chunk.ids[around]


def yes(score):
    return np.logaddexp(0, -score)


def skip_gram_cost(table, groups, chunk, k):
    total = 0.0
    for group, word, around in examples(groups, chunk):
        h = table[word]
        total += sum(yes(h @ table[V + other]) for other in around)
        drawn = sum(yes(-h @ table[V + other]) for other in groups.negatives[group])
        total += len(around) * k / groups.negatives.shape[1] * drawn
    return total


def cbow_cost(table, groups, chunk, k):
    total = 0.0
    for group, word, around in examples(groups, chunk):
        h = table[around].mean(axis=0)
        total += yes(h @ table[V + word])
        drawn = sum(yes(-h @ table[V + other]) for other in groups.negatives[group])
        total += k / groups.negatives.shape[1] * drawn
    return total


def summed(kernel, batch):
    """Updates of every row of the table."""
    total = np.zeros((2 * V, N))
    np.add.at(total, batch.rows, kernel.updates(batch))
    return total


def central_differences(cost, table, step=1e-5):
    slopes = np.zeros_like(table)
    for index in np.ndindex(table.shape):
        above, below = table.copy(), table.copy()
        above[index] += step
        below[index] -= step
        slopes[index] = (cost(above) - cost(below)) / (2 * step)
    return slopes


@settings(max_examples=5)
@given(seed=st.integers(0, 999), window=st.integers(1, 6), k=st.integers(1, 9))
def test_skip_gram_goes_down_the_cost_of_the_loops(seed, window, k):
    groups, chunk, table = setting(seed, window)
    kernel = SkipGramKernel(table, window, k)
    batch = kernel.arrange(groups)
    expected = skip_gram_cost(table, groups, chunk, k)
    assert kernel.cost(batch) * groups.n_pairs == pytest.approx(expected, rel=1e-7)
    slopes = central_differences(lambda t: skip_gram_cost(t, groups, chunk, k), table)
    np.testing.assert_allclose(summed(kernel, batch), -slopes, rtol=1e-6, atol=1e-6)


@settings(max_examples=5)
@given(seed=st.integers(0, 999), window=st.integers(1, 6), k=st.integers(1, 9))
def test_cbow_goes_down_the_cost_of_the_loops(seed, window, k):
    groups, chunk, table = setting(seed, window)
    kernel = CbowKernel(table, window, k)
    batch = kernel.arrange(groups)
    n_words = sum(1 for _ in examples(groups, chunk))
    expected = cbow_cost(table, groups, chunk, k)
    assert kernel.cost(batch) * n_words == pytest.approx(expected, rel=1e-7)
    slopes = central_differences(lambda t: cbow_cost(t, groups, chunk, k), table)
    updates = summed(kernel, batch)
    np.testing.assert_allclose(updates[V:], -slopes[V:], rtol=1e-6, atol=1e-6)


def test_cbow_gives_each_word_around_the_whole_gradient_of_the_average():
    groups, chunk, table = setting(0, window=1, lengths=(2,))  # one word around each
    kernel = CbowKernel(table, 1, 3)
    slopes = central_differences(lambda t: cbow_cost(t, groups, chunk, 3), table)
    updates = summed(kernel, kernel.arrange(groups))
    np.testing.assert_allclose(updates, -slopes, rtol=1e-6, atol=1e-6)
    groups, chunk, table = setting(0, window=1, lengths=(3,))
    word, around = chunk.ids[1], chunk.ids[[0, 2]]
    kernel = CbowKernel(table, 1, 3)
    alone = groups._replace(left=np.eye(1, 16, 1, dtype=int), right=np.eye(1, 16, 1, dtype=int))
    h = table[around].mean(axis=0)
    error = 1 / (1 + np.exp(h @ table[V + word])) * table[V + word]
    for other in groups.negatives[0]:
        error -= 3 / 16 / (1 + np.exp(-h @ table[V + other])) * table[V + other]
    batch = kernel.arrange(alone)
    updates = kernel.updates(batch)[0]
    np.testing.assert_allclose(updates[1], error)  # behind the one place before the group: word 0
    np.testing.assert_allclose(updates[3], error)


def test_skip_gram_equals_the_derivation_where_each_word_has_its_own_negatives():
    # one pair in the text: a word, its right neighbour, and 16 negatives of weight 1
    groups, chunk, table = setting(3, window=1, lengths=(2,))
    groups = groups._replace(left=np.zeros((1, 16), int), right=np.eye(1, 16, dtype=int))
    kernel = SkipGramKernel(table, 1, negatives=16)
    batch = kernel.arrange(groups)
    cost, cache = negative_sampling.negative_sampling_forward(
        table[chunk.ids[:1]], chunk.ids[1:2], groups.negatives, table[V:]
    )
    dh, dU = negative_sampling.negative_sampling_backward(cache)
    assert kernel.cost(batch) == pytest.approx(cost, rel=1e-9)
    updates = summed(kernel, batch)
    np.testing.assert_allclose(updates[chunk.ids[0]], -dh[0], rtol=1e-7)
    np.testing.assert_allclose(updates[V:], -dU, rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("kind", [SkipGramKernel, CbowKernel])
def test_a_step_moves_the_table_by_rate_times_updates(kind):
    groups, _, table = setting(1, lengths=(4,))
    kernel = kind(table.copy(), 2, 5)
    batch = kernel.arrange(groups)
    expected = table + 0.01 * summed(kernel, batch)
    before = kernel.cost(batch)
    # what fills a group up repeats word 0, but has no weight
    kernel.step(batch, rate=0.01)
    assert kernel.cost(batch) < before
    repeated = np.bincount(batch.rows.ravel(), minlength=2 * V) > 8
    np.testing.assert_allclose(kernel.gathered.table[~repeated], expected[~repeated], rtol=1e-6)


@pytest.mark.parametrize("kind", [SkipGramKernel, CbowKernel])
def test_huge_scores_do_not_overflow(kind):
    groups, _, table = setting(2)
    kernel = kind((1e4 * table).astype(np.float32), 2, 5)
    batch = kernel.arrange(groups)
    assert np.isfinite(kernel.cost(batch)) and np.all(np.isfinite(kernel.updates(batch)))


def test_an_empty_piece_is_an_empty_batch():
    groups, _, table = setting(0, lengths=(1,))
    empty = groups._make(part[:0] for part in groups)
    kernel = SkipGramKernel(table, 2, 5)
    assert kernel.cost(kernel.arrange(empty)) == 0
    assert list(kernel.arrange(empty).split(8)) == []
