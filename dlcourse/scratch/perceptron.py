"""Rosenblatt's perceptron: one neuron with a step, and the rule by which it learns."""

import numpy as np

from dlcourse.scratch.activations import step
from dlcourse.scratch.neuron import neuron
from dlcourse.scratch.ranges import positive

__all__ = ["Perceptron", "perceptron_update"]


def perceptron_update(w, b, x, y, learning_rate):
    """Correct the weights after seeing one example: nothing happens when the answer was right.

    Args:
        w: weights, (n_x, 1).
        b: bias, a number.
        x: one example, (n_x, 1).
        y: its label, 0 or 1.
        learning_rate: size of the correction, > 0.

    Returns:
        Tuple (w, b): new weights (n_x, 1) and the new bias, a float. The arguments stay unchanged.

    Raises:
        ValueError: w has another shape, w or b is NaN, or learning_rate is not above 0.

    Reference:
        Rosenblatt, "The perceptron: a perceiving and recognizing automaton", report 85-460-1,
        Cornell Aeronautical Laboratory, 1957.

    Example:
        >>> w, b = perceptron_update(np.zeros((2, 1)), 0.0, np.array([[2.0], [1.0]]), 0, 0.5)
        >>> w.T.tolist(), b
        ([[-1.0, -0.5]], -0.5)
    """
    y_hat = neuron(w, b, x, step).item()
    correction = positive("learning_rate", learning_rate) * (y - y_hat)
    return w + correction * x, float(b + correction)


class Perceptron:
    """A neuron with a step activation that learns a line between two classes.

    Args:
        n_x: number of features.
        learning_rate: size of each correction, > 0.

    Attributes:
        w: weights, (n_x, 1), zero at first.
        b: bias, a float, zero at first.

    Reference:
        Novikoff, "On convergence proofs on perceptrons", 1962: if some line separates the classes
        with margin γ and no example is longer than R (the bias counted as one more feature that is
        always 1), learning stops after at most (R/γ)² corrections.

    Example:
        >>> X, Y = np.array([[0.0, 0, 1, 1], [0, 1, 0, 1]]), np.array([[0, 0, 0, 1]])
        >>> logical_and = Perceptron(n_x=2)
        >>> logical_and.fit(X, Y)
        [2, 3, 3, 2, 1, 0]
        >>> logical_and.predict(X).tolist()
        [[0.0, 0.0, 0.0, 1.0]]
    """

    def __init__(self, n_x, learning_rate=1.0):
        self.learning_rate = positive("learning_rate", learning_rate)
        self.w = np.zeros((n_x, 1))
        self.b = 0.0

    def predict(self, X):
        """Label every column of X.

        Args:
            X: examples, (n_x, m).

        Returns:
            Labels 0.0 or 1.0, (1, m).
        """
        return neuron(self.w, self.b, X, step)

    def fit(self, X, Y, epochs=100):
        """Show the examples one by one, again and again, until a whole pass needs no correction.

        It goes on from the weights it finds, so calling it again continues the learning.

        Args:
            X: examples, (n_x, m).
            Y: labels 0 or 1, (1, m).
            epochs: passes over the data at most, >= 1.

        Returns:
            List of the number of corrections in each pass; it ends with 0 where a line was found.

        Raises:
            ValueError: If Y is not one row of labels 0 and 1, one per column of X.
        """
        _require_labels(X, Y)
        corrections = []
        for _ in range(epochs):
            corrections.append(self._one_pass(X, Y))
            if corrections[-1] == 0:
                break
        return corrections

    def _one_pass(self, X, Y):
        count = 0
        for i in range(X.shape[1]):
            x, y = X[:, [i]], Y[0, i]
            count += int(self.predict(x).item() != y)
            self.w, self.b = perceptron_update(self.w, self.b, x, y, self.learning_rate)
        return count


def _require_labels(X, Y):
    if np.shape(Y) != (1, X.shape[1]):
        raise ValueError(
            f"Y: expected shape (1, {X.shape[1]}), one label per column of X, got {np.shape(Y)}"
        )
    if not np.isin(Y, (0, 1)).all():
        raise ValueError(f"Y: expected labels 0 and 1, got {np.unique(Y).tolist()[:5]}")
