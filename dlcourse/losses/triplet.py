"""Triplet loss of given triplets: an anchor, another picture of the same class, one of another."""

import keras
from keras import ops

from dlcourse.losses.distances import euclidean_distance, squared_distance

__all__ = ["DistanceMarginLoss", "TripletLoss", "check_margin", "triplet_loss"]


def triplet_loss(anchor, positive, negative, margin=0.2, squared=True):
    """How much the positive is not yet nearer than the negative: max(0, d(A,P) - d(A,N) + α).

    Args:
        anchor: embeddings, float tensor (B, D).
        positive: embeddings (B, D) of examples of the same class as the anchor.
        negative: embeddings (B, D) of examples of another class.
        margin: α > 0, in the unit of the distance. Without it, equal embeddings for all would
            already cost nothing.
        squared: whether d is the squared Euclidean distance (FaceNet, the course) or the distance.

    Returns:
        Tensor (B,), >= 0, at least float32.

    Raises:
        ValueError: embeddings of different lengths, or a margin that is not positive.

    Reference:
        Schroff, Kalenichenko and Philbin, "FaceNet: a unified embedding for face recognition and
        clustering", 2015, equation 3 (its default margin is 0.2).

    Example:
        >>> a, p, n = ops.array([[0.0]]), ops.array([[1.0]]), ops.array([[2.0]])
        >>> triplet_loss(a, p, n, margin=5.0).numpy().tolist()
        [2.0]
    """
    check_margin(margin)
    distance = squared_distance if squared else euclidean_distance
    return ops.relu(distance(anchor, positive) - distance(anchor, negative) + margin)


def check_margin(margin):
    """The margin itself, or a ValueError unless it is positive."""
    if not margin > 0:
        raise ValueError(
            f"margin: expected a positive number, got {margin!r}; with 0 a network that maps "
            "everything to one point would be perfect"
        )
    return margin


class DistanceMarginLoss(keras.losses.Loss):
    """What the losses of `compile` have in common that compare distances by a margin.

    Args:
        margin: α > 0, in the unit of the distance.
        squared: whether distances are squared.
        **kwargs: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: a margin that is not positive.
    """

    def __init__(self, margin=0.2, squared=True, **kwargs):
        super().__init__(**kwargs)
        self.margin, self.squared = check_margin(margin), squared

    def get_config(self):
        """Arguments from which the loss can be built again."""
        return {**super().get_config(), "margin": self.margin, "squared": self.squared}


@keras.saving.register_keras_serializable(package="dlcourse")
class TripletLoss(DistanceMarginLoss):
    """`triplet_loss` for `compile`, for models that embed three pictures at a time.

    The model's output is (B, 3, D): anchor, positive and negative along the second axis. There is
    no y_true to speak of; any tensor with B entries will do.

    Args:
        margin: α > 0, in the unit of the distance.
        squared: whether distances are squared.
        **kwargs: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: a margin that is not positive, or an output of another shape.

    Example:
        >>> loss = TripletLoss(margin=5.0)
        >>> float(loss([0], ops.array([[[0.0], [1.0], [2.0]]])))
        2.0
    """

    def call(self, y_true, y_pred):
        """The loss of each triplet; y_true is not used."""
        if len(y_pred.shape) != 3 or y_pred.shape[1] != 3:
            raise ValueError(
                "y_pred: expected anchor, positive and negative stacked along axis 1, shape "
                f"(batch, 3, dimensions); got shape {tuple(y_pred.shape)}"
            )
        triplet = y_pred[:, 0], y_pred[:, 1], y_pred[:, 2]
        return triplet_loss(*triplet, self.margin, self.squared)
