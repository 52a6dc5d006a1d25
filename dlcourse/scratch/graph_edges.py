"""The picture of a computation graph, as data: what feeds what, with value and derivative."""

from typing import NamedTuple

from dlcourse.scratch.graph import topological_order

__all__ = ["GraphEdges", "graph_edges"]


class GraphEdges(NamedTuple):
    """A computation graph in names and numbers, as `dlcourse.plotting.computation_graph` draws it.

    Attributes:
        edges: list of pairs (from, to) of names, each node after everything it was made from.
        values: dictionary from the name of every node to its value.
        derivatives: dictionary from the name of every node to its `grad`.

    Example:
        >>> GraphEdges([("x", "y")], {"x": 1.0, "y": 2.0}, {"x": 2.0, "y": 1.0}).edges
        [('x', 'y')]
    """

    edges: list
    values: dict
    derivatives: dict


def graph_edges(result, names=None):
    """Write down the graph behind a node.

    Args:
        result: the `Node` that was computed; after `result.backward()` the derivatives are there.
        names: dictionary from names to nodes, such as {"a": a, "b": b}. An unnamed input is called
            by its value, another unnamed node "v1", "v2", … in the order of computation, and the
            result "result".

    Returns:
        GraphEdges: edges, values and derivatives.

    Raises:
        ValueError: a name stands for two nodes: one given in `names` is also made up here.

    Example:
        >>> from dlcourse.scratch.graph import Node
        >>> a, b, c = Node(5.0), Node(3.0), Node(2.0)
        >>> J = 3 * (a + b * c)
        >>> J.backward()
        >>> graph = graph_edges(J, {"a": a, "b": b, "c": c, "J": J})
        >>> graph.edges
        [('b', 'v1'), ('c', 'v1'), ('a', 'v2'), ('v1', 'v2'), ('v2', 'J'), ('3', 'J')]
        >>> graph.values["v2"], graph.derivatives["b"]
        (11.0, 6.0)
    """
    order = topological_order(result)
    name_of = _names(order, names or {})
    edges = [
        (name_of[id(parent)], name_of[id(node)]) for node in order for parent, _ in node.parents
    ]
    return GraphEdges(
        list(dict.fromkeys(edges)),  # x * x has one arrow, although it uses x twice
        {name_of[id(node)]: node.value for node in order},
        {name_of[id(node)]: node.grad for node in order},
    )


def _names(order, names):
    name_of = {id(node): name for name, node in names.items()}
    computed = 0
    for node in order:
        if node.parents:
            computed += id(node) not in name_of and node is not order[-1]
            made_up = "result" if node is order[-1] else f"v{computed}"
        else:
            made_up = f"{node.value:g}"
            while made_up in name_of.values() and id(node) not in name_of:
                made_up += "'"  # the same number may have been written twice
        name_of.setdefault(id(node), made_up)
    used = [name_of[id(node)] for node in order]
    twice = {name for name in used if used.count(name) > 1}
    if twice:
        raise ValueError(f"names: expected each name for one node; {sorted(twice)} for several")
    return name_of
