"""Computation graphs: derivatives by hand for J = 3(a + bc), then by a node that does it itself."""

import math

__all__ = ["Node", "graph_backward", "graph_forward", "topological_order", "wave_and_slope"]


def graph_forward(a, b, c):
    """Forward pass of J = 3(a + bc): from the inputs to the result, one small step at a time.

    Args:
        a: a number.
        b: a number.
        c: a number.

    Returns:
        Tuple (u, v, J) with u = bc, v = a + u, J = 3v.

    Example:
        >>> graph_forward(a=5.0, b=3.0, c=2.0)
        (6.0, 11.0, 33.0)
    """
    u = b * c
    v = a + u
    J = 3 * v
    return u, v, J


def graph_backward(a, b, c):
    """Backward pass of J = 3(a + bc): derivatives of J, from the result to the inputs.

    Args:
        a: a number.
        b: a number.
        c: a number.

    Returns:
        Dictionary of numbers with the keys "dv", "du", "da", "db", "dc", where "dv" stands for
        dJ/dv and so on.

    Example:
        >>> graph_backward(a=5.0, b=3.0, c=2.0)
        {'dv': 3.0, 'du': 3.0, 'da': 3.0, 'db': 6.0, 'dc': 9.0}
    """
    dv = 3.0
    du = dv * 1.0
    da = dv * 1.0
    db = du * c
    dc = du * b
    return {"dv": dv, "du": du, "da": da, "db": db, "dc": dc}


class Node:
    """A number that remembers how it was made, so that it can find derivatives by itself.

    Args:
        value: the number.
        parents: pairs (node, slope): the nodes it was made from, each with the derivative of this
            value with respect to that node's value. Empty for an input.

    Raises:
        ValueError: the value is not a number (NaN): every derivative behind it would be NaN too.

    Attributes:
        value: the number, a float.
        grad: derivative, with respect to this node, of the node on which `backward` was called.
        parents: as given.

    Reference:
        Linnainmaa, "Taylor expansion of the accumulated rounding error", BIT 16, 1976
        (reverse mode of automatic differentiation).

    Example:
        >>> a, b, c = Node(5.0), Node(3.0), Node(2.0)
        >>> J = 3 * (a + b * c)
        >>> J.backward()
        >>> J.value, a.grad, b.grad, c.grad
        (33.0, 3.0, 6.0, 9.0)
    """

    def __init__(self, value, parents=()):
        self.value = float(value)
        if math.isnan(self.value):
            raise ValueError("value: expected a number; got NaN")
        self.grad = 0.0
        self.parents = tuple(parents)

    def __add__(self, other):
        """Sum with a node or a number; each term has slope 1."""
        other = self._as_node(other)
        return type(self)(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        """Product with a node or a number; the slope of each factor is the other factor."""
        other = self._as_node(other)
        return type(self)(self.value * other.value, ((self, other.value), (other, self.value)))

    # number + node and number * node: Python asks the right operand after the left has declined
    __radd__ = __add__
    __rmul__ = __mul__

    def square(self):
        """The square, with slope 2x."""
        return type(self)(self.value**2, ((self, 2 * self.value),))

    def sqrt(self):
        """The square root of a positive value, with slope 1 / (2 √x)."""
        if self.value <= 0:
            raise ValueError(
                f"value: expected above 0 for a square root with a slope, got {self.value}"
            )
        root = math.sqrt(self.value)
        return type(self)(root, ((self, 1 / (2 * root)),))

    def sin(self):
        """The sine (radians), with slope cos x."""
        return type(self)(math.sin(self.value), ((self, math.cos(self.value)),))

    def backward(self):
        """Fill `grad` of every node that this one was made from (and of this one, with 1)."""
        order = topological_order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        # from the result to the inputs: a node passes its grad on only once it is complete
        for node in reversed(order):
            for parent, slope in node.parents:
                parent.grad += node.grad * slope

    def _as_node(self, other):
        return other if isinstance(other, Node) else type(self)(other)

    def __repr__(self):
        """Value and derivative, for the eye."""
        return f"Node(value={self.value:.4g}, grad={self.grad:.4g})"


def topological_order(root):
    """Every node that root was made from, and root, each after all of its parents.

    Args:
        root: a `Node` (anything whose `parents` are pairs that begin with a node).

    Returns:
        List of nodes without repetition, root last.

    Example:
        >>> a = Node(2.0)
        >>> b = a.square()
        >>> topological_order(a + b)[:2] == [a, b]
        True
    """
    order, seen = [], set()
    # a list instead of recursion, because a long chain of nodes would exceed Python's stack
    waiting = [(root, False)]
    while waiting:
        node, parents_done = waiting.pop()
        if parents_done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting.extend((parent, False) for parent, _ in reversed(node.parents))
    return order


def wave_and_slope(x):
    """The function 2·sin(x²) + √(5x), composed of nodes, and its derivative from `backward`.

    Args:
        x: where to evaluate it, a number > 0.

    Returns:
        Tuple (value, slope) of floats.

    Example:
        >>> value, slope = wave_and_slope(2.0)
        >>> round(value, 4), round(slope, 4)
        (1.6487, -4.4386)
    """
    x = Node(x)
    wave = 2 * x.square().sin() + (5 * x).sqrt()
    wave.backward()
    return wave.value, x.grad
