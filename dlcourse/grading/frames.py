"""Cuts a traceback down to what the learner wrote."""

import re

__all__ = ["function_names", "learner_frames"]

_FRAME = re.compile(r'^  (?:File "(?P<file>.*)"|Cell \S+), line \d+(?:, in (?P<function>.+))?$')
_LIBRARY = re.compile(
    r"[/\\](site-packages|dist-packages|dlcourse|_pytest|lib[/\\]python3[^/\\]*)[/\\]"
    r"|^<frozen|^<__array_function__",
    re.IGNORECASE,
)


def learner_frames(traceback: str) -> str:
    """The same traceback without the frames of libraries and of the engine.

    Args:
        traceback: Text as Python's own `traceback` module formats it.

    Returns:
        The learner's frames and the error's last lines. Without a frame of the learner's
        (a call with the wrong number of arguments) only the error is left.

    Example:
        >>> print(learner_frames('''Traceback (most recent call last):
        ...   File "/usr/lib/python3.11/site-packages/numpy/x.py", line 3, in dot
        ...     return blas(a, b)
        ... ValueError: shapes (2,) and (3,) not aligned'''))
        ValueError: shapes (2,) and (3,) not aligned
    """
    kept: list[str] = []
    keep, frames = True, 0
    for line in traceback.splitlines():
        frame = _FRAME.match(line)
        if frame:
            keep = not _LIBRARY.search(frame["file"] or "")
            frames += keep
        elif not line.startswith("   "):  # the lines of a frame are indented deeper than it is
            keep = True
        if keep:
            kept.append(line)
    if not frames:
        kept = [line for line in kept if line != "Traceback (most recent call last):"]
    return "\n".join(kept).strip("\n")


def function_names(traceback: str) -> list[str]:
    """The functions of a traceback, from the outermost to the one that raised."""
    frames = map(_FRAME.match, traceback.splitlines())
    return [frame["function"] for frame in frames if frame and frame["function"]]
