"""Starts the processes in which submissions run, one at a time, and ends them."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import psutil

from dlcourse.grading.boundary import BoundaryError
from dlcourse.grading.catalog import Lesson
from dlcourse.grading.channel import Closed, TooSlow, receive
from dlcourse.grading.limits import Limits
from dlcourse.grading.sandbox.bubblewrap import (
    HOME,
    KIT,
    bubblewrap_works,
    library_paths,
    wrap,
    writable_folders,
)
from dlcourse.grading.sandbox.kit import build_kit
from dlcourse.grading.sandbox.output import OutputDrain

__all__ = ["ForkHost", "Host", "HostError", "SpawnHost", "can_fork"]

PRELOAD = {
    "numpy": ("numpy", "numpy.linalg", "math", "matplotlib.pyplot"),
    "keras": ("numpy", "numpy.linalg", "math", "matplotlib.pyplot", "tensorflow", "keras"),
}
START_SECONDS = 120.0  # a cold disk and TensorFlow
END_SECONDS = 30.0
_BOOT = (
    "import json, sys; settings = json.loads(sys.argv[1]); sys.path.insert(0, settings['kit']); "
    "sys.path += [p for p in settings['libraries'] if p not in sys.path]; "
    "from dlcourse.grading.worker import server; "
    "(server.main if 'control' in settings else server.serve_once)(settings)"
)


class HostError(BoundaryError):
    """The sandbox itself could not be started or has failed."""


class Host(Protocol):
    """Runs one submission after the other, each in a fresh process."""

    def open(self) -> socket.socket:
        """Start a process for a submission and return the connection to it."""
        ...

    def end(self) -> dict[str, Any]:
        """End that process with everything it started: its exit status and bytes printed."""
        ...

    def restart(self) -> None:
        """Begin again with nothing of what was."""
        ...

    def close(self) -> None:
        """End everything."""
        ...


def can_fork() -> bool:
    """Whether the warm parent works here."""
    return sys.platform.startswith("linux")


class _Room:
    """A temporary folder with the kit, and the command that starts a worker beside it."""

    def __init__(self, lesson: Lesson, limits: Limits, hidden: Iterable[Path]) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dlcourse-"))
        self.limits, self._hidden = limits, tuple(hidden)
        self.isolated = bubblewrap_works()
        self.preload = PRELOAD[lesson.backend]
        (self.folder / "kit").mkdir(mode=0o755)
        (self.folder / "work").mkdir(mode=0o777)
        self.log = open(self.folder / "log", "w+b")  # noqa: SIM115 (closed with the room)
        build_kit(lesson, self.folder / "kit")

    def start(
        self, settings: dict[str, Any], descriptors: tuple[int, ...] = (), output: int | None = None
    ) -> Any:
        work = str(self.folder / "work")
        settings = {
            **settings,
            "kit": KIT if self.isolated else str(self.folder / "kit"),
            "libraries": library_paths(),
            "preload": self.preload,
            "isolated": self.isolated,
            # limits on processes are kept per user: no two submissions on a machine share one
            "first_user": 2**20 + secrets.randbelow(2**30),
            "writable": writable_folders() if self.isolated else [work],
        }
        command = [sys.executable, "-s", "-P", "-c", _BOOT, json.dumps(settings)]
        environment = _environment(HOME if self.isolated else work)
        if self.isolated:
            command = wrap(command, self.folder / "kit", environment, self._hidden,
                           self.limits.file_mb * 4)  # fmt: skip
        return subprocess.Popen(
            command, env=environment, cwd=work, stdin=subprocess.DEVNULL,
            stdout=self.log if output is None else output, stderr=self.log,
            start_new_session=os.name == "posix", **_passing(descriptors),
        )  # fmt: skip

    def log_text(self) -> str:
        self.log.seek(0)
        return self.log.read()[-2000:].decode(errors="replace").strip()

    def resource_limits(self) -> dict[str, Any]:
        return {
            "memory_mb": self.limits.memory_mb,
            "file_mb": self.limits.file_mb,
            "processes": self.limits.processes,
            "seconds": self.limits.seconds_in_all,
        }

    def remove(self) -> None:
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class ForkHost:
    """A warm parent that has imported everything and forks one child per submission (Linux).

    Args:
        lesson: Decides what is imported and what the kit holds.
        limits: Bounds on each submission.
        hidden: Folders that a submission must not see.
    """

    def __init__(self, lesson: Lesson, limits: Limits, hidden: Iterable[Path] = ()) -> None:
        self._room = _Room(lesson, limits, hidden)
        self._start()

    def _start(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = self._room.start({"control": theirs.fileno()}, (theirs.fileno(),))
        theirs.close()
        self._answer(START_SECONDS)

    def open(self) -> socket.socket:
        """Fork a child for a submission and return the connection to it."""
        ours, theirs = socket.socketpair()
        self._output = OutputDrain()
        order = {"limits": self._room.resource_limits(), "drop": self._room.isolated}
        try:
            socket.send_fds(
                self._control, [json.dumps(order).encode()],
                [theirs.fileno(), self._output.descriptor],
            )  # fmt: skip
        except OSError as error:
            ours.close()
            raise HostError(f"the warm parent is gone: {self._room.log_text()}") from error
        finally:
            theirs.close()
            self._output.close_writer()
        try:
            self._answer(END_SECONDS)
            receive(ours, END_SECONDS)
        except HostError:
            ours.close()
            raise
        except (Closed, TooSlow) as error:
            ours.close()
            reason = self._output.text()
            raise HostError(f"a submission's process does not start: {reason}") from error
        return ours

    def end(self) -> dict[str, Any]:
        """Kill the submission; where the warm parent did not survive it, start another."""
        try:
            self._control.send(json.dumps({"end": True}).encode())
            ending = self._answer(END_SECONDS)
        except (HostError, OSError):
            ending = {"status": None, "peak_mb": 0, "clean": False}
        if not ending["clean"]:
            self.restart()
        return {**ending, "printed": self._output.total}

    def restart(self) -> None:
        """Replace the warm parent by a new one."""
        self._stop()
        self._start()

    def close(self) -> None:
        """End the warm parent and remove its room."""
        self._stop()
        self._room.remove()

    def _stop(self) -> None:
        self._control.close()
        self._process.kill()
        self._process.wait()

    def _answer(self, seconds: float) -> dict[str, Any]:
        self._control.settimeout(seconds)
        try:
            message = self._control.recv(65536)
        except OSError as error:
            message = b""
            reason: BaseException | None = error
        else:
            reason = None
        if not message:
            raise HostError(f"the warm parent does not answer: {self._room.log_text()}") from reason
        return json.loads(message)


class SpawnHost:
    """A process of its own for each submission, where there is no fork."""

    def __init__(self, lesson: Lesson, limits: Limits, hidden: Iterable[Path] = ()) -> None:
        self._room = _Room(lesson, limits, hidden)
        self._room.isolated = False  # the connection is a network one
        self._process: subprocess.Popen | None = None

    def open(self) -> socket.socket:
        """Start a process and return the connection to it."""
        token = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(START_SECONDS)
            settings = {"port": server.getsockname()[1], "token": token}
            if os.name == "posix":
                settings["limits"] = self._room.resource_limits()
            self._output = OutputDrain()
            try:
                self._process = self._room.start(settings, output=self._output.descriptor)
            finally:
                self._output.close_writer()
            try:
                connection, _ = server.accept()
            except TimeoutError as error:
                raise HostError(f"no worker came up: {self._room.log_text()}") from error
        connection.settimeout(START_SECONDS)
        if connection.recv(len(token)) != token.encode():
            raise HostError("something else than our worker connected")
        try:
            receive(connection, START_SECONDS)
        except (Closed, TooSlow) as error:
            raise HostError(f"no worker came up: {self._room.log_text()}") from error
        return connection

    def end(self) -> dict[str, Any]:
        """Kill the process with its children."""
        assert self._process is not None
        _kill_tree(self._process.pid)
        status = self._process.wait()
        return {"status": status, "peak_mb": 0, "clean": True, "printed": self._output.total}

    def restart(self) -> None:
        """Nothing is kept from one submission to the next."""

    def close(self) -> None:
        """Remove the room."""
        if self._process is not None:
            self.end()
        self._room.remove()


def _kill_tree(pid: int) -> None:
    """End a process with its children; one that made a session of its own may escape."""
    with contextlib.suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        for process in [*parent.children(recursive=True), parent]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def _passing(descriptors: tuple[int, ...]) -> dict[str, Any]:
    return {"pass_fds": descriptors} if descriptors else {}


def _environment(home: str) -> dict[str, str]:
    names = ("PATH", "LANG", "SYSTEMROOT", "KERAS_BACKEND", "LD_LIBRARY_PATH")
    return {
        **{n: os.environ[n] for n in names if n in os.environ},
        "HOME": home, "TMPDIR": home, "MPLBACKEND": "agg", "MPLCONFIGDIR": home,
        "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "TF_CPP_MIN_LOG_LEVEL": "3",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "-1",
        "MALLOC_ARENA_MAX": "2",  # else each thread reserves address space, which is bounded
    }  # fmt: skip
