"""L2 and dropout in the signatures that the course made known, on one network of three layers.

The network is linear → ReLU → linear → ReLU → linear → sigmoid. The pieces are in `regularization`
and `dropout`; here they stand where they belong in a forward and a backward pass.
"""

import numpy as np

from dlcourse.scratch.activations import relu, sigmoid
from dlcourse.scratch.dense import compute_cost
from dlcourse.scratch.dense_shapes import check_dimensions
from dlcourse.scratch.dropout import dropout_backward, dropout_forward
from dlcourse.scratch.named_arrays import check_numbers
from dlcourse.scratch.ranges import share
from dlcourse.scratch.regularization import frobenius_penalty, l2_gradient

__all__ = [
    "backward_propagation_with_dropout",
    "backward_propagation_with_regularization",
    "compute_cost_with_regularization",
    "forward_propagation_with_dropout",
]


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """Cross-entropy plus the L2 penalty: λ/2m times the sum of all squared weights.

    Args:
        A3: probabilities, shape (1, m), each from 0 to 1.
        Y: labels, shape (1, m), each 0 or 1.
        parameters: dict with W1, b1, W2, b2, …; the biases do not count.
        lambd: λ, 0 or more.

    Returns:
        float: the cost.

    Raises:
        ValueError: A3 and Y differ in shape, a parameter is NaN, or lambd is negative.

    Example:
        >>> parameters = {"W1": np.array([[1.0, -2.0]]), "b1": np.array([[9.0]])}
        >>> A3, Y = np.array([[0.5, 0.5]]), np.array([[0.0, 1.0]])
        >>> round(compute_cost_with_regularization(A3, Y, parameters, 0.4) - float(np.log(2)), 6)
        0.5
    """
    for name, value in parameters.items():
        check_numbers(name, value)
    return compute_cost(A3, Y) + frobenius_penalty(parameters, lambd, Y.shape[1])


def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Gradients of `compute_cost_with_regularization` for the network of three layers.

    Args:
        X: data, shape (n_x, m).
        Y: labels, shape (1, m).
        cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) of the forward pass.
        lambd: λ, 0 or more.

    Returns:
        dict with dW1, db1, dW2, db2, dW3, db3.

    Raises:
        ValueError: lambd is negative.

    Example:
        >>> one, zero = np.ones((1, 1)), np.zeros((1, 1))
        >>> cache = (one, one, one, zero) * 2 + (zero, one / 2, zero, zero)
        >>> grads = backward_propagation_with_regularization(one, one, cache, 0.25)
        >>> grads["dW1"].item(), grads["dW3"].item()
        (0.25, -0.5)
    """
    Z1, A1, W1, _, Z2, A2, W2, _, _, A3, W3, _ = cache
    m = X.shape[1]
    dZ3 = A3 - Y
    dZ2 = (W3.T @ dZ3) * (Z2 > 0)
    dZ1 = (W2.T @ dZ2) * (Z1 > 0)
    grads = _averages((dZ1, dZ2, dZ3), (X, A1, A2))
    for layer, W in enumerate((W1, W2, W3), start=1):
        grads[f"dW{layer}"] = grads[f"dW{layer}"] + l2_gradient(W, lambd, m)
    return grads


def forward_propagation_with_dropout(X, parameters, keep_prob, rng):
    """Run the network of three layers in training, with inverted dropout on both hidden layers.

    Args:
        X: data, shape (n_x, m).
        parameters: dict with W1, b1, W2, b2, W3, b3.
        keep_prob: probability that a hidden unit stays, above 0 and at most 1.
        rng: numpy.random.Generator.

    Returns:
        (A3, cache): A3 of shape (1, m) and cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3,
        A3, W3, b3), where D1 and D2 are the masks, True for a unit that stays, and A1 and A2 are
        the activations after dropout.

    Raises:
        ValueError: keep_prob is out of its range, or the parameters do not fit or hold NaN.

    Example:
        >>> shapes = {"W1": (3, 2), "b1": (3, 1), "W2": (3, 3), "b2": (3, 1), "W3": (1, 3),
        ...           "b3": (1, 1)}
        >>> parameters = {name: np.ones(shape) for name, shape in shapes.items()}
        >>> rng = np.random.default_rng(0)
        >>> A3, cache = forward_propagation_with_dropout(np.ones((2, 4)), parameters, 0.5, rng)
        >>> A3.shape, sorted(set(cache[2].ravel().tolist()))  # A1: dropped, or 3 / 0.5
        ((1, 4), [0.0, 6.0])
    """
    check_dimensions(X, parameters)
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    A1, (D1, _) = dropout_forward(relu(Z1), keep_prob, rng)
    Z2 = W2 @ A1 + b2
    A2, (D2, _) = dropout_forward(relu(Z2), keep_prob, rng)
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """Gradients of the cross-entropy for the units that `forward_propagation_with_dropout` kept.

    Args:
        X: data, shape (n_x, m).
        Y: labels, shape (1, m).
        cache: the cache of the forward pass, with its masks.
        keep_prob: the same as in the forward pass.

    Returns:
        dict with dW1, db1, dW2, db2, dW3, db3.

    Raises:
        ValueError: a mask does not fit, or keep_prob is out of its range.

    Example:
        >>> one, zero = np.ones((1, 1)), np.zeros((1, 1))
        >>> cache = (one, one > 0, 2 * one, one, zero) * 2 + (zero, one / 2, one, zero)
        >>> grads = backward_propagation_with_dropout(one, one, cache, 0.5)
        >>> grads["dW1"].item(), grads["dW2"].item(), grads["dW3"].item()
        (-2.0, -2.0, -1.0)
    """
    keep_prob = share("keep_prob", keep_prob)
    Z1, D1, A1, _, _, Z2, D2, A2, W2, _, _, A3, W3, _ = cache
    dZ3 = A3 - Y
    dZ2 = dropout_backward(W3.T @ dZ3, (D2, keep_prob)) * (Z2 > 0)
    dZ1 = dropout_backward(W2.T @ dZ2, (D1, keep_prob)) * (Z1 > 0)
    return _averages((dZ1, dZ2, dZ3), (X, A1, A2))


def _averages(gradients, inputs):
    """Average every layer's dW and db from its dZ and its input."""
    grads = {}
    for layer, (dZ, A_prev) in enumerate(zip(gradients, inputs, strict=True), start=1):
        m = A_prev.shape[1]
        grads[f"dW{layer}"] = dZ @ A_prev.T / m
        grads[f"db{layer}"] = np.sum(dZ, axis=1, keepdims=True) / m
    return grads
