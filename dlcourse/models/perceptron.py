"""Networks of one layer: the perceptron, logistic regression and softmax regression."""

import keras

from dlcourse.layers.straight_through_step import StraightThroughStep

__all__ = ["build_logistic_regression", "build_perceptron", "build_softmax_regression"]


def build_perceptron(n_features):
    """One unit with a step, all weights 0 at first.

    Trained by stochastic gradient descent on one example at a time with (ŷ − y)²/2 as the loss
    (half of Keras's "mse": halve the rate) it follows Rosenblatt's rule exactly.

    Args:
        n_features: numbers per example, >= 1.

    Returns:
        An uncompiled `keras.Model` from (m, n_features) to labels 0.0 or 1.0, (m, 1).

    Raises:
        ValueError: n_features is below 1.

    Reference:
        Rosenblatt, "The perceptron: a perceiving and recognizing automaton", report 85-460-1,
        Cornell Aeronautical Laboratory, 1957.

    Example:
        >>> import numpy as np
        >>> model = build_perceptron(2)
        >>> logical_and = np.array([[1.0], [1.0]]), np.array([-1.5])
        >>> model.set_weights(logical_and)
        >>> model(np.array([[0, 1], [1, 1]])).numpy().tolist()
        [[0.0], [1.0]]
    """
    unit = keras.layers.Dense(1, kernel_initializer="zeros", name="unit")
    step = StraightThroughStep(name="step")
    return keras.Sequential([_features(n_features), unit, step], name="perceptron")


def build_logistic_regression(n_features):
    """One sigmoid unit: the probability of "yes".

    Args:
        n_features: numbers per example, >= 1.

    Returns:
        An uncompiled `keras.Model` from (m, n_features) to probabilities (m, 1), with
        n_features + 1 parameters, all 0 at first: the cost has one valley, so no two units have
        to be kept apart and any start will do.

    Raises:
        ValueError: n_features is below 1.

    Reference:
        Cox, "The Regression Analysis of Binary Sequences", 1958.

    Example:
        >>> build_logistic_regression(64 * 64 * 3).count_params()
        12289
    """
    unit = keras.layers.Dense(1, "sigmoid", kernel_initializer="zeros", name="unit")
    return keras.Sequential([_features(n_features), unit], name="logistic_regression")


def build_softmax_regression(n_features, classes):
    """One linear score per class and a softmax: logistic regression for several classes.

    Args:
        n_features: numbers per example, >= 1.
        classes: number of classes, >= 2.

    Returns:
        An uncompiled `keras.Model` from (m, n_features) to probabilities (m, classes), with
        (n_features + 1) · classes parameters, all 0 at first.

    Raises:
        ValueError: n_features is below 1 or classes below 2.

    Reference:
        Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.

    Example:
        >>> build_softmax_regression(784, classes=10).count_params()
        7850
    """
    if classes < 2:
        raise ValueError(f"classes: expected at least 2; got {classes!r}")
    scores = keras.layers.Dense(classes, "softmax", kernel_initializer="zeros", name="scores")
    return keras.Sequential([_features(n_features), scores], name="softmax_regression")


def _features(n_features):
    if n_features < 1:
        raise ValueError(f"n_features: expected at least 1; got {n_features!r}")
    return keras.Input((n_features,))
