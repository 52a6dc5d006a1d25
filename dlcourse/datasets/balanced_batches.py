"""Batches in which every class is there equally often."""

import numpy as np

__all__ = ["balanced_batch"]


def balanced_batch(labels, classes, per_class, rng):
    """Draw a batch with equally many images of some classes, as mining of triplets needs it.

    Args:
        labels: whole numbers (m,).
        classes: number of classes in the batch (P), at most as many as there are.
        per_class: number of different images of each (K), at most as many as the smallest has.
        rng: `numpy.random.Generator`.

    Returns:
        int64 (classes · per_class,), places in `labels`, class after class.

    Raises:
        ValueError: there are not so many classes, or not so many images of one.

    Reference:
        Hermans, Beyer and Leibe, "In defense of the triplet loss for person re-identification",
        2017, section 2 (batches of P classes with K images).

    Example:
        >>> places = balanced_batch([0, 0, 0, 1, 1, 1, 2, 2], 2, 2, np.random.default_rng(0))
        >>> len(set(places.tolist()))
        4
    """
    labels = np.asarray(labels)
    names, sizes = np.unique(labels, return_counts=True)
    if not 1 <= classes <= len(names):
        raise ValueError(f"classes: expected 1 to {len(names)}, all there are; got {classes}")
    if not 1 <= per_class <= sizes.min():
        raise ValueError(
            f"per_class: expected 1 to {sizes.min()}, the size of the smallest class; got "
            f"{per_class}"
        )
    chosen = rng.choice(names, classes, replace=False)
    # shuffled and then sorted by class, the first images of every class are a random choice
    shuffled = rng.permutation(len(labels))
    rows = [shuffled[labels[shuffled] == name][:per_class] for name in chosen]
    return np.concatenate(rows)
