"""The picture of a node's graph shows every node once, with the numbers that the node holds."""

import pytest

from dlcourse.plotting import computation_graph
from dlcourse.scratch.graph import Node
from dlcourse.scratch.graph_edges import graph_edges


def test_the_course_graph():
    a, b, c = Node(5), Node(3), Node(2)
    u = b * c
    v = a + u
    J = 3 * v
    J.backward()
    graph = graph_edges(J, {"a": a, "b": b, "c": c, "u": u, "v": v, "J": J})
    assert set(graph.edges) == {
        ("b", "u"),
        ("c", "u"),
        ("a", "v"),
        ("u", "v"),
        ("v", "J"),
        ("3", "J"),
    }
    assert graph.values == {"a": 5, "b": 3, "c": 2, "u": 6, "v": 11, "J": 33, "3": 3}
    assert graph.derivatives == {"a": 3, "b": 6, "c": 9, "u": 3, "v": 3, "J": 1, "3": 11}


def test_a_node_used_twice_has_one_arrow():
    x = Node(3)
    assert graph_edges(x * x, {"x": x}).edges == [("x", "result")]


def test_unnamed_nodes_and_equal_numbers_keep_apart():
    graph = graph_edges((2 * Node(2)).sin() + 2)
    assert len(graph.values) == 6
    assert sorted(graph.values) == ["2", "2'", "2''", "result", "v1", "v2"]


def test_a_lone_input():
    x = Node(1.5)
    assert graph_edges(x) == ([], {"1.5": 1.5}, {"1.5": 0.0})


def test_one_name_for_two_nodes_is_refused():
    x, y = Node(1), Node(2)
    with pytest.raises(ValueError, match=r"names: expected each name for one node; \['v1'\]"):
        graph_edges((x * y).sin(), {"v1": x})


def test_it_can_be_drawn():
    x = Node(2)
    wave = 2 * x.square().sin() + (5 * x).sqrt()
    wave.backward()
    graph = graph_edges(wave, {"x": x})
    written = {text.get_text() for text in computation_graph(*graph).texts}
    assert "x\n2" in written
    assert f"{x.grad:.4g}" in written
    assert f"result\n{wave.value:.4g}" in written


def test_nan_is_refused():
    with pytest.raises(ValueError, match="value: expected a number; got NaN"):
        Node(float("nan"))
