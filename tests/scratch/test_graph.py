"""Golden numbers of J = 3(a + bc), and derivatives against central differences."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcourse.scratch.graph import (
    Node,
    graph_backward,
    graph_forward,
    topological_order,
    wave_and_slope,
)

numbers = st.floats(-10, 10)
positive = st.floats(0.1, 3)


def slope(function, x, epsilon=1e-6):
    """Central difference."""
    return (function(x + epsilon) - function(x - epsilon)) / (2 * epsilon)


def close(actual, expected):
    return abs(actual - expected) / (abs(actual) + abs(expected) + 1e-12) < 1e-7


def test_golden_numbers_of_the_course():
    assert graph_forward(5.0, 3.0, 2.0) == (6.0, 11.0, 33.0)
    assert graph_backward(5.0, 3.0, 2.0) == {"dv": 3, "du": 3, "da": 3, "db": 6, "dc": 9}


@given(numbers, numbers, numbers)
def test_the_node_agrees_with_the_calculation_by_hand(a, b, c):
    nodes = [Node(a), Node(b), Node(c)]
    J = 3 * (nodes[0] + nodes[1] * nodes[2])
    J.backward()
    by_hand = graph_backward(a, b, c)
    assert J.value == pytest.approx(graph_forward(a, b, c)[2])
    assert [n.grad for n in nodes] == pytest.approx([by_hand[k] for k in ("da", "db", "dc")])
    assert J.grad == 1.0


@pytest.mark.parametrize(
    ("name", "function"), [("square", lambda x: x * x), ("sqrt", math.sqrt), ("sin", math.sin)]
)
@given(x=positive)
def test_slopes_of_the_functions_of_one_number(name, function, x):
    node = Node(x)
    result = getattr(node, name)()
    result.backward()
    # a power and a product may round differently in the last of 53 bits
    assert result.value == pytest.approx(function(x), rel=2**-51)
    assert node.grad == pytest.approx(slope(function, x), rel=1e-6, abs=1e-8)


def test_a_node_used_twice_adds_up_both_ways():
    x = Node(3.0)
    (x * x + x).backward()
    assert x.grad == 7.0


def test_a_shared_node_waits_until_its_gradient_is_complete():
    # y = x², z = y·y + sin y: y must have both contributions before it passes anything on
    x = Node(1.5)
    y = x.square()
    (y * y + y.sin()).backward()
    assert close(x.grad, slope(lambda t: t**4 + math.sin(t**2), 1.5))


def test_calling_backward_again_does_not_add_up():
    x = Node(3.0)
    z = x.square() + 1
    z.backward()
    z.backward()
    assert x.grad == 6.0


def test_numbers_may_stand_on_either_side():
    x = Node(3.0)
    assert [(x + 2).value, (2 + x).value, (x * 2).value, (2 * x).value] == [5, 5, 6, 6]


def test_a_long_chain_does_not_exceed_the_stack():
    x = Node(1.0)
    total = x
    for _ in range(5000):
        total = total + x
    total.backward()
    assert x.grad == 5001.0


def test_parents_come_first():
    x = Node(2.0)
    y = x.square()
    z = (y + x) * y
    order = topological_order(z)
    assert order[-1] is z and len(order) == 4
    for node in order:
        assert all(order.index(parent) < order.index(node) for parent, _ in node.parents)


@given(positive)
def test_wave_against_its_formula(x):
    value, derivative = wave_and_slope(x)
    assert value == pytest.approx(2 * math.sin(x**2) + math.sqrt(5 * x), rel=1e-12)
    formula = 4 * x * math.cos(x**2) + 5 / (2 * math.sqrt(5 * x))
    assert derivative == pytest.approx(formula, rel=1e-9, abs=1e-12)


def test_square_root_wants_a_positive_number():
    with pytest.raises(ValueError, match="value: expected above 0"):
        Node(0.0).sqrt()
