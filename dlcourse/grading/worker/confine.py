"""Gives up rights: what a process may still do before learner code runs in it."""

import contextlib
import ctypes
import os
import platform
import sys
from typing import Any

__all__ = ["adopt_orphans", "become_undumpable", "limit_resources", "situation", "take_identity"]

_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_KEYCTL = {"x86_64": 250, "aarch64": 219}  # system call numbers
_JOIN_SESSION_KEYRING = 1
_MIB = 2**20


def become_undumpable() -> None:
    """No other process of the same user may read this one's memory (Linux only)."""
    _prctl(_PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Become the parent of descendants that lose theirs, so that they can be found (Linux only)."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def situation() -> list[Any]:
    """What another process of the same user may change about this one.

    Limits, priority and processors are inherited by every child, so that one submission could
    choose them for those after it.
    """
    import resource  # Windows has none; nothing is forked there

    kinds = [getattr(resource, name) for name in dir(resource) if name.startswith("RLIMIT_")]
    found: list[Any] = [resource.getrlimit(kind) for kind in kinds]
    found.append(os.getpriority(os.PRIO_PROCESS, 0))
    if hasattr(os, "sched_getaffinity"):
        found += [os.sched_getaffinity(0), os.sched_getscheduler(0)]
    return found


def take_identity(user: int | None) -> None:
    """Become an unprivileged user for good, and never gain rights again.

    Args:
        user: The user id, or None to stay who we are (where we are not root).
    """
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _join_new_keyring()


def limit_resources(memory_mb: int, file_mb: int, processes: int, seconds: float) -> None:
    """Bound what this process and its children may use.

    Args:
        memory_mb: Address space on top of what is mapped already, in MiB.
        file_mb: Largest file, in MiB.
        processes: Processes and threads of this user.
        seconds: Processor time of each process.
    """
    import resource  # Windows has none; it never gets here

    limits = {
        resource.RLIMIT_AS: _mapped_bytes() + memory_mb * _MIB,
        resource.RLIMIT_FSIZE: file_mb * _MIB,
        resource.RLIMIT_CPU: int(seconds) + 1,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 512,
    }
    if hasattr(resource, "RLIMIT_NPROC"):
        limits[resource.RLIMIT_NPROC] = processes
    for kind, value in limits.items():
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(kind, (bound, bound))


def _mapped_bytes() -> int:
    if not sys.platform.startswith("linux"):
        return 0
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _join_new_keyring() -> None:
    """Leave the kernel's key ring of the warm parent: through it submissions could talk."""
    number = _KEYCTL.get(platform.machine())
    if sys.platform.startswith("linux") and number is not None:
        ctypes.CDLL(None, use_errno=True).syscall(number, _JOIN_SESSION_KEYRING, None)


def _prctl(option: int, value: int) -> None:
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)
