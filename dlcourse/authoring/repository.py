"""Where the project is published: one setting, from which badge and set-up cell follow."""

import re
import tomllib
from pathlib import Path

__all__ = ["badge", "checked_address", "configured_address"]

_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:\d+)?(/[\w.~-]+){2,}")
_GITHUB = "https://github.com/"


def configured_address(root: Path) -> str:
    """The `repository` of `[tool.dlcourse]` in the project's pyproject.toml; empty without one."""
    path = root / "pyproject.toml"
    if not path.is_file():
        return ""
    settings = tomllib.loads(path.read_text(encoding="utf-8"))
    return checked_address(settings.get("tool", {}).get("dlcourse", {}).get("repository", ""))


def checked_address(address: str) -> str:
    """The address without a trailing slash or `.git`.

    Raises:
        ValueError: If it is not the https address of a repository.

    Example:
        >>> checked_address("https://example.org/me/course.git")
        'https://example.org/me/course'
    """
    short = address.strip().rstrip("/").removesuffix(".git")
    if short and not _ADDRESS.fullmatch(short):
        raise ValueError(
            f"repository: expected an address such as https://HOST/OWNER/NAME, got {address!r}"
        )
    return short


def badge(address: str, path: str) -> str:
    """Markdown of the button that opens a notebook on Colab; empty where Colab cannot reach it.

    Args:
        address: The repository; Colab opens those on GitHub.
        path: The notebook's path in it.
    """
    if not address.startswith(_GITHUB):
        return ""
    target = f"https://colab.research.google.com/github/{address.removeprefix(_GITHUB)}"
    image = "https://colab.research.google.com/assets/colab-badge.svg"
    return f"[![Open in Colab]({image})]({target}/blob/main/{path})"
