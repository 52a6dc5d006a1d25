"""One sound on top of another."""

from dlcourse.audio.clip_checks import checked_samples
from dlcourse.audio.segments import free_segment

__all__ = ["insert_clip", "overlay"]


def overlay(background, clip, start):
    """Add a clip to a background: both are heard.

    Args:
        background: floats (n,).
        clip: floats (k,) at the same sample rate, k <= n.
        start: sample of the background where the clip begins, 0 to n - k.

    Returns:
        Floats (n,), a new array. The sum may be beyond full scale; see `matched_level`.

    Raises:
        ValueError: the clip does not lie within the background, or either is empty or stereo.

    Example:
        >>> import numpy as np
        >>> overlay(np.array([0.0, 0.5, 0.0]), np.array([0.25, 0.25]), start=1)
        array([0.  , 0.75, 0.25])
    """
    background = checked_samples(background, "background")
    clip = checked_samples(clip, "clip")
    if not 0 <= start <= len(background) - len(clip):
        raise ValueError(
            f"start: expected 0 to {len(background) - len(clip)}, so that {len(clip)} samples lie "
            f"within the {len(background)} of the background; got {start}"
        )
    mixed = background.copy()
    mixed[start : start + len(clip)] += clip
    return mixed


def insert_clip(background, clip, taken, rng):
    """Add a clip to a background at a random place where no other clip is.

    Args:
        background: floats (n,).
        clip: floats (k,) at the same sample rate.
        taken: segments (start, end) in samples where other clips are, shape (j, 2).
        rng: np.random.Generator.

    Returns:
        (mixed, segment): floats (n,), and (start, end) of the clip.

    Raises:
        ValueError: there is no room for the clip.

    Example:
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> insert_clip(np.zeros(4), np.ones(2), [(0, 2)], rng)
        (array([0., 0., 1., 1.]), (2, 4))
    """
    background = checked_samples(background, "background")
    clip = checked_samples(clip, "clip")
    segment = free_segment(len(clip), len(background), taken, rng)
    if segment is None:
        raise ValueError(
            f"clip: expected room for {len(clip)} samples; the {len(taken)} clips in the "
            f"{len(background)} samples of the background leave none"
        )
    return overlay(background, clip, segment[0]), segment
