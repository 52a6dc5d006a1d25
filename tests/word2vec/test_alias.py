import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.word2vec import AliasTable

WEIGHTS = st.lists(st.floats(0, 1e3), min_size=1, max_size=40).filter(lambda w: sum(w) > 1e-6)


@given(WEIGHTS)
def test_the_table_holds_exactly_the_probabilities(weights):
    table = AliasTable(weights)
    # each of the V columns has probability 1 / V and goes to one of its two owners
    shares = np.zeros(len(weights))
    np.add.at(shares, np.arange(len(weights)), table.own_shares)
    np.add.at(shares, table.others, 1 - table.own_shares)
    np.testing.assert_allclose(shares / len(weights), np.array(weights) / sum(weights), atol=1e-12)


@given(st.integers(1, 10))
def test_what_is_impossible_is_never_drawn(n_zeros):
    drawn = AliasTable([0] * n_zeros + [1, 2]).draw((50, 20), np.random.default_rng(0))
    assert drawn.shape == (50, 20) and drawn.dtype == np.int32
    assert drawn.min() >= n_zeros


def test_frequencies_within_their_standard_error():
    weights = np.arange(1, 9) ** 0.75
    m = 100_000
    drawn = AliasTable(weights).draw(m, np.random.default_rng(1))
    p = weights / weights.sum()
    error = np.sqrt(p * (1 - p) / m)
    assert np.all(np.abs(np.bincount(drawn) / m - p) < 5 * error)


@pytest.mark.parametrize("bad", [[], [0, 0], [1, -1], [1, np.nan], [np.inf], [[1, 2]]])
def test_bad_probabilities(bad):
    with pytest.raises(ValueError, match="probabilities: expected"):
        AliasTable(bad)
