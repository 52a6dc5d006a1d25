"""Where a command writes: text for people, or JSON for programs."""

import contextlib
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["console", "messages", "only_json", "print_indented", "print_json"]

INDENT = "  "
NARROWEST = 20  # columns; a text is not broken to pieces smaller than that


def console() -> "Console":
    """The terminal; rich leaves colours out where NO_COLOR is set or there is no terminal."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def messages() -> "Console":
    """Like `console`, on stderr: for progress, warnings and advice."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def print_indented(terminal: "Console", text: "Text", lead: "Text | None" = None) -> None:
    """Print a text, indented, each line broken where the terminal ends.

    Args:
        terminal: Where to.
        text: The text.
        lead: Goes before its first line; the others stand below that.
    """
    from rich.text import Text

    lead = lead or Text("")
    width = max(terminal.width - len(INDENT) - lead.cell_len, NARROWEST)
    for line in text.wrap(terminal, width):
        line.rstrip()
        terminal.print(Text.assemble(INDENT, lead, line), soft_wrap=True)
        lead = Text(" " * lead.cell_len)


@contextlib.contextmanager
def only_json(wanted: bool) -> Iterator[None]:
    """Send to stderr whatever is printed inside, so that stdout is left to `print_json`."""
    if not wanted:
        yield
        return
    with contextlib.redirect_stdout(sys.stderr):
        yield


def print_json(data: Any) -> None:
    """Print data as JSON in plain ASCII, which every terminal and pipe can carry."""
    click.echo(json.dumps(data, indent=2, allow_nan=False))
