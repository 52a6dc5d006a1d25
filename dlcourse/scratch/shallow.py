"""A network with one hidden layer for two classes: tanh inside, a sigmoid at the end.

The parameters are a dictionary: W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1). What the
forward pass computes is kept in a cache (Z1, A1, Z2, A2), because the backward pass needs it.
"""

import numpy as np

from dlcourse.scratch import logistic
from dlcourse.scratch.activations import sigmoid
from dlcourse.scratch.named_arrays import parameter_arrays
from dlcourse.scratch.optimizer_steps import check_step
from dlcourse.scratch.ranges import positive, whole_number

__all__ = [
    "backward_propagation",
    "compute_cost",
    "forward_propagation",
    "initialize_parameters",
    "layer_sizes",
    "nn_model",
    "predict",
    "update_parameters",
]

WEIGHT_SCALE = 0.01  # so small that tanh starts on its steep, nearly linear part
_SHAPES = {"W1": ("n_h", "n_x"), "b1": ("n_h", 1), "W2": ("n_y", "n_h"), "b2": ("n_y", 1)}


def layer_sizes(X, Y, n_h=4):
    """Sizes of the three layers: the data fix the outer two, the hidden one is ours to choose.

    Args:
        X: examples as columns, shape (n_x, m).
        Y: labels as columns, shape (n_y, m).
        n_h: number of hidden units, at least 1.

    Returns:
        Tuple of integers (n_x, n_h, n_y).

    Raises:
        ValueError: X and Y differ in their number of examples.

    Example:
        >>> layer_sizes(np.zeros((2, 400)), np.zeros((1, 400)))
        (2, 4, 1)
    """
    if X.shape[1] != Y.shape[1]:
        raise ValueError(f"Y: expected one column per example of X, {X.shape[1]}; got {Y.shape[1]}")
    return X.shape[0], n_h, Y.shape[0]


