"""Mining in NumPy, for embeddings and distances that are known and lie in the CPU's memory.

Outside of a compiled function TensorFlow starts up to two hundred operations to find or count the
triplets of a batch, most of them on matrices that are done sooner than started. Which triplets
count has no gradient, so nothing is lost where NumPy looks for them. `dlcourse.losses.batch_hard`
and `dlcourse.losses.triplet_counts` tell what is looked for; the counts are taken by passes, one
positive of every anchor at a time.
"""

import numpy as np

__all__ = [
    "class_sizes",
    "costs",
    "count_all",
    "count_semi_hard",
    "hardest",
    "largest_class",
    "pairwise_distances",
    "slopes_of_roots",
]


def class_sizes(labels):
    """Of each example, how many of the batch share its class, itself included.

    Args:
        labels: array (B,).

    Returns:
        float32 array (B,), from 1 to B.

    Example:
        >>> class_sizes(np.array([3, 4, 3])).tolist()
        [2.0, 1.0, 2.0]
    """
    _, class_of, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return sizes[class_of].astype(np.float32)


def hardest(x, labels):
    """Each anchor's farthest positive and nearest negative, the first of equals.

    Args:
        x: float array (B, D) of embeddings.
        labels: array (B,).

    Returns:
        int32 arrays (B,) and (B,): places in the batch. Without positives the anchor itself,
        without negatives the first example.

    Example:
        >>> hardest(np.array([[0.0], [1.0], [3.0]]), np.array([7, 7, 8]))[1].tolist()
        [2, 2, 1]
    """
    x = x - x[:1]  # see pairwise_distances
    # |b|² - 2 a·b; |a|² would change nothing in the anchor's row
    distances = np.square(x).sum(axis=1) - (2 * x) @ x.T
    same = labels[:, None] == labels
    farthest = np.where(same, distances, -np.inf).argmax(axis=1)
    nearest = np.where(same, np.inf, distances).argmin(axis=1)
    return farthest.astype(np.int32), nearest.astype(np.int32)


def largest_class(labels):
    """Number of examples in the largest class.

    Args:
        labels: array (B,), B >= 1.

    Returns:
        Whole number from 1 to B.

    Example:
        >>> largest_class(np.array([3, 4, 3]))
        2
    """
    return int(np.unique(labels, return_counts=True)[1].max())


def pairwise_distances(x, squared=True):
    """Distances between all rows; see `dlcourse.losses.pairwise_distances`.

    Args:
        x: float array (B, D) of embeddings.
        squared: whether to leave out the root.

    Returns:
        Array (B, B) of the dtype of x, >= 0, with zeros on the diagonal.

    Example:
        >>> pairwise_distances(np.array([[0.0, 3.0], [4.0, 0.0]]), squared=False).tolist()
        [[0.0, 5.0], [5.0, 0.0]]
    """
    x = x - x[:1]  # less is lost in rounding near the origin
    squares = np.square(x).sum(axis=1)
    # one factor doubled: for x @ x.T NumPy calls a routine for symmetric results, which is slower
    total = (-2 * x) @ x.T
    total += squares
    total += squares[:, None]
    np.maximum(total, 0, out=total)
    np.fill_diagonal(total, 0)
    return total if squared else np.sqrt(total)


def count_all(distances, labels, margin):
    """Count the triplets that cost something; see `dlcourse.losses.batch_all_triplet_loss`.

    Args:
        distances: float array (B, B), row by row from the anchors.
        labels: array (B,).
        margin: α > 0, in the unit of the distances.

    Returns:
        Array (B, B) of the distances' dtype: the number of active triplets with that distance to
        a positive, or minus the number of those with that distance to a negative.

    Example:
        >>> count_all(np.array([[0.0, 5, 4]] * 3), np.array([0, 0, 1]), 0.5)[0].tolist()
        [0.0, 1.0, -1.0]
    """
    negatives, counts = _negatives(distances, labels), np.zeros(distances.shape, np.int32)
    anchors = np.arange(len(labels))
    for positives in _positives_in_turn(labels):
        limits = distances[anchors, positives] + margin
        limits[positives == anchors] = -np.inf
        active = negatives < limits[:, None]
        counts -= active
        # not np.count_nonzero, which makes numbers of 64 bits first
        counts[anchors, positives] += np.add.reduce(active, axis=1, dtype=np.int32)
    return counts.astype(distances.dtype)


def count_semi_hard(distances, labels, margin):
    """Count the semi-hard triplets; see `dlcourse.losses.semi_hard_triplet_loss`.

    Args:
        distances: float array (B, B), row by row from the anchors.
        labels: array (B,).
        margin: α > 0, in the unit of the distances.

    Returns:
        Array (B, B) as of `count_all`.

    Example:
        >>> count_semi_hard(np.array([[0.0, 5, 4]] * 3), np.array([0, 0, 1]), 0.5)[0].tolist()
        [0.0, 1.0, -1.0]
    """
    negatives, counts = _negatives(distances, labels), np.zeros_like(distances)
    anchors = np.arange(len(labels))
    farthest = np.where(negatives < np.inf, negatives, -1).argmax(axis=1)
    for positives in _positives_in_turn(labels):
        to_positives = distances[anchors, positives]
        farther = np.where(negatives > to_positives[:, None], negatives, np.inf)
        nearest = farther.argmin(axis=1)
        chosen = np.where(farther[anchors, nearest] < np.inf, nearest, farthest)
        # an anchor without negatives finds infinity here, which is too far to cost anything
        active = (to_positives + margin > negatives[anchors, chosen]) & (positives != anchors)
        counts[anchors, positives] += active
        counts[anchors, chosen] -= active
    return counts


def costs(distances, counts, margin):
    """Cost and number of the active triplets of each anchor.

    Args:
        distances: float array (B, B), row by row from the anchors.
        counts: array (B, B) as of `count_all`.
        margin: α > 0, in the unit of the distances.

    Returns:
        Arrays (B,) and (B,).

    Example:
        >>> costs(np.array([[0.0, 5, 4]]), np.array([[0.0, 1, -1]]), 0.5)
        (array([1.5]), array([1.]))
    """
    active = np.maximum(counts, 0).sum(axis=1)
    return np.einsum("ij,ij->i", counts, distances) + margin * active, active


def slopes_of_roots(distances, counts):
    """Derivative of `costs` for the squared distances, where the distances are their roots.

    Args:
        distances: float array (B, B), not squared.
        counts: array (B, B) as of `count_all`.

    Returns:
        Array (B, B); zero instead of infinite where the distance is zero.

    Example:
        >>> slopes_of_roots(np.array([[0.0, 5, 4]]), np.array([[0.0, 1, -1]])).tolist()
        [[0.0, 0.1, -0.125]]
    """
    apart = distances > 0
    return np.divide(counts, 2 * distances, out=np.zeros_like(counts), where=apart)


def _negatives(distances, labels):
    """The distances to examples of other classes, and infinity elsewhere."""
    return np.where(labels[:, None] == labels, distances.dtype.type(np.inf), distances)


def _positives_in_turn(labels):
    """Of every example the first of its class, then the second, …; itself where there is none."""
    _, class_of, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    # sorted by class, the examples of a class stand in a row
    order, first = np.argsort(class_of, kind="stable"), np.cumsum(sizes) - sizes
    itself = np.arange(len(labels))
    for j in range(sizes.max()):
        place = first[class_of] + np.minimum(j, sizes[class_of] - 1)
        yield np.where(j < sizes[class_of], order[place], itself)
