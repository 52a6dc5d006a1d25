"""Triplet losses without lists of triplets: how often each distance is in one that costs.

As long as the same triplets are active (cost more than zero), a triplet loss is linear in the
distances. It is the sum of the distances, each times the number of active triplets that it is in:
counted upwards as the anchor's distance to a positive, downwards to a negative. Those whole numbers
fill a B by B matrix, where a list of triplets may have B³ entries, and they are the gradient.

There are two ways to count. Passes: compare the B² distances with one positive of every anchor at a
time; the faster way when classes are small. Sorting: takes as long whatever the classes are. Where
nothing is compiled, NumPy makes the passes.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from keras import ops

from dlcourse.kernels import mined_triplets
from dlcourse.kernels.host_arrays import on_the_host, to_tensors
from dlcourse.losses.batch_labels import class_sizes
from dlcourse.losses.distances import pairwise_distances

__all__ = [
    "LARGEST_CLASS_TO_PASS",
    "Mining",
    "by_class_size",
    "mined_costs",
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


class Mining(NamedTuple):
    """Which triplets a loss takes, and over how many of them it averages.

    Args:
        count: function (distances (B, B), labels (B,), margin) to counts (B, B), for tensors.
        count_in_numpy: the same for arrays, a function of `dlcourse.kernels.mined_triplets`; used
            where the numbers are known and lie in NumPy's memory, and all classes are small.
        number: function (module, active, sizes, m) to the number of triplets to divide by, where
            the module is `numpy` or `keras.ops`, active and sizes (B,) are of each anchor the
            number of active triplets and the size of its class, and m is the number of anchors.
    """

    count: Callable
    count_in_numpy: Callable
    number: Callable


def mined_costs(mining, x, labels, margin, squared):
    """Costs of the active triplets, per anchor, so that their mean is the average over triplets.

    Args:
        mining: Mining.
        x: embeddings, float tensor (B, D).
        labels: tensor (B,).
        margin: α > 0, in the unit of the distances.
        squared: whether the distances are squared.

    Returns:
        Tensor (B,), differentiable for x.

    Example:
        >>> from dlcourse.kernels.mined_triplets import count_all
        >>> mining = Mining(None, count_all, lambda module, active, sizes, m: module.sum(active))
        >>> x, labels = ops.array([[0.0], [5.0], [4.0]]), ops.array([0, 0, 1])
        >>> mined_costs(mining, x, labels, 0.5, True).numpy().tolist()
        [14.25, 36.75, 0.0]
    """
    known = on_the_host(x, labels)
    if known and mined_triplets.largest_class(known[1]) <= LARGEST_CLASS_TO_PASS:
        found = to_tensors(*_in_numpy(mining, *known, margin, squared))
    else:
        found = _in_tensors(mining, ops.stop_gradient(x), labels, margin, squared)
    return _derived_by_hand(x, *found)


def _in_numpy(mining, x, labels, margin, squared):
    distances = mined_triplets.pairwise_distances(x, squared)
    counts = mining.count_in_numpy(distances, labels, margin)
    costs, active = mined_triplets.costs(distances, counts, margin)
    slopes = counts if squared else mined_triplets.slopes_of_roots(distances, counts)
    number = mining.number(np, active, mined_triplets.class_sizes(labels), len(labels))
    share = np.asarray(len(labels) / max(number, 1), x.dtype)
    return costs * share, slopes, share


def _in_tensors(mining, x, labels, margin, squared):
    distances = pairwise_distances(x, squared)
    counts = mining.count(distances, labels, margin)
    active = ops.sum(ops.relu(counts), axis=1)
    costs = ops.sum(counts * distances, axis=1) + margin * active
    slopes = counts if squared else _slopes_of_roots(distances, counts)
    m, sizes = (
        ops.cast(number, costs.dtype) for number in (ops.shape(labels)[0], class_sizes(labels))
    )
    share = m / ops.maximum(mining.number(ops, active, sizes, m), 1.0)
    return costs * share, slopes, share


def _slopes_of_roots(distances, counts):
    apart = distances > 0  # the slope at zero is zero instead of infinite
    return ops.where(apart, counts, 0.0) / (2 * ops.where(apart, distances, 1.0))


def _derived_by_hand(x, costs, slopes, share):
    """The costs, with the gradient for x that share · slopes for the squared distances give.

    Derived step by step, the distances would fill several tables of B by B again. A second
    derivative takes the slopes for constants, which is right only for squared distances.
    """

    @ops.custom_gradient
    def known_costs(x):
        def gradient(*args, upstream=None):
            upstream = args[0] if upstream is None else upstream
            by_pair = ops.expand_dims(upstream * share, 1) * slopes
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
