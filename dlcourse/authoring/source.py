"""Reads a notebook's source: Python in jupytext's percent format, with two placeholders."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

__all__ = ["Kind", "Source", "SourceCell", "read_source"]

Kind = Literal["markdown", "code", "setup", "quiz", "unknown"]

PLACEHOLDERS = ("setup", "quiz")
_CELL_LINE = re.compile(r"^\s*#\s*%%")


@dataclass(frozen=True)
class SourceCell:
    """One cell of a source.

    Args:
        kind: Markdown, code, one of the placeholders, or "unknown" for another word after `# %%`.
        text: What it holds; that word for an unknown cell.
        where: Place for messages, such as "line 12 (cell 3)".
    """

    kind: Kind
    text: str
    where: str


@dataclass(frozen=True)
class Source:
    """One source file.

    Args:
        path: The file.
        cells: Its cells in order.
    """

    path: Path
    cells: tuple[SourceCell, ...]

    @property
    def notebook(self) -> str:
        """Name of the notebook, without suffix."""
        return self.path.stem

    @property
    def lesson_name(self) -> str:
        """The notebook's name without its number: the name of the lesson's module."""
        return self.path.stem.partition("_")[2]


def read_source(path: Path) -> Source:
    """Read a source file."""
    import jupytext  # takes a second, and a learner's reset does not need it

    text = path.read_text(encoding="utf-8")
    cells = jupytext.reads(text, fmt="py:percent").cells
    places = _places(text, len(cells))
    return Source(path, tuple(_cell(c, place) for c, place in zip(cells, places, strict=True)))


def _cell(cell, where: str) -> SourceCell:
    if cell.cell_type == "markdown":
        return SourceCell("markdown", cell.source, where)
    title = cell.metadata.get("title", "")
    if title in PLACEHOLDERS and not cell.source.strip():
        return SourceCell(title, "", where)
    if title or cell.cell_type != "code":
        return SourceCell("unknown", title or cell.cell_type, where)
    return SourceCell("code", cell.source, where)


def _places(text: str, count: int) -> list[str]:
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _CELL_LINE.match(line)]
    if len(lines) != count:  # a marker inside a string, text before the first marker
        return [f"cell {number}" for number in range(1, count + 1)]
    return [f"line {line} (cell {number})" for number, line in enumerate(lines, 1)]
