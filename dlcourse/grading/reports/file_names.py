"""Names of learners turned into names of files."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

__all__ = ["safe_names"]

MAX_BYTES = 100  # far below every file system's limit, with room for a suffix
_NOT_IN_NAMES = re.compile(r"[^\w.]+")
# names of devices on Windows, with or without a suffix
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def safe_names(names: Sequence[str]) -> list[str]:
    """A file name without suffix for each name, all different on every file system.

    A name that is fit to be a file's stays as it is. Names that would fall together get a few
    letters computed from the original, so that a name's file does not depend on the order.

    Args:
        names: Names of learners; anything, and the same one more than once.

    Returns:
        Names of letters, digits, "_", "." and "-" in any script, in the order given.

    Example:
        >>> safe_names(["Ann Lee", "../../x", "li", "Li"])
        ['Ann-Lee', 'x', 'li-00a9e425', 'Li-3d368a0b']
    """
    plain = [_plain(name) for name in names]
    crowded = Counter(_key(name) for name in plain)
    taken: set[str] = set()
    found = []
    for original, name in zip(names, plain, strict=True):
        wanted = name if crowded[_key(name)] == 1 else f"{name}-{_fingerprint(original)}"
        found.append(_free(wanted, taken))
        taken.add(_key(found[-1]))
    return found


def _plain(name: str) -> str:
    name = unicodedata.normalize("NFKC", name)
    name = _NOT_IN_NAMES.sub("-", name).strip("-.")
    name = name.encode("utf-8", "ignore")[:MAX_BYTES].decode("utf-8", "ignore").strip("-.")
    return f"_{name}" if not name or _DEVICES.fullmatch(name) else name


def _key(name: str) -> str:
    """What two names share that a file system may take for one."""
    return unicodedata.normalize("NFKC", name).casefold()


def _fingerprint(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while _key(name) in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name
