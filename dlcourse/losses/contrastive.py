"""Contrastive loss: pairs of one class pulled together, others pushed a margin apart."""

import keras
from keras import ops

from dlcourse.losses.distances import at_least_float32
from dlcourse.losses.triplet import check_margin

__all__ = ["ContrastiveLoss", "contrastive_loss"]


def contrastive_loss(y_true, y_pred, margin=1.0):
    """½ y d² + ½ (1 - y) max(0, margin - d)² of a pair at distance d, y = 1 for the same class.

    The paper writes Y = 0 for similar pairs; here 1 means "the same", as in the siamese head.

    Args:
        y_true: 1 where both of the pair are of one class, else 0; shape (B,) or (B, 1).
        y_pred: Euclidean distances, not squared, of y_true's size; see `euclidean_distance`.
        margin: distance beyond which different pairs are left alone, > 0.

    Returns:
        Tensor (B,), at least float32.

    Raises:
        ValueError: shapes that do not belong together, or a margin that is not positive.

    Reference:
        Hadsell, Chopra and LeCun, "Dimensionality reduction by learning an invariant mapping",
        2006, equation 4.

    Example:
        >>> contrastive_loss([1, 0, 0], ops.array([2.0, 0.5, 3.0])).numpy().tolist()
        [2.0, 0.125, 0.0]
    """
    check_margin(margin)
    distance = _flat("y_pred", "distance", at_least_float32(y_pred))
    same = _flat("y_true", "answer", ops.cast(y_true, distance.dtype))
    if None not in (same.shape[0], distance.shape[0]) and same.shape[0] != distance.shape[0]:
        raise ValueError(
            f"y_true: expected one answer for each of the {distance.shape[0]} distances; got "
            f"{same.shape[0]}"
        )
    apart = ops.square(ops.relu(margin - distance))
    return (same * ops.square(distance) + (1 - same) * apart) / 2


def _flat(name, what, values):
    shape = tuple(values.shape)
    if len(shape) not in (1, 2) or (len(shape) == 2 and shape[1] != 1):
        raise ValueError(
            f"{name}: expected one {what} per pair, shape (batch,) or (batch, 1); got shape {shape}"
        )
    return ops.reshape(values, (-1,))


@keras.saving.register_keras_serializable(package="dlcourse")
class ContrastiveLoss(keras.losses.Loss):
    """`contrastive_loss` for `compile`, for models whose output is a distance.

    Args:
        margin: distance beyond which different pairs are left alone, > 0.
        **kwargs: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: a margin that is not positive.

    Example:
        >>> float(ContrastiveLoss()([1, 0], [[2.0], [3.0]]))
        1.0
    """

    def __init__(self, margin=1.0, **kwargs):
        super().__init__(**kwargs)
        self.margin = check_margin(margin)

    def call(self, y_true, y_pred):
        """The loss of each pair; see `contrastive_loss`."""
        return contrastive_loss(y_true, y_pred, self.margin)

    def get_config(self):
        """Arguments from which the loss can be built again."""
        return {**super().get_config(), "margin": self.margin}
