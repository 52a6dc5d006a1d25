"""Clips of a spoken trigger word, of other words, and of backgrounds; all of them synthetic."""

from typing import NamedTuple

from dlcourse.audio.wav import read_wav
from dlcourse.datasets.project_data import project_data

__all__ = ["CLIP_RATE", "ClipSet", "TriggerWordClips", "trigger_word_clips"]

CLIP_RATE = 8000
_TRIGGER = "sesami"
_LISTS = "backgrounds", "activates", "negatives"


class ClipSet(NamedTuple):
    """Clips to make recordings of, as `dlcourse.audio.synthesize_scenes` takes them.

    Args:
        backgrounds: list of float32 (20800,): 2.6 s of noise each.
        activates: list of float32 (n,): the word "sesami", 0.4 to 0.6 s.
        negatives: list of float32 (n,): other words.
    """

    backgrounds: list
    activates: list
    negatives: list


class TriggerWordClips(NamedTuple):
    """Clips to learn from, and clips of other voices, with other words and another background.

    Args:
        train: ClipSet of seven voices.
        test: ClipSet of three voices.
        rate: samples per second.
    """

    train: ClipSet
    test: ClipSet
    rate: int


def trigger_word_clips():
    """Load all clips: words at -20 dBFS and backgrounds at -35 dBFS.

    One of the other words, "misase", has the same syllables as the trigger word, in reverse order.
    `data/make_trigger_clips.py` made them, from harmonics, formants and filtered noise.

    Returns:
        TriggerWordClips.

    Raises:
        FileNotFoundError: the clips are not where they should be.

    Example:
        >>> clips = trigger_word_clips()
        >>> len(clips.train.activates), len(clips.test.activates), clips.rate
        (14, 6, 8000)
    """
    return TriggerWordClips(_clip_set("train"), _clip_set("test"), CLIP_RATE)


def _clip_set(part):
    found = {name: [] for name in _LISTS}
    for path in sorted(project_data(f"trigger_clips/{part}").glob("*.wav")):
        found[_list_of(path.stem)].append(read_wav(path, CLIP_RATE).samples)
    return ClipSet(**found)


def _list_of(stem):
    what = stem.partition("_")[0]
    return {"background": "backgrounds", _TRIGGER: "activates"}.get(what, "negatives")
