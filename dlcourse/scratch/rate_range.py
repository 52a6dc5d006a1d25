"""The learning-rate range test by hand: gradient descent whose rate rises with every step."""

import numpy as np

__all__ = ["range_test"]

EXPLODED = 4.0  # times the lowest loss so far


def range_test(loss_and_gradient, w, rates):
    """Raise the rate step by step, watch the loss, and stop when it explodes.

    Args:
        loss_and_gradient: takes w, gives (loss, gradient).
        w: array to start from; left as it is.
        rates: rising learning rates, shape (steps,), with equal ratios.

    Returns:
        losses: before each step, shape (steps done,); the first loss above four times the lowest
        so far ends the test and is left out;
        suggested: the rate of the step after which the loss fell most.

    Raises:
        ValueError: the loss at w is NaN, or the test ended before two losses could be compared.

    Reference:
        Smith, "Cyclical learning rates for training neural networks", 2017, §3.3.

    Example:
        >>> bowl = lambda w: (0.5 * float(w @ w), w)
        >>> losses, rate = range_test(bowl, np.array([1.0]), np.geomspace(0.01, 10, 31))
        >>> 0.01 < rate < 2
        True
    """
    losses = []
    for rate in rates:
        loss, gradient = loss_and_gradient(w)
        if losses and not loss <= EXPLODED * min(losses):  # so written, NaN ends the test too
            break
        losses.append(loss)
        w = w - rate * gradient
    losses = np.array(losses)
    if len(losses) < 2:
        raise ValueError(
            f"rates: expected at least two steps before the loss explodes or is NaN; got {losses}: "
            "begin with a lower rate"
        )
    return losses, float(rates[np.argmin(np.diff(losses))])
