"""The kinds of recurrent network by name, so that what is built of them need not know which."""

from functools import partial

from dlcourse.scratch.gru import gru_backward, gru_forward
from dlcourse.scratch.gru_cell import gru_cell_backward, gru_cell_forward
from dlcourse.scratch.lstm import lstm_backward, lstm_forward
from dlcourse.scratch.lstm_cell import lstm_cell_backward, lstm_cell_forward
from dlcourse.scratch.rnn import rnn_backward, rnn_forward
from dlcourse.scratch.rnn_cell import rnn_cell_backward, rnn_cell_forward

__all__ = ["CELLS", "KINDS", "cell_of_kind", "recurrent_kind"]

KINDS = {
    "rnn": (rnn_forward, rnn_backward),
    "gru_reset_before": (partial(gru_forward, reset="before"), gru_backward),
    "gru_reset_after": (partial(gru_forward, reset="after"), gru_backward),
    "lstm": (lstm_forward, lstm_backward),
}

CELLS = {
    "rnn": (rnn_cell_forward, rnn_cell_backward),
    "gru_reset_before": (partial(gru_cell_forward, reset="before"), gru_cell_backward),
    "gru_reset_after": (partial(gru_cell_forward, reset="after"), gru_cell_backward),
    "lstm": (lstm_cell_forward, lstm_cell_backward),
}


def recurrent_kind(kind):
    """Look up how to run a recurrent network through time.

    Args:
        kind: "rnn", "gru_reset_before", "gru_reset_after" or "lstm".

    Returns:
        (forward, backward): forward takes (x, parameters, state, mask) and returns
        (a, state, cache); backward takes (da, cache, d_state) and returns a dict of gradients. A
        state is an array (m, n_a), for an LSTM a pair of them.

    Raises:
        ValueError: the kind is unknown.

    Example:
        >>> recurrent_kind("lstm")[0].__name__
        'lstm_forward'
    """
    return _look_up(KINDS, kind)


def cell_of_kind(kind):
    """Look up a single step of a recurrent network.

    Args:
        kind: "rnn", "gru_reset_before", "gru_reset_after" or "lstm".

    Returns:
        (forward, backward) of the cell, as `unrolled` takes them.

    Raises:
        ValueError: the kind is unknown.

    Example:
        >>> cell_of_kind("rnn")[1].__name__
        'rnn_cell_backward'
    """
    return _look_up(CELLS, kind)


def _look_up(table, kind):
    if kind not in table:
        raise ValueError(f"kind: expected one of {', '.join(table)}; got {kind!r}")
    return table[kind]
