"""Takes what a submission prints: keeps a little, counts all, lets nothing pile up."""

import os
import threading

__all__ = ["OutputDrain"]

KEPT_BYTES = 20_000
_CHUNK = 2**16


class OutputDrain:
    """A pipe whose reading end is emptied by a thread, whatever is written to it."""

    def __init__(self) -> None:
        self._reader, self.descriptor = os.pipe()
        self._kept = bytearray()
        self.total = 0
        self._thread = threading.Thread(target=self._drain, daemon=True)
        self._thread.start()

    def close_writer(self) -> None:
        """Close our copy of the writing end; the thread ends with the last one."""
        os.close(self.descriptor)

    def text(self) -> str:
        """What was printed first, up to a bound."""
        return self._kept.decode(errors="replace")

    def _drain(self) -> None:
        with os.fdopen(self._reader, "rb", buffering=0) as reader:
            while chunk := reader.read(_CHUNK):
                self._kept += chunk[: max(0, KEPT_BYTES - len(self._kept))]
                self.total += len(chunk)
