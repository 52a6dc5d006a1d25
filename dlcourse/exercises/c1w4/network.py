"""Exercises of c1w4 on the whole network: forward through all layers, and back."""

import numpy as np
import pytest

from dlcourse.exercises.c1w4.oracle import (
    network_slopes,
    random_network,
    random_task,
    run_network,
)
from dlcourse.grading import assert_close, exercise, mistake
from dlcourse.scratch import dense


def forward_with(X, parameters, hidden="relu", one="sigmoid", several="softmax", L=None):
    """The forward pass with other activations, or another number of layers, than the right one."""
    L = L or len(parameters) // 2
    A, caches = X, []
    for k in range(1, L + 1):
        W, b = parameters[f"W{k}"], parameters[f"b{k}"]
        output = one if len(W) == 1 else several
        A, cache = dense.linear_activation_forward(A, W, b, hidden if k < L else output)
        caches.append(cache)
    return A, caches


@exercise(points=2, reference=dense.l_model_forward)
class LModelForward:
    """[linear → ReLU] × (L-1) → linear → sigmoid or softmax, with the caches of all layers."""

    hints = (
        "What is the input of layer 1, and what of layer 2? How many layers are in a dictionary "
        "that holds a W and a b for each?",
        "A[0] = X; A[l] = ReLU(W[l] A[l-1] + b[l]) for l < L; A[L] = sigmoid(…) where W[L] has a "
        "single row, softmax(…) otherwise; L = len(parameters) // 2.",
        'A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], '
        '"relu") in a loop over 1 … L-1, appending each cache; then the last layer likewise',
    )

    def test_by_hand(self, l_model_forward):
        """A 2-2-1 network with one example agrees with a calculation by hand."""
        parameters = {
            "W1": np.array([[1.0, -1.0], [2.0, 0.0]]), "b1": np.array([[0.0], [-1.0]]),
            "W2": np.array([[1.0, 3.0]]), "b2": np.array([[-1.0]]),
        }  # fmt: skip
        AL, _ = l_model_forward(np.array([[1.0], [3.0]]), parameters)
        assert_close(AL, np.array([[1 / (1 + np.exp(-2.0))]]), "AL")

    @pytest.mark.parametrize("layer_dims", [[3, 1], [4, 5, 3, 1], [3, 4, 4, 3, 2, 1]])
    def test_yes_or_no(self, l_model_forward, rng, layer_dims):
        """With one output unit it is ReLU up to the last layer, and there a sigmoid."""
        X, parameters = rng.standard_normal((layer_dims[0], 6)), random_network(rng, layer_dims)
        AL, _ = l_model_forward(X, parameters)
        assert_close(AL, run_network(X, parameters)[0], "AL")

    def test_several_classes(self, l_model_forward, rng):
        """With several output units the last layer is a softmax."""
        X, parameters = rng.standard_normal((4, 5)), random_network(rng, [4, 6, 3])
        AL, _ = l_model_forward(X, parameters)
        assert_close(AL, run_network(X, parameters)[0], "AL")

    def test_caches(self, l_model_forward, rng):
        """caches is a list with ((A_prev, W, b), Z) of every layer, the first layer first."""
        X, parameters = rng.standard_normal((3, 4)), random_network(rng, [3, 5, 2, 1])
        _, caches = l_model_forward(X, parameters)
        assert_close(caches, run_network(X, parameters)[1], "caches")

    @mistake(
        "The hidden layers use a sigmoid. Only the output does, because only it is a probability; "
        "the hidden layers take ReLU."
    )
    def sigmoid_everywhere(X, parameters):
        return forward_with(X, parameters, hidden="sigmoid")

    @mistake(
        "The output layer uses ReLU too. It has to be a probability: a sigmoid, or a softmax for "
        "several units."
    )
    def relu_everywhere(X, parameters):
        return forward_with(X, parameters, one="relu", several="relu")

    @mistake(
        "Several outputs get a sigmoid each, so that they do not sum to 1. Take softmax where "
        "W[L] has more than one row."
    )
    def sigmoid_for_several(X, parameters):
        return forward_with(X, parameters, several="sigmoid")

    @mistake("A softmax over a single unit is always 1. Take the sigmoid where W[L] has one row.")
    def softmax_for_one(X, parameters):
        return forward_with(X, parameters, one="softmax")

    @mistake(
        "parameters holds a W and a b for each layer, so the number of layers is half its length: "
        "L = len(parameters) // 2."
    )
    def too_many_layers(X, parameters):
        return forward_with(X, parameters, L=len(parameters))

    @mistake("The cache of the last layer is not in the list: there must be L of them.")
    def last_cache_missing(X, parameters):
        AL, caches = forward_with(X, parameters)
        return AL, caches[:-1]

    @mistake(
        "Every layer is given X. Each takes what the layer before has computed: assign the result "
        "to A and pass A on."
    )
    def always_the_data(X, parameters):
        L, caches = len(parameters) // 2, []
        for k in range(1, L + 1):
            W, b = parameters[f"W{k}"], parameters[f"b{k}"]
            output = "sigmoid" if len(W) == 1 else "softmax"
            A, cache = dense.linear_activation_forward(X, W, b, "relu" if k < L else output)
            caches.append(cache)
        return A, caches


def backward_with(AL, Y, caches, dZ=None, hidden="relu"):
    """The right gradients, or those from another dZ or another slope in the hidden layers."""
    L, grads = len(caches), {}
    dZ = AL - Y if dZ is None else dZ
    dA, grads[f"dW{L}"], grads[f"db{L}"] = dense.linear_backward(dZ, caches[-1][0])
    for k in range(L - 1, 0, -1):
        dA, dW, db = dense.linear_activation_backward(dA, caches[k - 1], hidden)
        grads[f"dW{k}"], grads[f"db{k}"] = dW, db
    return grads


