"""`dlcourse list`: the lessons, or the exercises of one."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dlcourse.cli import options
from dlcourse.cli.output import console, only_json, print_json

if TYPE_CHECKING:
    from dlcourse.grading.catalog import Lesson

__all__ = ["command"]


@click.command("list", epilog=options.example("dlcourse list", "dlcourse list 03"))
@click.argument("lesson", required=False)
@options.exercise_folder
@options.json_flag
def command(lesson: str | None, folder: Path | None, as_json: bool) -> None:
    """List the lessons, or the exercises of one.

    LESSON is its number (03), its name or the name of its notebook.
    """
    with only_json(as_json):
        lessons = _lessons(lesson, folder)
    if as_json:
        print_json([_record(each) for each in lessons])
    elif lesson:
        _show_exercises(lessons[0])
    else:
        _show_lessons(lessons)


def _lessons(name: str | None, folder: Path | None) -> "list[Lesson]":
    from dlcourse.grading.catalog import all_lessons, find_lesson

    return [find_lesson(name, folder)] if name else all_lessons(folder)


def _record(lesson: "Lesson") -> dict[str, Any]:
    return {
        "lesson": lesson.name,
        "notebook": lesson.notebook,
        "title": lesson.title,
        "questions": len(lesson.quiz),
        "exercises": [
            {"name": e.name, "title": e.title, "points": e.points}
            for e in lesson.exercises.values()
        ],
    }


def _show_lessons(lessons: "list[Lesson]") -> None:
    from rich import box
    from rich.table import Table

    from dlcourse.cli.lessons import points_of

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Lesson", no_wrap=True)
    table.add_column("Exercises", justify="right")
    table.add_column("Points", justify="right")
    table.add_column("Title", ratio=1)
    for lesson in lessons:
        count, points = len(lesson.exercises), f"{points_of(lesson):g}"
        table.add_row(lesson.notebook, str(count), points, lesson.title.rstrip("."))
    console().print(table)
    console().print("The exercises of one, for example: dlcourse list 03")


def _show_exercises(lesson: "Lesson") -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Exercise", no_wrap=True)
    table.add_column("Points", justify="right")
    table.add_column("What is asked", ratio=1)
    for exercise in lesson.exercises.values():
        table.add_row(exercise.name, f"{exercise.points:g}", exercise.title)
    console().print(lesson.title.rstrip("."), style="bold")
    console().print(f"Notebook: {lesson.notebook}.ipynb", soft_wrap=True)
    console().print(table)
    if lesson.quiz:
        questions = "1 question" if len(lesson.quiz) == 1 else f"{len(lesson.quiz)} questions"
        console().print(f"and a quiz of {questions}, one point each")
