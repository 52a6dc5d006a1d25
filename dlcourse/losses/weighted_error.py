"""Classification error in which some mistakes weigh more: the metric that says what matters.

Of two cat classifiers the better by plain error may let through pictures that no user must see.
Then the metric is wrong, not the ranking: a mistake on such a picture shall weigh 100.
"""

import keras
from keras import ops

__all__ = ["weighted_classification_error"]


def weighted_classification_error(y_true, y_pred, weights):
    """Share of mistakes, Σ w [ŷ ≠ y] / Σ w, gathered per example.

    An example's value is w [ŷ ≠ y] times B / Σ w, so that the mean over the batch is the weighted
    error. It has no useful gradient: train with a cross-entropy and `class_weight`, judge by this.

    Args:
        y_true: classes, whole numbers, shape (B,) or (B, 1).
        y_pred: guessed classes, whole numbers, of the size of y_true.
        weights: w of every class, floats >= 0, shape (classes,): 100 for the unacceptable one, 1
            for the others.

    Returns:
        Tensor (B,), float32.

    Raises:
        ValueError: y_true and y_pred differ in size, or weights is not a vector.

    Reference:
        The course, c3w1, "when to change dev/test sets and metrics".

    Example:
        >>> cat, dog, unacceptable = range(3)
        >>> truth, guess = [cat, dog, unacceptable, cat], [cat, cat, cat, cat]
        >>> error = weighted_classification_error(truth, guess, weights=[1, 1, 100])
        >>> round(float(ops.mean(error)), 4), round(101 / 103, 4)
        (0.9806, 0.9806)
    """
    wrong, weight = _mistakes(y_true, y_pred, weights)
    m = ops.cast(ops.shape(weight)[0], "float32")
    # if nothing weighs, nothing is wrong
    return wrong * (m / ops.maximum(ops.sum(weight), keras.config.epsilon()))


def _mistakes(y_true, y_pred, weights):
    """Weights of the mistakes and of all examples."""
    weights = ops.cast(weights, "float32")
    if len(weights.shape) != 1:
        raise ValueError(
            f"weights: expected one number per class, shape (classes,); got shape "
            f"{tuple(weights.shape)}"
        )
    y_true, y_pred = _classes("y_true", y_true), _classes("y_pred", y_pred)
    if None not in (y_true.shape[0], y_pred.shape[0]) and y_true.shape[0] != y_pred.shape[0]:
        raise ValueError(
            f"y_pred: expected a class for each of the {y_true.shape[0]} examples; got "
            f"{y_pred.shape[0]}"
        )
    weight = ops.take(weights, y_true)
    return weight * ops.cast(ops.not_equal(y_true, y_pred), "float32"), weight


def _classes(name, values):
    values = ops.convert_to_tensor(values)
    shape = tuple(values.shape)
    if len(shape) not in (1, 2) or (len(shape) == 2 and shape[1] != 1):
        raise ValueError(
            f"{name}: expected one class per example, shape (batch,) or (batch, 1); got shape "
            f"{shape}; turn probabilities into classes with argmax"
        )
    return ops.cast(ops.reshape(values, (-1,)), "int32")
