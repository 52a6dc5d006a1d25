"""One HTTP transfer into a file, which goes on where an earlier one was cut off."""

import re
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

import dlcourse

__all__ = ["CutOffError", "receive"]

_SECONDS_OF_SILENCE = 15  # until a server counts as gone
_CHUNK = 1 << 18
_TRY_AGAIN_LATER = {408, 425, 429, 500, 502, 503, 504}  # RFC 9110 §15, RFC 6585 §4
_NOTHING_BEYOND = 416


class CutOffError(ConnectionError):
    """The server was there but did not deliver everything: another try may get the rest."""


def receive(url, part, label):
    """Download into `part`, after the bytes that it already holds.

    A server that knows no ranges sends everything, and the file is begun anew. What has arrived
    stays in `part` whatever happens. Progress is shown on the standard error stream.

    Args:
        url: an http or https address.
        part: Path of the file; whether its content is right is for the caller to find out.
        label: what the progress bar calls it.

    Raises:
        CutOffError: the connection broke, or the server asks to try again later.
        OSError: no connection, the server refuses, or the file cannot be written.

    Reference:
        RFC 9110, "HTTP semantics", 2022, section 14 (range requests).
    """
    have = part.stat().st_size if part.exists() else 0
    response = _ask(url, have)
    if response is None:
        return
    with response:
        start = _start(response)
        if start not in (0, have):
            part.unlink()
            raise CutOffError(f"the server sent bytes from {start} on instead of from {have} on")
        length = response.headers.get("Content-Length")
        total = start + int(length) if length else None
        with open(part, "ab" if start else "wb") as file, _progress_bar() as bar:
            task = bar.add_task(label, total=total, completed=start)
            for chunk in _chunks(response):
                file.write(chunk)
                bar.advance(task, len(chunk))
    arrived = part.stat().st_size
    if total is not None and arrived < total:
        raise CutOffError(f"the connection ended after {arrived} of {total} bytes")


def _ask(url, have):
    """The server's response; None where it has nothing after the bytes that are here."""
    headers = {"User-Agent": f"dlcourse/{dlcourse.__version__}"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        return urlopen(Request(url, headers=headers), timeout=_SECONDS_OF_SILENCE)
    except HTTPError as error:
        error.close()
        if error.code == _NOTHING_BEYOND and have:
            return None
        said = f"the server answered {error.code} {error.reason}"
        raise (CutOffError if error.code in _TRY_AGAIN_LATER else OSError)(said) from error
    except HTTPException as error:
        raise CutOffError(f"the server's answer is not HTTP ({error!r})") from error


def _start(response):
    if response.status != 206:
        return 0
    content_range = response.headers.get("Content-Range", "")
    found = re.match(r"bytes (\d+)-", content_range)
    return int(found[1]) if found else -1


def _chunks(response):
    try:
        # read1 hands over what is there, so that a slow server's bytes are not lost with us
        while chunk := response.read1(_CHUNK):
            yield chunk
    except (OSError, HTTPException) as error:
        raise CutOffError(f"the connection broke ({error!r})") from error


def _progress_bar():
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
