"""Beam search: the most promising beginnings of all sequences of a batch, extended together."""

from typing import NamedTuple

from dlcourse.decoding.backtracking import best_sequences
from dlcourse.decoding.beam_steps import BeamSteps
from dlcourse.decoding.scoring import checked_alpha
from dlcourse.decoding.steps import StepGuard, checked_ends, checked_start
from dlcourse.scratch.ranges import whole_number

__all__ = ["Beams", "beam_search"]


class Beams(NamedTuple):
    """How to search.

    Attributes:
        width: B, how many beginnings of each sequence are kept, at least 1. With 1 the result
            is that of greedy search or better: the search goes on behind an end token. It may
            exceed the vocabulary: places are then empty until there are enough beginnings.
        n_best: how many sequences to return, at most B. With more, the search can stop less early.
        alpha: power of the length in the score log P(y) / length^alpha; 0 for log P(y) itself.
    """

    width: int = 5
    n_best: int = 1
    alpha: float = 0.7


def beam_search(step, start_tokens, state, max_length, end_tokens, beams=Beams()):  # noqa: B008
    """Find the sequences with the best scores among those that grow from the B best beginnings.

    Each beginning that is followed by an end token is a candidate, and so are those that are not
    complete after max_length tokens. The best score is never below that of `greedy_search`: the
    greedy beginning is always kept, in the last place if it were not among the best.

    Args:
        step: function (tokens (N,), state) -> (log_probabilities (N, V), state), with
            N = batch · B. It may be compiled.
        start_tokens: whole numbers (batch,), the first input of each sequence, not part of the
            result.
        state: nested structure of tensors (batch, …), as the step takes it first. Each row is
            repeated B times, and goes with its beam afterwards. The step must not change it in
            place.
        max_length: the most tokens, at least 0. So many times the step is called, or until nothing
            better can be found; always inside a compiled function, which cannot look, and on an
            accelerator, where looking would take time.
        end_tokens: a token, several, or None: only max_length ends a sequence.
        beams: Beams.

    Returns:
        NBest.

    Raises:
        ValueError: an argument does not fit, or the step does not give log-probabilities. Inside a
            compiled function, and on an accelerator, log_probabilities and scores are NaN then.

    Reference:
        Sutskever, Vinyals and Le, "Sequence to Sequence Learning with Neural Networks", 2014, §3.2.

    Example:
        Greedy search would begin with the likelier 1. What follows 0 is almost certain.

        >>> from keras import ops
        >>> table = ops.log(ops.array([[0.1, 0.0, 0.9], [0.5, 0.4, 0.1], [0.4, 0.6, 0.0]]))
        >>> step = lambda tokens, state: (ops.take(table, tokens, axis=0), state)
        >>> found = beam_search(step, [2], None, 2, end_tokens=2, beams=Beams(2, 2, alpha=0))
        >>> ops.convert_to_numpy(found.tokens).tolist()
        [[[0, 2], [1, 0]]]
        >>> ops.convert_to_numpy(ops.exp(found.log_probabilities)).round(2)
        array([[0.36, 0.3 ]], dtype=float32)
    """
    beams, ends = _checked(beams), checked_ends(end_tokens)
    max_length = whole_number("max_length", max_length, least=0)
    start, guard = checked_start(start_tokens), StepGuard(step, ends)
    search = BeamSteps(start, state, beams, ends)
    steps = 0 if start.shape[0] == 0 else max_length
    for t in range(steps):
        search.extend(guard, is_last=t + 1 == steps)
        if search.is_settled(max_length):
            break
    found = best_sequences(search.candidates(), max_length, beams)
    return found._replace(
        log_probabilities=guard.nan_if_invalid(found.log_probabilities),
        scores=guard.nan_if_invalid(found.scores),
    )


def _checked(beams):
    width = whole_number("width", beams.width, least=1)
    n_best = whole_number("n_best", beams.n_best, least=1)
    if n_best > width:
        raise ValueError(f"n_best: expected at most {width}, the width of the beam; got {n_best}")
    return Beams(width, n_best, checked_alpha(beams.alpha))
