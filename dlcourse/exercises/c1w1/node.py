"""Exercises of c1w1 about a node that finds derivatives by itself."""

import math

import pytest

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import graph


def slope_of(function, x, epsilon=1e-5):
    """Central difference of a function of one number."""
    return (function(x + epsilon) - function(x - epsilon)) / (2 * epsilon)


@exercise(points=4, reference=graph.Node)
class AutomaticNode:
    """A number that remembers how it was made and finds derivatives by itself."""

    hints = (
        "Each operation makes a new node and tells it its parents, each with one slope. And "
        "`backward` needs nothing but these slopes and the chain rule.",
        "Slopes: sum 1 and 1; product the other factor; x² has 2x; √x has 1/(2√x); sin x has cos "
        "x. Backward: set every grad to 0 and this one to 1; then, from the result to the inputs, "
        "parent.grad += node.grad · slope.",
        "`for node in reversed(order): for parent, slope in node.parents: "
        "parent.grad += node.grad * slope`, with `order = topological_order(self)`.",
    )

    def test_golden_numbers(self, Node):
        """J = 3(a + bc) at 5, 3, 2 gives 33, and the derivatives 3, 6 and 9."""
        a, b, c = Node(5.0), Node(3.0), Node(2.0)
        J = (a + b * c) * 3
        J.backward()
        assert_close(J.value, 33.0, "J.value")
        assert_close((a.grad, b.grad, c.grad), (3.0, 6.0, 9.0), "(a.grad, b.grad, c.grad)")
        assert_close(J.grad, 1.0, "J.grad")

    def test_numbers_on_either_side(self, Node):
        """Plain numbers may stand on the left or the right of + and *."""
        x = Node(3.0)
        values = ((x + 2).value, (2 + x).value, (x * 4).value, (4 * x).value)
        assert_close(values, (5.0, 5.0, 12.0, 12.0), "(x+2, 2+x, x*4, 4*x)")

    @pytest.mark.parametrize(
        ("name", "function"),
        [("square", lambda x: x * x), ("sqrt", math.sqrt), ("sin", math.sin)],
        ids=["square", "sqrt", "sin"],
    )
    def test_functions_of_one_number(self, Node, rng, name, function):
        """Square, sqrt and sin give the right value, and the slope that a small nudge shows."""
        x = float(rng.uniform(0.5, 3))
        node = Node(x)
        result = getattr(node, name)()
        result.backward()
        assert_close(result.value, function(x), f"Node({x:.4f}).{name}().value")
        assert_close(node.grad, slope_of(function, x), f"grad at {x:.4f}", tolerance=1e-6)

    def test_a_node_used_twice(self, Node):
        """A node that is used twice adds up what comes back along both ways: x·x + x at 3."""
        x = Node(3.0)
        (x * x + x).backward()
        assert_close(x.grad, 7.0, "x.grad")

    def test_a_shared_intermediate_node(self, Node, rng):
        """With y = x² used twice in y·y + sin y, y passes its grad on once, when it is complete."""
        start = float(rng.uniform(0.5, 1.5))
        x = Node(start)
        y = x.square()
        (y * y + y.sin()).backward()
        expected = slope_of(lambda t: t**4 + math.sin(t * t), start)
        assert_close(x.grad, expected, f"x.grad at {start:.4f}", tolerance=1e-6)

    def test_backward_twice(self, Node):
        """Calling backward again gives the same derivatives, not twice as much."""
        x = Node(3.0)
        z = x.square() + 1
        z.backward()
        z.backward()
        assert_close(x.grad, 6.0, "x.grad after the second backward()")

    @mistake(
        "parent.grad = … overwrites what came along another way. A node used twice gets the sum: "
        "parent.grad += …"
    )
    class Overwrites(graph.Node):
        def backward(self):
            self.grad = 1.0
            for node in reversed(graph.topological_order(self)):
                for parent, slope in node.parents:
                    parent.grad = node.grad * slope

    @mistake("The slope of a product with respect to one factor is the other factor, not itself.")
    class TakesItsOwnFactor(graph.Node):
        def __mul__(self, other):
            other = other if isinstance(other, graph.Node) else type(self)(other)
            parents = ((self, self.value), (other, other.value))
            return type(self)(self.value * other.value, parents)

        __rmul__ = __mul__

    @mistake(
        "node + 2 works but 2 + node does not: there Python asks the node on the right, through "
        "__radd__ and __rmul__. Sums and products may be turned round: __radd__ = __add__."
    )
    class RefusesNumbersOnTheLeft(graph.Node):
        def __radd__(self, other):
            return NotImplemented

        __rmul__ = __radd__

    @mistake(
        "Every grad is 0: nothing sets the grad of the node itself to 1 (dJ/dJ = 1) before the "
        "loop."
    )
    class NeverStarts(graph.Node):
        def backward(self):
            pass

    @mistake(
        "Grads of an earlier backward() are still there and are added to. Set every grad to 0 "
        "first."
    )
    class NeverResets(graph.Node):
        def backward(self):
            self.grad = 1.0
            for node in reversed(graph.topological_order(self)):
                for parent, slope in node.parents:
                    parent.grad += node.grad * slope

    @mistake("The slope of x² is 2x: the factor 2 is missing.")
    class HalvesTheSlopeOfTheSquare(graph.Node):
        def square(self):
            return type(self)(self.value**2, ((self, self.value),))

    @mistake("The slope of √x is 1/(2√x): the factor 2 is missing.")
    class DoublesTheSlopeOfTheRoot(graph.Node):
        def sqrt(self):
            root = math.sqrt(self.value)
            return type(self)(root, ((self, 1 / root),))

    @mistake("The slope of sin x is cos x, without a minus sign (that one belongs to cos).")
    class FlipsTheSlopeOfTheSine(graph.Node):
        def sin(self):
            return type(self)(math.sin(self.value), ((self, -math.cos(self.value)),))

    @mistake(
        "You add the slope alone. The chain rule multiplies it by what has arrived at the node: "
        "node.grad * slope."
    )
    class ForgetsTheChainRule(graph.Node):
        def backward(self):
            order = graph.topological_order(self)
            for node in order:
                node.grad = 0.0
            self.grad = 1.0
            for node in reversed(order):
                for parent, slope in node.parents:
                    parent.grad += slope

    @mistake(
        "You start at the inputs, where every grad is still 0. Go from the result to the inputs: "
        "reversed(order)."
    )
    class StartsAtTheInputs(graph.Node):
        def backward(self):
            order = graph.topological_order(self)
            for node in order:
                node.grad = 0.0
            self.grad = 1.0
            for node in order:
                for parent, slope in node.parents:
                    parent.grad += node.grad * slope

    @mistake(
        "A node passes its grad on before all contributions have arrived, and then again. Visit "
        "every node once, in the reversed topological order."
    )
    class PassesOnTooEarly(graph.Node):
        def backward(self):
            for node in graph.topological_order(self):
                node.grad = 0.0
            self.grad = 1.0
            waiting = [self]
            while waiting:
                node = waiting.pop()
                for parent, slope in node.parents:
                    parent.grad += node.grad * slope
                    waiting.append(parent)


