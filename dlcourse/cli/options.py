"""The arguments and options that several commands share."""

from pathlib import Path

import click

__all__ = ["example", "exercise_folder", "json_flag", "notebook_argument", "seed_option"]

exercise_folder = click.option(
    "--exercises",
    "folder",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with lessons of your own, beside those of the course.",
)

json_flag = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON, and nothing else, on stdout."
)

notebook_argument = click.argument(
    "notebook", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)

seed_option = click.option(
    "--seed",
    metavar="N",
    type=click.IntRange(min=0),
    help="What the tests draw their random inputs from.",
)


def example(*lines: str) -> str:
    """The end of a command's help: how it is used, line by line as given."""
    # a line of one backspace tells click to leave the lines after it as they are
    return "\n".join(["\b", "Example:", *(f"  {line}" for line in lines)])
