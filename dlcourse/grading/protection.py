"""Which protections against a submission's code are active on this machine."""

import os
import shutil
import sys
from dataclasses import dataclass

from dlcourse.grading.sandbox.bubblewrap import bubblewrap_works

__all__ = ["Protection", "active_protections"]


@dataclass(frozen=True)
class Protection:
    """One protection.

    Args:
        name: What it is called.
        active: Whether it works here.
        detail: What it does, or what is missing and how to get it.
    """

    name: str
    active: bool
    detail: str


def active_protections() -> tuple[Protection, ...]:
    """Every protection, with whether it works here."""
    linux = sys.platform.startswith("linux")
    room = bubblewrap_works()
    return (
        Protection(
            "separate process",
            True,
            "learner code never runs in the grader's process; only data comes back",
        ),
        Protection(
            "resource limits",
            os.name == "posix",
            "memory, processor time, file size and processes are bounded"
            if os.name == "posix"
            else "this system has no resource limits; only the wall clock is watched",
        ),
        Protection(
            "private file system, no network", room, _room_detail(linux, room)
        ),
        Protection(
            "a user of its own",
            room,
            "each submission runs without rights"
            if room
            else _rights_detail(),
        ),
    )  # fmt: skip


def _rights_detail() -> str:
    if hasattr(os, "getuid") and os.getuid() == 0:
        return "submissions run as root! Install bubblewrap, or grade as an ordinary user"
    return "submissions run with your own rights to files and network"


def _room_detail(linux: bool, room: bool) -> str:
    if room:
        return "bubblewrap hides the disk, the network and other processes"
    if not linux:
        return "bubblewrap exists for Linux only: grade there, or in a Linux container"
    if shutil.which("bwrap") is None:
        return "install bubblewrap (for example: apt-get install bubblewrap)"
    return "bubblewrap is installed, but this system does not let it make namespaces"
