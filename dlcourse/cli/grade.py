"""`dlcourse grade`: a whole class."""

from pathlib import Path
from typing import Any

import click

from dlcourse.cli import options
from dlcourse.cli.errors import DID_NOT_PASS
from dlcourse.cli.output import console, messages, only_json, print_json

__all__ = ["command"]


@click.command(
    "grade",
    epilog=options.example(
        "dlcourse grade submissions --out reports",
        "dlcourse grade submissions/*.ipynb --out reports --exercises my_hidden_tests",
    ),
)
@click.argument(
    "places",
    nargs=-1,
    required=True,
    metavar="FOLDER|NOTEBOOK...",
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the reports go.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Notebooks graded at a time; the number of processor cores unless given.",
)
@click.option(
    "--lesson",
    metavar="LESSON",
    help="What the class is graded on; the lesson of most notebooks unless given.",
)
@options.seed_option
@options.exercise_folder
@click.option("--fresh", is_flag=True, help="Grade again what an earlier run has finished.")
@click.option(
    "--seconds",
    metavar="S",
    type=click.FloatRange(min=0, min_open=True),
    help="Limit for one call of a learner's function; 10 unless given.",
)
@click.option(
    "--memory-mb",
    metavar="MB",
    type=click.IntRange(min=1),
    help="Limit for one notebook's memory; 2048 unless given.",
)
@options.json_flag
@click.pass_context
def command(ctx: click.Context, as_json: bool, **choices: Any) -> None:
    """Grade a class safely, and write reports.

    Takes notebooks, and folders with everything in them. Learners are called after their files, or
    after the folders where all files have one name. A run that was interrupted goes on where it
    stopped. Without --seed the tests' random inputs are drawn anew for each class; the seed is
    printed and recorded, so that a grade can be reproduced. Ends with 1 where a notebook could not
    be graded; a low score is no error.
    """
    with only_json(as_json):
        from dlcourse.cli.grading import Grading
        from dlcourse.grading.reports.printable import shortened

        grading = Grading(**choices)
        try:
            reports = grading.run()
        except KeyboardInterrupt:
            messages().print("What is graded is kept; run the same command again to go on.")
            raise
    if as_json:
        print_json(grading.to_json(reports))
    else:
        _show(grading.results, reports)
    if grading.not_graded:
        names = ", ".join(shortened(result.learner) for result in grading.not_graded)
        messages().print(f"Not graded (their notes say why): {names}", soft_wrap=True)
        ctx.exit(DID_NOT_PASS)


def _show(results: list, reports: dict[str, Path]) -> None:
    from dlcourse.grading.reports import print_class

    terminal = console()
    print_class(results, terminal)
    terminal.print()
    for name, path in reports.items():
        terminal.print(f"{name:<11} {path}", soft_wrap=True)
