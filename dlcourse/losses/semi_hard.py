"""Semi-hard triplet loss: each pair of a class against the nearest negative farther away."""

import keras
from keras import ops

from dlcourse.kernels.mined_triplets import count_semi_hard
from dlcourse.kernels.searchsorted_rows import searchsorted_rows
from dlcourse.losses.batch_labels import as_labels, class_rows, same_class
from dlcourse.losses.distances import as_embeddings
from dlcourse.losses.triplet import DistanceMarginLoss, check_margin
from dlcourse.losses.triplet_counts import (
    Mining,
    by_class_size,
    mined_costs,
    pass_over_positives,
    pick,
    places_in_rows,
    put,
)

__all__ = ["SemiHardTripletLoss", "semi_hard_triplet_loss"]


def semi_hard_triplet_loss(y_true, y_pred, margin=0.2, squared=True):
    """Hinge of every pair (a, p) of a class with its semi-hard negative, gathered per anchor.

    The semi-hard negative n is the nearest with d(a, n) > d(a, p); where no negative is that far,
    the farthest of them. The loss max(0, d(a, p) - d(a, n) + margin) is averaged over all ordered
    pairs a ≠ p of a class that have a negative, also those that cost nothing: that is the
    normalisation of TensorFlow Addons' TripletSemiHardLoss. (pytorch-metric-learning instead takes
    every negative with d(a, p) < d(a, n) ≤ d(a, p) + margin and averages over costs above zero.)
    An anchor's value is the sum over its pairs times B / (number of pairs), so that the mean over
    the batch is that average.

    Args:
        y_true: class labels, whole numbers, shape (B,) or (B, 1).
        y_pred: embeddings, float tensor (B, D).
        margin: α > 0, in the unit of the distance.
        squared: whether d is the squared Euclidean distance (FaceNet, the course) or the distance.

    Returns:
        Tensor (B,), one value per anchor, at least float32. Takes O(B²) memory.

    Raises:
        ValueError: shapes that do not belong together, or a margin that is not positive.

    Reference:
        Schroff, Kalenichenko and Philbin, "FaceNet: a unified embedding for face recognition and
        clustering", 2015, section 3.2, equation 4.

    Example:
        >>> embeddings = ops.array([[0.0], [1.0], [1.5]])
        >>> semi_hard_triplet_loss([0, 0, 1], embeddings, margin=2.0).numpy().tolist()
        [1.125, 4.125, 0.0]
    """
    check_margin(margin)
    x = as_embeddings(y_pred)
    labels = as_labels(y_true, x)
    return mined_costs(_MINING, x, labels, margin, squared)


def _counted(distances, labels, margin):
    same, rows = same_class(labels), class_rows(labels)
    negatives = ops.where(same, float("inf"), distances)
    return by_class_size(
        rows.sizes,
        lambda largest: _count_by_passes(distances, negatives, margin, rows, largest),
        lambda: _count_by_sorting(distances, negatives, same, margin),
    )


def _count_by_passes(distances, negatives, margin, rows, largest):
    farthest = ops.argmax(ops.where(negatives < float("inf"), negatives, -1.0), axis=1)
    itself = places_in_rows(ops.arange(ops.shape(distances)[0], dtype="int32"))

    def add(j, counts):
        positive = places_in_rows(rows.member(j))
        to_positive = pick(distances, positive)
        farther = ops.where(negatives > to_positive[:, None], negatives, float("inf"))
        exists = ops.min(farther, axis=1) < float("inf")
        negative = ops.where(exists, ops.argmin(farther, axis=1), farthest)
        negative = places_in_rows(ops.cast(negative, "int32"))
        # an anchor without negatives finds infinity here, which is too far to cost anything
        active = to_positive + margin > pick(negatives, negative)
        active = ops.cast(ops.logical_and(active, positive != itself), counts.dtype)
        counts = put(counts, positive, active)
        return put(counts, negative, pick(counts, negative) - active)

    return pass_over_positives(largest, add, ops.zeros_like(distances))


def _count_by_sorting(distances, negatives, same, margin):
    m = ops.shape(distances)[0]
    order = ops.cast(ops.argsort(negatives, axis=1), "int32")
    ascending = pick(negatives, places_in_rows(order))
    last = ops.sum(ops.cast(ascending < float("inf"), "int32"), axis=1, keepdims=True) - 1
    rank = searchsorted_rows(ascending, distances, side="right")
    rank = places_in_rows(ops.maximum(ops.minimum(rank, last), 0))
    active = distances + margin > pick(ascending, rank)
    positive = ops.logical_and(same, ops.logical_not(ops.eye(m, dtype="bool")))
    active = ops.cast(ops.logical_and(active, positive), distances.dtype)
    places = ops.reshape(places_in_rows(pick(order, rank)), (-1,))
    negative = ops.segment_sum(ops.reshape(active, (-1,)), places, m * m)
    return active - ops.reshape(negative, (m, m))


def _number_of_pairs(module, active, sizes, m):
    del active
    # in a batch of one class no pair has a negative
    return module.sum(module.where(sizes < m, sizes - 1, 0))


_MINING = Mining(_counted, count_semi_hard, _number_of_pairs)


@keras.saving.register_keras_serializable(package="dlcourse")
class SemiHardTripletLoss(DistanceMarginLoss):
    """`semi_hard_triplet_loss` for `compile`.

    Labels reach a Keras loss as float32, so they must be below 2²⁴ to stay apart.

    Args:
        margin: α > 0, in the unit of the distance.
        squared: whether distances are squared.
        **kwargs: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: a margin that is not positive.

    Example:
        >>> loss = SemiHardTripletLoss(margin=2.0)
        >>> float(loss([0, 0, 1], [[0.0], [1.0], [1.5]]))
        1.75
    """

    def call(self, y_true, y_pred):
        """The loss of each anchor; see `semi_hard_triplet_loss`."""
        return semi_hard_triplet_loss(y_true, y_pred, self.margin, self.squared)
