"""Who is whose positive and negative in a batch with class labels."""

from keras import ops

from dlcourse.kernels import mined_triplets
from dlcourse.kernels.host_arrays import on_the_host, to_tensors

__all__ = ["as_labels", "class_members", "class_sizes", "has_partner", "same_class"]


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
    return ops.reshape(labels, (-1,))


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
    # a search in the sorted labels costs B log B, a sum over all pairs B²
    ordered = ops.sort(labels)
    first = ops.searchsorted(ordered, labels, side="left")
    return ops.cast(ops.searchsorted(ordered, labels, side="right") - first, "float32")


def class_members(labels, sizes):
    """Find the examples of everybody's class one after the other.

    Args:
        labels: tensor (B,).
        sizes: what `class_sizes` says of them.

    Returns:
        Function from j, a whole number or int32 scalar, to int32 (B,): for each example the
        place in the batch of the j-th example of its class (counted from 0), or its own place
        where the class has no j-th.

    Example:
        >>> labels = ops.array([3, 4, 3])
        >>> members = class_members(labels, class_sizes(labels))
        >>> members(0).numpy().tolist(), members(1).numpy().tolist()
        ([0, 1, 0], [2, 1, 2])
    """
    # sorted by label, the examples of a class stand in a row
    order = ops.cast(ops.argsort(labels), "int32")
    start = ops.cast(ops.searchsorted(ops.take(labels, order), labels, side="left"), "int32")
    sizes = ops.cast(sizes, "int32")
    own = ops.arange(ops.shape(labels)[0], dtype="int32")

    def member(j):
        return ops.where(j < sizes, ops.take(order, start + ops.minimum(j, sizes - 1)), own)

    return member


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
