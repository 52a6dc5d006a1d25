"""What the shell is told, and how an error becomes a sentence."""

import contextlib
import errno
import traceback
from collections.abc import Iterator

import click

__all__ = ["DEFECT", "DID_NOT_PASS", "STOPPED", "UNREADABLE", "Refusal", "explained"]

DID_NOT_PASS = 1
UNREADABLE = 2
DEFECT = 3
STOPPED = 130  # what shells give a command that Ctrl-C ended


class Refusal(click.ClickException):
    """The command cannot do what it was asked for; its text says why and what to do."""

    def __init__(self, message: str, exit_code: int = UNREADABLE) -> None:
        super().__init__(message)
        self.exit_code = exit_code


@contextlib.contextmanager
def explained(ctx: click.Context) -> Iterator[None]:
    """Turn every exception into one sentence on stderr and an exit code."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        ctx.exit(STOPPED)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.EPIPE:
            raise  # the reader of a pipe has gone; click ends quietly
        if (ctx.obj or {}).get("debug"):
            traceback.print_exc()
            ctx.exit(_exit_code(error))
        raise Refusal(_sentence(error), _exit_code(error)) from error


def _is_ours(error: Exception) -> bool:
    """Whether the exception's text was written for people.

    The classes are not named here: importing their modules would load the whole engine.
    """
    return type(error).__module__.split(".")[0] == "dlcourse"


def _exit_code(error: Exception) -> int:
    if any(base.__name__ == "BoundaryError" for base in type(error).__mro__):
        return DEFECT  # the sandbox failed: nothing is wrong with what the command was given
    return UNREADABLE if _is_ours(error) or isinstance(error, OSError) else DEFECT


def _sentence(error: Exception) -> str:
    if _is_ours(error):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    text = " ".join(str(error).split())
    return (
        f"dlcourse failed unexpectedly ({type(error).__name__}: {text}). "
        "Run the same command with --debug to see where."
    )
