"""`dlcourse doctor`: is everything there that the course and the grader need?"""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from dlcourse.cli import options
from dlcourse.cli.errors import DID_NOT_PASS
from dlcourse.cli.output import console, only_json, print_json

if TYPE_CHECKING:
    from dlcourse.cli.examinations import Finding

__all__ = ["command"]

SIGNS = {"ok": ("ok", "green"), "advice": ("note", "yellow"), "problem": ("PROBLEM", "bold red")}


@click.command("doctor", epilog=options.example("dlcourse doctor"))
@options.json_flag
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Say what works here, and what to do about the rest.

    Looks at the installation, the course's files and what protects this machine while a class is
    graded. Ends with 1 where something does not work. A protection that is missing is a note:
    grading works without it, less safely.
    """
    with only_json(as_json):
        findings = _examine()
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        _show(findings)
    if any(finding.state == "problem" for finding in findings):
        ctx.exit(DID_NOT_PASS)


def _examine() -> "list[Finding]":
    from dlcourse.cli import examinations

    found: list[Finding] = []
    for examination in examinations.EXAMINATIONS:
        try:
            found += examination()
        except Exception as error:  # what is broken must not hide the rest: that is the point
            name = examination.__name__.replace("_", " ").capitalize()
            text = f"could not be examined ({type(error).__name__}: {error})"
            found.append(examinations.Finding(name, "problem", text, "install dlcourse again"))
    return found


def _show(findings: "list[Finding]") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(max_width=28)
    table.add_column(ratio=1)
    for finding in findings:
        advice = f"\n-> {finding.advice}" if finding.advice else ""
        table.add_row(Text(*SIGNS[finding.state]), finding.what, finding.detail + advice)
    console().print(table)
    console().print(f"\n{_in_all(findings)}")


def _in_all(findings: "list[Finding]") -> str:
    problems = sum(finding.state == "problem" for finding in findings)
    if not problems:
        return "Everything works."
    return "One thing does not work." if problems == 1 else f"{problems} things do not work."
