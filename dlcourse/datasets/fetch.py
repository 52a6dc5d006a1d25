"""Files from the network, each fetched once, checked, and either whole in the cache or absent."""

import hashlib
import os
import time
from typing import NamedTuple

from rich.console import Console

from dlcourse.datasets.cache import cache_folder
from dlcourse.datasets.file_lock import locked
from dlcourse.datasets.transfer import CutOffError, receive

__all__ = ["DownloadError", "RemoteFile", "fetch"]

_TRIES = 4
_FIRST_PAUSE = 0.5  # seconds; doubles from try to try


class RemoteFile(NamedTuple):
    """A file somewhere on the web, and how to recognise it.

    Attributes:
        name: what it is called in the cache.
        url: where it comes from.
        sha256: SHA-256 of its content, 64 hexadecimal digits.
    """

    name: str
    url: str
    sha256: str


class DownloadError(OSError):
    """A file could not be had; the message says why and what to do."""


def fetch(file):
    """Find a file in the cache, or download it there.

    The content is checked on every call. A transfer that was cut off, even by a crash, goes on
    where it stopped; it waits under another name, and the file appears only when it is complete
    and right. Of several processes that want the same file, one downloads and the others wait.

    Args:
        file: a RemoteFile.

    Returns:
        Path of the complete file.

    Raises:
        DownloadError: there is no network, the server does not deliver, the content is not what
            it should be, or the cache cannot be written.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> digest = hashlib.sha256(b"six times nine").hexdigest()
        >>> with TemporaryDirectory() as folder:
        ...     os.environ["DLCOURSE_CACHE"] = folder
        ...     _ = (Path(folder) / "note.txt").write_text("six times nine")
        ...     found = fetch(RemoteFile("note.txt", "http://127.0.0.1/note.txt", digest))
        ...     del os.environ["DLCOURSE_CACHE"]
        >>> found.name
        'note.txt'
    """
    target = cache_folder() / file.name
    try:
        if _is_right(target, file):
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked(target.with_name(f".{file.name}.lock"), lambda: _say_waiting(file)):
            if not _is_right(target, file):  # somebody else may have fetched it meanwhile
                os.replace(_downloaded(file, target.with_name(f".{file.name}.part")), target)
    except OSError as error:
        raise DownloadError(_advice(file, target, error)) from error
    return target


def _downloaded(file, part):
    for number in range(_TRIES):
        began = part.exists()
        try:
            receive(file.url, part, file.name)
        except CutOffError:
            if number == _TRIES - 1:
                raise
            time.sleep(_FIRST_PAUSE * 2**number)
            continue
        if _is_right(part, file):
            return part
        received = part.stat().st_size
        part.unlink()
        if not began:
            break
        # the beginning may have been of another file: once more, from its first byte
    raise OSError(f"the {received} bytes that came are not the expected ones (SHA-256)")


def _is_right(path, file):
    if not path.is_file():
        return False
    with open(path, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256


def _say_waiting(file):
    Console(stderr=True).print(f"Another process is downloading {file.name}: waiting for it.")


def _advice(file, target, error):
    reason = getattr(error, "reason", error)  # urllib wraps what really happened
    return (
        f"{file.name} could not be downloaded from {file.url}: {reason}. Check the connection and "
        f"try again (what has arrived is kept), or put the file at {target} yourself; another "
        "folder can be chosen with the environment variable DLCOURSE_CACHE."
    )