def initialize_parameters(n_x, n_h, n_y, rng):
    """Small random weights, which make the hidden units differ, and zero biases.

    Args:
        n_x: number of inputs.
        n_h: number of hidden units.
        n_y: number of outputs.
        rng: numpy Generator that the weights are drawn from.

    Returns:
        Dictionary "W1" (n_h, n_x), "b1" (n_h, 1), "W2" (n_y, n_h), "b2" (n_y, 1); the weights
        normal with mean 0 and standard deviation 0.01, the biases 0.

    Raises:
        ValueError: a size is not a whole number of at least 1.

    Example:
        >>> parameters = initialize_parameters(2, 4, 1, np.random.default_rng(0))
        >>> {name: value.shape for name, value in parameters.items()}
        {'W1': (4, 2), 'b1': (4, 1), 'W2': (1, 4), 'b2': (1, 1)}
    """
    for name, size in (("n_x", n_x), ("n_h", n_h), ("n_y", n_y)):
        whole_number(name, size, least=1)
    return {
        "W1": WEIGHT_SCALE * rng.standard_normal((n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": WEIGHT_SCALE * rng.standard_normal((n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }


def forward_propagation(X, parameters):
    """From the examples to the probabilities of class 1: linear, tanh, linear, sigmoid.

    Args:
        X: examples as columns, shape (n_x, m).
        parameters: dictionary with "W1", "b1", "W2", "b2".

    Returns:
        A2, probabilities of shape (n_y, m), and the cache (Z1, A1, Z2, A2).

    Raises:
        ValueError: X has another number of rows than W1 has columns, the parameters do not fit
            together, or one of them holds NaN.

    Example:
        >>> zeros = {"W1": np.zeros((3, 2)), "b1": np.zeros((3, 1)),
        ...          "W2": np.zeros((1, 3)), "b2": np.zeros((1, 1))}
        >>> A2, cache = forward_propagation(np.ones((2, 2)), zeros)
        >>> A2.tolist(), len(cache)
        ([[0.5, 0.5]], 4)
    """
    W1, b1, W2, b2 = parameter_arrays(parameters, _SHAPES).values()
    if X.shape[0] != W1.shape[1]:
        raise ValueError(f"X: expected {W1.shape[1]} rows, one per column of W1; got {X.shape[0]}")
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    return A2, (Z1, A1, Z2, A2)


def compute_cost(A2, Y):
    """Cross-entropy cost, averaged over the examples: the same as in logistic regression.

    Args:
        A2: probabilities of class 1, shape (1, m), in [0, 1].
        Y: labels, shape (1, m), each 0 or 1.

    Returns:
        -1/m of the sum of y log a + (1-y) log(1-a), a float, not negative.

    Raises:
        ValueError: A2 and Y differ in shape.

    Example:
        >>> round(compute_cost(np.array([[0.5, 0.5]]), np.array([[1, 0]])), 4)
        0.6931
    """
    if np.shape(A2) != np.shape(Y):
        raise ValueError(f"A2: expected the shape of Y, {np.shape(Y)}; got {np.shape(A2)}")
    return logistic.compute_cost(A2, Y)


def backward_propagation(parameters, cache, X, Y):
    """Gradients of the cost with respect to all parameters: six formulas, from back to front.

    Args:
        parameters: dictionary with "W1", "b1", "W2", "b2".
        cache: tuple (Z1, A1, Z2, A2) of the forward pass.
        X: examples as columns, shape (n_x, m).
        Y: labels, shape (1, m), each 0 or 1.

    Returns:
        Dictionary "dW1", "db1", "dW2", "db2", each shaped like its parameter.

    Raises:
        ValueError: Y does not have the shape of the cache's A2.

    Reference:
        Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors", 1986.

    Example:
        >>> parameters = initialize_parameters(2, 3, 1, np.random.default_rng(0))
        >>> X, Y = np.eye(2), np.array([[0, 1]])
        >>> _, cache = forward_propagation(X, parameters)
        >>> grads = backward_propagation(parameters, cache, X, Y)
        >>> {name: value.shape for name, value in grads.items()}
        {'dW1': (3, 2), 'db1': (3, 1), 'dW2': (1, 3), 'db2': (1, 1)}
    """
    _, A1, _, A2 = cache
    if np.shape(Y) != A2.shape:
        raise ValueError(f"Y: expected the shape of A2, {A2.shape}; got {np.shape(Y)}")
    if A2.size == 0:
        raise ValueError(f"Y: expected at least one example; got shape {np.shape(Y)}")
    m = X.shape[1]
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def update_parameters(parameters, grads, learning_rate):
    """One step of gradient descent, from all gradients at once.

    Args:
        parameters: dictionary with "W1", "b1", "W2", "b2"; left as it is.
        grads: dictionary with "dW1", "db1", "dW2", "db2".
        learning_rate: length of the step relative to the gradient, positive.

    Returns:
        New dictionary with the keys of parameters.

    Raises:
        ValueError: a gradient is missing or misshapen, anything is NaN, or learning_rate is not
            above 0.

    Example:
        >>> update_parameters({"b2": np.array([[1.0]])}, {"db2": np.array([[0.5]])}, 1.0)
        {'b2': array([[0.5]])}
    """
    check_step(parameters, grads)
    rate = positive("learning_rate", learning_rate)
    return {name: value - rate * grads[f"d{name}"] for name, value in parameters.items()}


def nn_model(X, Y, n_h, num_iterations, learning_rate, rng):
    """Train a network with one hidden layer by gradient descent on all examples.

    Args:
        X: examples as columns, shape (n_x, m).
        Y: labels, shape (1, m), each 0 or 1.
        n_h: number of hidden units, at least 1.
        num_iterations: number of steps, at least 0.
        learning_rate: length of a step relative to the gradient, positive.
        rng: numpy Generator that the first weights are drawn from.

    Returns:
        parameters after the last step, and costs, a list of floats: the cost before each step.

    Example:
        >>> X, Y = np.array([[-1.0, 0.0, 1.0]]), np.array([[0, 1, 1]])
        >>> parameters, costs = nn_model(X, Y, 3, 500, 1.2, np.random.default_rng(0))
        >>> len(costs), predict(parameters, X)
        (500, array([[0., 1., 1.]]))
    """
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h), rng)
    costs = []
    for _ in range(num_iterations):
        A2, cache = forward_propagation(X, parameters)
        costs.append(compute_cost(A2, Y))
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def predict(parameters, X):
    """Class of every example: one where its probability is above one half.

    Args:
        parameters: dictionary with "W1", "b1", "W2", "b2".
        X: examples as columns, shape (n_x, m).

    Returns:
        Array (1, m) of 0.0 and 1.0.

    Example:
        >>> parameters = {"W1": np.array([[1.0]]), "b1": np.zeros((1, 1)),
        ...               "W2": np.array([[1.0]]), "b2": np.zeros((1, 1))}
        >>> predict(parameters, np.array([[-2.0, 3.0]]))
        array([[0., 1.]])
    """
    A2, _ = forward_propagation(X, parameters)
    return (A2 > 0.5).astype(float)
