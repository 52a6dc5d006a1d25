"""Learning rates that fall as training goes on: long steps first, short ones near the minimum.

Every law takes the first rate and the number of the epoch, or an array of epochs to draw it. A
staircase of any law is the law at epoch // interval.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.ranges import positive, share, whole_number

__all__ = [
    "exponential_decay",
    "inverse_time_decay",
    "manual_schedule",
    "square_root_decay",
    "staircase_decay",
]


def inverse_time_decay(learning_rate, epoch, decay_rate=1.0):
    """Divide the rate by a number that grows steadily: learning_rate / (1 + decay_rate epoch).

    Args:
        learning_rate: rate at epoch 0, above 0.
        epoch: number of the epoch, at least 0; number or array.
        decay_rate: how fast it falls, above 0.

    Returns:
        The rate: a float, or an array shaped like epoch.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> inverse_time_decay(0.2, np.array([1, 2, 3, 4])).round(3).tolist()
        [0.1, 0.067, 0.05, 0.04]
    """
    learning_rate = positive("learning_rate", learning_rate)
    decay_rate = positive("decay_rate", decay_rate)
    return _plain(learning_rate / (1.0 + decay_rate * _epochs(epoch)))


def exponential_decay(learning_rate, epoch, base=0.95):
    """Take the same share off in every epoch: learning_rate base^epoch.

    Args:
        learning_rate: rate at epoch 0, above 0.
        epoch: number of the epoch, at least 0; number or array.
        base: what is left after one epoch, in (0, 1].

    Returns:
        The rate: a float, or an array shaped like epoch.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> exponential_decay(0.4, np.array([0, 1, 2]), base=0.5).tolist()
        [0.4, 0.2, 0.1]
    """
    learning_rate = positive("learning_rate", learning_rate)
    return _plain(learning_rate * share("base", base) ** _epochs(epoch))


def square_root_decay(learning_rate, epoch, k=1.0):
    """Divide by the root of the epoch's number: k learning_rate / √epoch.

    Args:
        learning_rate: rate to start from, above 0.
        epoch: number of the epoch, at least 1 (the first one would have no rate at 0); number or
            array.
        k: factor of the rate in epoch 1, above 0.

    Returns:
        The rate: a float, or an array shaped like epoch.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> square_root_decay(0.2, np.array([1, 4, 16])).tolist()
        [0.2, 0.1, 0.05]
    """
    rate = positive("k", k) * positive("learning_rate", learning_rate)
    return _plain(rate / np.sqrt(_epochs(epoch, least=1)))


def staircase_decay(learning_rate, epoch, interval, factor=0.5):
    """Hold the rate for some epochs, then cut it, and so on: learning_rate factor^⌊epoch/interval⌋.

    Args:
        learning_rate: rate at epoch 0, above 0.
        epoch: number of the epoch, at least 0; number or array.
        interval: epochs on one step of the stairs, at least 1.
        factor: what is left after one step, in (0, 1].

    Returns:
        The rate: a float, or an array shaped like epoch.

    Raises:
        ValueError: a number is out of its range.

    Example:
        >>> staircase_decay(0.4, np.array([0, 9, 10, 19, 20]), interval=10).tolist()
        [0.4, 0.4, 0.2, 0.2, 0.1]
        >>> inverse_time_decay(0.2, np.array([0, 9, 10, 19]) // 10).tolist()
        [0.2, 0.2, 0.1, 0.1]
    """
    steps = _epochs(epoch) // whole_number("interval", interval, 1)
    learning_rate = positive("learning_rate", learning_rate)
    return _plain(learning_rate * share("factor", factor) ** steps)


def manual_schedule(epoch, table):
    """Look the rate up in a table written by hand, by whoever watches the cost fall.

    Args:
        epoch: number of the epoch, at least 0; number or array.
        table: dictionary from an epoch to the rate, above 0, from that epoch on; has an entry
            for epoch 0.

    Returns:
        The rate: a float, or an array shaped like epoch.

    Raises:
        ValueError: epoch is below 0, a rate is not above 0, or the table has none for epoch 0.

    Example:
        >>> manual_schedule(np.array([0, 29, 30, 99]), {0: 0.1, 30: 0.01}).tolist()
        [0.1, 0.1, 0.01, 0.01]
    """
    starts = sorted(table)
    if not starts or starts[0] != 0:
        raise ValueError(f"table: expected a first entry for epoch 0; got epochs {starts}")
    rates = np.array([positive(f"table[{start!r}]", table[start]) for start in starts])
    # the last start that is not after the epoch
    return _plain(rates[np.searchsorted(starts, _epochs(epoch), side="right") - 1])


def _epochs(epoch, least=0):
    epochs = as_float(epoch)
    if not np.all(epochs >= least):
        raise ValueError(f"epoch: expected {least} or more; got {epoch!r}")
    return epochs


def _plain(rate):
    # a Python float leaves float32 parameters what they are, a NumPy one would not
    return float(rate) if np.ndim(rate) == 0 else rate
