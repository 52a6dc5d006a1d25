"""`dlcourse start`: the notebooks, for people who installed the package."""

from pathlib import Path

import click

from dlcourse.cli import options
from dlcourse.cli.errors import Refusal
from dlcourse.cli.output import console

__all__ = ["command"]


@click.command("start", epilog=options.example("dlcourse start my-course"))
@click.argument(
    "folder", default="dlcourse-notebooks", type=click.Path(file_okay=False, path_type=Path)
)
def command(folder: Path) -> None:
    """Copy the course's notebooks into a folder of yours.

    FOLDER is dlcourse-notebooks unless given; it is made where it does not exist. Notebooks that
    are there already are kept as they are: your work is never overwritten.
    """
    from dlcourse.course import notebooks_folder

    notebooks = sorted(notebooks_folder().glob("[0-9]*.ipynb"))
    if not notebooks:
        raise Refusal("this installation holds no notebooks; `dlcourse doctor` says more")
    new = [n for n in notebooks if _copy(n, folder / n.name)]
    _tell(folder, len(new), len(notebooks) - len(new))


def _copy(source: Path, target: Path) -> bool:
    """Copy one file; False where there is one of that name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as file:
            file.write(source.read_bytes())
    except FileExistsError:
        return False
    return True


def _tell(folder: Path, new: int, kept: int) -> None:
    if new:
        console().print(f"{_notebooks(new)} copied to {folder}", soft_wrap=True)
    if kept:
        are = "it is" if kept == 1 else "they are"
        console().print(f"{_notebooks(kept)} already there, kept as {are}")
    first = folder / "00_start_here.ipynb"
    if first.is_file():
        console().print(f'Begin with: jupyter lab "{first}"', soft_wrap=True)


def _notebooks(count: int) -> str:
    return "1 notebook" if count == 1 else f"{count} notebooks"
