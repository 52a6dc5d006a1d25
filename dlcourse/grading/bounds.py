"""Bounds on what the grader itself spends on a learner's values.

A test computes with what the learner's function gave; an array that is large, or shaped so that
it broadcasts to something large, must cost the learner that test and nobody else anything.
"""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

__all__ = ["TooMuch", "bounded_memory", "bounded_time"]

GRADER_MEMORY_BYTES = 4 * 2**30  # on top of what is mapped
GRADER_CPU_SECONDS = 30.0  # for one test, the learner's own process not counted


class TooMuch(AssertionError):
    """A test that computes with the learner's result takes too long."""


@contextlib.contextmanager
def bounded_memory(size: int = GRADER_MEMORY_BYTES) -> Iterator[None]:
    """Let allocations fail beyond `size` more bytes (on Linux)."""
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as file:
        mapped = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bound = mapped + size
    for limit in (soft, hard):
        bound = bound if limit == resource.RLIM_INFINITY else min(bound, limit)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextlib.contextmanager
def bounded_time(seconds: float = GRADER_CPU_SECONDS) -> Iterator[None]:
    """Raise `TooMuch` after that much processor time (where there are timers, in a main thread)."""
    in_main_thread = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not in_main_thread:
        yield
        return

    def stop(*arguments: Any) -> None:
        raise TooMuch("The test took too long with this result. Is it far larger than expected?")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
