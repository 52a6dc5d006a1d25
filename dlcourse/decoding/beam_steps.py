"""One step of beam search: from B beginnings of each sequence to the B best longer ones."""

import numpy as np
from keras import ops

from dlcourse.decoding.backtracking import Candidates, largest
from dlcourse.decoding.states import BeamRows
from dlcourse.decoding.steps import is_one_of

__all__ = ["BeamSteps"]


class BeamSteps:
    """The beams of a batch, all B of a sequence one below the other.

    Args:
        start: int32 tensor (batch,).
        state: nested structure of tensors (batch, …).
        beams: Beams.
        ends: tuple of int.
    """

    def __init__(self, start, state, beams, ends):
        self.beams, self.ends, width = beams, ends, beams.width
        self.xp, self.rows = ops, BeamRows(state, width, start.shape[0])
        self.state, self.last = self.rows.state, ops.repeat(start, width)
        self.batch = ops.shape(start)[0]
        self.first_rows = ops.arange(self.batch) * width
        # all beams are the same at first: one of them is enough
        one = np.where(np.arange(width) == 0, 0, -np.inf).astype(np.float32)
        self.live = ops.zeros((self.batch, width)) + ops.convert_to_tensor(one)
        self.tokens, self.parents, self.ended = [], [], []
        self.best_ended = None
        # where the greedy beginning is, and whether it goes on
        self.place, self.going = ops.zeros_like(start), ops.ones_like(start, dtype="bool")

    def extend(self, guard, is_last):
        """Call the model, and keep the best continuations.

        Args:
            guard: StepGuard.
            is_last: whether no step follows; the greedy beginning needs no place then.
        """
        xp, log_p, state = guard(self.last, self.state)
        if not self.tokens:
            self._go_on_with(xp, log_p)
        width, size = self.beams.width, log_p.shape[1]
        totals = self.live[:, :, None] + xp.reshape(log_p, (self.batch, width, size))
        if self.ends:
            self.ended.append(xp.concatenate([totals[:, :, end] for end in self.ends], axis=1))
            totals = totals + self.closed
        live, chosen = largest(xp, xp.reshape(totals, (self.batch, width * size)), width)
        if not is_last:
            live, chosen = self._with_greedy(log_p, live, chosen)
        parents = xp.reshape(self.first_rows[:, None] + chosen // size, (-1,))
        self.live, self.last = live, xp.reshape(chosen % size, (-1,))
        self.state = self.rows.reordered(state, parents)
        self.tokens.append(self.last)
        self.parents.append(parents)

    def is_settled(self, max_length):
        """Whether no beam can still become one of the n best, as far as this can be known.

        A log-probability never rises, so that it is at best what it is, over the largest length.
        """
        if self.xp is not np or not self.ends:
            return False
        scores = self.ended[-1] / len(self.tokens) ** self.beams.alpha
        known = scores if self.best_ended is None else np.append(self.best_ended, scores, axis=1)
        self.best_ended = -np.sort(-known, axis=1)[:, : self.beams.n_best]
        hope = self.live.max(axis=1) / max_length**self.beams.alpha
        if self.best_ended.shape[1] < self.beams.n_best or (self.best_ended[:, -1] < hope).any():
            return False
        self.live = np.full_like(self.live, -np.inf)  # what is not complete is no result
        return True

    def candidates(self):
        """What the search has left behind, as Candidates."""
        return Candidates(
            self.xp, self.ends, self.first_rows, self.tokens, self.parents, self.ended, self.live
        )

    def _go_on_with(self, xp, log_p):
        """Turn what was there before the first step into what the model gives."""
        self.xp, self.closed = xp, np.zeros(log_p.shape[1], np.float32)
        self.closed[list(self.ends)] = -np.inf
        if xp is np:
            self.first_rows, self.live, self.place, self.going = (
                ops.convert_to_numpy(t)
                for t in (self.first_rows, self.live, self.place, self.going)
            )
            self.live = self.live.astype(log_p.dtype)
        else:
            self.live = ops.cast(self.live, log_p.dtype)
            self.closed = ops.cast(self.closed, log_p.dtype)

    def _with_greedy(self, log_p, live, chosen):
        """Put the greedy beginning into the last place where it is not among the best.

        Greedy search therefore never leaves the beam until it ends, and then it is a candidate.
        """
        xp, (width, size) = self.xp, (self.beams.width, log_p.shape[1])
        row = self.first_rows + self.place
        scores = xp.take(log_p, row, axis=0)
        token = xp.argmax(scores, axis=1)
        if self.ends:
            self.going = self.going & ~is_one_of(token, self.ends)
        greedy = xp.where(self.going, self.place * size + token, chosen[:, -1])
        found = chosen == greedy[:, None]
        missing = ~xp.any(found, axis=1)
        total = xp.take(xp.reshape(self.live, (-1,)), row) + xp.max(scores, axis=1)
        replaced = missing[:, None] & (xp.arange(width) == width - 1)
        self.place = xp.where(missing, width - 1, xp.argmax(found, axis=1))
        return (
            xp.where(replaced, total[:, None], live),
            xp.where(replaced, greedy[:, None], chosen),
        )
