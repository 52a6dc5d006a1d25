"""One dense layer: forward by hand, backward against central differences and by hand."""

import numpy as np
import pytest

from dlcourse.scratch.dense_layer import (
    linear_activation_backward,
    linear_activation_forward,
    linear_backward,
    linear_forward,
)

ACTIVATIONS = ["linear", "relu", "leaky_relu", "sigmoid", "tanh", "softplus", "softmax"]


def random_layer(rng, n_prev=3, n=4, m=5):
    A_prev, W, b = (rng.standard_normal(s) for s in ((n_prev, m), (n, n_prev), (n, 1)))
    return A_prev, W, b


def differences(f, x, step=1e-6):
    """Central differences of the scalar f with respect to every entry of x."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        shift = np.zeros_like(x)
        shift[index] = step
        gradient[index] = (f(x + shift) - f(x - shift)) / (2 * step)
    return gradient


def ratio(a, b):
    return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))


def test_linear_forward_by_hand():
    A_prev, W = np.array([[1.0, 0.0], [2.0, -1.0]]), np.array([[3.0, 4.0], [0.0, 1.0]])
    Z, cache = linear_forward(A_prev, W, np.array([[1.0], [10.0]]))
    assert Z.tolist() == [[12.0, -3.0], [12.0, 9.0]]
    assert cache[0] is A_prev and cache[1] is W


def test_every_example_is_on_its_own():
    A_prev, W, b = random_layer(np.random.default_rng(0))
    for activation in ACTIVATIONS:
        together, _ = linear_activation_forward(A_prev, W, b, activation)
        alone = [linear_activation_forward(A_prev[:, [i]], W, b, activation)[0] for i in range(5)]
        np.testing.assert_allclose(together, np.hstack(alone), rtol=1e-12)


def test_activations_by_hand():
    one = np.ones((1, 1))
    assert linear_activation_forward(one, -3 * one, one, "relu")[0].item() == 0.0
    assert linear_activation_forward(one, -one, one, "sigmoid")[0].item() == 0.5
    A, _ = linear_activation_forward(one, np.zeros((4, 1)), np.zeros((4, 1)), "softmax")
    assert A.ravel().tolist() == [0.25] * 4


def test_linear_backward_by_hand():
    cache = (np.array([[1.0, 3.0]]), np.array([[2.0], [4.0]]), np.zeros((2, 1)))
    dA_prev, dW, db = linear_backward(np.array([[1.0, -1.0], [2.0, 2.0]]), cache)
    assert dA_prev.tolist() == [[10.0, 6.0]]
    assert dW.tolist() == [[-1.0], [4.0]]
    assert db.tolist() == [[0.0], [2.0]]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backward_against_differences(activation):
    rng = np.random.default_rng(1)
    A_prev, W, b = random_layer(rng)
    weights = rng.standard_normal((4, 5))  # of the outputs in a scalar cost, summed over examples

    def cost(A_prev, W, b):
        return np.sum(weights * linear_activation_forward(A_prev, W, b, activation)[0])

    _, cache = linear_activation_forward(A_prev, W, b, activation)
    dA_prev, dW, db = linear_activation_backward(weights, cache, activation)
    assert ratio(dA_prev, differences(lambda a: cost(a, W, b), A_prev)) < 1e-7
    # the layer averages over the m examples, the cost above sums
    assert ratio(dW * 5, differences(lambda w: cost(A_prev, w, b), W)) < 1e-7
    assert ratio(db * 5, differences(lambda b_: cost(A_prev, W, b_), b)) < 1e-7


@pytest.mark.parametrize("activation", ["relu", "sigmoid", "softmax"])
def test_single_precision_stays(activation):
    layer = [a.astype(np.float32) for a in random_layer(np.random.default_rng(2))]
    A, cache = linear_activation_forward(*layer, activation)
    assert A.dtype == np.float32
    assert {g.dtype for g in linear_activation_backward(A, cache, activation)} == {
        np.dtype(np.float32)
    }


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        (((3, 5), (4, 2), (4, 1)), r"W: expected \(n, 3\).*got \(4, 2\)"),
        (((3, 4), (4, 3), (4,)), r"b: expected a column \(4, 1\).*got \(4,\)"),
        (((3,), (4, 3), (4, 1)), r"A_prev, W: expected two matrices; got shapes \(3,\)"),
    ],
)
def test_shapes_that_do_not_fit_are_named(shapes, message):
    with pytest.raises(ValueError, match=message):
        linear_forward(*(np.zeros(s) for s in shapes))


def test_wrong_gradient_and_activation_are_named():
    _, cache = linear_activation_forward(*random_layer(np.random.default_rng(3)), "relu")
    with pytest.raises(ValueError, match=r"dZ: expected the shape of Z, \(4, 5\)"):
        linear_backward(np.zeros((1, 5)), cache[0])
    with pytest.raises(ValueError, match=r"dA: expected the shape of Z, \(4, 5\)"):
        linear_activation_backward(np.zeros((1, 5)), cache, "relu")
    with pytest.raises(ValueError, match="activation: expected one of .*relu.*; got 'rleu'"):
        linear_activation_forward(*random_layer(np.random.default_rng(3)), "rleu")
