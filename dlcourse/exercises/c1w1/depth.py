"""Exercises of c1w1 about depth: XOR by a hidden layer, parity by a tree."""

import itertools
import math

import numpy as np
import pytest

from dlcourse.grading import assert_close, assert_shape, exercise, mistake
from dlcourse.scratch import depth

BITS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])


def step(z):
    """The step activation, for the wrong implementations below."""
    return np.heaviside(z, 1.0)


def corner_and_middle_points(rng):
    """Pairs of points and their mid-points, three arrays of shape (2, 46)."""
    pairs = list(itertools.combinations(range(4), 2))
    P = np.hstack([BITS[:, [i for i, _ in pairs]], rng.uniform(-1, 2, (2, 40))])
    Q = np.hstack([BITS[:, [j for _, j in pairs]], rng.uniform(-1, 2, (2, 40))])
    return P, Q, (P + Q) / 2


@exercise(points=2, reference=depth.xor_network)
class XorNetwork:
    """XOR by two hidden step units and one output step unit."""

    hints = (
        "Find two lines such that XOR is 1 exactly between them. Which logical functions of the "
        "bits do the two lines stand for?",
        'h₁ = step(x₁ + x₂ − 0.5) is OR, h₂ = step(x₁ + x₂ − 1.5) is AND, and XOR is "OR but not '
        'AND": step(h₁ − h₂ − 0.5).',
        "`H = step(np.array([[1, 1], [1, 1]]) @ X + np.array([[-0.5], [-1.5]]))`, then "
        "`return H, step(np.array([[1, -1]]) @ H - 0.5)`.",
    )

    def test_truth_table(self, xor_network):
        """The output is 1 where exactly one of the two bits is 1."""
        H, Y = xor_network(BITS)
        assert_close(Y, np.array([[0, 1, 1, 0]]), "the output for 00, 01, 10, 11")
        assert_shape(H, (2, 4), "the hidden layer")

    def test_any_order(self, xor_network, rng):
        """Many pairs of bits at once, in any order, give one output each."""
        X = rng.integers(0, 2, (2, 25)).astype(float)
        _, Y = xor_network(X)
        assert_close(Y, np.array([[int(a != b) for a, b in X.T]]), "the output")

    def test_hidden_units_are_neurons(self, xor_network, rng):
        """Each hidden unit is 0 or 1 and splits the plane along one straight line."""
        P, Q, middle = corner_and_middle_points(rng)
        H, _ = xor_network(np.hstack([P, Q, middle]))
        assert_shape(H, (2, 3 * P.shape[1]), "the hidden layer")
        assert set(H.ravel().tolist()) <= {0, 1}, "hidden units should be steps: 0 or 1"
        at_p, at_q, between = np.hsplit(H, 3)
        assert (between == at_p)[at_p == at_q].all(), (
            "a hidden unit gives the same answer at two points but another one half-way between "
            "them, so it is no step of a weighted sum w·x + b"
        )

    def test_output_unit_is_a_neuron(self, xor_network, rng):
        """The output depends on the hidden units alone and splits them along one line."""
        H, Y = xor_network(np.hstack([BITS, rng.uniform(-3, 4, (2, 200))]))
        answers = {}
        for h1, h2, y in zip(*H.tolist(), *Y.tolist(), strict=True):
            answers.setdefault((h1, h2), set()).add(y)
        assert all(len(a) == 1 for a in answers.values()), (
            "the same hidden units lead to different outputs: the output may use H only"
        )
        table = [answers.get(h) for h in ((0, 0), (1, 1), (0, 1), (1, 0))]
        assert None in table or not (table[0] == table[1] != table[2] == table[3]), (
            "your output unit computes XOR of the hidden units, which one neuron cannot do: let "
            "the hidden units do more of the work"
        )

    @mistake(
        "Your output fires for 11 too: it computes OR. Give the AND unit a negative weight, so "
        "that it can veto."
    )
    def lets_and_add_up(X):
        H = step(np.ones((2, 2)) @ X + np.array([[-0.5], [-1.5]]))
        return H, step(np.ones((1, 2)) @ H - 0.5)

    @mistake(
        "Your AND unit already fires for a single 1 (1 + 0 − 1 = 0, and the step of 0 is 1), so "
        "both hidden units are OR. Its bias must lie between −2 and −1, such as −1.5."
    )
    def sets_the_and_threshold_too_low(X):
        H = step(np.ones((2, 2)) @ X + np.array([[-0.5], [-1.0]]))
        return H, step(np.array([[1.0, -1.0]]) @ H - 0.5)

    @mistake(
        "Your hidden units are not stepped. Without an activation, two layers collapse into one "
        "line, and one line cannot make XOR."
    )
    def forgets_the_hidden_step(X):
        H = np.ones((2, 2)) @ X + np.array([[-0.5], [-1.5]])
        return H, step(np.array([[1.0, -1.0]]) @ H - 0.5)

    @mistake("The output unit lacks its step: it should give 0 or 1, not a weighted sum.")
    def forgets_the_output_step(X):
        H = step(np.ones((2, 2)) @ X + np.array([[-0.5], [-1.5]]))
        return H, np.array([[1.0, -1.0]]) @ H - 0.5

    @mistake(
        "Your hidden units copy the bits and the output compares them, but no neuron can compare: "
        "it only takes a step of a weighted sum. Use OR and AND as hidden units."
    )
    def compares_the_bits(X):
        H = step(X - 0.5)
        return H, (H[:1] != H[1:]).astype(float)

    @mistake("Your output is 1 for equal bits: that is the opposite of XOR. Swap the signs.")
    def gives_the_opposite(X):
        H = step(np.ones((2, 2)) @ X + np.array([[-0.5], [-1.5]]))
        return H, step(np.array([[-1.0, 1.0]]) @ H + 0.5)

    @mistake("Hidden units and output come in the wrong order: return H, Y.")
    def swaps_the_results(X):
        H = step(np.ones((2, 2)) @ X + np.array([[-0.5], [-1.5]]))
        return step(np.array([[1.0, -1.0]]) @ H - 0.5), H


