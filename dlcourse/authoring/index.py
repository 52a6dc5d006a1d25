"""The table of all notebooks: notebooks/README.md."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson

__all__ = ["index_text"]

_WEEK = re.compile(r"c(\d+)w(\d+)_")

_INTRO = """\
# The notebooks

One notebook per topic, numbered in the order of the course. `solutions/` holds the complete
versions. All of them, and this table, are generated from `source/`: edit there, then run
`dlcourse build`.

| Week | Notebook | Exercises | Library |
|---|---|---|---|
"""


def index_text(lessons: "Iterable[Lesson]") -> str:
    """Markdown with a line for each lesson: week, notebook, exercises, modules behind them."""
    ordered = sorted(lessons, key=lambda lesson: lesson.notebook)
    return _INTRO + "".join(f"| {' | '.join(_columns(lesson))} |\n" for lesson in ordered)


def _columns(lesson: "Lesson") -> list[str]:
    modules = sorted({e.reference_module for e in lesson.exercises.values()})
    return [
        _week(lesson.name),
        f"[{_plain(lesson.title)}]({lesson.notebook}.ipynb)",
        ", ".join(f"`{name}`" for name in lesson.exercises),
        ", ".join(_module_link(module) for module in modules),
    ]


def _week(lesson_name: str) -> str:
    match = _WEEK.match(lesson_name)
    return f"Course {match[1]}, week {match[2]}" if match else ""


def _plain(title: str) -> str:
    return title.rstrip(".").replace("|", "\\|")


def _module_link(module: str) -> str:
    if not module.startswith("dlcourse."):
        return f"`{module}`"  # an instructor's own
    return f"[`{module.removeprefix('dlcourse.')}`](../{module.replace('.', '/')}.py)"
