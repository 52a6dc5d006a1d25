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


def test_the_line_in_the_hidden_plane_separates_or_is_left_out():
    _, right = plotting.xor_layers(or_and, steps=20).axes
    (line,) = right.lines
    (x, y), (far_x, far_y) = line.get_xy1(), line.get_xy2()
    hidden = np.array([[0, 0], [1, 0], [1, 1]])
    side = (hidden[:, 1] - y) * (far_x - x) - (hidden[:, 0] - x) * (far_y - y)
    assert side[0] * side[2] > 0 > side[0] * side[1]
    _, right = plotting.xor_layers(lambda X: (X, or_and(X)[1]), steps=20).axes
    assert not right.lines


def test_growth_is_drawn_on_a_logarithmic_axis():
    ax = plotting.parity_growth([2, 3], [3, 6], [3, 5])
    shallow, deep = ax.lines
    assert list(deep.get_ydata()) == [3, 6] and list(shallow.get_ydata()) == [3, 5]
    assert ax.get_yscale() == "log" and ax.get_xlabel() and ax.get_ylabel()
