"""The exercises of c1w3 on the hidden layer: why it bends, why units differ, why they stall."""

import numpy as np
import pytest

from dlcourse.exercises.c1w3.oracle import random_network
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import hidden_units


@exercise(points=1, reference=hidden_units.compose_linear)
class ComposeLinear:
    """Two linear layers written as one."""

    hints = (
        "Write out W2 (W1 x + b1) + b2 and multiply the bracket. What stands in front of x?",
        "W = W2 W1 and b = W2 b1 + b2.",
        "return W2 @ W1, W2 @ b1 + b2",
    )

    def test_by_hand(self, compose_linear):
        """Two layers with two units, calculated by hand."""
        W1, b1 = np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[1.0], [-1.0]])
        W2, b2 = np.array([[1.0, 0.0], [3.0, 1.0]]), np.array([[0.5], [0.0]])
        expected = (np.array([[1.0, 2.0], [3.0, 7.0]]), np.array([[1.5], [2.0]]))
        assert_close(compose_linear(W1, b1, W2, b2), expected, "(W, b)")

    def test_same_outputs(self, compose_linear, rng):
        """For random inputs the one layer says what the two said."""
        shapes = ((4, 3), (4, 1), (2, 4), (2, 1), (3, 6))
        W1, b1, W2, b2, X = (rng.standard_normal(shape) for shape in shapes)
        W, b = compose_linear(W1, b1, W2, b2)
        hidden = np.einsum("ij,jk->ik", W1, X) + b1
        expected = np.einsum("ij,jk->ik", W2, hidden) + b2
        assert np.shape(W) == (2, 3), f"W: expected the shape (2, 3), got {np.shape(W)}"
        assert_close(np.einsum("ij,jk->ik", W, X) + b, expected, "W x + b")

    @mistake(
        "The matrices are multiplied in the wrong order. W1 touches x first, so it stands on the "
        "right: W2 @ W1."
    )
    def wrong_order(W1, b1, W2, b2):
        return W1 @ W2, W2 @ b1 + b2

    @mistake("The first bias passes through the second layer as well: it becomes W2 b1.")
    def biases_added(W1, b1, W2, b2):
        return W2 @ W1, b1 + b2

    @mistake("The bias of the second layer is lost: b = W2 b1 + b2.")
    def second_bias_lost(W1, b1, W2, b2):
        return W2 @ W1, W2 @ b1

    @mistake("The bias of the first layer is lost. It passes through W2 and is added to b2.")
    def first_bias_lost(W1, b1, W2, b2):
        return W2 @ W1, b2

    @mistake("* multiplies entry by entry. The product of two layers is the matrix product, @.")
    def entry_by_entry(W1, b1, W2, b2):
        return W2 * W1, W2 @ b1 + b2


