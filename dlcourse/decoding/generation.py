"""One token after the other: the likeliest, a drawn one, or one that is given."""

from typing import NamedTuple

import numpy as np
from keras import ops

from dlcourse.decoding.states import as_state
from dlcourse.decoding.steps import StepGuard, checked_ends, checked_start, is_one_of
from dlcourse.scratch.ranges import whole_number

__all__ = ["Sequences", "greedy_search", "sample_sequences", "sequence_log_probabilities"]


class Sequences(NamedTuple):
    """One sequence for each start token.

    Attributes:
        tokens: int32 (batch, T); behind an end token it is repeated.
        lengths: int32 (batch,): how many tokens there are, with the end token.
        log_probabilities: (batch,), summed over these tokens. -inf where the model forbids all.
    """

    tokens: object
    lengths: object
    log_probabilities: object


def greedy_search(step, start_tokens, state, max_length, end_tokens):
    """Take the likeliest token each time, the first of equal ones.

    Args:
        step: function (tokens (batch,), state) -> (log_probabilities (batch, V), state): what the
            model gives to each token of the vocabulary as the next one. It may be compiled.
        start_tokens: whole numbers (batch,), the first input of each sequence, not part of the
            result.
        state: nested structure of tensors (batch, …), as the step takes it first.
        max_length: the most tokens, at least 0. So many times the step is called, or until all
            sequences have ended; always inside a compiled function, which cannot look, and on an
            accelerator, where looking would take time.
        end_tokens: a token, several, or None: only max_length ends a sequence.

    Returns:
        Sequences with T = max_length.

    Raises:
        ValueError: an argument does not fit, or the step does not give log-probabilities. Inside a
            compiled function, and on an accelerator, the resulting log_probabilities are NaN then.

    Example:
        A model that counts up.

        >>> step = lambda tokens, state: (ops.log(ops.one_hot(tokens + 1, 6)), state)
        >>> found = greedy_search(step, [0, 3], None, max_length=5, end_tokens=5)
        >>> ops.convert_to_numpy(found.tokens).tolist()
        [[1, 2, 3, 4, 5], [4, 5, 5, 5, 5]]
        >>> ops.convert_to_numpy(found.lengths).tolist()
        [5, 2]
    """
    max_length = whole_number("max_length", max_length, least=0)

    def likeliest(xp, log_p, _):
        return xp.argmax(log_p, axis=-1)

    return _followed(step, start_tokens, state, (max_length, checked_ends(end_tokens)), likeliest)


def sample_sequences(step, start_tokens, state, max_length, end_tokens, sampler):
    """Draw one token after the other; repeat a start token and its state for several sequences.

    Args:
        step: as in `greedy_search`.
        start_tokens: as in `greedy_search`.
        state: as in `greedy_search`.
        max_length: as in `greedy_search`.
        end_tokens: as in `greedy_search`.
        sampler: a TokenSampler, or any function log_probabilities (batch, V) -> tokens (batch,).

    Returns:
        Sequences with T = max_length. The log-probabilities are the model's own, whatever the
        temperature.

    Raises:
        ValueError: as `greedy_search`.

    Example:
        >>> from dlcourse.decoding import TokenSampler
        >>> step = lambda tokens, state: (ops.log(ops.ones((len(tokens), 10)) / 10), state)
        >>> drawn = sample_sequences(step, [0, 0], None, 20, None, TokenSampler(seed=1))
        >>> drawn.tokens.shape == (2, 20), round(float(drawn.log_probabilities[0]), 3)
        (True, -46.052)
    """
    max_length = whole_number("max_length", max_length, least=0)

    def drawn(xp, log_p, _):
        tokens = sampler(log_p)
        return ops.convert_to_numpy(tokens) if xp is np else tokens

    return _followed(step, start_tokens, state, (max_length, checked_ends(end_tokens)), drawn)


def sequence_log_probabilities(step, start_tokens, state, sequences, end_tokens):
    """What the model gives to sequences that somebody else wrote, such as P(y*) of a reference.

    Args:
        step: as in `greedy_search`.
        start_tokens: as in `greedy_search`.
        state: as in `greedy_search`.
        sequences: whole numbers (batch, T) below V; what stands behind the first end token does
            not count.
        end_tokens: as in `greedy_search`.

    Returns:
        Sequences.

    Raises:
        ValueError: as `greedy_search`, or a token is not in the vocabulary.

    Example:
        >>> step = lambda tokens, state: (ops.log(ops.ones((len(tokens), 4)) / 4), state)
        >>> scored = sequence_log_probabilities(step, [0], None, [[1, 3, 1]], end_tokens=3)
        >>> round(float(scored.log_probabilities[0]), 4), int(scored.lengths[0])  # 2 log ¼
        (-2.7726, 2)
    """
    start = checked_start(start_tokens)
    sequences = ops.convert_to_tensor(sequences)
    if len(sequences.shape) != 2 or sequences.shape[0] != start.shape[0]:
        raise ValueError(
            f"sequences: expected shape ({start.shape[0]}, T), a row for each start token; got "
            f"{tuple(sequences.shape)}"
        )
    sequences = ops.cast(sequences, "int32")

    def given(xp, log_p, t):
        tokens = sequences[:, t]
        return _checked(ops.convert_to_numpy(tokens), log_p.shape[1]) if xp is np else tokens

    limits = sequences.shape[1], checked_ends(end_tokens)
    return _followed(step, start, state, limits, given)


def _followed(step, start_tokens, state, limits, choose):
    """The loop of all three; choose is a function (xp, log_probabilities, t) -> tokens."""
    start, (max_length, ends) = checked_start(start_tokens), limits
    state = as_state(state, start.shape[0])
    guard = StepGuard(step, ends)
    token, tokens, lengths, total = start, [], ops.zeros_like(start), ops.zeros(ops.shape(start))
    for t in range(0 if start.shape[0] == 0 else max_length):
        xp, log_p, state = guard(token, state)
        chosen = choose(xp, log_p, t)
        if t == 0:
            going, token, lengths, total = chosen >= 0, chosen, 0, 0.0
        token = xp.where(going, chosen, token)
        picked = xp.take_along_axis(log_p, token[:, None], axis=1)[:, 0]
        total = total + xp.where(going, picked, 0.0)
        lengths = lengths + xp.where(going, 1, 0)
        tokens.append(token)
        if ends:
            going = going & ~is_one_of(token, ends)
            if xp is np and not going.any():
                break
    # all have ended: their end tokens go on
    tokens += [token] * (max_length - len(tokens))
    rows = ops.stack(tokens, axis=1) if tokens else ops.zeros((*ops.shape(start), 0), "int32")
    total = guard.nan_if_invalid(ops.convert_to_tensor(total))
    return Sequences(ops.cast(rows, "int32"), ops.cast(lengths, "int32"), total)


def _checked(tokens, size):
    if not 0 <= tokens.min() <= tokens.max() < size:
        raise ValueError(
            f"sequences: expected tokens from 0 to {size - 1}; got {tokens.min()} to {tokens.max()}"
        )
    return tokens
