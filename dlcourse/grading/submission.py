"""Reads what a learner handed in: the code cells of a notebook, whatever state it is in."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Cell", "NotebookError", "Submission", "read_submission"]

MAX_NOTEBOOK_BYTES = 100 * 2**20
MAX_CELL_CHARACTERS = 200_000
_MAX_NAME = 100  # characters of a lesson's name
_LESSON_CALL = re.compile(r"""\blesson\(\s*["']([A-Za-z_]\w{0,99})["']\s*\)""")


class NotebookError(Exception):
    """A file that cannot be checked, with a sentence that says why."""


@dataclass(frozen=True)
class Cell:
    """One code cell.

    Args:
        source: Its text, IPython's magics and all.
        role: "blank", "check", … as the notebook's metadata say; "given" where they do not.
        exercise: The exercise it belongs to, if any.
        id: The cell's id in the notebook.
    """

    source: str
    role: str
    exercise: str | None
    id: str

    def defines(self, names: Iterable[str]) -> tuple[str, ...]:
        """Which of these names the cell defines at its top level."""
        return tuple(n for n in names if _definition(n).search(self.source))


_EMPTY = Cell("", "given", None, "")


@dataclass(frozen=True)
class Submission:
    """A notebook as handed in.

    Args:
        learner: Whose it is: the file's name without suffix.
        lesson_name: The lesson it belongs to.
        cells: Its code cells in order.
        notes: Sentences about the notebook as a whole.
    """

    learner: str
    lesson_name: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()


def read_submission(path: Path) -> Submission:
    """Read a notebook file.

    Raises:
        NotebookError: If it is missing, too large, not a notebook, or of no lesson.
    """
    path = Path(path)
    notebook = _load(path)
    sources = [c for c in notebook["cells"] if _is_code(c)]
    cells = tuple(_cell(c, number) for number, c in enumerate(sources))
    notes = tuple(
        f"Code cell {number} is longer than {MAX_CELL_CHARACTERS} characters and was left out."
        for number, cell in enumerate(cells, 1)
        if len(cell.source) > MAX_CELL_CHARACTERS
    )
    cells = tuple(c if len(c.source) <= MAX_CELL_CHARACTERS else _EMPTY for c in cells)
    return Submission(path.stem, _lesson_name(notebook, cells, path), cells, notes)


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.exists() and not path.is_file():  # a device or a pipe would be read for ever
            raise NotebookError(f"{path.name} is not a file.")
        if path.stat().st_size > MAX_NOTEBOOK_BYTES:
            raise NotebookError(
                f"{path.name} is larger than {MAX_NOTEBOOK_BYTES // 2**20} MiB; clear its outputs "
                "and save it again."
            )
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotebookError(f"{path.name} could not be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise NotebookError(f"{path.name} is not a notebook: it is not text.") from error
    except json.JSONDecodeError as error:
        raise NotebookError(
            f"{path.name} is not a notebook: its JSON breaks off or is damaged at line "
            f"{error.lineno}. Save it again from Jupyter."
        ) from error
    except ValueError as error:  # a number of thousands of digits
        raise NotebookError(f"{path.name} is not a notebook: {error}.") from error
    except RecursionError as error:
        raise NotebookError(f"{path.name} is not a notebook: it is nested too deep.") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise NotebookError(f"{path.name} is not a notebook: it has no list of cells.")
    return notebook


def _is_code(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") == "code"


def _cell(cell: dict[str, Any], number: int) -> Cell:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(s for s in source if isinstance(s, str))
    if not isinstance(source, str):
        source = ""
    ours = _dictionary(_dictionary(cell.get("metadata")).get("dlcourse"))
    exercise = ours.get("exercise")
    return Cell(
        source,
        str(ours.get("role", "given")),
        exercise if isinstance(exercise, str) else None,
        str(cell.get("id", number)),
    )


def _lesson_name(notebook: dict[str, Any], cells: Iterable[Cell], path: Path) -> str:
    ours = _dictionary(_dictionary(notebook.get("metadata")).get("dlcourse"))
    name = ours.get("lesson")
    if isinstance(name, str) and name.isidentifier() and len(name) <= _MAX_NAME:
        return name
    for cell in cells:  # some editors drop metadata; the set-up cell names the lesson too
        found = _LESSON_CALL.search(cell.source)
        if found:
            return found.group(1)
    raise NotebookError(
        f"{path.name} belongs to no lesson: neither its metadata nor a cell with "
        'dlcourse.lesson("…") names one.'
    )


def _dictionary(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _definition(name: str) -> re.Pattern[str]:
    name = re.escape(name)
    return re.compile(
        rf"^(?:(?:async\s+)?def\s+{name}\b|class\s+{name}\b|{name}\s*(?::[^=\n]+)?=(?!=))",
        re.MULTILINE,
    )
