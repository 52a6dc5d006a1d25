"""The artificial neuron f(w·x + b), and the two that differ only in f: perceptron and logistic."""

import numpy as np

from dlcourse.scratch.activations import sigmoid, step
from dlcourse.scratch.named_arrays import check_numbers

__all__ = ["neuron", "step_and_sigmoid"]


def neuron(w, b, X, activation):
    """One artificial neuron looking at m examples: f(w·x + b) for every column x of X.

    Args:
        w: weights, (n_x, 1).
        b: bias, a number.
        X: examples in columns, (n_x, m).
        activation: the function f, applied element by element.

    Returns:
        Outputs of the neuron, (1, m).

    Raises:
        ValueError: If w is not a column with one weight per row of X, or w or b is NaN.

    Reference:
        McCulloch and Pitts, "A logical calculus of the ideas immanent in nervous activity", 1943.

    Example:
        >>> neuron(np.array([[2.0], [-1.0]]), 0.5, np.eye(2), activation=np.abs).tolist()
        [[2.5, 0.5]]
    """
    if np.shape(w) != (len(X), 1):
        raise ValueError(
            f"w: expected shape ({len(X)}, 1), one weight per row of X, got {np.shape(w)}"
        )
    check_numbers("w", w)
    check_numbers("b", b)
    return activation(w.T @ X + b)


def step_and_sigmoid(w, b, X):
    """What a perceptron and a logistic neuron with the same w and b say about the same examples.

    Args:
        w: weights, (n_x, 1).
        b: bias, a number.
        X: examples in columns, (n_x, m).

    Returns:
        Tuple (labels, probabilities), both (1, m): the perceptron's 0.0 or 1.0 (1.0 where
        w·x + b >= 0) and the logistic neuron's probability of class 1, in [0, 1].

    Example:
        >>> labels, probabilities = step_and_sigmoid(np.ones((1, 1)), 0.0, np.array([[-1.0, 0, 9]]))
        >>> labels.tolist(), probabilities.round(2).tolist()
        ([[0.0, 1.0, 1.0]], [[0.27, 0.5, 1.0]])
    """
    z = neuron(w, b, X, activation=np.asarray)
    return step(z), sigmoid(z)
