"""Stacked bars: every part begins where the one below it ends."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_parts_are_stacked_and_numbered():
    percent = np.array([[25.0, 2.0], [75.0, 98.0]])
    ax = plotting.stacked_shares(percent, ["sugar", "fat"], ["apples", "beef"])
    assert [(bar.get_y(), bar.get_height()) for bar in ax.patches] == [
        (0, 25), (0, 2), (25, 75), (2, 98),
    ]  # fmt: skip
    assert [t.get_text() for t in ax.texts] == ["25.0 %", "", "75.0 %", "98.0 %"]
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["sugar", "fat"]


def test_names_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"percent: expected shape \(1, 2\) from the names"):
        plotting.stacked_shares(np.ones((2, 2)), ["a"], ["x", "y"])
