"""Puts a notebook together: cells with their roles, ids and metadata."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dlcourse.authoring.quiz_cells import QUIZ_CHECK, answers_cell, questions_text
from dlcourse.authoring.source import Source, SourceCell
from dlcourse.authoring.validate import blank_name, checked_name
from dlcourse.blanks import without_solution

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson

__all__ = ["FORMAT", "Plan", "assemble"]

FORMAT = 1
_MAX_ID = 64  # nbformat's own limit
_NOT_RUN = {"execution_count": None, "outputs": []}


@dataclass(frozen=True)
class Plan:
    """What a notebook is made from.

    Args:
        source: The source file.
        lesson: Its lesson.
        setup: Source of the set-up cell.
        badge: Markdown of the Colab badge; empty for none.
    """

    source: Source
    lesson: "Lesson"
    setup: str
    badge: str


def assemble(plan: Plan, solved: bool) -> str:
    """The text of a notebook file.

    Args:
        plan: What it is made from.
        solved: Whether blanks hold their solutions and the quiz its answers.

    Returns:
        JSON that is the same, byte for byte, for the same plan.
    """
    import nbformat

    cells = list(_numbered(_cells(plan, solved)))
    notebook = nbformat.from_dict(
        {"cells": cells, "metadata": _metadata(plan.lesson), "nbformat": 4, "nbformat_minor": 5}
    )
    nbformat.validate(notebook)
    return nbformat.writes(notebook) + "\n"


def _metadata(lesson: "Lesson") -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "dlcourse": {"format": FORMAT, "lesson": lesson.name},
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    if lesson.backend != "numpy":
        metadata["accelerator"] = "GPU"  # what Colab then offers
    return metadata


def _cells(plan: Plan, solved: bool) -> Iterator[dict[str, Any]]:
    if plan.badge:
        yield _markdown(plan.badge)
    for cell in plan.source.cells:
        if cell.kind == "markdown":
            yield _markdown(cell.text)
        elif cell.kind == "setup":
            yield _code(plan.setup, "setup")
        elif cell.kind == "quiz":
            yield _markdown(questions_text(plan.lesson.quiz))
            yield _code(answers_cell(plan.lesson.quiz, filled=solved), "quiz")
            yield _code(QUIZ_CHECK, "quiz-check")
        else:
            yield _code_cell(cell, solved)


def _code_cell(cell: SourceCell, solved: bool) -> dict[str, Any]:
    blank, checked = blank_name(cell.text), checked_name(cell.text)
    if blank:
        return _code(cell.text if solved else without_solution(cell.text), "blank", blank)
    if checked:
        return _code(cell.text, "check", checked)
    return _code(cell.text, "given")


def _markdown(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def _code(text: str, role: str, exercise: str | None = None) -> dict[str, Any]:
    ours = {"role": role} | ({"exercise": exercise} if exercise else {})
    return {"cell_type": "code", "metadata": {"dlcourse": ours}, "source": text, **_NOT_RUN}


def _numbered(cells: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Give each cell an id that edits elsewhere in the notebook do not change.

    Cells with a role or a heading are called after it; the others count from the last of those.
    """
    anchor, used = "top", set[str]()
    for cell in cells:
        own = _own_id(cell)
        cell["id"] = _unused(own or f"{anchor}-then", used, numbered=own is None)
        if own:
            anchor = cell["id"][: _MAX_ID - 9]
        used.add(cell["id"])
        yield cell


def _own_id(cell: dict[str, Any]) -> str | None:
    if cell["cell_type"] == "markdown":
        heading = re.search(r"^#+ +(.+)$", cell["source"], re.MULTILINE)
        return _slug(heading[1]) if heading else None
    ours = cell["metadata"]["dlcourse"]
    if ours["role"] == "given":
        return None
    name = {"quiz": "quiz-answers"}.get(ours["role"], ours["role"])
    return _slug("-".join(filter(None, [name, ours.get("exercise")])), keep_case=True)


def _slug(text: str, keep_case: bool = False) -> str:
    text = text if keep_case else text.lower()
    return re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-")[: _MAX_ID - 14] or "heading"


def _unused(wanted: str, used: set[str], numbered: bool) -> str:
    number = 1
    candidate = f"{wanted}-1" if numbered else wanted
    while candidate in used:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate
