"""Where the files of `data/` are: in a checkout, or inside the installed package."""

from pathlib import Path

__all__ = ["project_data"]

_PACKAGE = Path(__file__).parent.parent


def project_data(name):
    """Path of a file or folder that this project made.

    Args:
        name: relative to `data/`.

    Returns:
        pathlib.Path that exists.

    Raises:
        FileNotFoundError: there is no such file, as in a package that was put together by hand.

    Example:
        >>> project_data("trigger_clips").is_dir()
        True
    """
    installed = _PACKAGE / "course_files" / "data"
    folder = installed if installed.is_dir() else _PACKAGE.parent / "data"
    if not (folder / name).exists():
        raise FileNotFoundError(f"{folder / name}: missing; install dlcourse again")
    return folder / name
