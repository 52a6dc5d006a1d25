"""Logistic regression as a network of one neuron, from its gradients to the trained model.

The costs are in `likelihood` and can be imported from here too.
"""

import numpy as np

from dlcourse.scratch.activations import sigmoid
from dlcourse.scratch.likelihood import (
    bernoulli_likelihood,
    compute_cost,
    negative_log_likelihood,
    squared_error_cost,
)
from dlcourse.scratch.named_arrays import check_numbers
from dlcourse.scratch.ranges import positive, whole_number

__all__ = [
    "accuracy",
    "bernoulli_likelihood",
    "compute_cost",
    "initialize_with_zeros",
    "model",
    "negative_log_likelihood",
    "optimize",
    "predict",
    "propagate",
    "propagate_loops",
    "squared_error_cost",
]

_EVEN_ODDS = 0.5  # both classes are equally probable: the border between them


def initialize_with_zeros(dim):
    """Weights and bias that are zero: a fair start where there is only one neuron.

    Args:
        dim: number of features n_x.

    Returns:
        w, shape (dim, 1), and b, a float.

    Raises:
        ValueError: dim is not a whole number of at least 1.

    Example:
        >>> w, b = initialize_with_zeros(3)
        >>> w.shape, b
        ((3, 1), 0.0)
    """
    return np.zeros((whole_number("dim", dim, least=1), 1)), 0.0


def propagate_loops(w, b, X, Y):
    """Cost and gradients with two loops, over the examples and over the features.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m).
        Y: labels, shape (1, m), each 0 or 1.

    Returns:
        grads: {"dw": (n_x, 1), "db": float}, and the cost, a float.

    Example:
        >>> grads, cost = propagate_loops(np.zeros((2, 1)), 0.0, np.eye(2), np.array([[1, 0]]))
        >>> grads["dw"].tolist(), grads["db"], round(cost, 4)
        ([[-0.25], [0.25]], 0.0, 0.6931)
    """
    _check_shapes(w, b, X, Y)
    n_x, m = X.shape
    cost, dw, db = 0.0, np.zeros((n_x, 1)), 0.0
    for i in range(m):
        z = float(b)
        for j in range(n_x):
            z += w[j, 0] * X[j, i]
        a = float(sigmoid(z))
        dz = a - float(Y[0, i])
        cost += negative_log_likelihood(a, Y[0, i]) / m
        db += dz / m
        for j in range(n_x):
            dw[j, 0] += X[j, i] * dz / m
    return {"dw": dw, "db": db}, cost


def propagate(w, b, X, Y):
    """Cost and gradients of logistic regression for one pass over the data, without a loop.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m).
        Y: labels, shape (1, m), each in [0, 1].

    Returns:
        grads: {"dw": (n_x, 1), "db": float}, and the cost, a float.

    Example:
        >>> grads, cost = propagate(np.zeros((2, 1)), 0.0, np.eye(2), np.array([[1, 0]]))
        >>> grads["dw"].tolist(), grads["db"], round(cost, 4)
        ([[-0.25], [0.25]], 0.0, 0.6931)
    """
    _check_shapes(w, b, X, Y)
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    dZ = A - Y
    dw = X @ dZ.T / m
    db = float(np.sum(dZ) / m)
    return {"dw": dw, "db": db}, compute_cost(A, Y)


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009):
    """Gradient descent: step after step against the gradient.

    Args:
        w: weights to start from, shape (n_x, 1); left as they are.
        b: bias to start from, a number.
        X: examples as columns, shape (n_x, m).
        Y: labels, shape (1, m), each in [0, 1].
        num_iterations: number of steps, at least one.
        learning_rate: length of a step relative to the gradient, positive.

    Returns:
        params: {"w": (n_x, 1), "b": float} after the last step;
        grads: {"dw": (n_x, 1), "db": float} of the last step;
        costs: list of floats, the cost before each step.

    Raises:
        ValueError: the shapes do not fit together, w or b is NaN, num_iterations is below 1, or
            learning_rate is not above 0.

    Example:
        >>> X, Y = np.array([[-1.0, 1.0]]), np.array([[0, 1]])
        >>> params, _, costs = optimize(np.zeros((1, 1)), 0.0, X, Y, 50, 1.0)
        >>> len(costs), costs[-1] < costs[0]
        (50, True)
    """
    rate = positive("learning_rate", learning_rate)
    costs = []
    for _ in range(whole_number("num_iterations", num_iterations, least=1)):
        grads, cost = propagate(w, b, X, Y)
        w = w - rate * grads["dw"]
        b = b - rate * grads["db"]
        costs.append(cost)
    return {"w": w, "b": b}, grads, costs


