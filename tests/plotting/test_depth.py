"""Pictures of XOR and parity: the points where the network puts them, the counts as given."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def or_and(X):
    total = X.sum(axis=0)
    H = np.array([total >= 0.5, total >= 1.5]).astype(float)
    return H, H[:1] - H[1:]


def test_hidden_plane_shows_both_mixed_inputs_on_one_point():
    left, right = plotting.xor_layers(or_and, steps=20).axes
    assert sorted(t.get_text() for t in left.texts) == ["00", "01", "10", "11"]
    notes = {t.get_text(): tuple(t.xy) for t in right.texts}
    assert notes == {"00": (0, 0), "01, 10": (1, 0), "11": (1, 1)}


def test_growth_is_drawn_on_a_logarithmic_axis():
    ax = plotting.parity_growth([2, 3], [3, 6], [3, 5])
    shallow, deep = ax.lines
    assert list(deep.get_ydata()) == [3, 6] and list(shallow.get_ydata()) == [3, 5]
    assert ax.get_yscale() == "log" and ax.get_xlabel() and ax.get_ylabel()
