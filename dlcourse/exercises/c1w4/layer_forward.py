"""Exercises of c1w4 on one layer, forward: its linear part and its activation."""

import numpy as np
import pytest

from dlcourse.exercises.c1w4.oracle import activate
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import dense
from dlcourse.scratch.activations import relu, sigmoid, softmax

NAMED = {"relu": relu, "sigmoid": sigmoid, "softmax": softmax}


def _layer(rng, n_prev, n, m):
    return tuple(rng.standard_normal(shape) for shape in ((n_prev, m), (n, n_prev), (n, 1)))


@exercise(points=1, reference=dense.linear_forward)
class LinearForward:
    """The linear part of a layer, with a cache of what its backward pass will need."""

    hints = (
        "Which product of W (n, n_prev) and A_prev (n_prev, m) has the shape (n, m)?",
        "Z = W A_prev + b, and the cache is the tuple (A_prev, W, b).",
        "Z = W @ A_prev + b",
    )

    def test_by_hand(self, linear_forward):
        """Two units, two inputs and two examples agree with a calculation by hand."""
        A_prev = np.array([[1.0, 0.0], [2.0, -1.0]])
        W, b = np.array([[3.0, 4.0], [0.0, 1.0]]), np.array([[1.0], [10.0]])
        Z, _ = linear_forward(A_prev, W, b)
        assert_close(Z, np.array([[12.0, -3.0], [12.0, 9.0]]), "Z")

    def test_sums(self, linear_forward, rng):
        """Each entry of Z is the sum of weight times input, plus the bias of its unit."""
        A_prev, W, b = _layer(rng, 3, 4, 5)
        Z, _ = linear_forward(A_prev, W, b)
        expected = np.array(
            [
                [sum(W[i, k] * A_prev[k, j] for k in range(3)) + b[i, 0] for j in range(5)]
                for i in range(4)
            ]
        )
        assert_close(Z, expected, "Z")

    def test_cache(self, linear_forward, rng):
        """The cache is the tuple (A_prev, W, b)."""
        A_prev, W, b = _layer(rng, 2, 3, 4)
        _, cache = linear_forward(A_prev, W, b)
        assert_close(cache, (A_prev, W, b), "the cache")

    @mistake("The bias is missing: add b, which broadcasting spreads over the examples.")
    def no_bias(A_prev, W, b):
        return W @ A_prev, (A_prev, W, b)

    @mistake(
        "* multiplies entry by entry. What is asked for is the matrix product: W @ A_prev, or "
        "np.dot(W, A_prev)."
    )
    def entry_by_entry(A_prev, W, b):
        return W * A_prev + b, (A_prev, W, b)

    @mistake(
        "W is transposed, which is the formula for examples in rows. With examples in columns it "
        "is W @ A_prev: the columns of W meet the rows of A_prev."
    )
    def transposed_weights(A_prev, W, b):
        return W.T @ A_prev + b, (A_prev, W, b)

    @mistake("The bias is added to the inputs instead of to the product: Z = (W A_prev) + b.")
    def bias_inside(A_prev, W, b):
        return W @ (A_prev + b), (A_prev, W, b)

    @mistake(
        "The cache holds Z. The backward pass needs what went into the product: (A_prev, W, b)."
    )
    def caches_the_result(A_prev, W, b):
        Z = W @ A_prev + b
        return Z, (Z, W, b)

    @mistake("The cache has another order. Keep (A_prev, W, b), as the backward pass unpacks it.")
    def caches_in_other_order(A_prev, W, b):
        return W @ A_prev + b, (W, A_prev, b)


@exercise(points=2, reference=dense.linear_activation_forward)
class LinearActivationForward:
    """A whole layer: the linear part, then ReLU, sigmoid or softmax."""

    hints = (
        "Which of your functions gives Z? And which two things does the way back need?",
        'A = g(Z) where g is relu, sigmoid or softmax; the cache is (linear_cache, Z).',
        'Z, linear_cache = linear_forward(A_prev, W, b); A = relu(Z) if activation == "relu" …; '
        "return A, (linear_cache, Z)",
    )  # fmt: skip

    def test_by_hand(self, linear_activation_forward):
        """One unit with z = -2 gives 0 with ReLU and 1/(1 + e²) with a sigmoid."""
        A_prev, W, b = np.array([[1.0]]), np.array([[-3.0]]), np.array([[1.0]])
        A, _ = linear_activation_forward(A_prev, W, b, "relu")
        assert_close(A, np.array([[0.0]]), "A of ReLU")
        A, _ = linear_activation_forward(A_prev, W, b, "sigmoid")
        assert_close(A, np.array([[1 / (1 + np.exp(2.0))]]), "A of the sigmoid")

    def test_softmax_by_hand(self, linear_activation_forward):
        """Scores log 1, log 2 and log 5 become 1/8, 2/8 and 5/8 in every column."""
        b = np.log(np.array([[1.0], [2.0], [5.0]]))
        A, _ = linear_activation_forward(np.ones((2, 2)), np.zeros((3, 2)), b, "softmax")
        assert_close(A, np.array([[1.0, 1.0], [2.0, 2.0], [5.0, 5.0]]) / 8, "A of softmax")

    @pytest.mark.parametrize("activation", ["relu", "sigmoid", "softmax"])
    def test_random_layer(self, linear_activation_forward, rng, activation):
        """Each activation agrees with its formula on a random layer."""
        A_prev, W, b = _layer(rng, 3, 4, 6)
        A, _ = linear_activation_forward(A_prev, W, b, activation)
        assert_close(A, activate(W @ A_prev + b, activation), f"A of {activation}")

    def test_cache(self, linear_activation_forward, rng):
        """The cache is ((A_prev, W, b), Z)."""
        A_prev, W, b = _layer(rng, 2, 3, 4)
        for activation in ("relu", "sigmoid"):
            _, cache = linear_activation_forward(A_prev, W, b, activation)
            assert_close(cache, ((A_prev, W, b), W @ A_prev + b), "the cache")

    @mistake(
        "Z is returned without the activation. Without it any number of layers would compose to a "
        "single linear one."
    )
    def no_activation(A_prev, W, b, activation):
        Z = W @ A_prev + b
        return Z, ((A_prev, W, b), Z)

    @mistake("Every layer gets ReLU. Choose by the argument activation.")
    def always_relu(A_prev, W, b, activation):
        Z = W @ A_prev + b
        return relu(Z), ((A_prev, W, b), Z)

    @mistake(
        "softmax is missing and gets the sigmoid: its outputs do not sum to 1. Test for all "
        "three names."
    )
    def sigmoid_for_softmax(A_prev, W, b, activation):
        Z = W @ A_prev + b
        return (relu if activation == "relu" else sigmoid)(Z), ((A_prev, W, b), Z)

    @mistake("softmax is taken over the examples. The classes of one example are a column: axis=0.")
    def softmax_over_examples(A_prev, W, b, activation):
        Z = W @ A_prev + b
        A = softmax(Z, axis=1) if activation == "softmax" else NAMED[activation](Z)
        return A, ((A_prev, W, b), Z)

    @mistake(
        "The cache holds A where Z belongs. The slope of the activation is taken at its input Z."
    )
    def caches_the_activation(A_prev, W, b, activation):
        A = NAMED[activation](W @ A_prev + b)
        return A, ((A_prev, W, b), A)

    @mistake("The two halves of the cache are exchanged: first (A_prev, W, b), then Z.")
    def caches_in_other_order(A_prev, W, b, activation):
        Z = W @ A_prev + b
        return NAMED[activation](Z), (Z, (A_prev, W, b))
