"""Let a model write: choose the next token from its scores, at a temperature.

Scores are divided by the temperature before the softmax. At 1 the model's own probabilities
remain; below, the likely gets likelier, down to greedy choice at 0; above, all get more alike.
"""

import numpy as np

from dlcourse.scratch.floating import as_float
from dlcourse.scratch.ranges import whole_number
from dlcourse.scratch.softmax import hardmax, softmax

__all__ = ["greedy_choice", "sample_from_logits", "sample_sequence", "temperature_probabilities"]


def temperature_probabilities(logits, temperature):
    """Turn scores into probabilities at a temperature: softmax(logits / T).

    Args:
        logits: scores, shape (..., n) with n at least 1; -inf forbids a token.
        temperature: T, finite and at least 0. At 0, the limit: all probability on the largest
            score, of equal ones on the first.

    Returns:
        Probabilities, shape (..., n), summing to 1 along the last axis.

    Raises:
        ValueError: the temperature is negative or no number, or the scores are NaN, empty, or all
            -inf.

    Example:
        >>> for temperature in (0, 1, 100):
        ...     print(temperature_probabilities(np.log([0.7, 0.2, 0.1]), temperature).round(2))
        [1. 0. 0.]
        [0.7 0.2 0.1]
        [0.34 0.33 0.33]
    """
    logits = _checked_logits(logits)
    if not 0 <= temperature < np.inf:
        raise ValueError(f"temperature: expected a finite number, 0 or more; got {temperature!r}")
    # relative to the largest score: however small the temperature, no two infinities meet
    below = logits - logits.max(axis=-1, keepdims=True)
    if temperature == 0:
        return hardmax(below, axis=-1)
    with np.errstate(over="ignore"):  # a score so far below that it becomes -inf gets 0, rightly
        return softmax(below / logits.dtype.type(temperature), axis=-1)


def greedy_choice(logits):
    """Choose the token with the largest score: the limit of sampling at temperature 0.

    Args:
        logits: scores, shape (..., n) with n at least 1.

    Returns:
        Integers of shape (...): of equal scores, the first.

    Raises:
        ValueError: the scores are NaN, empty, or all -inf.

    Example:
        >>> greedy_choice([[1.0, 3.0], [2.0, 0.0]]).tolist()
        [1, 0]
    """
    return np.argmax(_checked_logits(logits), axis=-1)


def sample_from_logits(logits, rng, temperature=1.0):
    """Draw a token for every row of scores.

    Args:
        logits: scores, shape (..., n) with n at least 1; -inf forbids a token.
        rng: numpy.random.Generator.
        temperature: finite and at least 0; 0 is the greedy choice.

    Returns:
        Integers of shape (...), in 0 … n - 1.

    Raises:
        ValueError: as `temperature_probabilities`.

    Example:
        >>> logits = np.log([0.5, 0.5, 1e-9])
        >>> sample_from_logits([logits] * 8, np.random.default_rng(0)).tolist()
        [1, 0, 0, 0, 1, 1, 1, 1]
    """
    cumulative = np.cumsum(temperature_probabilities(logits, temperature), axis=-1)
    # times the last entry, because rounding lets it differ from 1
    draws = rng.random((*cumulative.shape[:-1], 1)) * cumulative[..., -1:]
    return np.sum(cumulative <= draws, axis=-1)


def sample_sequence(step, start, rng, length, temperature=1.0, stop=None):
    """Let a model continue: each token that is drawn is the next input.

    Args:
        step: function (token, state) -> (logits, state): the model's scores (n,) for the next
            token, and its state; the first time, the state is None.
        start: the token to begin with, not part of the result.
        rng: numpy.random.Generator.
        length: the most tokens to draw, at least 1.
        temperature: finite and at least 0.
        stop: the token that ends the sequence (it is kept); None: only `length` does.

    Returns:
        List of tokens.

    Raises:
        ValueError: length is below 1, or as `temperature_probabilities`.

    Example:
        A model that counts up to 3.

        >>> count_up = lambda token, state: (np.eye(4)[token + 1], state)
        >>> sample_sequence(count_up, 0, np.random.default_rng(0), length=9, temperature=0, stop=3)
        [1, 2, 3]
    """
    tokens, token, state = [], start, None
    for _ in range(whole_number("length", length, least=1)):
        logits, state = step(token, state)
        token = int(sample_from_logits(logits, rng, temperature))
        tokens.append(token)
        if token == stop:
            break
    return tokens


def _checked_logits(logits):
    logits = as_float(logits)
    if logits.ndim == 0 or logits.shape[-1] == 0:
        raise ValueError(
            f"logits: expected scores (..., n), n at least 1; got shape {logits.shape}"
        )
    if not np.isfinite(logits.max(axis=-1)).all():  # a NaN is the maximum of its row
        raise ValueError(
            "logits: expected a finite largest score in every row; got NaN or infinity"
        )
    return logits
