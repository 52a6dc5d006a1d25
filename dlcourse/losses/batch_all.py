"""Batch-all triplet loss: every triplet that the labels of a batch allow."""

import keras
from keras import ops

from dlcourse.kernels.mined_triplets import count_all
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
)

__all__ = ["BatchAllTripletLoss", "batch_all_triplet_loss", "check_average"]


def batch_all_triplet_loss(y_true, y_pred, margin=0.2, squared=True, average="active"):
    """Hinge of all triplets, max(0, d(a, p) - d(a, n) + margin), gathered per anchor.

    An anchor's value is the sum over its triplets times B / (number of triplets in the batch), so
    that the mean over the batch is the average over the triplets.

    Args:
        y_true: class labels, whole numbers, shape (B,) or (B, 1).
        y_pred: embeddings, float tensor (B, D).
        margin: α > 0, in the unit of the distance.
        squared: whether d is the squared Euclidean distance (FaceNet, the course) or the distance.
        average: "active" averages over the triplets that cost something, whose share shrinks as
            the network learns; "valid" over all.

    Returns:
        Tensor (B,), one value per anchor, at least float32. Takes O(B²) memory and O(B² log B)
        time, see `dlcourse.losses.triplet_counts`.

    Raises:
        ValueError: shapes that do not belong together, a margin that is not positive, or another
            average.

    Reference:
        Hermans, Beyer and Leibe, "In defense of the triplet loss for person re-identification",
        2017, equation 6 and, for "active", the variant that they write with ≠ 0.

    Example:
        >>> embeddings = ops.array([[0.0], [1.0], [1.5]])
        >>> batch_all_triplet_loss([0, 0, 1], embeddings, margin=1.0).numpy().tolist()
        [0.0, 5.25, 0.0]
    """
    check_margin(margin)
    check_average(average)
    x = as_embeddings(y_pred)
    labels = as_labels(y_true, x)
    return mined_costs(_MINING[average], x, labels, margin, squared)


def _counted(distances, labels, margin):
    same, rows = same_class(labels), class_rows(labels)
    # what is no negative is never below a positive's limit
    negatives = ops.where(same, float("inf"), distances)
    return by_class_size(
        rows.sizes,
        lambda largest: _count_by_passes(distances, negatives, margin, rows, largest),
        lambda: _count_by_sorting(distances, negatives, margin, same),
    )


def _count_by_passes(distances, negatives, margin, rows, largest):
    columns = ops.arange(ops.shape(distances)[0], dtype="int32")

    # whole numbers, because compilers may add them up in any order, and so with vectors
    def add_one(j, counts):
        positives = rows.member(j)
        limits = pick(distances, places_in_rows(positives)) + margin
        limits = ops.where(positives == columns, -float("inf"), limits)  # no positive of itself
        active = ops.cast(negatives < limits[:, None], counts.dtype)
        # not put there one by one, which XLA does slowly
        there = columns == positives[:, None]
        number = ops.cast(ops.sum(active, axis=1, keepdims=True), counts.dtype)
        return ops.where(there, number, counts - active)

    # two at a time, which XLA does in one go; in the place of a last one that is missing stand the
    # anchors themselves, which have no active triplets
    def add(j, counts):
        return add_one(2 * j + 1, add_one(2 * j, counts))

    counts = ops.zeros_like(distances, dtype="int32")
    return ops.cast(pass_over_positives((largest + 1) // 2, add, counts), distances.dtype)


def _count_by_sorting(distances, negatives, margin, same):
    itself = ops.eye(ops.shape(same)[0], dtype="bool")
    positive = ops.logical_and(same, ops.logical_not(itself))
    # a negative is active below the limit of a positive
    limits = ops.where(positive, distances + margin, -float("inf"))
    below_limit = searchsorted_rows(ops.sort(negatives, axis=1), limits, side="left")
    not_above = searchsorted_rows(ops.sort(limits, axis=1), negatives, side="right")
    return ops.cast(below_limit + not_above - ops.shape(limits)[1], limits.dtype)


def check_average(average):
    """The name itself, or a ValueError unless it is one of the two."""
    if average not in ("active", "valid"):
        raise ValueError(
            "average: expected 'active' (over the triplets that cost something) or 'valid' (over "
            f"all); got {average!r}"
        )
    return average


_MINING = {
    "active": Mining(_counted, count_all, lambda module, active, sizes, m: module.sum(active)),
    "valid": Mining(
        _counted,
        count_all,
        lambda module, active, sizes, m: module.sum((sizes - 1) * (m - sizes)),
    ),
}


@keras.saving.register_keras_serializable(package="dlcourse")
class BatchAllTripletLoss(DistanceMarginLoss):
    """`batch_all_triplet_loss` for `compile`.

    Labels reach a Keras loss as float32, so they must be below 2²⁴ to stay apart.

    Args:
        margin: α > 0, in the unit of the distance.
        squared: whether distances are squared.
        average: "active" or "valid".
        **kwargs: name, reduction and dtype of every Keras loss.

    Raises:
        ValueError: a margin that is not positive, or another average.

    Example:
        >>> loss = BatchAllTripletLoss(margin=1.0)
        >>> float(loss([0, 0, 1], [[0.0], [1.0], [1.5]]))
        1.75
    """

    def __init__(self, margin=0.2, squared=True, average="active", **kwargs):
        super().__init__(margin, squared, **kwargs)
        self.average = check_average(average)

    def call(self, y_true, y_pred):
        """The loss of each anchor; see `batch_all_triplet_loss`."""
        return batch_all_triplet_loss(y_true, y_pred, self.margin, self.squared, self.average)

    def get_config(self):
        """Arguments from which the loss can be built again."""
        return {**super().get_config(), "average": self.average}
