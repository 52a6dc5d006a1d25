"""Batch-hard triplet loss: each anchor against its farthest positive and its nearest negative."""

import keras
from keras import ops

from dlcourse.kernels import mined_triplets
from dlcourse.kernels.host_arrays import on_the_host, to_tensors
from dlcourse.kernels.row_argmax import row_argmax
from dlcourse.losses.batch_labels import as_labels, has_partner, same_class
from dlcourse.losses.distances import as_embeddings
from dlcourse.losses.triplet import DistanceMarginLoss, check_margin, triplet_loss

__all__ = ["BatchHardTripletLoss", "batch_hard_triplet_loss"]


def batch_hard_triplet_loss(y_true, y_pred, margin=0.2, squared=True):
    """Hinge of the hardest triplet of every anchor: max(0, d(a, p*) - d(a, n*) + margin).

    p* is the farthest other example of the anchor's class, n* the nearest example of another. An
    anchor without either has no triplet. The rest is multiplied by B / (number of anchors with a
    triplet), so that the mean over the batch is the mean over those anchors.

    Args:
        y_true: class labels, whole numbers, shape (B,) or (B, 1).
        y_pred: embeddings, float tensor (B, D).
        margin: α > 0, in the unit of the distance.
        squared: whether d is the squared Euclidean distance (FaceNet, the course) or the distance.

    Returns:
        Tensor (B,), one value per anchor, at least float32.

    Raises:
        ValueError: shapes that do not belong together, or a margin that is not positive.

    Reference:
        Hermans, Beyer and Leibe, "In defense of the triplet loss for person re-identification",
        2017, equation 5.

    Example:
        >>> embeddings = ops.array([[0.0], [1.0], [1.5]])
        >>> batch_hard_triplet_loss([0, 0, 1], embeddings, margin=1.0).numpy().tolist()
        [0.0, 2.625, 0.0]
    """
    check_margin(margin)
    x = as_embeddings(y_pred)
    labels = as_labels(y_true, x)
    farthest, nearest = _hardest(ops.stop_gradient(x), labels)
    # only B pairs count, so their distances are taken anew: exact, and nothing B by B to derive
    losses = triplet_loss(
        x, ops.take(x, farthest, axis=0), ops.take(x, nearest, axis=0), margin, squared
    )
    other_class = ops.not_equal(ops.take(labels, nearest), labels)
    has_triplet = ops.cast(ops.logical_and(has_partner(labels), other_class), losses.dtype)
    m = ops.cast(ops.shape(x)[0], losses.dtype)
    return losses * (has_triplet * (m / ops.maximum(ops.sum(has_triplet), 1.0)))


def _hardest(x, labels):
    """Indices of each anchor's farthest positive and nearest negative, the first of equals.

    The anchor itself counts as a positive, which is farthest only if all others are as near; then
    the distance is zero either way. Without negatives, "nearest" is the first example.
    """
    if known := on_the_host(x, labels):
        return to_tensors(*mined_triplets.hardest(*known))
    x = x - x[:1]  # see pairwise_squared_distances
    # |b|² - 2 a·b; |a|² would change nothing in the anchor's row
    distances = ops.sum(ops.square(x), axis=1) - (2 * x) @ ops.transpose(x)
    same = same_class(labels)
    farthest = row_argmax(ops.where(same, distances, -float("inf")))
    nearest = row_argmax(ops.where(same, -float("inf"), -distances))
    return farthest, nearest


@keras.saving.register_keras_serializable(package="dlcourse")
class BatchHardTripletLoss(DistanceMarginLoss):
    """`batch_hard_triplet_loss` for `compile`.

    Labels reach a Keras loss as float32, so they must be below 2²⁴ to stay apart.

    Args:
        margin: α > 0, in the unit of the distance.
        squared: whether distances are squared.
        **kwargs: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: a margin that is not positive.

    Example:
        >>> loss = BatchHardTripletLoss(margin=1.0)
        >>> float(loss([0, 0, 1], [[0.0], [1.0], [1.5]]))
        0.875
    """

    def call(self, y_true, y_pred):
        """The loss of each anchor; see `batch_hard_triplet_loss`."""
        return batch_hard_triplet_loss(y_true, y_pred, self.margin, self.squared)
