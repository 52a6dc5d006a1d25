"""What a learner's code did to its arguments, done to the test's own objects."""

from typing import Any

import numpy as np

__all__ = ["write_back"]


def write_back(ours: Any, theirs: Any) -> Any:
    """Give our object the content of theirs, in place where that can be done.

    Args:
        ours: An argument as the test passed it.
        theirs: The same argument after the call; None for what is no data.

    Returns:
        Our object where it could take the content, else theirs.
    """
    if theirs is None and not isinstance(ours, bool | int | float | complex | str | bytes):
        return ours
    if isinstance(ours, np.ndarray) and isinstance(theirs, np.ndarray):
        return _array(ours, theirs)
    if isinstance(ours, np.random.Generator):
        return ours  # the recording moves it on by itself
    if type(ours) is not type(theirs):
        return theirs
    if type(ours) in (list, tuple):
        items = [write_back(a, b) for a, b in zip(ours, theirs, strict=False)]
        items += theirs[len(ours) :]
        if type(ours) is tuple:
            return tuple(items)
        ours[:] = items
    elif type(ours) is dict:
        merged = {k: write_back(ours[k], v) if k in ours else v for k, v in theirs.items()}
        ours.clear()
        ours.update(merged)
    else:
        return theirs
    return ours


def _array(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    if (ours.shape, ours.dtype) != (theirs.shape, theirs.dtype) or not ours.flags.writeable:
        return theirs
    ours[...] = theirs
    return ours
