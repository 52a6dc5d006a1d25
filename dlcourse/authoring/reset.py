"""Gives a learner one blank back, and leaves every other byte of the notebook alone."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlcourse.course import blank_cell
from dlcourse.grading.atomic import write_text_atomically

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson

__all__ = ["ResetError", "reset_blank"]


class ResetError(Exception):
    """A notebook in which no blank can be restored, with a sentence that says why."""


@dataclass(frozen=True)
class _Placed:
    """A cell and where it stands in the file's text."""

    cell: dict[str, Any]
    start: int
    end: int


def reset_blank(notebook_path: Path, lesson: "Lesson", exercise_name: str) -> str:
    """Restore one blank of a learner's notebook.

    The cell is found by its metadata, else by what it defines; where it was deleted it is put
    back before its check. The rest of the file keeps its bytes.

    Args:
        notebook_path: The learner's notebook.
        lesson: Its lesson.
        exercise_name: The exercise to begin anew.

    Returns:
        The code that was replaced; empty where the cell had been deleted.

    Raises:
        ResetError: If the file is no notebook.
        CourseFileError: If the course's own notebook is missing.
    """
    path = Path(notebook_path)
    text = path.read_bytes().decode("utf-8")
    cells = _located_cells(path, text)
    blank = blank_cell(lesson, exercise_name)
    old = _find(cells, exercise_name)
    if old is not None:
        new = {**blank, "id": old.cell["id"]} if "id" in old.cell else _without_id(blank)
        changed = text[: old.start] + _json(new, text, old.start) + text[old.end :]
    else:
        changed = _inserted(text, cells, blank, exercise_name)
    json.loads(changed)  # better no reset than a broken notebook
    write_text_atomically(path, changed)
    return _source(old.cell) if old else ""


def _located_cells(path: Path, text: str) -> list[_Placed]:
    try:
        for key, start, _ in _members(text):
            if key == "cells":
                return list(_elements(text, start))
    except (ValueError, IndexError, RecursionError) as error:
        raise ResetError(f"{path.name} is not a notebook: its JSON is damaged") from error
    raise ResetError(f"{path.name} is not a notebook: it has no cells")


_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


def _skip(text: str, position: int) -> int:
    return _SPACE.match(text, position).end()  # type: ignore[union-attr]


def _members(text: str) -> Iterator[tuple[str, int, int]]:
    """Key, start and end of each value of the JSON object that the text is."""
    position = _skip(text, 0)
    while text[position] in "{,":
        key, position = _DECODER.raw_decode(text, _skip(text, position + 1))
        start = _skip(text, _skip(text, position) + 1)  # behind the colon
        _, end = _DECODER.raw_decode(text, start)
        yield key, start, end
        position = _skip(text, end)


def _elements(text: str, position: int) -> Iterator[_Placed]:
    """The cells of the JSON list that begins at a position."""
    if text[_skip(text, position + 1)] == "]":
        return
    while text[position] in "[,":
        start = _skip(text, position + 1)
        cell, end = _DECODER.raw_decode(text, start)
        yield _Placed(cell, start, end)
        position = _skip(text, end)


def _find(cells: list[_Placed], name: str) -> _Placed | None:
    blanks = [c for c in cells if _ours(c.cell) == ("blank", name)]
    if blanks:
        return blanks[0]
    defines = re.compile(rf"^(def|class)\s+{re.escape(name)}\b", re.MULTILINE)
    return next((c for c in cells if _is_code(c) and defines.search(_source(c.cell))), None)


def _inserted(text: str, cells: list[_Placed], blank: dict[str, Any], name: str) -> str:
    taken = {c.cell.get("id") for c in cells}
    new = blank if blank["id"] not in taken and None not in taken else _without_id(blank)
    check = next((c for c in cells if _is_check(c, name)), None)
    if check is not None:
        gap = text[_skip_back(text, check.start) : check.start]
        piece = f"{_json(new, text, check.start)},{gap}"
        return text[: check.start] + piece + text[check.start :]
    if not cells:
        raise ResetError("the notebook has no cells left: begin with a fresh copy of it")
    last = cells[-1]
    gap = text[_skip_back(text, last.start) : last.start]
    return text[: last.end] + f",{gap}{_json(new, text, last.start)}" + text[last.end :]


def _is_check(placed: _Placed, name: str) -> bool:
    if _ours(placed.cell) == ("check", name):
        return True
    return _is_code(placed) and _source(placed.cell).strip() == f'lesson.check("{name}")'


def _skip_back(text: str, position: int) -> int:
    while text[position - 1] in " \t\r\n":
        position -= 1
    return position


def _json(cell: dict[str, Any], text: str, position: int) -> str:
    """The cell, indented like the notebook's own where it is to stand."""
    line_start = text.rfind("\n", 0, position) + 1
    outer = text[line_start:position]
    if outer.strip():  # everything on one line
        return json.dumps(_lines(cell), ensure_ascii=False)
    step = outer[: len(outer) // 2]  # cells stand two levels deep
    newline = "\r\n" if "\r\n" in text else "\n"
    dumped = json.dumps(_lines(cell), ensure_ascii=False, indent=step, sort_keys=True)
    return dumped.replace("\n", newline + outer)


def _lines(cell: dict[str, Any]) -> dict[str, Any]:
    return {**cell, "source": cell["source"].splitlines(keepends=True)}


def _without_id(cell: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in cell.items() if key != "id"}


def _ours(cell: Any) -> tuple[str, str] | None:
    metadata = cell.get("metadata") if isinstance(cell, dict) else None
    ours = metadata.get("dlcourse") if isinstance(metadata, dict) else None
    return (ours.get("role"), ours.get("exercise")) if isinstance(ours, dict) else None


def _is_code(placed: _Placed) -> bool:
    return isinstance(placed.cell, dict) and placed.cell.get("cell_type") == "code"


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(map(str, source))
