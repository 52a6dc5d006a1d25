"""Exercises of c1w1 about the graph of J = 3(a + bc): forward and backward by hand."""

import numpy as np

from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import graph


def j_of(a, b, c):
    """The example of the course, in one line."""
    return 3 * (a + b * c)


@exercise(points=1, reference=graph.graph_forward)
class GraphForward:
    """Forward pass through the graph of J = 3(a + bc)."""

    hints = (
        "Three boxes, one line of code each: first the product, then the sum, then the factor 3.",
        "u = bc, v = a + u, J = 3v.",
        "`u = b * c`, `v = a + u`, `J = 3 * v`, `return u, v, J`.",
    )

    def test_golden_numbers(self, graph_forward):
        """With a = 5, b = 3, c = 2 come u = 6, v = 11, J = 33."""
        assert_close(graph_forward(5.0, 3.0, 2.0), (6.0, 11.0, 33.0), "(u, v, J)")

    def test_other_numbers(self, graph_forward, rng):
        """Other inputs, negative ones too, agree with the formula in one line."""
        a, b, c = rng.uniform(-4, 4, 3).tolist()
        expected = (b * c, a + b * c, j_of(a, b, c))
        assert_close(graph_forward(a, b, c), expected, "(u, v, J)")

    @mistake("u is the product of b and c, not their sum.")
    def adds_b_and_c(a, b, c):
        u = b + c
        return u, a + u, 3 * (a + u)

    @mistake("The 3 multiplies the whole sum v = a + u: J = 3v, and not 3a + u.")
    def loses_the_parentheses(a, b, c):
        u = b * c
        return u, a + u, 3 * a + u

    @mistake("v is the sum of a and u, not their product.")
    def multiplies_a_and_u(a, b, c):
        u = b * c
        return u, a * u, 3 * a * u

    @mistake("The factor 3 is missing from J.")
    def forgets_the_three(a, b, c):
        u = b * c
        return u, a + u, a + u

    @mistake(
        "Only J comes back; the backward pass wants the intermediate values too: return u, v, J."
    )
    def gives_j_only(a, b, c):
        return 3 * (a + b * c)

    @mistake("All values are right, but in the wrong order: return u, v, J.")
    def turns_the_order_round(a, b, c):
        u = b * c
        return 3 * (a + u), a + u, u


@exercise(points=2, reference=graph.graph_backward)
class GraphBackward:
    """Backward pass through the graph of J = 3(a + bc)."""

    hints = (
        "Walk from J to the inputs. Each box multiplies what arrives from the right by its own "
        "derivative. What is the derivative of bc with respect to b?",
        "dv = 3; du = dv · 1 and da = dv · 1 (a sum passes on what it gets); db = du · c and "
        "dc = du · b (a product multiplies by the other factor).",
        "`dv = 3.0`, `du = dv`, `da = dv`, `db = du * c`, `dc = du * b`; "
        '`return {"dv": dv, "du": du, "da": da, "db": db, "dc": dc}`.',
    )

    def test_golden_numbers(self, graph_backward):
        """At a = 5, b = 3, c = 2 the derivatives are dv 3, du 3, da 3, db 6, dc 9."""
        expected = {"dv": 3, "du": 3, "da": 3, "db": 6, "dc": 9}
        assert_close(graph_backward(5.0, 3.0, 2.0), expected, "the derivatives")

    def test_against_differences(self, graph_backward, rng):
        """At random inputs da, db and dc agree with what happens to J when an input is nudged."""
        point = rng.uniform(-4, 4, 3)
        found = graph_backward(*point.tolist())
        for i, key in enumerate(("da", "db", "dc")):
            nudge = 1e-3 * np.eye(3)[i]
            # J is linear in each single input, so the difference is exact up to rounding
            slope = (j_of(*(point + nudge)) - j_of(*(point - nudge))) / 2e-3
            assert abs(found[key] - slope) < 1e-6, (
                f"{key} is {found[key]:.6g}, but nudging {key[1]} changes J at the rate {slope:.6g}"
            )

    def test_whole_dictionary(self, graph_backward, rng):
        """All five derivatives are there, as numbers."""
        a, b, c = rng.uniform(1, 4, 3).tolist()
        expected = {"dv": 3, "du": 3, "da": 3, "db": 3 * c, "dc": 3 * b}
        assert_close(graph_backward(a, b, c), expected, "the derivatives")

    @mistake(
        "db and dc are exchanged: the derivative of bc with respect to b is the other factor, c."
    )
    def multiplies_by_its_own_value(a, b, c):
        return {"dv": 3.0, "du": 3.0, "da": 3.0, "db": 3 * b, "dc": 3 * c}

    @mistake(
        "db and dc are only the product's own derivatives. Multiply them by what arrives from "
        "behind, du."
    )
    def forgets_what_arrives(a, b, c):
        return {"dv": 3.0, "du": 3.0, "da": 3.0, "db": c, "dc": b}

    @mistake("A product is no sum: db is du times c, and dc is du times b.")
    def passes_through_the_product(a, b, c):
        return {"dv": 3.0, "du": 3.0, "da": 3.0, "db": 3.0, "dc": 3.0}

    @mistake(
        "J = 3v changes three times as fast as v, so dv is 3 and everything before it follows."
    )
    def forgets_the_three(a, b, c):
        return {"dv": 1.0, "du": 1.0, "da": 1.0, "db": c, "dc": b}

    @mistake(
        "You multiply da by the value of a. A sum passes on what it gets, unchanged: da = dv · 1."
    )
    def multiplies_da_by_a(a, b, c):
        return {"dv": 3.0, "du": 3.0, "da": 3 * a, "db": 3 * c, "dc": 3 * b}

    @mistake(
        "Along a path derivatives are multiplied, not added: db = du · c, because b acts through u."
    )
    def adds_along_the_path(a, b, c):
        return {"dv": 3.0, "du": 4.0, "da": 4.0, "db": 4 + c, "dc": 4 + b}

    @mistake("The derivatives go under the keys dv, du, da, db and dc (dv stands for dJ/dv).")
    def names_the_keys_differently(a, b, c):
        return {"dJ/dv": 3.0, "dJ/du": 3.0, "dJ/da": 3.0, "dJ/db": 3 * c, "dJ/dc": 3 * b}
