"""Where a command writes: text for people, or JSON for programs."""

import contextlib
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["console", "messages", "only_json", "print_json"]


def console() -> "Console":
    """The terminal; rich leaves colours out where NO_COLOR is set or there is no terminal."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def messages() -> "Console":
    """Like `console`, on stderr: for progress, warnings and advice."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)


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