@exercise(points=4, reference=dense.l_model_backward)
class LModelBackward:
    """The gradients of all layers, from the last to the first."""

    hints = (
        "With which layer does it begin, and what is dZ there, for a sigmoid and a softmax alike? "
        "What does each layer hand to the one before?",
        "dZ[L] = AL - Y gives dA[L-1], dW[L], db[L] by linear_backward; then for l = L-1 … 1 "
        "linear_activation_backward(dA[l], caches[l-1], \"relu\").",
        'dA, grads[f"dW{L}"], grads[f"db{L}"] = linear_backward(AL - Y, caches[-1][0]), then the '
        'loop for l in range(L - 1, 0, -1) with caches[l - 1] and "relu"',
    )  # fmt: skip

    def test_logistic_regression_by_hand(self, l_model_backward):
        """A single layer on two examples agrees with (A - Y) Xᵀ / 2 by hand."""
        X, Z = np.array([[1.0, 2.0]]), np.zeros((1, 2))
        caches = [((X, np.zeros((1, 1)), np.zeros((1, 1))), Z)]
        grads = l_model_backward(np.full((1, 2), 0.5), np.array([[1.0, 0.0]]), caches)
        expected = {"dW1": np.array([[0.25]]), "db1": np.array([[0.0]])}
        assert_close(_only(grads, expected), expected, "grads")

    @pytest.mark.parametrize("layer_dims", [[3, 4, 1], [4, 3, 5, 2, 1]])
    def test_slopes(self, l_model_backward, rng, layer_dims):
        """Every gradient is the slope of the cost of a network with ReLU and a sigmoid."""
        self._compare(l_model_backward, rng, layer_dims)

    def test_slopes_with_several_classes(self, l_model_backward, rng):
        """Every gradient is the slope of the cost of a network that ends with a softmax."""
        self._compare(l_model_backward, rng, [3, 5, 4, 3])

    def test_certain_answers(self, l_model_backward):
        """The gradients stay finite where the output is exactly 0 or 1."""
        X, Z = np.array([[1.0, -1.0]]), np.array([[1000.0, -1000.0]])
        caches = [((X, np.array([[1000.0]]), np.zeros((1, 1))), Z)]
        grads = l_model_backward(np.array([[1.0, 0.0]]), np.array([[0.0, 0.0]]), caches)
        expected = {"dW1": np.array([[0.5]]), "db1": np.array([[0.5]])}
        assert_close(_only(grads, expected), expected, "grads")

    def _compare(self, l_model_backward, rng, layer_dims):
        parameters = random_network(rng, layer_dims)
        X, Y = random_task(rng, layer_dims[0], layer_dims[-1], 6)
        AL, caches = run_network(X, parameters)
        expected = network_slopes(X, Y, parameters)
        grads = l_model_backward(AL, Y, caches)
        assert_close(_only(grads, expected), expected, "grads")

    @mistake("The sign of the error is turned round: dZ[L] = AL - Y, prediction minus label.")
    def sign_turned(AL, Y, caches):
        return backward_with(AL, Y, caches, Y - AL)

    @mistake(
        "AL - Y already is dZ of the last layer. Passing it through the slope of the sigmoid once "
        "more multiplies by AL(1 - AL), as for a squared error."
    )
    def slope_twice(AL, Y, caches):
        return backward_with(AL, Y, caches, (AL - Y) * AL * (1 - AL))

    @mistake(
        "dA = -(Y/AL - (1-Y)/(1-AL)) divides by zero once the output is exactly 0 or 1. Its "
        "product with the slope of the sigmoid is just AL - Y: start from that."
    )
    def through_dA(AL, Y, caches):
        if len(AL) > 1:
            return backward_with(AL, Y, caches)
        dA = -(Y / AL - (1 - Y) / (1 - AL))
        return backward_with(AL, Y, caches, dA * AL * (1 - AL))

    @mistake("m is divided out twice: linear_backward does it already, for dW and db.")
    def averaged_twice(AL, Y, caches):
        return backward_with(AL, Y, caches, (AL - Y) / Y.shape[1])

    @mistake("The hidden layers go back through a sigmoid, but went forward through ReLU.")
    def sigmoid_in_hidden_layers(AL, Y, caches):
        return backward_with(AL, Y, caches, hidden="sigmoid")

    @mistake("The loop ends before layer 1: range(L - 1, 0, -1) goes down to 1.")
    def first_layer_missing(AL, Y, caches):
        grads = backward_with(AL, Y, caches)
        return {k: v for k, v in grads.items() if k[2:] != "1"}

    @mistake(
        "Each layer is given the error of the output. Pass on what linear_activation_backward "
        "returns as dA_prev: that is the chain of the chain rule."
    )
    def same_error_for_all(AL, Y, caches):
        grads = {}
        for k, (linear_cache, _) in enumerate(caches, start=1):
            _, grads[f"dW{k}"], grads[f"db{k}"] = dense.linear_backward(AL - Y, linear_cache)
        return grads


def _only(grads, expected):
    """The gradients of parameters; learners may return those of activations too."""
    assert isinstance(grads, dict), "return a dictionary with dW1, db1, …, dWL, dbL"
    missing = sorted(expected.keys() - grads.keys())
    assert not missing, f"{', '.join(missing)} missing from the gradients"
    return {name: grads[name] for name in expected}
