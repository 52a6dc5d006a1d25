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

from dlcourse.kernels import mined_triplets
from dlcourse.kernels.host_arrays import on_the_host, to_tensors
from dlcourse.losses.distances import pairwise_distances

__all__ = [
    "LARGEST_CLASS_TO_PASS",
    "active_costs",
    "by_class_size",
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
        sizes: of each example the size of its class, int32 tensor (B,).
        passes: function from the size of the largest class to the counts.
        sorting: function of nothing that returns the same counts.

    Returns:
        What the chosen function returns.

    Example:
        >>> by_class_size(ops.array([2, 2, 1]), lambda k: "passes", lambda: "sorting")
        'passes'
    """
    largest = ops.max(sizes)
    return ops.cond(largest <= LARGEST_CLASS_TO_PASS, lambda: passes(largest), sorting)


def active_costs(x, labels, margin, squared, count, count_in_numpy):
    """Cost and number of the active triplets of each anchor.

    Args:
        x: embeddings, float tensor (B, D).
        labels: tensor (B,).
        margin: α > 0, in the unit of the distances.
        squared: whether the distances are squared.
        count: function from the distances, a tensor (B, B) without a gradient, to the counts.
        count_in_numpy: function of `dlcourse.kernels.mined_triplets` that returns the same; used
            where the numbers are known and lie in NumPy's memory, and all classes are small.

    Returns:
        Costs (B,), differentiable for x, and numbers (B,).

    Example:
        >>> from dlcourse.kernels.mined_triplets import count_all
        >>> x, labels = ops.array([[0.0], [5.0], [4.0]]), ops.array([0, 0, 1])
        >>> costs, active = active_costs(x, labels, 0.5, True, None, count_all)
        >>> costs.numpy().tolist(), active.numpy().tolist()
        ([9.5, 24.5, 0.0], [1.0, 1.0, 0.0])
    """
    known = _counted_on_the_host(x, labels, margin, squared, count_in_numpy)
    if known is None:
        distances = pairwise_distances(ops.stop_gradient(x), squared)
        counts = count(distances)
        costs, active = _costs(distances, counts, margin)
        slopes = counts if squared else _slopes_of_roots(distances, counts)
    else:
        costs, active, slopes = known
    return _derived_by_hand(x, costs, slopes), active


def _counted_on_the_host(x, labels, margin, squared, count):
    known = on_the_host(x, labels)
    if not known or mined_triplets.largest_class(known[1]) > LARGEST_CLASS_TO_PASS:
        return None
    distances = mined_triplets.pairwise_distances(known[0], squared)
    counts = count(distances, known[1], margin)
    slopes = counts if squared else mined_triplets.slopes_of_roots(distances, counts)
    return to_tensors(*mined_triplets.costs(distances, counts, margin), slopes)


def _costs(distances, counts, margin):
    active = ops.sum(ops.relu(counts), axis=1)
    return ops.sum(counts * distances, axis=1) + margin * active, active


def _slopes_of_roots(distances, counts):
    apart = distances > 0  # the slope at zero is zero instead of infinite
    return ops.where(apart, counts, 0.0) / (2 * ops.where(apart, distances, 1.0))


def _derived_by_hand(x, costs, slopes):
    """The costs, with the gradient for x that the slopes for the squared distances give.

    Derived step by step, the distances would fill several tables of B by B again. A second
    derivative takes the slopes for constants, which is right only for squared distances.
    """

    @ops.custom_gradient
    def known_costs(x):
        def gradient(*args, upstream=None):
            by_pair = (args[0] if upstream is None else upstream)[:, None] * slopes
            by_pair = by_pair + ops.transpose(by_pair)
            # the operator, because ops.matmul works in float32 at most on PyTorch
            return 2 * (ops.sum(by_pair, axis=1, keepdims=True) * x - by_pair @ x)

        return costs, gradient

    return known_costs(x)


def pass_over_positives(largest, add, counts):
    """Apply `add` to the counts for the first, second, … examples of every class.

    Args:
        largest: int32 scalar, how often: size of the largest class, if one is added at a time.
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
