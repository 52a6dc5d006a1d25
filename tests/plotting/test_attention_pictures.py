"""The map of attention."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_rows_are_what_was_written_and_spaces_can_be_seen():
    weights = np.array([[0.7, 0.1, 0.2], [0, 1, 0]])
    ax = plotting.attention_map(weights, "a b", "xy")
    np.testing.assert_array_equal(ax.images[0].get_array(), weights)
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["a", "␣", "b"]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["x", "y"]
    assert ax.images[0].get_clim() == (0, 1)


def test_it_draws_where_it_is_told():
    _, given = plt.subplots()
    assert plotting.attention_map(np.ones((1, 1)), "a", ["<eos>"], ax=given) is given


def test_weights_of_another_shape_are_refused():
    with pytest.raises(ValueError, match=r"weights: expected shape \(2, 3\).*got \(3, 2\)"):
        plotting.attention_map(np.ones((3, 2)), "abc", "xy")
