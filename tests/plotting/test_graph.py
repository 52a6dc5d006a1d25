"""The picture of a computation graph: every number is there, and inputs stand on the left."""

import pytest
from matplotlib import pyplot as plt

from dlcourse import plotting

EDGES = [("a", "v"), ("b", "u"), ("c", "u"), ("u", "v"), ("v", "J")]
VALUES = {"a": 5, "b": 3, "c": 2, "u": 6, "v": 11, "J": 33}
DERIVATIVES = {"J": 1, "v": 3, "a": 3, "u": 3, "b": 6, "c": 9}


@pytest.fixture(autouse=True)
def closed_figures():
    yield
    plt.close("all")


def boxes(ax):
    return {t.get_text(): t.get_position() for t in ax.texts if "\n" in t.get_text()}


def test_every_value_and_derivative_is_written():
    ax = plotting.computation_graph(EDGES, VALUES, DERIVATIVES, labels={"u": "u = bc"})
    assert set(boxes(ax)) == {"a\n5", "b\n3", "c\n2", "u = bc\n6", "v\n11", "J\n33"}
    numbers = sorted(t.get_text() for t in ax.texts if t.get_text() and "\n" not in t.get_text())
    assert numbers == ["1", "3", "3", "3", "6", "9"]
    assert any("derivative of J" in t.get_text() for t in ax.get_legend().get_texts())


def test_every_edge_goes_to_the_right_and_no_boxes_overlap():
    ax = plotting.computation_graph(EDGES, VALUES)
    places = {text[0]: place for text, place in boxes(ax).items()}
    assert all(places[start][0] < places[end][0] for start, end in EDGES)
    spots = list(places.values())
    for i, (x, y) in enumerate(spots):
        assert all(x != other_x or abs(y - other_y) >= 1 for other_x, other_y in spots[:i])
    assert places["a"][1] < places["b"][1] < places["c"][1]


def test_one_input_with_two_branches():
    edges = [("x", "p"), ("x", "q"), ("p", "s"), ("q", "s")]
    ax = plotting.computation_graph(edges, dict.fromkeys("xpqs", 1.0))
    places = {text[0]: place for text, place in boxes(ax).items()}
    assert places["p"][1] != places["q"][1]
    assert places["x"][1] == places["s"][1]


def test_circles_and_missing_values_are_refused():
    with pytest.raises(ValueError, match="edges: expected a graph without circles"):
        plotting.computation_graph([("a", "b"), ("b", "a")], {"a": 1, "b": 2})
    with pytest.raises(ValueError, match="values: .* missing b"):
        plotting.computation_graph([("a", "b")], {"a": 1})


def test_it_draws_on_given_axes():
    _, ax = plt.subplots()
    assert plotting.computation_graph(EDGES, VALUES, ax=ax) is ax
