"""A deep network of dense layers: [linear -> ReLU] x (L-1) -> linear -> sigmoid or softmax.

The output layer follows from its size: one unit answers a yes/no question with a sigmoid, several
units share out one probability with a softmax. Parameters are a dict with "W1", "b1", …, "WL",
"bL"; the layers themselves are in `dense_layer` and can be imported from here too.
"""

import numpy as np

from dlcourse.scratch.dense_layer import (
    linear_activation_backward,
    linear_activation_forward,
    linear_backward,
    linear_forward,
)
from dlcourse.scratch.dense_shapes import check_dimensions, layer_shapes
from dlcourse.scratch.optimizer_steps import check_step
from dlcourse.scratch.ranges import positive, whole_number

__all__ = [
    "check_dimensions",
    "compute_cost",
    "initialize_parameters",
    "initialize_parameters_deep",
    "l_model_backward",
    "l_model_forward",
    "layer_shapes",
    "linear_activation_backward",
    "linear_activation_forward",
    "linear_backward",
    "linear_forward",
    "update_parameters",
]


def initialize_parameters(n_x, n_h, n_y, rng):
    """Draw the parameters of a network with one hidden layer.

    Args:
        n_x: number of inputs.
        n_h: number of hidden units.
        n_y: number of outputs.
        rng: numpy.random.Generator.

    Returns:
        dict with W1 (n_h, n_x) and W2 (n_y, n_h) from a normal distribution with standard
        deviation 0.01, and b1 (n_h, 1) and b2 (n_y, 1) of zeros.

    Raises:
        ValueError: a size is not a whole number of at least 1.

    Example:
        >>> parameters = initialize_parameters(3, 4, 1, np.random.default_rng(0))
        >>> {name: value.shape for name, value in parameters.items()}
        {'W1': (4, 3), 'b1': (4, 1), 'W2': (1, 4), 'b2': (1, 1)}
    """
    for name, size in (("n_x", n_x), ("n_h", n_h), ("n_y", n_y)):
        whole_number(name, size, least=1)
    return {
        "W1": rng.standard_normal((n_h, n_x)) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": rng.standard_normal((n_y, n_h)) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }


def initialize_parameters_deep(layer_dims, rng):
    """Draw the parameters of a network with any number of layers.

    Args:
        layer_dims: sizes (n[0], n[1], …, n[L]), the inputs first.
        rng: numpy.random.Generator.

    Returns:
        dict with, for every layer l, W{l} (n[l], n[l-1]) from a normal distribution with standard
        deviation 1/√n[l-1], and b{l} (n[l], 1) of zeros.

    Raises:
        ValueError: layer_dims has fewer than two sizes, or one below 1.

    Reference:
        LeCun, Bottou, Orr and Müller, "Efficient BackProp", 1998, section 4.6.

    Example:
        >>> parameters = initialize_parameters_deep((5, 4, 3), np.random.default_rng(0))
        >>> {name: value.shape for name, value in parameters.items()}
        {'W1': (4, 5), 'b1': (4, 1), 'W2': (3, 4), 'b2': (3, 1)}
    """
    parameters = {}
    for name, shape in layer_shapes(layer_dims).items():
        if name[0] == "W":
            # keeps the scale of Z from layer to layer, so that a deep stack neither dies nor bursts
            parameters[name] = rng.standard_normal(shape) / np.sqrt(shape[1])
        else:
            parameters[name] = np.zeros(shape)
    return parameters


def l_model_forward(X, parameters):
    """Run the whole network: ReLU layers, then a sigmoid (one output unit) or softmax (several).

    Args:
        X: data, shape (n_x, m).
        parameters: dict with W1, b1, …, WL, bL.

    Returns:
        (AL, caches): AL of shape (n[L], m), probabilities; caches is the list of the L caches of
        `linear_activation_forward`, the first layer's at position 0.

    Raises:
        ValueError: shapes that do not fit together.

    Example:
        >>> X = np.array([[1.0, 2.0], [3.0, 4.0]])
        >>> parameters = {"W1": np.zeros((3, 2)), "b1": np.zeros((3, 1)),
        ...               "W2": np.zeros((1, 3)), "b2": np.zeros((1, 1))}
        >>> AL, caches = l_model_forward(X, parameters)
        >>> AL.tolist(), len(caches)
        ([[0.5, 0.5]], 2)
    """
    L = len(parameters) // 2
    A, caches = X, []
    for layer in range(1, L + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        activation = "relu" if layer < L else _output_activation(len(W))
        A, cache = linear_activation_forward(A, W, b, activation)
        caches.append(cache)
    return A, caches


def compute_cost(AL, Y):
    """Average the cross-entropy between predicted probabilities and labels.

    Args:
        AL: probabilities, shape (1, m) from a sigmoid or (classes, m) from a softmax.
        Y: labels of the shape of AL: 0 or 1 in one row, or one-hot columns.

    Returns:
        float: −1/m Σ [y log a + (1−y) log(1−a)] for one row, −1/m ΣΣ y log a for several. Finite
        also where AL is exactly 0 or 1.

    Raises:
        ValueError: AL and Y differ in shape.

    Example:
        >>> round(compute_cost(np.array([[0.9, 0.2]]), np.array([[1, 0]])), 5)
        0.16425
        >>> round(compute_cost(np.array([[0.7], [0.2], [0.1]]), np.array([[1], [0], [0]])), 5)
        0.35667
    """
    _check_same_shape(AL, Y)
    log_likelihood = Y * _log(AL)
    if len(AL) == 1:
        log_likelihood = log_likelihood + (1 - Y) * _log(1 - AL)
    return float(-np.sum(log_likelihood) / AL.shape[1])


def l_model_backward(AL, Y, caches):
    """Go back through the whole network and collect every gradient.

    Args:
        AL: probabilities of `l_model_forward`, shape (n[L], m).
        Y: labels of the shape of AL: 0 or 1 in one row, or one-hot columns.
        caches: the list of L caches of `l_model_forward`.

    Returns:
        dict with dW1, db1, …, dWL, dbL, each of its parameter's shape. Finite also where AL is
        exactly 0 or 1.

    Raises:
        ValueError: AL and Y differ in shape.

    Example:
        >>> X, Y = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0]])
        >>> AL, caches = l_model_forward(X, {"W1": np.zeros((1, 1)), "b1": np.zeros((1, 1))})
        >>> {name: g.item() for name, g in l_model_backward(AL, Y, caches).items()}
        {'dW1': 0.25, 'db1': 0.0}
    """
    _check_same_shape(AL, Y)
    L, grads = len(caches), {}
    # dZ = AL − Y for the sigmoid and for the softmax alike; going by way of dA would divide by
    # AL(1 − AL), which is 0 once the output saturates
    dA, grads[f"dW{L}"], grads[f"db{L}"] = linear_backward(AL - Y, caches[-1][0])
    for layer in range(L - 1, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[layer - 1], "relu")
        grads[f"dW{layer}"], grads[f"db{layer}"] = dW, db
    return grads


def update_parameters(parameters, grads, learning_rate):
    """Take one step of gradient descent.

    Args:
        parameters: dict with W1, b1, …, WL, bL.
        grads: dict with dW1, db1, …, dWL, dbL (further entries do not matter).
        learning_rate: step size, above 0.

    Returns:
        A new dict of parameters; the given one is left alone.

    Raises:
        ValueError: a gradient is missing or misshapen, anything is NaN, or learning_rate is not
            above 0.

    Example:
        >>> update_parameters({"W1": 1.0, "b1": 2.0}, {"dW1": 10.0, "db1": -10.0}, 0.1)
        {'W1': 0.0, 'b1': 3.0}
    """
    check_step(parameters, grads)
    rate = positive("learning_rate", learning_rate)
    return {name: value - rate * grads[f"d{name}"] for name, value in parameters.items()}


def _output_activation(n_y):
    return "sigmoid" if n_y == 1 else "softmax"


def _log(p):
    # the smallest positive number stands for 0, because 0 * log(0) would be NaN
    return np.log(np.maximum(p, np.finfo(np.result_type(p, np.float32)).tiny))


def _check_same_shape(AL, Y):
    if AL.shape != Y.shape:
        raise ValueError(f"Y: expected the shape of AL, {AL.shape}; got {Y.shape}")
    if AL.size == 0:
        raise ValueError(f"AL: expected at least one example; got shape {AL.shape}")
