"""Triplet losses without lists of triplets: how often each distance is in one that costs.

As long as the same triplets are active (cost more than zero), a triplet loss is linear in the
distances. It is the sum of the distances, each times the number of active triplets that it is in:
counted upwards as the anchor's distance to a positive, downwards to a negative. Those whole numbers
fill a B by B matrix, where a list of triplets may have B³ entries, and they are the gradient.

There are two ways to count. Passes: compare the B² distances with one positive of every anchor at a
time; the faster way when classes are small. Sorting: takes as long whatever the classes are. Where
nothing is compiled, NumPy makes the passes.
"""

from keras import ops

from dlcourse.kernels.host_arrays import on_the_host, to_tensors
from dlcourse.kernels.mined_triplets import largest_class

__all__ = [
    "LARGEST_CLASS_TO_PASS",
    "by_class_size",
    "costs_of_counts",
    "counted_on_the_host",
    "pass_over_positives",
    "pick",
    "places_in_rows",
    "put",
]

# measured: on a CPU a pass takes about a thirtieth of the sorting, at 256 as at 4096 examples
LARGEST_CLASS_TO_PASS = 32


def by_class_size(sizes, passes, sorting):
    """Count by passes if all classes are small, else by sorting.

    Args:
        sizes: of each example the size of its class, tensor (B,).
        passes: function from the size of the largest class to the counts.
        sorting: function of nothing that returns the same counts.

    Returns:
        What the chosen function returns.

    Example:
        >>> by_class_size(ops.array([2.0, 2.0, 1.0]), lambda k: "passes", lambda: "sorting")
        'passes'
    """
    largest = ops.max(sizes)
    return ops.cond(
        largest <= LARGEST_CLASS_TO_PASS, lambda: passes(ops.cast(largest, "int32")), sorting
    )


def counted_on_the_host(count, distances, labels, margin):
    """Count in NumPy, if the numbers are known and lie in its memory, and all classes are small.

    Args:
        count: function of `dlcourse.kernels.mined_triplets`.
        distances: tensor (B, B) without a gradient.
        labels: tensor (B,).
        margin: α > 0, in the unit of the distances.

    Returns:
        Tensor (B, B), or None.

    Example:
        >>> from dlcourse.kernels.mined_triplets import count_all
        >>> distances, labels = ops.array([[0.0, 5.0, 4.0]] * 3), ops.array([0, 0, 1])
        >>> counted_on_the_host(count_all, distances, labels, 0.5)[0].numpy().tolist()
        [0.0, 1.0, -1.0]
    """
    known = on_the_host(distances, labels)
    if not known or largest_class(known[1]) > LARGEST_CLASS_TO_PASS:
        return None
    return to_tensors(count(*known, margin))[0]


def pass_over_positives(largest, add, counts):
    """Apply `add` to the counts for the first, second, … example of every class.

    Args:
        largest: int32 scalar, size of the largest class.
        add: function from (j, counts) to the new counts.
        counts: tensor (B, B) to begin with.

    Returns:
        Tensor (B, B).

    Example:
        >>> pass_over_positives(3, lambda j, n: n + 2, ops.zeros((1, 1))).numpy().tolist()
        [[6.0]]
    """
    start = ops.convert_to_tensor(0, "int32"), counts
    return ops.while_loop(lambda j, _: j < largest, lambda j, n: (j + 1, add(j, n)), start)[1]


def places_in_rows(columns):
    """Where the entries in those columns stand when a square table is flattened row by row.

    Args:
        columns: int32 tensor (B,), one per row, or (B, B), any number per row.

    Returns:
        int32 tensor of the shape of columns. In 32 bits B may be 46340, whose table takes 8 GB.

    Example:
        >>> places_in_rows(ops.array([1, 0])).numpy().tolist()
        [1, 2]
    """
    m = ops.shape(columns)[0]
    rows = m * ops.arange(m, dtype="int32")
    return columns + (rows if len(columns.shape) == 1 else rows[:, None])


def pick(table, places):
    """Entries of a table by their places when it is flattened.

    `keras.ops.take_along_axis` does the same with several tables of 64-bit places.

    Args:
        table: tensor (B, B).
        places: int32 tensor of any shape, see `places_in_rows`.

    Returns:
        Tensor of the shape of places.

    Example:
        >>> pick(ops.array([[5.0, 6.0], [7.0, 8.0]]), ops.array([1, 2])).numpy().tolist()
        [6.0, 7.0]
    """
    return ops.take(ops.reshape(table, (-1,)), places)


def put(table, places, values):
    """The table with the entries at some places replaced.

    Args:
        table: tensor (B, B).
        places: int32 tensor (n,), all different, see `places_in_rows`.
        values: tensor (n,).

    Returns:
        Tensor (B, B).

    Example:
        >>> put(ops.zeros((2, 2)), ops.array([1, 2]), ops.array([6.0, 7.0])).numpy().tolist()
        [[0.0, 6.0], [7.0, 0.0]]
    """
    flat = ops.scatter_update(ops.reshape(table, (-1,)), places[:, None], values)
    return ops.reshape(flat, ops.shape(table))


def costs_of_counts(distances, counts, margin):
    """Cost and number of the active triplets of each anchor.

    Args:
        distances: tensor (B, B), row by row from the anchors.
        counts: tensor (B, B): the number of active triplets with that distance to a positive, or
            minus the number of those with that distance to a negative. Rows add up to zero.
        margin: added once for every active triplet.

    Returns:
        Costs (B,), differentiable for the distances, and numbers (B,).

    Example:
        >>> distances = ops.array([[0.0, 5.0, 4.0]])
        >>> costs, active = costs_of_counts(distances, ops.array([[0.0, 1.0, -1.0]]), 0.5)
        >>> costs.numpy().tolist(), active.numpy().tolist()
        ([1.5], [1.0])
    """
    counts = ops.stop_gradient(counts)
    active = ops.sum(ops.relu(counts), axis=1)
    # as a row's counts add up to zero, its distances may be measured from anywhere: from the mean
    # of those that count, less is lost in rounding
    used = ops.cast(counts != 0, distances.dtype)
    n = ops.maximum(ops.sum(used, axis=1, keepdims=True), 1.0)
    middle = ops.sum(used * distances, axis=1, keepdims=True) / n
    offsets = distances - ops.stop_gradient(middle)
    return ops.sum(counts * offsets, axis=1) + margin * active, active