@exercise(points=1, reference=hidden_units.hidden_unit_spread)
class HiddenUnitSpread:
    """How much the hidden units differ: the measure of symmetry."""

    hints = (
        "All numbers that belong to hidden unit 1 are: row 1 of W1, entry 1 of b1, and what else?",
        "Stack them, one row per unit: [W1, b1, W2ᵀ]. In each column take the largest minus the "
        "smallest; the spread is the largest of these.",
        'units = np.hstack([parameters["W1"], parameters["b1"], parameters["W2"].T]); then '
        "float(np.max(units.max(axis=0) - units.min(axis=0)))",
    )

    @pytest.mark.parametrize("name", ["W1", "b1", "W2"])
    def test_identical_but_for_one_number(self, hidden_unit_spread, name):
        """Units that are equal have spread 0; one changed number anywhere is noticed."""
        parameters = {"W1": np.ones((3, 2)), "b1": np.ones((3, 1)), "W2": np.ones((1, 3))}
        assert_close(hidden_unit_spread(parameters), 0.0, "the spread of equal units")
        changed = {**parameters, name: parameters[name].copy()}
        changed[name][-1, -1] -= 2.5
        assert_close(hidden_unit_spread(changed), 2.5, f"the spread after a change in {name}")

    def test_all_pairs(self, hidden_unit_spread, rng):
        """For random units it is the largest difference that any pair of them has anywhere."""
        parameters = random_network(rng, n_x=3, n_h=5)
        units = [
            [*parameters["W1"][j], parameters["b1"][j, 0], parameters["W2"][0, j]] for j in range(5)
        ]
        largest = max(abs(p - q) for u in units for v in units for p, q in zip(u, v, strict=True))
        assert_close(hidden_unit_spread(parameters), float(largest), "the spread")

    @mistake("You only compare the weights that go in. Units also differ by b1 and by W2.")
    def only_w1(parameters):
        return float(np.max(np.ptp(parameters["W1"], axis=0)))

    @mistake("The outgoing weights are missing: unit j also owns column j of W2.")
    def without_w2(parameters):
        return float(np.max(np.ptp(np.hstack([parameters["W1"], parameters["b1"]]), axis=0)))

    @mistake(
        "You compare the numbers of one unit with each other. Compare the same number of "
        "different units: along axis=0, when each unit is a row."
    )
    def within_a_unit(parameters):
        units = np.hstack([parameters["W1"], parameters["b1"], parameters["W2"].T])
        return float(np.max(np.ptp(units, axis=1)))

    @mistake(
        "A standard deviation is an average difference. Asked is the largest one, maximum minus "
        "minimum."
    )
    def standard_deviation(parameters):
        units = np.hstack([parameters["W1"], parameters["b1"], parameters["W2"].T])
        return float(np.max(units.std(axis=0)))

    @mistake(
        "You compare every unit with the first one only, and without the absolute value. Two "
        "other units may differ more."
    )
    def compared_with_the_first(parameters):
        units = np.hstack([parameters["W1"], parameters["b1"], parameters["W2"].T])
        return float(np.max(units - units[0]))


@exercise(points=1, reference=hidden_units.fraction_saturated)
class FractionSaturated:
    """The share of tanh activations that have stopped learning."""

    hints = (
        "tanh is flat at both ends. When does a number lie near -1 or near 1?",
        "The share of entries with |a| > limit.",
        "return float(np.mean(np.abs(A) > limit))",
    )

    def test_by_hand(self, fraction_saturated):
        """Of the six activations in a matrix three are beyond ±0.99."""
        A = np.array([[-1.0, -0.995, 0.999], [0.98, 0.0, 0.5]])
        assert_close(fraction_saturated(A), 0.5, "the share")

    def test_limit(self, fraction_saturated):
        """Another limit counts others: three of four activations are beyond ±0.5."""
        A = np.array([[-0.6, 0.7, 0.991, 0.1]])
        assert_close(fraction_saturated(A, 0.5), 0.75, "the share")

    def test_larger_weights_saturate_more(self, fraction_saturated, rng):
        """Of tanh of 100 times larger numbers, hardly any activation is still free."""
        z = rng.uniform(0.1, 1.0, (4, 50)) * rng.choice([-1.0, 1.0], (4, 50))
        assert_close(fraction_saturated(np.tanh(z)), 0.0, "the share for small z")
        assert_close(fraction_saturated(np.tanh(100 * z)), 1.0, "the share for large z")

    @mistake("Activations near -1 are saturated as well: compare the absolute value.")
    def only_positive(A, limit=0.99):
        return float(np.mean(limit < A))

    @mistake("You count the saturated activations. Asked is their share, between 0 and 1.")
    def counted(A, limit=0.99):
        return float(np.sum(np.abs(A) > limit))

    @mistake("The limit is always 0.99. Use the argument.")
    def fixed_limit(A, limit=0.99):
        return float(np.mean(np.abs(A) > 0.99))

    @mistake("That is the share that is still free. Saturated are those beyond the limit.")
    def share_of_the_others(A, limit=0.99):
        return float(np.mean(np.abs(A) <= limit))

    @mistake("You give one share for each unit. Asked is one number for all activations.")
    def per_unit(A, limit=0.99):
        return np.mean(np.abs(A) > limit, axis=1)
