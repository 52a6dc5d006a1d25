"""Ctrl-C in the middle of a check."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["interruptible"]


@contextlib.contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C end everything inside.

    Checks run in pytest, which takes Ctrl-C for the end of its own run only: what it had found
    until then would look like a verdict, or like a defect of ours.

    Yields:
        Whether Ctrl-C has been pressed.

    Raises:
        KeyboardInterrupt: At the end, where Ctrl-C was pressed on the way.
    """
    pressed = threading.Event()

    def note(*arguments: Any) -> None:
        pressed.set()
        raise KeyboardInterrupt

    with _handled_by(note):
        try:
            yield pressed.is_set
        except Exception as error:
            if pressed.is_set():
                raise KeyboardInterrupt from error
            raise
    if pressed.is_set():
        raise KeyboardInterrupt


@contextlib.contextmanager
def _handled_by(handler: Callable[..., None]) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
