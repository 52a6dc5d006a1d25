"""Finds the notebooks that a class handed in."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from dlcourse.cli.errors import Refusal

__all__ = ["find_notebooks"]


def find_notebooks(places: Iterable[Path]) -> list[Path]:
    """The notebooks in files and folders, each once, in the order of their names.

    Args:
        places: Notebook files, and folders that are searched with everything in them. Hidden
            folders are left out: Jupyter keeps its checkpoints there.

    Returns:
        At least one path.

    Raises:
        Refusal: If there is none.
    """
    found: dict[Path, Path] = {}
    for place in places:
        for path in sorted(_inside(place)) if place.is_dir() else [place]:
            found.setdefault(path.resolve(), path)
    if not found:
        raise Refusal(f"no notebook (*.ipynb) in {', '.join(map(str, places))}")
    return list(found.values())


def _inside(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.suffix.lower() == ".ipynb" and path.is_file() and not _hidden(path, folder):
            yield path


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
