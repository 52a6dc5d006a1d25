"""Exercises of c1w4 on one layer, backward: its activation and its linear part."""

import numpy as np
import pytest

from dlcourse.exercises.c1w4.oracle import activate, slopes
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import dense
from dlcourse.scratch.activations import relu, relu_derivative, sigmoid_derivative, softmax_vjp

SLOPES = {"relu": relu_derivative, "sigmoid": sigmoid_derivative}


def _cache(rng, n_prev, n, m):
    return tuple(rng.standard_normal(shape) for shape in ((n_prev, m), (n, n_prev), (n, 1)))


@exercise(points=2, reference=dense.linear_backward)
class LinearBackward:
    """The gradients of W, b and A_prev from the one of Z."""

    hints = (
        "A gradient has the shape of what it belongs to. Which products of dZ (n, m), "
        "A_prev (n_prev, m) and W (n, n_prev) have the shapes of W and of A_prev?",
        "dW = 1/m dZ A_prevᵀ,  db = 1/m Σ dZ over the examples,  dA_prev = Wᵀ dZ.",
        "dW = dZ @ A_prev.T / m;  db = np.sum(dZ, axis=1, keepdims=True) / m;  dA_prev = W.T @ dZ",
    )

    def test_by_hand(self, linear_backward):
        """One input, two units and two examples agree with a calculation by hand."""
        cache = (np.array([[1.0, 3.0]]), np.array([[2.0], [4.0]]), np.zeros((2, 1)))
        dA_prev, dW, db = linear_backward(np.array([[1.0, -1.0], [2.0, 2.0]]), cache)
        assert_close(dA_prev, np.array([[10.0, 6.0]]), "dA_prev")
        assert_close(dW, np.array([[-1.0], [4.0]]), "dW")
        assert_close(db, np.array([[0.0], [2.0]]), "db")

    def test_slopes(self, linear_backward, rng):
        """Each gradient is the slope of a cost that is a random sum of Z."""
        A_prev, W, b = _cache(rng, 3, 4, 5)
        dZ = rng.standard_normal((4, 5))  # cost = 1/m Σ dZ · Z, hence m · dcost/dZ = dZ
        dA_prev, dW, db = linear_backward(dZ, (A_prev, W, b))
        assert_close(dW, slopes(lambda v: np.sum(dZ * (v @ A_prev + b)) / 5, W), "dW")
        assert_close(db, slopes(lambda v: np.sum(dZ * (W @ A_prev + v)) / 5, b), "db")
        assert_close(dA_prev, slopes(lambda v: np.sum(dZ * (W @ v + b)), A_prev), "dA_prev")

    def test_square_layer(self, linear_backward, rng):
        """It is right too where W is square and a wrong transpose would not show in the shape."""
        A_prev, W, b = _cache(rng, 3, 3, 3)
        dZ = rng.standard_normal((3, 3))
        dA_prev, dW, db = linear_backward(dZ, (A_prev, W, b))
        columns = [(dZ[:, [i]], A_prev[:, [i]]) for i in range(3)]
        assert_close(dA_prev, np.hstack([W.T @ d for d, _ in columns]), "dA_prev")
        assert_close(dW, sum(d * a.T for d, a in columns) / 3, "dW")
        assert_close(db, sum(d for d, _ in columns) / 3, "db")

    @mistake("dW and db are sums over the examples. Divide them by m = A_prev.shape[1].")
    def not_averaged(dZ, cache):
        A_prev, W, _ = cache
        return W.T @ dZ, dZ @ A_prev.T, dZ.sum(axis=1, keepdims=True)

    @mistake(
        "dA_prev is divided by m too. It belongs to single examples, a column for each: only dW "
        "and db, which collect all examples, are averaged."
    )
    def averages_everything(dZ, cache):
        A_prev, W, _ = cache
        m = A_prev.shape[1]
        return W.T @ dZ / m, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m

    @mistake("db is not divided by m. It collects all the examples as dW does.")
    def bias_not_averaged(dZ, cache):
        A_prev, W, _ = cache
        return W.T @ dZ, dZ @ A_prev.T / A_prev.shape[1], dZ.sum(axis=1, keepdims=True)

    @mistake(
        "db has lost its second axis. np.sum(…, axis=1, keepdims=True) keeps it a column like b."
    )
    def flat_bias(dZ, cache):
        A_prev, W, _ = cache
        m = A_prev.shape[1]
        return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1) / m

    @mistake("db is one number for the layer. Every unit has its own: sum over axis=1 only.")
    def one_bias(dZ, cache):
        A_prev, W, _ = cache
        m = A_prev.shape[1]
        return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ) / m

    @mistake("W is not transposed on the way back: dA_prev = W.T @ dZ.")
    def weights_not_transposed(dZ, cache):
        A_prev, W, _ = cache
        m = A_prev.shape[1]
        return W @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m

    @mistake("dW is transposed. It has the shape of W, (n, n_prev): dZ @ A_prev.T, in this order.")
    def weight_gradient_transposed(dZ, cache):
        A_prev, W, _ = cache
        m = A_prev.shape[1]
        return W.T @ dZ, A_prev @ dZ.T / m, dZ.sum(axis=1, keepdims=True) / m


