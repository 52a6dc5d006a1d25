"""One at a time, over processes and threads: the system frees the lock of a program that dies."""

import time
from contextlib import contextmanager

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

__all__ = ["locked"]

_SECONDS_BETWEEN_TRIES = 0.05


@contextmanager
def locked(path, when_waiting=lambda: None):
    """Hold the lock of a file while the block runs; wait for it where somebody else has it.

    Args:
        path: the lock file, made where it does not exist and never removed: whoever removed it
            could take it from under somebody who has just opened it.
        when_waiting: called once, without arguments, where the lock is not free at first.

    Raises:
        OSError: the folder cannot be written, or its file system knows no locks.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, locked(Path(folder) / "x.lock"):
        ...     print("alone")
        alone
    """
    with open(path, "ab") as file:
        if not _taken(file):
            when_waiting()
            while not _taken(file):
                time.sleep(_SECONDS_BETWEEN_TRIES)
        try:
            yield
        finally:
            _release(file)


if fcntl:

    def _taken(file):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file):
        fcntl.flock(file, fcntl.LOCK_UN)

else:

    def _taken(file):
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _release(file):
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
