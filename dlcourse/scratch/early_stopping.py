"""Early stopping: train until the dev error has not improved for a while, keep the best epoch.

The history is the list of the dev errors (or costs) so far, one per epoch: lower is better. An
epoch whose value is NaN does not count as an improvement.
"""

import numpy as np

__all__ = ["best_epoch", "should_stop", "stopping_epoch"]


def best_epoch(history, min_delta=0.0):
    """Find the epoch whose parameters should be kept.

    Args:
        history: dev error after each epoch, a sequence of numbers.
        min_delta: by how much an epoch must beat the best one so far to count, 0 or more.

    Returns:
        int, counted from 0: the last epoch that counted as an improvement.

    Raises:
        ValueError: history is empty or not a plain sequence, or min_delta is negative.

    Example:
        >>> best_epoch([0.9, 0.5, 0.6, 0.49, 0.7]), best_epoch([0.9, 0.5, 0.6, 0.49], min_delta=0.1)
        (3, 1)
    """
    return _best_epochs(history, min_delta)[-1]


def should_stop(history, patience, min_delta=0.0):
    """Tell after an epoch whether to stop: `patience` epochs have gone by without improvement.

    Args:
        history: dev error after each epoch so far, a sequence of numbers.
        patience: number of epochs to wait for an improvement, 1 or more.
        min_delta: by how much an epoch must beat the best one so far to count, 0 or more.

    Returns:
        bool.

    Raises:
        ValueError: history is empty or not a plain sequence, patience is below 1, or min_delta is
            negative.

    Reference:
        Prechelt, "Early stopping — but when?", 1998 (the classes of rules and what they cost).

    Example:
        >>> should_stop([0.9, 0.5, 0.6], patience=2), should_stop([0.9, 0.5, 0.6, 0.5], patience=2)
        (False, True)
    """
    return stopping_epoch(history, patience, min_delta) is not None


def stopping_epoch(history, patience, min_delta=0.0):
    """Find the epoch after which the patience rule would have ended a finished run.

    Args:
        history: dev error after each epoch, a sequence of numbers.
        patience: number of epochs to wait for an improvement, 1 or more.
        min_delta: by how much an epoch must beat the best one so far to count, 0 or more.

    Returns:
        int, counted from 0: the first epoch that is the `patience`-th in a row without improvement;
        None where the rule would have let the run go on.

    Raises:
        ValueError: as `should_stop`.

    Example:
        >>> history = [0.9, 0.5, 0.6, 0.55, 0.4]
        >>> stopping_epoch(history, patience=2), stopping_epoch(history, patience=3)
        (3, None)
    """
    if not patience >= 1:
        raise ValueError(f"patience: expected 1 epoch or more; got {patience!r}")
    for epoch, best in enumerate(_best_epochs(history, min_delta)):
        if epoch - best >= patience:
            return epoch
    return None


def _best_epochs(history, min_delta):
    """The best epoch so far, after every epoch."""
    _check(history, min_delta)
    lowest, best, best_so_far = float("inf"), 0, []
    for epoch, value in enumerate(history):
        # false for NaN
        if value < lowest - min_delta:
            lowest, best = value, epoch
        best_so_far.append(best)
    return best_so_far


def _check(history, min_delta):
    shape = np.shape(history)
    if len(shape) != 1 or shape[0] == 0:
        raise ValueError(f"history: expected one number for each epoch so far; got shape {shape}")
    if not min_delta >= 0:
        raise ValueError(f"min_delta: expected 0 or more; got {min_delta!r}")
