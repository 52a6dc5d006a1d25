"""The choice between a full data set from the network and its stand-in, which is always here."""

import warnings

from dlcourse.datasets.fetch import DownloadError
from dlcourse.device import scale

__all__ = ["SOURCES", "load_from"]

SOURCES = ("auto", "embedded", "full")


def load_from(source, full, embedded):
    """Load the full data set or its stand-in.

    Args:
        source: "full" demands the full set; "embedded" needs no network; "auto" takes the full
            set where `dlcourse.scale()` says "full" and it can be had, else the stand-in.
        full: function without arguments that loads the full set.
        embedded: function without arguments that loads the stand-in, of the same type.

    Returns:
        What the chosen function returns.

    Raises:
        ValueError: source is another word.
        DownloadError: source is "full" and the set cannot be had. With "auto" that is a warning.

    Example:
        >>> load_from("embedded", full=lambda: "60000 images", embedded=lambda: "1797 images")
        '1797 images'
    """
    if source not in SOURCES:
        raise ValueError(f"source: expected one of {', '.join(SOURCES)}; got {source!r}")
    if source == "full":
        return full()
    if source == "embedded" or scale() == "quick":
        return embedded()
    try:
        return full()
    except DownloadError as error:
        advice = 'Its embedded stand-in is used instead; source="embedded" says that this is meant.'
        # 3: the caller of the loader, in whose notebook the line stands
        warnings.warn(f"{error} {advice}", stacklevel=3)
        return embedded()
