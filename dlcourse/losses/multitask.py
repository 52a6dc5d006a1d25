"""Binary cross-entropy over many tasks at once, some of whose labels are missing."""

import keras
from keras import ops

from dlcourse.losses.distances import at_least_float32

__all__ = ["MISSING", "MaskedBinaryCrossentropy", "masked_binary_crossentropy"]

MISSING = -1


def masked_binary_crossentropy(y_true, y_pred, from_logits=False):
    """Sum over the labelled tasks of -(y log ŷ + (1 - y) log(1 - ŷ)).

    One picture may show a pedestrian, a car, a stop sign and a traffic light, or none: a sigmoid
    per task. A task without a label adds nothing to the loss and nothing to the gradient.

    Args:
        y_true: 1, 0 or MISSING (-1), shape (B, tasks).
        y_pred: probabilities from 0 to 1, or logits; float tensor (B, tasks).
        from_logits: whether y_pred comes before the sigmoid, which is the more exact way.

    Returns:
        Tensor (B,), at least float32. It is the sum over the tasks, as in the course (Keras's own
        binary cross-entropy takes their mean).

    Raises:
        ValueError: y_true and y_pred differ in shape.

    Reference:
        Caruana, "Multitask learning", 1997, section 2.

    Example:
        >>> labels = [[1, 0, -1], [-1, -1, -1]]
        >>> guesses = ops.array([[0.5, 0.5, 0.9], [0.1, 0.2, 0.3]])
        >>> [round(float(cost), 4) for cost in masked_binary_crossentropy(labels, guesses)]
        [1.3863, 0.0]
    """
    y_pred = at_least_float32(y_pred)
    y_true = ops.cast(y_true, y_pred.dtype)
    if len(y_true.shape) != 2 or tuple(y_true.shape) != tuple(y_pred.shape):
        raise ValueError(
            "y_true: expected a column per task, like y_pred, shape "
            f"{tuple(y_pred.shape)}; got shape {tuple(y_true.shape)}"
        )
    labelled = y_true != MISSING
    # a missing label must reach no logarithm: 0 · ∞ would be NaN
    y_true = ops.where(labelled, y_true, ops.zeros_like(y_true))
    y_pred = ops.where(labelled, y_pred, ops.zeros_like(y_pred))
    costs = ops.binary_crossentropy(y_true, y_pred, from_logits=from_logits)
    return ops.sum(ops.where(labelled, costs, ops.zeros_like(costs)), axis=1)


@keras.saving.register_keras_serializable(package="dlcourse")
class MaskedBinaryCrossentropy(keras.losses.Loss):
    """`masked_binary_crossentropy` for `compile`.

    Args:
        from_logits: whether the model's output comes before the sigmoid.
        **kwargs: name, reduction and dtype of every Keras loss.

    Example:
        >>> round(float(MaskedBinaryCrossentropy()([[1, -1]], [[0.5, 0.9]])), 4)
        0.6931
    """

    def __init__(self, from_logits=False, **kwargs):
        super().__init__(**kwargs)
        self.from_logits = from_logits

    def call(self, y_true, y_pred):
        """The loss of each example; see `masked_binary_crossentropy`."""
        return masked_binary_crossentropy(y_true, y_pred, self.from_logits)

    def get_config(self):
        """Arguments from which the loss can be built again."""
        return {**super().get_config(), "from_logits": self.from_logits}
