"""`dlcourse solution`: a worked solution, for those who have one of their own."""

from pathlib import Path

import click

from dlcourse.cli import options
from dlcourse.cli.errors import DID_NOT_PASS, Refusal
from dlcourse.cli.output import console

__all__ = ["command"]


@click.command("solution", epilog=options.example("dlcourse solution 03 propagate"))
@click.argument("lesson")
@click.argument("exercise")
@options.exercise_folder
def command(lesson: str, exercise: str, folder: Path | None) -> None:
    """Show a worked solution, once yours has passed.

    LESSON is its number, its name or its notebook's name.
    """
    from dlcourse.cli.lessons import exercise_of
    from dlcourse.cli.store import progress_store
    from dlcourse.course import solution_source

    found, wanted = exercise_of(lesson, exercise, folder)
    with progress_store() as progress:
        passed = progress.passed(found.name, wanted.name)
    if not passed:
        raise Refusal(
            f"{wanted.name} has not passed yet, so its solution stays hidden; "
            f"a hint helps: dlcourse hint {lesson} {wanted.name}",
            DID_NOT_PASS,
        )
    _show(solution_source(found, wanted.name))


def _show(source: str) -> None:
    terminal = console()
    if not terminal.is_terminal:  # somebody wants the plain text
        click.echo(source)
        return
    from rich.syntax import Syntax

    terminal.print(Syntax(source, "python", theme="ansi_dark", background_color="default"))