def predict(w, b, X):
    """Class of every example: one where its probability is above one half.

    Args:
        w: weights, shape (n_x, 1).
        b: bias, a number.
        X: examples as columns, shape (n_x, m).

    Returns:
        Array (1, m) of 0.0 and 1.0.

    Example:
        >>> predict(np.array([[2.0]]), -1.0, np.array([[0.0, 1.0]]))
        array([[0., 1.]])
    """
    _check_shapes(w, b, X)
    return (sigmoid(w.T @ X + b) > _EVEN_ODDS).astype(float)


def accuracy(predictions, Y):
    """Share of the examples whose prediction is their label.

    Args:
        predictions: classes, shape (1, m).
        Y: labels, shape (1, m).

    Returns:
        A float in [0, 1].

    Raises:
        ValueError: if the shapes differ, since (1, m) == (m, 1) would compare all pairs.

    Example:
        >>> accuracy(np.array([[1, 0, 1, 1]]), np.array([[1, 0, 0, 1]]))
        0.75
    """
    if np.shape(predictions) != np.shape(Y):
        raise ValueError(
            f"predictions: expected the shape of Y, {np.shape(Y)}, received {np.shape(predictions)}"
        )
    if np.size(Y) == 0:
        raise ValueError(f"Y: expected at least one label, received shape {np.shape(Y)}")
    return float(np.mean(predictions == Y))


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5):
    """Train logistic regression from zeros and predict both parts of the data.

    Args:
        X_train: training examples as columns, shape (n_x, m_train).
        Y_train: their labels, shape (1, m_train).
        X_test: test examples as columns, shape (n_x, m_test).
        Y_test: their labels, shape (1, m_test); only to measure the accuracy.
        num_iterations: number of steps, at least one.
        learning_rate: length of a step relative to the gradient, positive.

    Returns:
        Dict with "w", "b", "costs", "Y_prediction_train", "Y_prediction_test",
        "train_accuracy", "test_accuracy", "learning_rate" and "num_iterations".

    Example:
        >>> X, Y = np.array([[-1.0, 1.0]]), np.array([[0, 1]])
        >>> model(X, Y, X, Y, num_iterations=10)["Y_prediction_test"]
        array([[0., 1.]])
    """
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate)
    train, test = (predict(params["w"], params["b"], X) for X in (X_train, X_test))
    return params | {
        "costs": costs,
        "Y_prediction_train": train,
        "Y_prediction_test": test,
        "train_accuracy": accuracy(train, Y_train),
        "test_accuracy": accuracy(test, Y_test),
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }


def _check_shapes(w, b, X, Y=None):
    if np.ndim(X) != 2:
        raise ValueError(f"X: expected examples as columns, (n_x, m), received {np.shape(X)}")
    # a rank-1 w or Y would broadcast to a matrix and train on nonsense without an error
    n_x, m = X.shape
    if np.shape(w) != (n_x, 1):
        raise ValueError(f"w: expected a column of shape ({n_x}, 1), received {np.shape(w)}")
    check_numbers("w", w)
    check_numbers("b", b)
    if Y is not None and np.shape(Y) != (1, m):
        raise ValueError(f"Y: expected a row of shape (1, {m}), received {np.shape(Y)}")
    if Y is not None and m == 0:
        raise ValueError(f"X: expected at least one example, received {X.shape}")
