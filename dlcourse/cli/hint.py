"""`dlcourse hint`: one more hint each time."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlcourse.cli import options
from dlcourse.cli.output import console, print_indented

if TYPE_CHECKING:
    from dlcourse.grading.exercise import Exercise

__all__ = ["command"]


@click.command("hint", epilog=options.example("dlcourse hint 03 propagate"))
@click.argument("lesson")
@click.argument("exercise")
@options.exercise_folder
def command(lesson: str, exercise: str, folder: Path | None) -> None:
    """Show the next hint for an exercise.

    The first is a nudge, the next one the formula, the last one the worked line. LESSON is its
    number, its name or its notebook's name.
    """
    from dlcourse.cli.lessons import exercise_of
    from dlcourse.cli.store import progress_store

    found, wanted = exercise_of(lesson, exercise, folder)
    with progress_store() as progress:
        shown = progress.next_hint(found.name, wanted.name, len(wanted.hints))
    _show(wanted, shown)


def _show(exercise: "Exercise", shown: int) -> None:
    """Print the hints up to the newest, which alone is not dimmed."""
    from rich.text import Text

    console().print(f"{exercise.name}: {exercise.title}")
    for number, hint in enumerate(exercise.hints[:shown], 1):
        text = f"Hint {number} of {len(exercise.hints)}: {hint}"
        print_indented(console(), Text(text, "" if number == shown else "dim"))
    if shown == len(exercise.hints):
        console().print("That was the last hint.", style="dim")
