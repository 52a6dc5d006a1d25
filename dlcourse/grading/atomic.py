"""Files that are there in full or not at all, whatever interrupts the writer."""

import os
from pathlib import Path
from uuid import uuid4

__all__ = ["write_text_atomically"]


def write_text_atomically(path: Path | str, text: str) -> Path:
    r"""Write a text file so that no reader ever sees half of it.

    The text goes to a temporary file beside the target, which then takes the target's name in
    one step; a writer that is interrupted leaves the earlier file as it was.

    Args:
        path: The file to write; its folder is made where it does not exist.
        text: Its whole content, written as UTF-8 with the line ends as they are.

    Returns:
        The path.

    Raises:
        OSError: If the folder cannot be written.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     write_text_atomically(Path(folder) / "new" / "note.txt", "seven\n").read_text()
        'seven\n'
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    # a name of its own length: the target's may already be as long as the file system allows
    temporary = path.with_name(f".writing-{uuid4().hex}.tmp")
    try:
        _write_through(temporary, text)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return path


def _write_through(path: Path, text: str) -> None:
    # a lone surrogate (from a broken file name or message) must not cost the whole report
    with path.open("x", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())  # otherwise a power cut can leave a renamed but empty file
