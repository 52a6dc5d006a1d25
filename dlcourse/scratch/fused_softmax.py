"""Softmax and cross-entropy: apart, as the formulas read, and fused into one stable step.

Apart, the probability of a hopeless class rounds to 0, its logarithm is −∞ and the way back divides
by it. Fused, exp and log cancel on paper: log ŷ = z − log Σ exp z, and the gradient with respect to
the scores is simply ŷ − y.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.named_arrays import check_numbers

__all__ = [
    "cross_entropy",
    "cross_entropy_backward",
    "log_softmax",
    "softmax_cross_entropy_backward",
    "softmax_cross_entropy_forward",
]


def cross_entropy(Y_hat, Y, axis=0):
    """Loss of each example, −Σ y log ŷ: minus the log of the probability of its true class.

    Args:
        Y_hat: probabilities, any shape with the classes along `axis`; in the course (C, m). Above 0
            wherever Y is.
        Y: one-hot labels (or probabilities), shape of Y_hat, summing to 1 along `axis`.
        axis: the axis of the classes; 0 because examples are columns here, −1 for rows.

    Returns:
        Array of the shape of Y without `axis`, one loss per example, 0 or more.

    Raises:
        ValueError: the shapes differ, there are no classes, Y does not sum to 1, or a probability
            is 0 (or below, or NaN) where Y is not.

    Example:
        >>> cross_entropy(np.array([0.3, 0.2, 0.1, 0.4]), np.array([0, 1, 0, 0])).round(3).item()
        1.609
    """
    Y_hat, Y = _checked("Y_hat", Y_hat, Y, axis)
    if not np.all((Y_hat > 0) | (Y == 0)):
        raise ValueError(
            "Y_hat: expected probabilities above 0 for the true classes; got 0, below or NaN "
            "(softmax_cross_entropy_forward takes the scores instead)"
        )
    return -_dot(Y, np.log(np.where(Y > 0, Y_hat, 1)), axis)


def cross_entropy_backward(Y_hat, Y, axis=0):
    """Gradient of each example's loss with respect to its probabilities, −y/ŷ.

    Args:
        Y_hat: probabilities, as given to `cross_entropy`.
        Y: labels, as given to `cross_entropy`.
        axis: the axis of the classes.

    Returns:
        Array of the shape of Y_hat; 0 for the classes where Y is 0.

    Raises:
        ValueError: as `cross_entropy`.

    Example:
        >>> cross_entropy_backward(np.array([0.75, 0.25]), np.array([0, 1])).tolist()
        [0.0, -4.0]
    """
    cross_entropy(Y_hat, Y, axis)  # for its complaints
    Y_hat, Y = as_float(Y_hat), as_float(Y)
    return np.where(Y > 0, -Y / np.where(Y > 0, Y_hat, 1), 0)


def log_softmax(Z, axis=0):
    """Logarithm of softmax, finite for every finite score.

    Args:
        Z: scores, any shape with at least one class along `axis`, one of them finite; −∞ gives −∞.
        axis: the axis of the classes.

    Returns:
        Array of the shape of Z, at most 0.

    Raises:
        ValueError: there is no class along `axis`.

    Example:
        >>> log_softmax(np.array([0.0, -10000.0])).tolist()
        [0.0, -10000.0]
    """
    Z = as_float(Z)
    _check_axis("Z", Z, axis)
    # the largest score at 0: the sum is at least 1 and its logarithm harmless
    shifted = Z - np.max(Z, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))


def softmax_cross_entropy_forward(Z, Y, axis=0):
    """Loss of each example straight from its scores: −Σ y log softmax(z).

    Args:
        Z: scores, any shape with the classes along `axis`; in the course (C, m). An entry of −∞
            masks a class that Y does not name.
        Y: one-hot labels (or probabilities), shape of Z, summing to 1 along `axis`.
        axis: the axis of the classes; 0 because examples are columns here, −1 for rows.

    Returns:
        (losses, cache): losses of the shape of Y without `axis`, 0 or more, finite for finite
        scores (their mean is the cost J); cache = (Y_hat, Y, axis) for the backward pass, with
        Y_hat the probabilities.

    Raises:
        ValueError: the shapes differ, there are no classes, Y does not sum to 1, or Z is NaN.

    Example:
        >>> Z, Y = np.array([[5.0], [2.0], [-1.0], [3.0]]), np.array([[1], [0], [0], [0]])
        >>> losses, (Y_hat, _, _) = softmax_cross_entropy_forward(Z, Y)
        >>> Y_hat.ravel().round(3).tolist(), losses.round(3).tolist()
        ([0.842, 0.042, 0.002, 0.114], [0.172])
    """
    Z, Y = _checked("Z", Z, Y, axis)
    check_numbers("Z", Z)
    log_Y_hat = log_softmax(Z, axis)
    return -_dot(Y, log_Y_hat, axis), (np.exp(log_Y_hat), Y, axis)


def softmax_cross_entropy_backward(dlosses, cache):
    """Go back from the losses to the scores: (ŷ − y) times the weight of each example.

    Args:
        dlosses: gradient of the cost with respect to each loss, shape of the losses, or one number
            for all of them: 1/m where the cost is their mean, 1 for dZ as `linear_backward` takes
            it.
        cache: (Y_hat, Y, axis) of `softmax_cross_entropy_forward`.

    Returns:
        dZ, gradient of the cost with respect to Z, shape of Z.

    Raises:
        ValueError: dlosses has neither the shape of the losses nor is one number.

    Reference:
        Bridle, "Probabilistic interpretation of feedforward classification network outputs", 1990.

    Example:
        >>> Z, Y = np.zeros((2, 1)), np.array([[1], [0]])
        >>> _, cache = softmax_cross_entropy_forward(Z, Y)
        >>> softmax_cross_entropy_backward(1.0, cache).tolist()
        [[-0.5], [0.5]]
    """
    Y_hat, Y, axis = cache
    dlosses = np.asarray(dlosses, dtype=Y_hat.dtype)
    losses_shape = np.delete(Y.shape, axis)
    if dlosses.ndim and not np.array_equal(dlosses.shape, losses_shape):
        raise ValueError(
            f"dlosses: expected one number or shape {tuple(map(int, losses_shape))}; "
            f"got {dlosses.shape}"
        )
    return (Y_hat - Y) * (np.expand_dims(dlosses, axis) if dlosses.ndim else dlosses)


def _dot(Y, logs, axis):
    # 0 · −∞ would be NaN, yet a class that Y does not name costs nothing
    products = np.multiply(Y, logs, where=Y != 0, out=np.zeros_like(logs))
    return np.sum(products, axis=axis)


def _checked(name, scores, Y, axis):
    scores = as_float(scores)
    Y = np.asarray(Y)
    _check_axis(name, scores, axis)
    if Y.shape != scores.shape:
        raise ValueError(
            f"Y: expected the shape of {name}, {scores.shape}, one-hot; got shape {Y.shape}"
        )
    # the precision of the scores counts: labels are often float64 or integers
    Y = Y.astype(scores.dtype, copy=False)
    if Y.size and (Y.min() < 0 or np.max(np.abs(np.sum(Y, axis=axis) - 1)) > 1e-3):
        raise ValueError(f"Y: expected labels from 0 to 1 that sum to 1 along axis {axis}")
    return scores, Y


def _check_axis(name, array, axis):
    if not -array.ndim <= axis < array.ndim or array.shape[axis] == 0:
        raise ValueError(
            f"{name}: expected at least one class along axis {axis}; got shape {array.shape}"
        )
