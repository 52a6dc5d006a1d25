"""Connectionist temporal classification: from one label per time step to what was said."""

import keras
from keras import ops

__all__ = ["ctc_collapse", "ctc_greedy"]


def ctc_collapse(labels, blank=0, lengths=None):
    """Merge labels that repeat, then drop the blanks: "hh_e_ll_l_oo" becomes "hello".

    Args:
        labels: whole numbers (m, T), one for each time step.
        blank: the label that stands for nothing; between two equal labels it keeps them apart.
        lengths: whole numbers (m,), how many time steps count; None for all.

    Returns:
        (labels, lengths): int32 (m, T), -1 behind the end, and int32 (m,).

    Raises:
        ValueError: labels are not whole numbers (m, T), or lengths are not (m,).

    Reference:
        Graves et al., "Connectionist Temporal Classification", 2006, §3.1.

    Example:
        >>> labels, lengths = ctc_collapse([[1, 1, 0, 2, 0, 3, 3, 0, 3, 4]])
        >>> ops.convert_to_numpy(labels)[0, : int(lengths[0])].tolist()
        [1, 2, 3, 3, 4]
    """
    labels = ops.convert_to_tensor(labels)
    kind = keras.backend.standardize_dtype(labels.dtype)
    if len(labels.shape) != 2 or "int" not in kind:
        raise ValueError(f"labels: expected whole numbers (m, T); got {kind} {tuple(labels.shape)}")
    labels = ops.cast(labels, "int32")
    places = ops.arange(labels.shape[1], dtype="int32")
    kept = ops.logical_and(labels != blank, _changes(labels))
    if lengths is not None:
        kept = ops.logical_and(kept, places < _checked(lengths, labels)[:, None])
    # what is kept comes first, in its order
    order = ops.argsort(ops.where(kept, places, places + labels.shape[1]), axis=1)
    counts = ops.sum(ops.cast(kept, "int32"), axis=1)
    collapsed = ops.take_along_axis(labels, order, axis=1)
    return ops.where(places < counts[:, None], collapsed, -1), counts


def ctc_greedy(log_probabilities, blank=0, lengths=None):
    """Take the likeliest label of each time step, and collapse.

    Args:
        log_probabilities: (m, T, V), or scores.
        blank: as in `ctc_collapse`.
        lengths: as in `ctc_collapse`.

    Returns:
        (labels, lengths) as `ctc_collapse`.

    Raises:
        ValueError: log_probabilities have another shape, blank is not one of the V labels, or as
            `ctc_collapse`.

    Example:
        >>> labels, lengths = ctc_greedy(ops.one_hot([[1, 1, 0, 1, 2]], 3))
        >>> ops.convert_to_numpy(labels).tolist()
        [[1, 1, 2, -1, -1]]
    """
    log_p = ops.convert_to_tensor(log_probabilities)
    if len(log_p.shape) != 3 or not 0 <= blank < log_p.shape[2]:
        raise ValueError(
            f"log_probabilities: expected shape (m, T, V) with V above the blank's {blank}; got "
            f"{tuple(log_p.shape)}"
        )
    return ctc_collapse(ops.argmax(log_p, axis=2), blank, lengths)


def _changes(labels):
    """Whether each label differs from the one before it."""
    first = ops.ones_like(labels[:, :1], dtype="bool")
    return ops.concatenate([first, labels[:, 1:] != labels[:, :-1]], axis=1)


def _checked(lengths, labels):
    lengths = ops.convert_to_tensor(lengths)
    if tuple(lengths.shape) != (labels.shape[0],):
        raise ValueError(
            f"lengths: expected shape ({labels.shape[0]},), one for each row of labels; got "
            f"{tuple(lengths.shape)}"
        )
    return ops.cast(lengths, "int32")
