"""`dlcourse reset`: one blank as it was, everything else as it is."""

from pathlib import Path

import click

from dlcourse.cli import options
from dlcourse.cli.output import console

__all__ = ["command"]


@click.command(
    "reset", epilog=options.example("dlcourse reset 03_c1w2_logistic_regression.ipynb propagate")
)
@options.notebook_argument
@click.argument("exercise")
@options.exercise_folder
def command(notebook: Path, exercise: str, folder: Path | None) -> None:
    """Make one exercise a blank again, and leave the rest alone.

    The code that stood there is printed, in case you want it back.
    """
    from dlcourse.authoring import reset_blank
    from dlcourse.cli.lessons import lesson_of_notebook, refuse_unknown
    from dlcourse.grading.reports.printable import printable

    lesson = lesson_of_notebook(notebook, folder)
    refuse_unknown([exercise], lesson, list(lesson.exercises))
    replaced = reset_blank(notebook, lesson, exercise)
    if replaced:
        console().print("This code was replaced:\n")
        click.echo(printable(replaced))
        console().print()
    console().print(
        f"{exercise} is a blank again. Where the notebook is open in Jupyter, choose "
        '"Reload Notebook from Disk" before you save.'
    )
