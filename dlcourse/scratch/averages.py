"""Exponentially weighted averages: a running mean that forgets, and needs to store one number.

v_t = beta v_(t-1) + (1 - beta) theta_t, from v_0 = 0. Momentum, RMSprop, Adam and the running
statistics of batch norm are all made of this line.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.ranges import fraction, whole_number

__all__ = [
    "average_weights",
    "averaging_window",
    "correct_bias",
    "exponentially_weighted_averages",
    "update_average",
]


def update_average(average, value, beta):
    """Move a running average towards a new value: beta old + (1 - beta) new.

    Args:
        average: the average so far, number or array.
        value: the new value, shaped like average.
        beta: share of the old that is kept, in [0, 1).

    Returns:
        The new average; the old one is left as it is.

    Raises:
        ValueError: beta is outside [0, 1), or the shapes differ.

    Example:
        >>> update_average(0.0, 40.0, beta=0.75)
        10.0
    """
    beta = fraction("beta", beta)
    if np.shape(average) != np.shape(value):
        raise ValueError(
            f"value: expected the shape of average, {np.shape(average)}; got {np.shape(value)}"
        )
    return beta * average + (1.0 - beta) * value


def correct_bias(average, beta, t):
    """Divide out that the average began at 0 instead of at the first value: v / (1 - beta^t).

    Args:
        average: the average after t values, number or array.
        beta: share of the old that each update kept, in [0, 1).
        t: number of values averaged, at least 1.

    Returns:
        The average as if its weights summed to 1; close to `average` once beta^t is small.

    Raises:
        ValueError: beta is outside [0, 1), or t is below 1.

    Example:
        >>> correct_bias(10.0, beta=0.75, t=1)
        40.0
    """
    beta, t = fraction("beta", beta), whole_number("t", t, 1)
    return average / (1.0 - beta**t)


def exponentially_weighted_averages(values, beta, bias_correction=True):
    """Smooth a sequence: entry t is the average of the values up to t, recent ones counting more.

    Args:
        values: sequence of numbers or of equally shaped arrays, shape (T, ...), T at least 1.
        beta: share of the old kept at each step, in [0, 1): 0.9 looks back about 10 values, 0.98
            about 50, and 0 not at all.
        bias_correction: whether to divide by 1 - beta^t; without it the curve starts near 0.

    Returns:
        Float array of the shape of values.

    Raises:
        ValueError: beta is outside [0, 1), or there are no values.

    Example:
        >>> exponentially_weighted_averages([8.0, 16.0], 0.5, bias_correction=False).tolist()
        [4.0, 10.0]
        >>> exponentially_weighted_averages([8.0, 8.0], 0.5).tolist()
        [8.0, 8.0]
    """
    values = as_float(values)
    if values.ndim == 0 or len(values) == 0:
        raise ValueError(f"values: expected (T, ...), one value or more; got shape {values.shape}")
    averages, average = np.empty_like(values), np.zeros_like(values[0])
    for t, value in enumerate(values, start=1):
        average = update_average(average, value, beta)
        averages[t - 1] = correct_bias(average, beta, t) if bias_correction else average
    return averages


def average_weights(t, beta, bias_correction=True):
    """Weights of the values theta_1 … theta_t in their average: (1 - beta) beta^(t-k) for value k.

    Args:
        t: number of values averaged, at least 1.
        beta: share of the old kept at each step, in [0, 1).
        bias_correction: whether to divide by 1 - beta^t, which is what the weights sum to.

    Returns:
        Array (t,), the oldest first; with bias correction they sum to 1.

    Raises:
        ValueError: beta is outside [0, 1), or t is below 1.

    Example:
        >>> average_weights(2, 0.98, bias_correction=False).round(4).tolist()
        [0.0196, 0.02]
        >>> bool(np.allclose(average_weights(2, 0.98), [0.0196 / 0.0396, 0.02 / 0.0396]))
        True
    """
    beta, t = fraction("beta", beta), whole_number("t", t, 1)
    weights = (1.0 - beta) * beta ** np.arange(t - 1, -1, -1.0)
    return correct_bias(weights, beta, t) if bias_correction else weights


def averaging_window(beta):
    """How many values an average looks back on, roughly: 1 / (1 - beta).

    After that many steps the weight of a value has fallen to about 1/e (0.9^10 = 0.35).

    Args:
        beta: share of the old kept at each step, in [0, 1).

    Returns:
        float: number of values, at least 1.

    Raises:
        ValueError: beta is outside [0, 1).

    Example:
        >>> round(averaging_window(0.9)), round(averaging_window(0.98))
        (10, 50)
    """
    return 1.0 / (1.0 - fraction("beta", beta))
