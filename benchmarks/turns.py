"""Ways to do the same, taking turns in one process.

A turn is several calls if they are short, so that what the way before left in the caches, and its
threads that go to sleep, do not count more than the way itself. In use a way also runs step after
step, and not after one that is slower by far.
"""

import time

import numpy as np

__all__ = ["seconds_in_turns"]

WARM_UP = 3


def seconds_in_turns(ways, rounds, turn):
    """Seconds for one call of every way, in a new order each round.

    Args:
        ways: dict from a name to a function of nothing.
        rounds: how many turns each has.
        turn: seconds, about, that a turn takes; at least one call.

    Returns:
        dict from the name to a list of seconds, one for each round: the turn's, per call.
    """
    for way in ways.values():
        _seconds(way, WARM_UP)
    calls = {name: max(1, round(turn / _seconds(way, WARM_UP))) for name, way in ways.items()}
    names, seconds = list(ways), {name: [] for name in ways}
    order = np.random.default_rng(1)
    for _ in range(rounds):
        for i in order.permutation(len(names)):
            seconds[names[i]].append(_seconds(ways[names[i]], calls[names[i]]))
    return seconds


def _seconds(way, calls):
    start = time.perf_counter()
    for _ in range(calls):
        way()
    return (time.perf_counter() - start) / calls
