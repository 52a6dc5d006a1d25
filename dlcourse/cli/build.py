"""`dlcourse build`: the notebooks from their sources."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dlcourse.cli import options
from dlcourse.cli.errors import DID_NOT_PASS, Refusal
from dlcourse.cli.output import console, messages

if TYPE_CHECKING:
    from dlcourse.authoring import BuildReport

__all__ = ["command"]


@click.command("build", epilog=options.example("dlcourse build", "dlcourse build --check"))
@click.option("--repository", metavar="URL", help="Where the course is published: https://…")
@click.option("--check", is_flag=True, help="Write nothing; say which notebooks are stale.")
@options.exercise_folder
@click.pass_context
def command(ctx: click.Context, repository: str | None, check: bool, folder: Path | None) -> None:
    """Build the notebooks from their sources.

    Every source in notebooks/source gives a learner's notebook and one with solutions. Run it in
    the folder of the project. Ends with 1 where a source is malformed or a notebook is stale.
    """
    from dlcourse.authoring import build

    try:
        report = build(_project(), repository, check, folder)
    except ValueError as error:  # the address
        raise Refusal(str(error)) from error
    _show(report, check)
    if report.problems or report.stale:
        ctx.exit(DID_NOT_PASS)


def _project() -> Path:
    """The folder in which the command was given, or the checkout that is running."""
    import dlcourse

    for folder in (Path.cwd(), Path(dlcourse.__file__).parent.parent):
        if (folder / "notebooks" / "source").is_dir():
            return folder
    raise Refusal("there is no folder notebooks/source here: run this in a checkout of the course")


def _show(report: "BuildReport", check: bool) -> None:
    for path in report.written:
        console().print(f"written  {_short(path)}", soft_wrap=True)
    for path in report.stale:
        messages().print(f"stale    {_short(path)}", soft_wrap=True)
    for problem in report.problems:
        messages().print(f"problem  {problem}", soft_wrap=True)
    if report.stale:
        advice = "run `dlcourse build`" if check else "delete what no source gives any more"
        messages().print(f"\n{len(report.stale)} stale: {advice}")
    if not (report.written or report.stale or report.problems):
        console().print("Every notebook agrees with its source.")


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