def all_patterns(n):
    """Every pattern of n bits as a column, (n, 2^n)."""
    return np.array(list(itertools.product([0.0, 1.0], repeat=n))).T


@exercise(points=2, reference=depth.parity_tree)
class ParityTree:
    """Parity of n bits by a tree of XORs of depth ⌈log₂ n⌉."""

    hints = (
        "Think of a knock-out tournament: pairs meet, winners go on. What happens to the one who "
        "has no opponent, and how many rounds does it take?",
        "One level: rows 0, 2, 4, … meet rows 1, 3, 5, …; the XOR of two bits is (a + b) mod 2; a "
        "row left over moves on unchanged. Repeat until one row is left, counting the levels.",
        "`half = len(X) // 2`, `pairs = (X[0:2*half:2] + X[1:2*half:2]) % 2`, "
        "`X = np.concatenate([pairs, X[2*half:]])` and `depth += 1`, while `len(X) > 1`.",
    )

    @pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6, 7])
    def test_every_pattern(self, parity_tree, n):
        """Every pattern of n bits gets its parity."""
        X = all_patterns(n)
        parity, _ = parity_tree(X)
        expected = np.array([[int(sum(column) % 2) for column in X.T]])
        assert_close(parity, expected, f"the parity of all patterns of {n} bits")

    @pytest.mark.parametrize(
        ("n", "levels"), [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (8, 3), (9, 4)]
    )
    def test_depth(self, parity_tree, n, levels):
        """The number of levels grows like the logarithm: 8 bits take 3, and 9 take 4."""
        _, found = parity_tree(np.ones((n, 1)))
        assert_close(found, levels, f"the depth for {n} bits")

    @mistake(
        "You take one bit after the other, a chain of n − 1 XORs, each waiting for the one before. "
        "Pair the bits up: all pairs of a level work at the same time."
    )
    def builds_a_chain(X):
        result = X[:1]
        for row in X[1:]:
            result = (result + row) % 2
        return result, len(X) - 1

    @mistake(
        "When a level has an odd number of rows, the last one gets lost. Let it move on to the "
        "next level unchanged."
    )
    def drops_the_row_left_over(X):
        levels = 0
        while len(X) > 1:
            half = len(X) // 2
            X, levels = (X[0 : 2 * half : 2] + X[1 : 2 * half : 2]) % 2, levels + 1
        return X, levels

    @mistake("Your tree computes OR: 1 and 1 must give 0. The XOR of two bits is (a + b) mod 2.")
    def takes_or_for_xor(X):
        _, levels = depth.parity_tree(X)
        return X.max(axis=0, keepdims=True), levels

    @mistake(
        "You round log₂(n) down, but a row left over still needs a level of its own: 3 bits take 2."
    )
    def rounds_the_depth_down(X):
        return X.sum(axis=0, keepdims=True) % 2, int(np.log2(len(X)))

    @mistake(
        "You count the input as a level. Count XORs on the way from a bit to the output: none for "
        "a single bit."
    )
    def counts_the_input_level(X):
        parity, levels = depth.parity_tree(X)
        return parity, levels + 1

    @mistake(
        "Adding all bits at once is right, but it is no tree of two-input XORs: the depth you give "
        "is not the number of levels, ⌈log₂ n⌉."
    )
    def sums_at_once(X):
        return X.sum(axis=0, keepdims=True) % 2, 1

    @mistake(
        "You fill up the last pair with a 1, which flips the parity. Fill up with 0, or not at all."
    )
    def pads_with_ones(X):
        levels = 0
        while len(X) > 1:
            if len(X) % 2:
                X = np.concatenate([X, np.ones((1, X.shape[1]))])
            X, levels = (X[0::2] + X[1::2]) % 2, levels + 1
        return X, levels


