"""Where downloaded data is kept, so that it is fetched once."""

import os
from pathlib import Path

import platformdirs

__all__ = ["cache_folder"]


def cache_folder():
    """Folder of the downloaded data: $DLCOURSE_CACHE, or the usual place for caches.

    It is not made here. Everything in it can be deleted at any time and is fetched again.

    Returns:
        Path.

    Example:
        >>> cache_folder().is_absolute()
        True
    """
    chosen = os.environ.get("DLCOURSE_CACHE", "").strip()
    usual = platformdirs.user_cache_path("dlcourse", appauthor=False) / "datasets"
    return Path(chosen).expanduser().absolute() if chosen else usual
