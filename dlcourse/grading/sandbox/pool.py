"""Keeps one warm host per kind of lesson, so that a class costs one start."""

import atexit
from collections.abc import Iterable
from pathlib import Path

from dlcourse.grading.catalog import Lesson
from dlcourse.grading.limits import Limits
from dlcourse.grading.sandbox.host import ForkHost, Host, SpawnHost, can_fork

__all__ = ["close_hosts", "host_for"]

_hosts: dict[tuple, Host] = {}


def host_for(lesson: Lesson, limits: Limits, hidden: Iterable[Path] = ()) -> Host:
    """A host on which this lesson's submissions can run; it is kept for the next one.

    Args:
        lesson: Whose submissions.
        limits: Bounds on each.
        hidden: Folders that they must not see.
    """
    hidden = tuple(sorted({Path(h).resolve() for h in hidden}))
    key = (lesson.path, limits, hidden)
    if key not in _hosts:
        close_hosts()  # a class is of one lesson; two warm parents would only use memory
        _hosts[key] = (ForkHost if can_fork() else SpawnHost)(lesson, limits, hidden)
    return _hosts[key]


@atexit.register
def close_hosts() -> None:
    """End every host."""
    while _hosts:
        _hosts.popitem()[1].close()
