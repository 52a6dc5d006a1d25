"""Image classifiers from dense layers: prepare the images, train two layers or L, look at errors.

Training is plain batch gradient descent: every step sees all the examples.
"""

import numpy as np

from dlcourse.scratch.dense import (
    compute_cost,
    initialize_parameters,
    initialize_parameters_deep,
    l_model_backward,
    l_model_forward,
    linear_activation_backward,
    linear_activation_forward,
    linear_backward,
    update_parameters,
)

__all__ = [
    "accuracy",
    "l_layer_model",
    "mislabelled_examples",
    "predict",
    "preprocess_images",
    "two_layer_model",
]

LAYERS_OF_TWO_LAYER_MODEL = 3  # inputs, hidden units, outputs


def preprocess_images(images, brightest):
    """Turn a stack of images into columns of numbers between 0 and 1.

    Args:
        images: grey or colour images, shape (m, height, width) or (m, height, width, channels),
            with values from 0 to `brightest`, integer or float.
        brightest: the largest value a pixel can have, above 0 (255 for most image files).

    Returns:
        float array (n_x, m), one image per column, its pixels in reading order.

    Raises:
        ValueError: brightest is not positive.

    Example:
        >>> images = np.array([[[0, 4], [8, 16]], [[16, 16], [0, 0]]])
        >>> preprocess_images(images, 16).T.tolist()
        [[0.0, 0.25, 0.5, 1.0], [1.0, 1.0, 0.0, 0.0]]
    """
    if brightest <= 0:
        raise ValueError(f"brightest: expected a number above 0; got {brightest!r}")
    # one row per image first: reshape(-1, m) would mix pixels of different images
    return images.reshape(len(images), -1).T / brightest


def two_layer_model(X, Y, layer_dims, learning_rate, num_iterations, rng):
    """Train linear -> ReLU -> linear -> sigmoid by gradient descent.

    Args:
        X: data, shape (n_x, m).
        Y: labels 0 or 1, shape (1, m).
        layer_dims: (n_x, n_h, 1).
        learning_rate: step size, above 0.
        num_iterations: number of steps, 0 or more.
        rng: numpy.random.Generator for the initial weights.

    Returns:
        (parameters, costs): dict with W1, b1, W2, b2, and the list of the costs before each step.

    Raises:
        ValueError: layer_dims does not hold three sizes, or shapes do not fit together.

    Example:
        >>> X, Y = np.array([[-1.0, 1.0]]), np.array([[0, 1]])
        >>> parameters, costs = two_layer_model(X, Y, (1, 4, 1), 1.0, 200, np.random.default_rng(0))
        >>> costs[-1] < costs[0], predict(X, parameters).tolist()
        (True, [[0, 1]])
    """
    if len(layer_dims) != LAYERS_OF_TWO_LAYER_MODEL:
        raise ValueError(f"layer_dims: expected (n_x, n_h, n_y); got {layer_dims!r}")
    parameters, costs = initialize_parameters(*layer_dims, rng), []
    for _ in range(num_iterations):
        A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
        A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
        costs.append(compute_cost(A2, Y))
        dA1, dW2, db2 = linear_backward(A2 - Y, cache2[0])
        _, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")
        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def l_layer_model(X, Y, layer_dims, learning_rate, num_iterations, rng):
    """Train [linear -> ReLU] x (L-1) -> linear -> sigmoid or softmax by gradient descent.

    Args:
        X: data, shape (n_x, m).
        Y: labels, shape (n[L], m): 0 or 1 in one row, or one-hot columns.
        layer_dims: sizes (n_x, n[1], …, n[L]).
        learning_rate: step size, above 0.
        num_iterations: number of steps, 0 or more.
        rng: numpy.random.Generator for the initial weights.

    Returns:
        (parameters, costs): dict with W1, b1, …, WL, bL, and the list of the costs before each
        step.

    Raises:
        ValueError: shapes do not fit together.

    Example:
        >>> X, Y = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0, 1, 1, 0]])
        >>> rng = np.random.default_rng(0)
        >>> parameters, costs = l_layer_model(X, Y, (2, 8, 4, 1), 0.5, 500, rng)
        >>> predict(X, parameters).tolist()
        [[0, 1, 1, 0]]
    """
    parameters, costs = initialize_parameters_deep(layer_dims, rng), []
    for _ in range(num_iterations):
        AL, caches = l_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = l_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def predict(X, parameters):
    """Turn the network's probabilities into decisions.

    Args:
        X: data, shape (n_x, m).
        parameters: dict with W1, b1, …, WL, bL.

    Returns:
        int array (1, m): for one output unit 1 where the probability is above 0.5, else 0; for
        several the number of the most probable class.

    Example:
        >>> parameters = {"W1": np.array([[2.0]]), "b1": np.array([[-1.0]])}
        >>> predict(np.array([[0.0, 1.0, 2.0]]), parameters).tolist()
        [[0, 1, 1]]
    """
    AL, _ = l_model_forward(X, parameters)
    if len(AL) == 1:
        return (AL > 0.5).astype(int)
    return np.argmax(AL, axis=0, keepdims=True)


def accuracy(predictions, Y):
    """Tell the share of examples whose prediction is right.

    Args:
        predictions: class numbers, shape (1, m).
        Y: true class numbers, shape (1, m).

    Returns:
        float from 0 to 1.

    Raises:
        ValueError: predictions and Y differ in shape.

    Example:
        >>> accuracy(np.array([[0, 1, 1, 0]]), np.array([[0, 1, 0, 0]]))
        0.75
    """
    # (1, m) against (m,) would broadcast silently, (m, 1) even to a whole (m, m) table
    if predictions.shape != Y.shape:
        raise ValueError(
            f"predictions: expected the shape of Y, {Y.shape}; got {predictions.shape}"
        )
    if Y.size == 0:
        raise ValueError(f"Y: expected at least one label; got shape {Y.shape}")
    return float(np.mean(predictions == Y))


def mislabelled_examples(probabilities, Y):
    """Find the examples on the wrong side of 0.5, the most confidently wrong first.

    Args:
        probabilities: predicted probabilities that the label is 1, shape (1, m).
        Y: labels 0 or 1, shape (1, m).

    Returns:
        int array (k,) of column numbers, ordered by |probability − label| from large to small
        (equally wrong ones in their order in the data).

    Raises:
        ValueError: probabilities and Y differ in shape.

    Example:
        >>> probabilities = np.array([[0.9, 0.6, 0.2, 0.4]])
        >>> mislabelled_examples(probabilities, np.array([[1, 0, 1, 0]])).tolist()
        [2, 1]
    """
    if probabilities.shape != Y.shape:
        raise ValueError(
            f"probabilities: expected the shape of Y, {Y.shape}; got {probabilities.shape}"
        )
    wrong = np.flatnonzero((probabilities > 0.5) != (Y == 1))
    distance = np.abs(probabilities - Y).ravel()[wrong]
    return wrong[np.argsort(-distance, kind="stable")]
