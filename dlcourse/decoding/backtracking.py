"""From the beams of all steps back to the best sequences."""

from typing import NamedTuple

import keras
import numpy as np
from keras import ops

__all__ = ["Candidates", "NBest", "best_sequences", "largest"]


class NBest(NamedTuple):
    """The n best sequences for each start token, the best first, no two alike.

    Where fewer than n have a probability above 0, the places behind them are empty: length 0,
    log-probability and score -inf.

    Attributes:
        tokens: int32 (batch, n, T); behind an end token it is repeated.
        lengths: int32 (batch, n): how many tokens there are, with the end token.
        log_probabilities: (batch, n), summed over these tokens.
        scores: (batch, n), the log-probabilities over length^alpha.
    """

    tokens: object
    lengths: object
    log_probabilities: object
    scores: object


class Candidates(NamedTuple):
    """What a search leaves behind; `xp` is NumPy or keras.ops, its arrays are of that kind.

    Attributes:
        xp: the module.
        ends: tuple of E end tokens.
        first_rows: (batch,): where the B rows of each sequence begin.
        tokens: of each step, (batch · B,).
        parents: of each step, (batch · B,): the row of the step before that is continued.
        ended: of each step, log-probabilities (batch, E · B) of the beams before it, each followed
            by an end token.
        live: log-probabilities (batch, B) of the beams at last; -inf where nothing is there.
    """

    xp: object
    ends: tuple
    first_rows: object
    tokens: list
    parents: list
    ended: list
    live: object


def best_sequences(found, max_length, beams):
    """Choose among all candidates, and walk back from the last token to the first.

    Args:
        found: Candidates.
        max_length: T.
        beams: Beams.

    Returns:
        NBest of tensors.
    """
    xp = found.xp
    log_p = xp.concatenate([*found.ended, found.live], axis=1)
    about = _descriptions(found, beams.width)
    powers = np.maximum(about[0], 1.0) ** beams.alpha
    powers = xp.array(powers, keras.backend.standardize_dtype(log_p.dtype))
    scores, picked = largest(xp, log_p / powers, beams.n_best)
    length, prefix, beam, tail = (xp.take(row, picked) for row in about)
    possible = scores > -np.inf
    prefix = xp.where(possible, prefix, 0)
    tokens = _walked_back(found, prefix, found.first_rows[:, None] + beam, tail)
    tokens += [tail] * (max_length - len(tokens))
    rows = ops.stack(tokens, axis=2) if tokens else ops.zeros((*ops.shape(scores), 0))
    return NBest(
        tokens=ops.cast(rows, "int32"),
        lengths=ops.cast(xp.where(possible, length, 0), "int32"),
        log_probabilities=ops.convert_to_tensor(xp.take_along_axis(log_p, picked, axis=1)),
        scores=ops.convert_to_tensor(scores),
    )


def largest(xp, values, k):
    """The k largest of each row in falling order, and where they stand.

    Args:
        xp: NumPy or keras.ops.
        values: (batch, n), n at least k.
        k: at least 1.

    Returns:
        (values, positions), each (batch, k).
    """
    if xp is not np:
        return ops.top_k(values, k)
    some = np.argpartition(values, -k, axis=1)[:, -k:]
    order = np.argsort(-np.take_along_axis(values, some, axis=1), axis=1, kind="stable")
    places = np.take_along_axis(some, order, axis=1)
    return np.take_along_axis(values, places, axis=1), places


def _descriptions(found, width):
    """Rows: length of each candidate, how many tokens come from beams, which beam, and the rest."""
    steps, n_ends = len(found.ended), len(found.ends)
    beams = np.arange(width)
    ended = np.repeat(np.arange(steps), n_ends * width)
    tails = np.tile(np.repeat(np.array(found.ends, np.int32), width), steps)
    live = np.full(width, len(found.tokens))
    rest = np.full(width, found.ends[0] if found.ends else 0)
    return np.stack(
        [
            np.append(ended + 1, live),
            np.append(ended, live),
            np.append(np.tile(beams, steps * n_ends), beams),
            np.append(tails, rest),
        ]
    ).astype(np.int32)


def _walked_back(found, prefix, row, tail):
    """The tokens of each step: those of the beams, and behind them the tail."""
    xp, columns = found.xp, []
    for t in reversed(range(len(found.tokens))):
        inside = t < prefix
        columns.append(xp.where(inside, xp.take(found.tokens[t], row), tail))
        row = xp.where(inside, xp.take(found.parents[t], row), row)
    return columns[::-1]