@exercise(points=1, reference=depth.parity_units)
class ParityUnits:
    """How many units parity takes: deep tree against one wide hidden layer."""

    hints = (
        "A knock-out tournament of n players has how many matches? And of all patterns of n bits, "
        "how many have an odd number of ones?",
        "Deep: n − 1 XORs of 3 units each. Shallow: 2^(n−1) odd patterns, one hidden unit each, "
        "and one output unit.",
        "`return 3 * (n - 1), 2 ** (n - 1) + 1`.",
    )

    @pytest.mark.parametrize(
        ("n", "expected"),
        [(2, (3, 3)), (3, (6, 5)), (4, (9, 9)), (10, (27, 513)), (20, (57, 524289))],
    )
    def test_by_hand(self, parity_units, n, expected):
        """The counts for 2, 3, 4, 10 and 20 bits."""
        assert_close(parity_units(n), expected, f"(deep, shallow) for {n} bits")

    def test_counted_one_by_one(self, parity_units, rng):
        """The counts agree with playing the tournament and listing the odd patterns."""
        n = int(rng.integers(5, 10))
        matches, left = 0, n
        while left > 1:
            matches, left = matches + left // 2, left - left // 2
        odd = sum(sum(pattern) % 2 for pattern in itertools.product([0, 1], repeat=n))
        assert_close(parity_units(n), (3 * matches, odd + 1), f"(deep, shallow) for {n} bits")

    @mistake(
        "You count all 2^n patterns in the hidden layer. Only those with an odd number of ones "
        "need a unit, and they are half of them."
    )
    def counts_even_patterns_too(n):
        return 3 * (n - 1), 2**n + 1

    @mistake("The output unit of the wide network is not counted: add 1.")
    def forgets_the_output_unit(n):
        return 3 * (n - 1), 2 ** (n - 1)

    @mistake("You count each XOR as one unit, but one unit cannot compute XOR: it takes three.")
    def counts_an_xor_as_one_unit(n):
        return n - 1, 2 ** (n - 1) + 1

    @mistake(
        "log₂ n is the depth of the tree. Its number of XORs is n − 1: each one takes one bit out "
        "of the game."
    )
    def takes_the_depth_for_the_size(n):
        return 3 * math.ceil(math.log2(n)), 2 ** (n - 1) + 1

    @mistake("Joining n bits takes n − 1 XORs, not n: two bits need a single one.")
    def counts_one_xor_too_many(n):
        return 3 * n, 2 ** (n - 1) + 1

    @mistake("Both counts are right, but in the other order: return deep, shallow.")
    def swaps_the_results(n):
        return 2 ** (n - 1) + 1, 3 * (n - 1)
