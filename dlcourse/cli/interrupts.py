"""Ctrl-C and errors on their way through pytest, which runs the checks and would keep them."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

__all__ = ["Carrier", "interruptible"]


@contextlib.contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C end everything inside.

    pytest takes Ctrl-C for the end of its own run only: what it had found until then would look
    like a verdict, or like a defect of ours.

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


class Carrier:
    """A callback for pytest to call, whose first error waits until pytest is done.

    Args:
        callback: What to call; after an error it is not called again.
    """

    def __init__(self, callback: Callable[[Any], None]) -> None:
        self._callback = callback
        self._error: BaseException | None = None

    def __call__(self, value: Any) -> None:
        """Call it."""
        if self._error is None:
            try:
                self._callback(value)
            except (Exception, SystemExit) as error:  # rich exits when its reader has gone
                self._error = error

    def deliver(self) -> None:
        """Raise the error, if there was one."""
        if self._error is not None:
            raise self._error
