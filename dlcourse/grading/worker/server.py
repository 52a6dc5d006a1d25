"""The warm parent: imports what notebooks need, then forks one child per submission.

It runs no operation of NumPy or TensorFlow itself (a child forked after one would hang) and
never sees a submission: each child gets its own connection to the grader.
"""

import array
import contextlib
import gc
import importlib
import json
import os
import shutil
import signal
import socket
import time
import traceback
from pathlib import Path
from typing import Any

from dlcourse.grading.worker.confine import (
    adopt_orphans,
    become_undumpable,
    limit_resources,
    situation,
    take_identity,
)
from dlcourse.grading.worker.session import serve

__all__ = ["main", "serve_once"]

_MAX_ORDER_BYTES = 65536
_DYING_SECONDS = 5.0


def main(settings: dict[str, Any]) -> None:
    """Serve orders from the grader until it hangs up.

    Args:
        settings: "control" (file descriptor), "preload" (module names), "isolated" (whether we
            are alone in a process namespace), "writable" (folders to empty between submissions),
            "first_user" (user ids from here on are for submissions, where we are root).
    """
    control = socket.socket(fileno=settings["control"])
    become_undumpable()
    adopt_orphans()
    for module in settings["preload"]:
        importlib.import_module(module)
    settings["situation"] = situation()
    gc.freeze()  # what was imported stays shared: the collector would touch, so copy, its pages
    control.send(json.dumps({"ready": True}).encode())
    submissions = 0
    while True:
        order, descriptors = _receive_order(control)
        if order is None:
            break
        submissions += 1
        child = os.fork()
        if child == 0:
            _become_child(control, descriptors, order, settings["first_user"] + submissions)
        for descriptor in descriptors:
            os.close(descriptor)
        control.send(json.dumps({"child": child}).encode())
        _receive_order(control)  # "end": the grader is done with this child
        control.send(json.dumps(_end(child, settings)).encode())
    _kill_everything_else(settings["isolated"])


def serve_once(settings: dict[str, Any]) -> None:
    """Serve one submission in a process of its own, where there is no fork."""
    connection = socket.create_connection(("127.0.0.1", settings["port"]))
    connection.sendall(settings["token"].encode())
    for module in settings["preload"]:
        importlib.import_module(module)
    if settings.get("limits"):
        limit_resources(**settings["limits"])
    serve(connection)


def _receive_order(control: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    message, ancillary, _, _ = control.recvmsg(_MAX_ORDER_BYTES, socket.CMSG_SPACE(8))
    descriptors = array.array("i")
    for _, _, data in ancillary:
        descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    return (json.loads(message) if message else None), list(descriptors)


def _become_child(
    control: socket.socket, descriptors: list[int], order: dict[str, Any], user: int
) -> None:
    """Confine this fresh process, then answer the grader; never returns."""
    status = 1
    try:
        connection, output = descriptors
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        kept = os.dup2(connection, 3)
        control.detach()
        os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))
        os.chdir(os.environ["HOME"])
        limit_resources(**order["limits"])
        drop = order["drop"] and os.getuid() == 0
        take_identity(user if drop else None)
        # the connection stays open until we are gone: the grader must not think that a process
        # which is still telling its last error has been killed
        answering = socket.socket(fileno=kept)
        serve(answering)
        status = 0
    except BaseException:  # told on the output, which the grader shows when we never get ready
        traceback.print_exc()
    finally:
        os._exit(status)


def _end(child: int, settings: dict[str, Any]) -> dict[str, Any]:
    """Kill the submission with everything it started, and say how its process had ended."""
    for kill in (os.killpg, os.kill):  # its group, and itself should it not lead one yet
        with contextlib.suppress(ProcessLookupError):
            kill(child, signal.SIGKILL)  # changes nothing for one that is exiting already
    _, status, usage = os.wait4(child, 0)
    gone = _kill_everything_else(settings["isolated"])
    emptied = all([_empty(Path(folder)) for folder in settings["writable"]])
    return {
        "status": os.waitstatus_to_exitcode(status),
        "peak_mb": round(usage.ru_maxrss / 1024),
        "clean": gone and emptied and _no_shared_memory() and settings["situation"] == situation(),
    }


def _kill_everything_else(isolated: bool) -> bool:
    """End what a submission left behind, and wait until it is gone; whether it is.

    In a process namespace of our own every process but ours is a submission's; elsewhere those
    are that descend from us, orphans included.
    """
    if not isolated or os.getpid() != 1:
        return _kill_descendants()
    deadline = time.monotonic() + _DYING_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        try:
            os.kill(-1, signal.SIGKILL)  # all of the namespace but its first process: us
        except ProcessLookupError:
            return True
        time.sleep(0.001)
    return False


def _kill_descendants() -> bool:
    import psutil  # only where there is no room of our own

    us = psutil.Process()
    deadline = time.monotonic() + _DYING_SECONDS
    while time.monotonic() < deadline:
        descendants = us.children(recursive=True)
        if not descendants:
            return True
        for process in descendants:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
    return False


def _empty(folder: Path) -> bool:
    """Remove what a submission wrote, so that the next one cannot read it."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                entry.unlink()
    return not any(folder.iterdir())


def _no_shared_memory() -> bool:
    """Whether nothing of System V lies about; it would outlive the process that made it."""
    tables = [Path("/proc/sysvipc") / kind for kind in ("shm", "sem", "msg")]
    return all(len(t.read_text().splitlines()) <= 1 for t in tables if t.exists())