def wave(x):
    """The function of the exercise, in one line."""
    return 2 * math.sin(x * x) + math.sqrt(5 * x)


@exercise(points=1, reference=graph.wave_and_slope)
class WaveAndSlope:
    """2·sin(x²) + √(5x), composed of nodes, and its slope."""

    hints = (
        "Read the formula from the inside out: which operation is applied to x first in either "
        "term? Which method of the result gives the slope?",
        "2·sin(x²) is x.square(), then sin(), then times 2; √(5x) is 5 times x, then sqrt(); add "
        "them and call backward(): the slope is x.grad.",
        "`x = Node(x)`, `y = 2 * x.square().sin() + (5 * x).sqrt()`, `y.backward()`, "
        "`return y.value, x.grad`.",
    )

    @pytest.mark.parametrize("x", [0.5, 1.0, 2.0, 3.0])
    def test_value_and_slope(self, wave_and_slope, x):
        """Value and slope at 0.5, 1, 2 and 3 agree with the formula and with a small nudge."""
        value, slope = wave_and_slope(x)
        assert_close(value, wave(x), f"the value at {x}")
        assert_close(slope, slope_of(wave, x), f"the slope at {x}", tolerance=1e-6)

    def test_tangent(self, wave_and_slope, rng):
        """Close to a random point the curve follows its tangent."""
        x = float(rng.uniform(0.5, 2.5))
        value, slope = wave_and_slope(x)
        assert_close(value + 1e-5 * slope, wave(x + 1e-5), "value + slope/10⁵")

    @mistake("sin(x²) squares x first. You square the sine.")
    def squares_the_sine(x):
        x = graph.Node(x)
        y = 2 * x.sin().square() + (5 * x).sqrt()
        y.backward()
        return y.value, x.grad

    @mistake("√(5x) has the 5 under the root. You take √x and multiply it by 5.")
    def leaves_the_five_outside(x):
        x = graph.Node(x)
        y = 2 * x.square().sin() + 5 * x.sqrt()
        y.backward()
        return y.value, x.grad

    @mistake("The factor 2 in front of the sine is missing.")
    def forgets_the_two(x):
        x = graph.Node(x)
        y = x.square().sin() + (5 * x).sqrt()
        y.backward()
        return y.value, x.grad

    @mistake("The 2 multiplies only the sine, not the root.")
    def doubles_everything(x):
        x = graph.Node(x)
        y = 2 * (x.square().sin() + (5 * x).sqrt())
        y.backward()
        return y.value, x.grad

    @mistake(
        "The chain rule is incomplete: sin(x²) also needs the slope 2x of x², and √(5x) the slope "
        "5 of 5x. backward() does this for you."
    )
    def forgets_the_inner_slopes(x):
        return wave(x), 2 * math.cos(x * x) + 1 / (2 * math.sqrt(5 * x))

    @mistake("The slope is 0: call backward() on the result before you read x.grad.")
    def never_calls_backward(x):
        return wave(x), 0.0

    @mistake("You give back the grad of the result, which is always 1. The slope is x.grad.")
    def reads_the_wrong_grad(x):
        return wave(x), 1.0
