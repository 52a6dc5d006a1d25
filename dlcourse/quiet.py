"""Imports a framework without the page of red that it prints meanwhile."""

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator

__all__ = ["import_quietly"]

_STDERR = 2


def import_quietly(name: str) -> bool:
    """Import a module while nothing reaches the standard error stream.

    TensorFlow greets from C++, below Python's own streams, and no setting of its stops all of it.
    What goes wrong is still raised.

    Args:
        name: The module.

    Returns:
        Whether it is there.
    """
    if name in sys.modules:
        return True
    with _no_stderr():
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:  # whoever needs it will import it, and then be told
            return False
    return True


@contextlib.contextmanager
def _no_stderr() -> Iterator[None]:
    try:
        saved = os.dup(_STDERR)
    except OSError:  # a program without one has nothing to silence
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STDERR)
        yield
    finally:
        os.dup2(saved, _STDERR)
        os.close(saved)
        os.close(nowhere)
