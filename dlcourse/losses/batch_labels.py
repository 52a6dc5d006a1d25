"""Who is whose positive and negative in a batch with class labels."""

from typing import NamedTuple

from keras import ops

from dlcourse.kernels import mined_triplets
from dlcourse.kernels.host_arrays import on_the_host, to_tensors

__all__ = ["ClassRows", "as_labels", "class_rows", "class_sizes", "has_partner", "same_class"]


def as_labels(labels, embeddings):
    """Flatten the labels of a batch, checked against its embeddings.

    Args:
        labels: whole numbers, shape (B,) or (B, 1).
        embeddings: tensor (B, D).

    Returns:
        Tensor (B,).

    Raises:
        ValueError: labels have another shape, or there are none.

    Example:
        >>> as_labels([[3], [4]], ops.zeros((2, 8))).numpy().tolist()
        [3, 4]
    """
    labels = ops.convert_to_tensor(labels)
    shape, m = tuple(labels.shape), embeddings.shape[0]
    flat = len(shape) == 1 or (len(shape) == 2 and shape[1] == 1)
    if not flat or None not in (shape[0], m) and shape[0] != m:
        raise ValueError(
            f"labels: expected one whole number per embedding, shape ({m},) or ({m}, 1); got shape "
            f"{shape}; turn one-hot labels into numbers with argmax"
        )
    if shape[0] == 0:
        raise ValueError("labels: expected at least one example, got an empty batch")
    return labels if len(shape) == 1 else ops.reshape(labels, (-1,))


def same_class(labels):
    """Which pairs of the batch share a class.

    Args:
        labels: tensor (B,).

    Returns:
        bool tensor (B, B), true on the diagonal.

    Example:
        >>> same_class(ops.array([3, 4, 3]))[0].numpy().tolist()
        [True, False, True]
    """
    return ops.equal(labels[:, None], labels[None, :])


def class_sizes(labels):
    """Of each example, how many of the batch share its class, itself included.

    Args:
        labels: tensor (B,).

    Returns:
        float32 tensor (B,), from 1 to B.

    Example:
        >>> class_sizes(ops.array([3, 4, 3])).numpy().tolist()
        [2.0, 1.0, 2.0]
    """
    if known := on_the_host(labels):
        return to_tensors(mined_triplets.class_sizes(*known))[0]
    return ops.cast(class_rows(labels).sizes, "float32")


class ClassRows(NamedTuple):
    """A batch sorted by class, so that the examples of a class stand in a row.

    Attributes:
        order: int32 (B,), the examples' places in the batch, class by class.
        start: int32 (B,), of each example where in `order` its class begins.
        sizes: int32 (B,), of each example how many of the batch share its class.
    """

    order: object
    start: object
    sizes: object

    def member(self, j):
        """Of each example's class the j-th example.

        Args:
            j: whole number or int32 scalar, counted from 0.

        Returns:
            int32 tensor (B,): places in the batch; an example's own where its class has no j-th.
        """
        own = ops.arange(ops.shape(self.order)[0], dtype="int32")
        place = self.start + ops.minimum(j, self.sizes - 1)
        return ops.where(j < self.sizes, ops.take(self.order, place), own)


def class_rows(labels):
    """Sort a batch by class.

    Args:
        labels: tensor (B,).

    Returns:
        `ClassRows`.

    Example:
        >>> rows = class_rows(ops.array([3, 4, 3]))
        >>> rows.member(0).numpy().tolist(), rows.member(1).numpy().tolist()
        ([0, 1, 0], [2, 1, 2])
    """
    order = ops.cast(ops.argsort(labels), "int32")
    ordered = ops.take(labels, order)
    # a search in the sorted labels costs B log B, a sum over all pairs B²
    start, end = (
        ops.cast(ops.searchsorted(ordered, labels, side=side), "int32")
        for side in ("left", "right")
    )
    return ClassRows(order, start, end - start)


def has_partner(labels):
    """Whether anybody else of the batch has the same label.

    Args:
        labels: tensor (B,).

    Returns:
        bool tensor (B,).

    Example:
        >>> has_partner(ops.array([3, 4, 3])).numpy().tolist()
        [True, False, True]
    """
    if on_the_host(labels):
        return class_sizes(labels) > 1
    order = ops.cast(ops.argsort(labels), "int32")
    ordered = ops.take(labels, order)
    # in the sorted labels a partner is a neighbour
    equal = ops.cast(ops.equal(ordered[1:], ordered[:-1]), "int32")
    nobody = ops.zeros_like(order[:1])
    partners = ops.concatenate([equal, nobody]) + ops.concatenate([nobody, equal])
    return ops.scatter_update(ops.zeros_like(order), order[:, None], partners) > 0
