"""`dlcourse watch`: checks a notebook whenever it is saved."""

from collections.abc import Iterator
from pathlib import Path

import click

from dlcourse.cli import options
from dlcourse.cli.output import console

__all__ = ["command", "saves"]

TIMEOUT = 2000  # milliseconds


@click.command("watch", epilog=options.example("dlcourse watch 03_c1w2_logistic_regression.ipynb"))
@options.notebook_argument
@options.exercise_folder
def command(notebook: Path, folder: Path | None) -> None:
    """Check a notebook on every save, exercise by exercise.

    Begins with the first exercise that does not pass, and goes to the next when it does. What
    you change elsewhere is checked too. Ctrl-C ends it.
    """
    from dlcourse.cli.watching import Session

    terminal = console()
    session = Session(notebook, folder, terminal)
    try:
        session.begin()
        for _ in saves(notebook):
            session.saved()
            if session.done:
                break
    except KeyboardInterrupt:
        if terminal.is_terminal:  # it shows ^C in the line
            terminal.print()
    session.end()


def saves(notebook: Path) -> Iterator[None]:
    """Give a turn at once, and then one after each change of the file.

    Its folder is watched: editors save by putting a new file in the place of the old one.
    """
    from watchfiles import watch

    folder, seen = notebook.resolve().parent, _state(notebook)
    yield
    # the timeout finds what events miss: a save during a check, or on another machine's disk
    for _ in watch(folder, recursive=False, yield_on_timeout=True, rust_timeout=TIMEOUT):
        now = _state(notebook)
        if now is not None and now != seen:
            seen = now
            yield


def _state(notebook: Path) -> tuple[int, int] | None:
    """Changes when the file does; None while it is away."""
    try:
        state = notebook.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size
