"""The group of all commands: its help, and what happens to errors."""

import sys
from importlib import import_module

import click

from dlcourse import __version__
from dlcourse.cli.errors import explained

__all__ = ["COMMANDS", "main"]

SECTIONS = {
    "Learn": ("list", "start", "check", "watch", "hint", "solution", "reset", "progress"),
    "Teach": ("grade",),
    "Look after the course": ("build", "doctor"),
}
COMMANDS = tuple(name for names in SECTIONS.values() for name in names)

EXIT_CODES = """
\b
Exit codes:
  0    everything passed, nothing is wrong
  1    something did not pass, or something is wrong with what was looked at
  2    the command was not understood, or something cannot be found or read
  3    dlcourse itself failed
  130  stopped with Ctrl-C

\b
Examples:
  dlcourse start my-course
  dlcourse check my-course/00_start_here.ipynb
  dlcourse grade submissions --out reports
"""


class Commands(click.Group):
    """Loads a command's module when it is asked for, and explains every error in a sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; a --debug may come after it as well as before."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"dlcourse.cli.{cmd_name}").command
        if not any(p.name == "debug" for p in command.params):
            command.params.append(_debug_option(hidden=True))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what they are for."""
        for title, names in SECTIONS.items():
            found = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl([(n, c.get_short_help_str(70)) for n, c in found if c])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; whatever goes wrong becomes a sentence and an exit code."""
        _never_fail_on_a_character()
        with explained(ctx):
            return super().invoke(ctx)


def _remember(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    state = ctx.ensure_object(dict)
    state["debug"] = value or state.get("debug", False)


def _debug_option(hidden: bool = False) -> click.Option:
    return click.Option(
        ["--debug"],
        is_flag=True,
        expose_value=False,
        callback=_remember,
        hidden=hidden,
        help="Show the traceback of an unexpected error.",
    )


def _never_fail_on_a_character() -> None:
    """A terminal that cannot show a character of a learner's shows another instead."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@click.group(cls=Commands, params=[_debug_option()], epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="dlcourse")
def main() -> None:
    """A course in deep learning: check exercises, get hints, grade a class."""
