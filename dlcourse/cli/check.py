"""`dlcourse check`: one notebook, or some of its exercises."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlcourse.cli import options
from dlcourse.cli.errors import DID_NOT_PASS
from dlcourse.cli.output import console, messages, only_json, print_json

if TYPE_CHECKING:
    from dlcourse.grading.results import ExerciseResult, SubmissionResult

__all__ = ["command"]


@click.command(
    "check",
    epilog=options.example(
        "dlcourse check 03_c1w2_logistic_regression.ipynb",
        "dlcourse check 03_c1w2_logistic_regression.ipynb propagate optimize",
    ),
)
@options.notebook_argument
@click.argument("names", nargs=-1, metavar="[EXERCISE]...")
@options.exercise_folder
@options.seed_option
@options.json_flag
@click.pass_context
def command(
    ctx: click.Context,
    notebook: Path,
    names: tuple[str, ...],
    folder: Path | None,
    seed: int | None,
    as_json: bool,
) -> None:
    """Check a notebook, and explain what is wrong.

    Everything in NOTEBOOK is checked, or only the EXERCISEs named ("quiz" is one). The notebook's
    code runs in a sandbox; the file itself is only read. Ends with 1 where something did not pass.
    """
    with only_json(as_json):
        result = _check(notebook, names, folder, seed or 0, quiet=as_json)
    if as_json:
        print_json(result.to_json())
    else:
        _summarise(result, names)
    if not result.exercises or not all(e.passed for e in result.exercises):
        ctx.exit(DID_NOT_PASS)


def _check(
    notebook: Path, names: tuple[str, ...], folder: Path | None, seed: int, quiet: bool
) -> "SubmissionResult":
    from dlcourse.cli.callbacks import Carrier
    from dlcourse.cli.lessons import checkable, hint_command, lesson_of_notebook, refuse_unknown
    from dlcourse.cli.store import remember
    from dlcourse.grading.checking import check_notebook

    lesson = lesson_of_notebook(notebook, folder)
    refuse_unknown(names, lesson, checkable(lesson))

    def show(result: "ExerciseResult") -> None:
        remember(lesson.name, result)
        if not quiet:
            _print(result, hint_command(lesson, result.name, folder), _in_full(result, names))

    on_result = Carrier(show)
    result = check_notebook(
        notebook, names=names or None, folder=folder, seed=seed, on_result=on_result
    )
    on_result.deliver()
    return result


def _in_full(result: "ExerciseResult", names: tuple[str, ...]) -> bool:
    """Whether it was asked for or is wrong; what passed or is still a blank takes a line."""
    return bool(names) or result.status not in ("passed", "not attempted")


def _print(result: "ExerciseResult", hint: str, in_full: bool) -> None:
    from dlcourse.cli.cards import print_line, print_result

    if in_full:
        print_result(console(), result, hint)
    else:
        print_line(console(), result)


def _summarise(result: "SubmissionResult", names: tuple[str, ...]) -> None:
    from dlcourse.grading.reports.printable import printable

    passed = sum(e.passed for e in result.exercises)
    if not (result.exercises and _in_full(result.exercises[-1], names)):  # ends with a gap
        console().print()
    console().print(
        f"{passed} of {len(result.exercises)} passed, {result.score:g} of {result.points:g} points"
    )
    for note in result.notes:
        messages().print(f"Note: {printable(note)}")
