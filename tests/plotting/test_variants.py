"""Several trainings beside each other, and the spread of their weights."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse.plotting.variants import compare_trainings, weight_distributions


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_a_panel_for_each_number_and_a_line_for_each_network():
    histories = {
        name: {"loss": [3.0, scale], "val_loss": [3.0, 2 * scale]}
        for name, scale in (("relu", 1.0), ("sigmoid", 2.0))
    }
    train, dev = compare_trainings(histories).axes
    assert [line.get_label() for line in train.lines] == ["relu", "sigmoid"]
    assert dev.lines[1].get_xydata().tolist() == [[1, 3], [2, 4]]
    assert train.get_yscale() == "log"
    assert [ax.get_title() for ax in (train, dev)] == ["train", "dev"]


def test_weights_before_and_after():
    small, large = np.linspace(-1, 1, 100), np.linspace(-2, 2, 100).reshape(10, 10)
    figure = weight_distributions(
        {"relu": [(small, large), (small, small)], "net": [(small, small)]}
    )
    assert [ax.get_title() for ax in figure.axes] == [
        "σ: 0.583 → 1.166", "σ: 0.583 → 0.583", "σ: 0.583 → 0.583",
    ]  # fmt: skip
    first, _, third = figure.axes
    assert first.get_xlim() == third.get_xlim()


def test_no_network_is_refused():
    with pytest.raises(ValueError, match="networks: expected at least one"):
        weight_distributions({})
