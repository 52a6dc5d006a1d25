"""Exercises of c1w4 about a network on paper: shapes, number of parameters, who decides what."""

from itertools import pairwise

import numpy as np

from dlcourse.exercises.c1w4.oracle import random_network
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import dense, memoization


def _shapes(layer_dims, W, b, Z):
    shapes = {}
    for k, (n_prev, n) in enumerate(pairwise(layer_dims), start=1):
        shapes |= {f"W{k}": W(n, n_prev), f"b{k}": b(n), f"Z{k}": Z(n), f"A{k}": Z(n)}
    return shapes


@exercise(points=2, reference=dense.layer_shapes)
class LayerShapes:
    """The shape that W, b, Z and A of every layer must have."""

    hints = (
        "Each of the m examples is a column, and each unit a row. Which of the four matrices know "
        "about examples at all?",
        "W[l]: (n[l], n[l-1]);  b[l]: (n[l], 1);  Z[l] and A[l]: (n[l], m).",
        'for l in range(1, len(layer_dims)): shapes[f"W{l}"] = (layer_dims[l], layer_dims[l - 1])',
    )

    def test_by_hand(self, layer_shapes):
        """The shapes of a 2-3-1 network with 5 examples agree with a list by hand."""
        expected = {
            "W1": (3, 2), "b1": (3, 1), "Z1": (3, 5), "A1": (3, 5),
            "W2": (1, 3), "b2": (1, 1), "Z2": (1, 5), "A2": (1, 5),
        }  # fmt: skip
        assert_close(layer_shapes([2, 3, 1], 5), expected, "the shapes")

    def test_single_layer(self, layer_shapes):
        """Logistic regression is a network with a single layer."""
        expected = {"W1": (1, 4), "b1": (1, 1), "Z1": (1, 7), "A1": (1, 7)}
        assert_close(layer_shapes([4, 1], 7), expected, "the shapes")

    def test_real_network(self, layer_shapes, rng):
        """Matrices of these shapes can be multiplied from layer to layer."""
        layer_dims = [int(n) for n in rng.integers(2, 9, 5)]
        m = int(rng.integers(10, 20))
        shapes, A = layer_shapes(layer_dims, m), np.zeros((layer_dims[0], m))
        for k in range(1, len(layer_dims)):
            for name in (f"W{k}", f"b{k}", f"Z{k}", f"A{k}"):
                assert isinstance(shapes, dict) and name in shapes, f"{name} is missing"
            W, b = np.zeros((layer_dims[k], len(A))), np.zeros((layer_dims[k], 1))
            A = W @ A + b
            assert_close(shapes[f"W{k}"], W.shape, f"the shape of W{k}")
            assert_close(shapes[f"b{k}"], b.shape, f"the shape of b{k}")
            assert_close(shapes[f"Z{k}"], A.shape, f"the shape of Z{k}")
            assert_close(shapes[f"A{k}"], A.shape, f"the shape of A{k}")

    @mistake(
        "W is transposed: with examples in columns, Z = W A needs as many columns of W as A "
        "has rows, so W[l] is (n[l], n[l-1])."
    )
    def transposed_weights(layer_dims, m):
        return _shapes(layer_dims, lambda n, p: (p, n), lambda n: (n, 1), lambda n: (n, m))

    @mistake(
        "The bias is given a column for each example. It has one column, which broadcasting "
        "adds to all m columns of WA."
    )
    def bias_per_example(layer_dims, m):
        return _shapes(layer_dims, lambda n, p: (n, p), lambda n: (n, m), lambda n: (n, m))

    @mistake("A bias of shape (n,) is a rank-1 array, neither a row nor a column. Make it (n, 1).")
    def flat_bias(layer_dims, m):
        return _shapes(layer_dims, lambda n, p: (n, p), lambda n: (n,), lambda n: (n, m))

    @mistake(
        "Z and A have their examples in rows here. In this course examples are columns: (n[l], m)."
    )
    def examples_in_rows(layer_dims, m):
        return _shapes(layer_dims, lambda n, p: (n, p), lambda n: (n, 1), lambda n: (m, n))

    @mistake(
        "The last layer is missing. A network with len(layer_dims) sizes has "
        "len(layer_dims) - 1 layers; range must go on to the last one."
    )
    def last_layer_missing(layer_dims, m):
        return _shapes(layer_dims[:-1], lambda n, p: (n, p), lambda n: (n, 1), lambda n: (n, m))


