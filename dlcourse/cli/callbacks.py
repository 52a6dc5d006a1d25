"""Errors on their way through pytest, which runs the checks and would report them as its own."""

from collections.abc import Callable
from typing import Any

__all__ = ["Carrier"]


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
