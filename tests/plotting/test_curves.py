"""The picture of fitted curves holds what it was given."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


def test_curves_in_order_with_their_names():
    x = np.linspace(0, 1, 4)
    ax = plotting.fitted_curves(x[:, None], x**2, {"line": x, "flat": 0 * x[:, None]})
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["the function", "line", "flat"]
    assert ax.lines[1].get_ydata().tolist() == x.tolist()
    assert len({line.get_linestyle() for line in ax.lines}) == 3
    plt.close("all")


def test_more_curves_than_styles_are_refused():
    with pytest.raises(ValueError, match="predictions: expected at most 4, got 5"):
        plotting.fitted_curves([0], [0], dict.fromkeys("abcde", [0]))