@exercise(points=1, reference=memoization.count_parameters)
class CountParameters:
    """How many numbers gradient descent has to find."""

    hints = (
        "How many entries has W[l], and how many b[l]?",
        "Σ over the layers of n[l] n[l-1] + n[l].",
        "sum(n * n_prev + n for n_prev, n in zip(layer_dims, layer_dims[1:]))",
    )

    def test_by_hand(self, count_parameters):
        """A 2-3-1 network has 6 + 3 + 3 + 1 = 13 parameters, a 4-1 network has 5."""
        assert_close(count_parameters([2, 3, 1]), 13, "the number for [2, 3, 1]")
        assert_close(count_parameters([4, 1]), 5, "the number for [4, 1]")

    def test_image_classifier(self, count_parameters):
        """Colour photographs of 64 by 64 pixels and layers of 20, 7, 5, 1 units need 245 973."""
        assert_close(count_parameters([12288, 20, 7, 5, 1]), 245_973, "the number")

    def test_arrays(self, count_parameters, rng):
        """It is the number of entries of all the arrays of a network."""
        layer_dims = [int(n) for n in rng.integers(2, 30, 6)]
        entries = sum(value.size for value in random_network(rng, layer_dims).values())
        assert_close(count_parameters(layer_dims), entries, f"the number for {layer_dims}")

    @mistake("The biases are missing: every unit has one, so add n[l] for each layer.")
    def weights_only(layer_dims):
        return sum(a * b for a, b in pairwise(layer_dims))

    @mistake("You count one bias for each layer. Every unit has its own: add n[l].")
    def one_bias_per_layer(layer_dims):
        return sum(a * b + 1 for a, b in pairwise(layer_dims))

    @mistake("The inputs have got biases too. They are data, layer 0, and have no parameters.")
    def biases_of_inputs(layer_dims):
        return layer_dims[0] + sum(a * b + b for a, b in pairwise(layer_dims))

    @mistake("You add n[l-1] instead of n[l]: the biases belong to the units of the layer itself.")
    def biases_of_layer_before(layer_dims):
        return sum(a * b + a for a, b in pairwise(layer_dims))

    @mistake(
        "You count the units. Each connection between two units of neighbouring layers has a "
        "weight of its own: multiply the two sizes."
    )
    def counts_units(layer_dims):
        return sum(layer_dims[1:])


def _sorted_by(names, learned):
    return {
        "parameters": [n for n in names if learned(n)],
        "hyperparameters": [n for n in names if not learned(n)],
    }


@exercise(points=1, reference=memoization.classify_quantities)
class ClassifyQuantities:
    """What training finds, and what you have to choose before it begins."""

    hints = (
        "Which of the names get a gradient? And is every name that begins with b a bias?",
        'A parameter is "W" or "b" followed by the number of a layer, and nothing else.',
        'learned = name[0] in "Wb" and name[1:].isdigit()',
    )

    def test_by_hand(self, classify_quantities):
        """Weights and biases are learned; the learning rate and the sizes are chosen."""
        assert_close(
            classify_quantities(["W1", "learning_rate", "b1", "num_iterations", "layer_dims"]),
            {"parameters": ["W1", "b1"],
             "hyperparameters": ["learning_rate", "num_iterations", "layer_dims"]},
            "the result",
        )  # fmt: skip

    def test_names_that_look_alike(self, classify_quantities):
        """batch_size, beta and weight_decay begin like parameters but are settings."""
        assert_close(
            classify_quantities(["batch_size", "b3", "beta", "weight_decay", "W2"]),
            {"parameters": ["b3", "W2"],
             "hyperparameters": ["batch_size", "beta", "weight_decay"]},
            "the result",
        )  # fmt: skip

    def test_deep_network(self, classify_quantities):
        """Layers with two digits count as well, and an empty list gives two empty lists."""
        assert_close(
            classify_quantities(["W12", "keep_prob", "b10"]),
            {"parameters": ["W12", "b10"], "hyperparameters": ["keep_prob"]},
            "the result",
        )
        nothing = {"parameters": [], "hyperparameters": []}
        assert_close(classify_quantities([]), nothing, "the result for an empty list")

    @mistake(
        "Not everything that begins with W or b is a weight or a bias: batch_size and beta "
        "are settings. Look at what follows the letter too."
    )
    def first_letter(names):
        return _sorted_by(names, lambda n: n[0] in "Wb")

    @mistake("Biases are learned as well: they get a gradient db and are updated like weights.")
    def weights_only(names):
        return _sorted_by(names, lambda n: n[0] == "W" and n[1:].isdigit())

    @mistake(
        "The two lists are exchanged. Parameters are what gradient descent finds; "
        "hyper-parameters are what you choose to make it work."
    )
    def exchanged(names):
        right = _sorted_by(names, lambda n: n[0] in "Wb" and n[1:].isdigit())
        return {"parameters": right["hyperparameters"], "hyperparameters": right["parameters"]}

    @mistake(
        "A name of two characters is not enough: a deep network has a W10 too. Ask whether "
        "all that follows the letter is a number."
    )
    def two_characters(names):
        return _sorted_by(names, lambda n: n[0] in "Wb" and len(n) == 2)
