"""`dlcourse progress`: what has been passed so far."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dlcourse.cli import options
from dlcourse.cli.output import console

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson

__all__ = ["command"]


@click.command("progress", epilog=options.example("dlcourse progress"))
@options.exercise_folder
def command(folder: Path | None) -> None:
    """Show what you have passed, lesson by lesson."""
    from dlcourse.cli.store import progress_store
    from dlcourse.grading.catalog import all_lessons

    lessons = all_lessons(folder)
    with progress_store() as progress:
        entries = progress.all()
    _show(lessons, entries)
    console().print(_next_step(lessons, entries), soft_wrap=True)


def _show(lessons: "list[Lesson]", entries: dict[str, dict[str, Any]]) -> None:
    from rich import box
    from rich.progress_bar import ProgressBar
    from rich.table import Table

    from dlcourse.cli.lessons import checkable, points_of

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Lesson", no_wrap=True)
    table.add_column("", width=16)
    table.add_column("Passed", justify="right")
    table.add_column("Points", justify="right")
    for lesson in lessons:
        names, mine = checkable(lesson), entries.get(lesson.name, {})
        passed = sum(mine.get(name, {}).get("passed", False) for name in names)
        earned = sum(mine.get(name, {}).get("earned", 0.0) for name in names)
        table.add_row(
            lesson.notebook,
            ProgressBar(total=max(len(names), 1), completed=passed),
            f"{passed} of {len(names)}",
            f"{earned:g} of {points_of(lesson):g}",
        )
    console().print(table)


def _next_step(lessons: "list[Lesson]", entries: dict[str, dict[str, Any]]) -> str:
    from dlcourse.cli.lessons import checkable

    for lesson in lessons:
        for name in checkable(lesson):
            if not entries.get(lesson.name, {}).get(name, {}).get("passed", False):
                return f"Next: {name} in {lesson.notebook}.ipynb"
    return "Everything is passed." if lessons else "There are no lessons."