def _back(dA, cache, dZ_of):
    linear_cache, Z = cache
    return dense.linear_backward(dZ_of(dA, Z), linear_cache)


@exercise(points=3, reference=dense.linear_activation_backward)
class LinearActivationBackward:
    """Back through the activation, then through the linear part."""

    hints = (
        "How much does A change when Z changes a little, where ReLU is active and where not?",
        "dZ = dA · g'(Z) for ReLU and sigmoid; for softmax dZ = S · (dA - Σ dA · S), the sum over "
        "the classes of each column, where S = softmax(Z).",
        'dZ = dA * relu_derivative(Z) if activation == "relu" …, then '
        "return linear_backward(dZ, linear_cache)",
    )

    def test_relu_by_hand(self, linear_activation_backward):
        """ReLU lets the gradient pass where Z is positive and stops it where Z is negative."""
        cache = ((np.ones((1, 1)), np.array([[2.0], [-5.0]]), np.ones((2, 1))),
                 np.array([[3.0], [-4.0]]))  # fmt: skip
        dA_prev, dW, db = linear_activation_backward(np.array([[7.0], [11.0]]), cache, "relu")
        assert_close(dA_prev, np.array([[14.0]]), "dA_prev")
        assert_close(dW, np.array([[7.0], [0.0]]), "dW")
        assert_close(db, np.array([[7.0], [0.0]]), "db")

    @pytest.mark.parametrize("activation", ["relu", "sigmoid", "softmax"])
    def test_slopes(self, linear_activation_backward, rng, activation):
        """Each gradient is the slope of a cost that is a random sum of the activations."""
        A_prev, W, b = _cache(rng, 3, 4, 6)
        dA = rng.standard_normal((4, 6))

        def cost(A_prev, W, b):
            return np.sum(dA * activate(W @ A_prev + b, activation))

        cache = ((A_prev, W, b), W @ A_prev + b)
        dA_prev, dW, db = linear_activation_backward(dA, cache, activation)
        assert_close(dA_prev, slopes(lambda v: cost(v, W, b), A_prev), "dA_prev")
        assert_close(dW, slopes(lambda v: cost(A_prev, v, b), W) / 6, "dW")
        assert_close(db, slopes(lambda v: cost(A_prev, W, v), b) / 6, "db")

    def test_arguments_stay_as_they_are(self, linear_activation_backward, rng):
        """dA and the cache are not changed."""
        A_prev, W, b = _cache(rng, 3, 4, 6)
        dA, Z = rng.standard_normal((4, 6)), W @ A_prev + b
        before = dA.copy(), Z.copy()
        linear_activation_backward(dA, ((A_prev, W, b), Z), "relu")
        assert_close((dA, Z), before, "dA and Z after the call")

    @mistake("The activation is left out: dZ is dA times the slope g'(Z), by the chain rule.")
    def no_slope(dA, cache, activation):
        return _back(dA, cache, lambda dA, Z: dA)

    @mistake("You ask whether dA is positive. Whether ReLU was active depends on its input: Z > 0.")
    def gate_on_gradient(dA, cache, activation):
        if activation != "relu":
            return dense.linear_activation_backward(dA, cache, activation)
        return _back(dA, cache, lambda dA, Z: dA * (dA > 0))

    @mistake(
        "You multiply by relu(Z). Its slope is needed, which is 1 where Z > 0 and 0 elsewhere."
    )
    def value_instead_of_slope(dA, cache, activation):
        if activation != "relu":
            return dense.linear_activation_backward(dA, cache, activation)
        return _back(dA, cache, lambda dA, Z: dA * relu(Z))

    @mistake("The slope of the sigmoid is s (1 - s) with s = sigmoid(Z). You have put in Z itself.")
    def sigmoid_slope_of_z(dA, cache, activation):
        if activation != "sigmoid":
            return dense.linear_activation_backward(dA, cache, activation)
        return _back(dA, cache, lambda dA, Z: dA * Z * (1 - Z))

    @mistake(
        "softmax is treated as if each output depended on its own Z only. All classes of a column "
        "share the sum: subtract Σ dA · S of the column before multiplying by S."
    )
    def softmax_entry_by_entry(dA, cache, activation):
        if activation != "softmax":
            return dense.linear_activation_backward(dA, cache, activation)
        return _back(dA, cache, lambda dA, Z: dA * softmax_slope(Z))

    @mistake(
        "For softmax the sum runs over the examples. It belongs to the classes of one column: "
        "axis=0 with keepdims=True."
    )
    def softmax_over_examples(dA, cache, activation):
        if activation != "softmax":
            return dense.linear_activation_backward(dA, cache, activation)
        return _back(dA, cache, lambda dA, Z: softmax_vjp(Z, dA, axis=1))

    @mistake(
        "dZ = dA is the same array under a second name, so dZ[Z <= 0] = 0 destroys the dA that "
        "you were given. Multiply instead, or copy first."
    )
    def in_place(dA, cache, activation):
        if activation != "relu":
            return dense.linear_activation_backward(dA, cache, activation)
        dA[cache[1] <= 0] = 0
        return dense.linear_backward(dA, cache[0])


def softmax_slope(Z):
    """The diagonal of softmax's Jacobian, which some take for all of it."""
    S = activate(Z, "softmax")
    return S * (1 - S)
