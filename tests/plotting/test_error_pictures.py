"""Confusion matrix, error analysis and the waterfall of a diagnosis."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def test_counts_are_written_and_shares_are_shaded():
    ax = plotting.confusion_heatmap([[8, 2], [0, 5]], ["cat", "dog"])
    assert ax.images[0].get_array().tolist() == [[0.8, 0.2], [0, 1]]
    # x is the predicted class; the empty cell stays empty
    written = {text.get_position(): (text.get_text(), text.get_color()) for text in ax.texts}
    assert written == {(0, 0): ("8", "white"), (1, 0): ("2", "black"), (1, 1): ("5", "white")}
    assert [label.get_text() for label in ax.get_xticklabels()] == ["cat", "dog"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("predicted", "true")


def test_a_class_that_does_not_occur_and_many_classes():
    _, given = plt.subplots()
    ax = plotting.confusion_heatmap([[0, 0], [1, 3]], ax=given)
    assert ax is given and ax.images[0].get_array().tolist() == [[0, 0], [0.25, 0.75]]
    assert len(plotting.confusion_heatmap(np.ones((30, 30))).texts) == 0


@pytest.mark.parametrize(
    ("matrix", "names", "message"),
    [
        (np.ones((2, 3)), None, r"matrix: expected .*got \(2, 3\)"),
        (np.ones(4), None, r"matrix: expected .*got \(4,\)"),
        (np.ones((2, 2)), ["a"], "names: expected 2, one per class; got 1"),
    ],
)
def test_tables_that_do_not_fit(matrix, names, message):
    with pytest.raises(ValueError, match=message):
        plotting.confusion_heatmap(matrix, names)


def test_the_most_frequent_mistake_is_on_top_with_its_ceiling():
    ax = plotting.mistake_bars(["dog", "blurry", "filter"], [8, 61, 12], [2.7, 4.9, 3.2], error=10)
    assert [bar.get_width() for bar in ax.patches] == [8, 12, 61]
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["dog", "filter", "blurry"]
    assert [text.get_text() for text in ax.texts][-1] == "61 %: 10 → 3.9 %"
    [segments] = [c.get_segments() for c in ax.collections if hasattr(c, "get_segments")]
    assert segments[0][:, 0].tolist() == pytest.approx([8 - 2.7, 8 + 2.7])


def test_shares_without_anything_else():
    ax = plotting.mistake_bars(["dog"], [8])
    assert [text.get_text() for text in ax.texts] == ["8 %"]
    with pytest.raises(ValueError, match="shares: expected 2, one per name; got 1"):
        plotting.mistake_bars(["a", "b"], [1])


def test_the_waterfall_climbs_from_people_to_the_test_set():
    rates = {"human": 4, "train": 7, "train-dev": 10, "dev": 6, "test": 6}
    ax = plotting.error_waterfall(rates)
    bars = [(bar.get_y(), bar.get_height()) for bar in ax.patches]
    assert bars[:5] == [(0, rate) for rate in rates.values()]
    assert bars[5:] == [(4, 3), (7, 3), (10, -4), (6, 0)]
    steps = [text.get_text().replace("\n", " ") for text in ax.texts[5:]]
    assert steps == [
        "avoidable bias +3",
        "variance +3",
        "data mismatch -4",
        "overfitting to dev +0",
    ]
    assert ax.patches[5].get_hatch() == "//" and not ax.patches[7].get_hatch()


def test_the_waterfall_without_a_train_dev_set():
    ax = plotting.error_waterfall({"human": 0.5, "train": 0.7, "dev": 0.8})
    steps = [text.get_text().replace("\n", " ") for text in ax.texts[3:]]
    assert steps == ["avoidable bias +0.2", "variance +0.1"]


@pytest.mark.parametrize(
    "rates", [{}, {"human": 4}, {"dev": 4, "train": 3}, {"human": 4, "dev": 5}, {"a": 1, "b": 2}]
)
def test_rates_that_are_no_neighbours_are_refused(rates):
    with pytest.raises(ValueError, match="rates: expected at least two of human, train"):
        plotting.error_waterfall(rates)
