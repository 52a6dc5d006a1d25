"""Training examples from clips: trigger words and other words on top of a background."""

from typing import NamedTuple

import numpy as np

from dlcourse.audio.clip_checks import checked_samples
from dlcourse.audio.levels import matched_level
from dlcourse.audio.segments import free_segment, random_segment
from dlcourse.audio.step_labels import insert_ones
from dlcourse.audio.timeline import label_step

__all__ = ["SceneRecipe", "Scenes", "synthesize_scenes"]


class SceneRecipe(NamedTuple):
    """How recordings are made of clips. The defaults are the course's, 10 s at 44100 per second.

    Args:
        n_samples: length of a recording.
        n_steps: label steps of a recording, as the model has outputs.
        ones: how many steps after a trigger word are labelled 1.
        activates: fewest and most trigger words.
        negatives: fewest and most other words.
        gains: by how many decibels a word is made louder, lowest and highest.
        background_gains: the same for the background.
        level: dBFS of the whole recording at the end.
    """

    n_samples: int = 441_000
    n_steps: int = 1375
    ones: int = 50
    activates: tuple = (0, 4)
    negatives: tuple = (0, 2)
    gains: tuple = (0.0, 0.0)
    background_gains: tuple = (0.0, 0.0)
    level: float = -20.0


class Scenes(NamedTuple):
    """Recordings with what is in them.

    Args:
        samples: float32 (m, n_samples).
        labels: float32 (m, n_steps, 1), 1 for a while after each trigger word.
        activates: for each recording int64 (k, 2), segments [start, end) of the trigger words in
            samples, by time.
        negatives: the same of the other words.
    """

    samples: np.ndarray
    labels: np.ndarray
    activates: list
    negatives: list


def synthesize_scenes(m, clips, rng, recipe=SceneRecipe()):  # noqa: B008 (it cannot be changed)
    """Make recordings at random.

    Each has a random stretch of a random background, a random number of words that do not overlap,
    and is brought to the same level. Words end early enough for all their ones; one for which
    there is no room left is left out.

    Args:
        m: how many, ≥ 1.
        clips: triple of lists of samples (n,) at one rate: backgrounds, trigger words ("activates")
            and other words ("negatives"); the words may be missing where the recipe wants none.
        rng: np.random.Generator.
        recipe: SceneRecipe.

    Returns:
        Scenes.

    Raises:
        ValueError: a background is shorter than a recording, a word is longer than one, clips are
            missing, background and words are silent, or the recipe contradicts itself.

    Example:
        >>> rng = np.random.default_rng(0)
        >>> clips = [rng.normal(size=500)], [np.ones(50)], [np.sin(np.arange(80))]
        >>> recipe = SceneRecipe(n_samples=400, n_steps=20, ones=3, activates=(1, 1))
        >>> scenes = synthesize_scenes(2, clips, rng, recipe)
        >>> scenes.samples.shape, scenes.labels.shape, [len(a) for a in scenes.activates]
        ((2, 400), (2, 20, 1), [1, 1])
    """
    if m < 1:
        raise ValueError(f"m: expected at least 1 recording; got {m!r}")
    _check_recipe(recipe)
    clips = _checked_clips(clips, recipe)
    samples = np.empty((m, recipe.n_samples), np.float32)
    labels = np.zeros((m, recipe.n_steps, 1), np.float32)
    activates, negatives = [], []
    for i in range(m):
        samples[i], found = _mix(clips, rng, recipe)
        steps = label_step(found[0][:, 1], recipe.n_samples, recipe.n_steps)
        labels[i] = insert_ones(labels[i], steps, recipe.ones)
        activates.append(found[0])
        negatives.append(found[1])
    return Scenes(matched_level(samples, recipe.level), labels, activates, negatives)


def _mix(clips, rng, recipe):
    """One recording, and the segments of trigger words and other words in it."""
    backgrounds, *words = clips
    background = backgrounds[rng.integers(len(backgrounds))]
    start, end = random_segment(recipe.n_samples, len(background), rng)
    mixed = background[start:end] * _gain(recipe.background_gains, rng)
    taken, found = [(recipe.n_samples - _reserve(recipe), recipe.n_samples)], []
    for choice, (least, most) in zip(words, (recipe.activates, recipe.negatives), strict=True):
        mine = []
        for _ in range(rng.integers(least, most + 1)):
            clip = choice[rng.integers(len(choice))]
            segment = free_segment(len(clip), recipe.n_samples, taken, rng)
            gain = _gain(recipe.gains, rng)
            if segment is not None:
                mixed[slice(*segment)] += clip * gain
                taken.append(segment)
                mine.append(segment)
        found.append(np.array(sorted(mine), np.int64).reshape(-1, 2))
    return mixed, found


def _gain(decibels, rng):
    return 10 ** (rng.uniform(*decibels) / 20)


def _reserve(recipe):
    """Samples at the end that stay free, for the ones of a word that ends before them."""
    return -(-(recipe.ones + 1) * recipe.n_samples // recipe.n_steps)


def _checked_clips(clips, recipe):
    names = "backgrounds", "activates", "negatives"
    if len(clips) != 3:
        raise ValueError(f"clips: expected three lists, {', '.join(names)}; got {len(clips)}")
    wanted = 1, recipe.activates[1], recipe.negatives[1]
    for name, found, most in zip(names, clips, wanted, strict=True):
        if most and not len(found):
            raise ValueError(f"{name}: expected at least one clip, for the recipe wants {most}")
    checked = [
        [checked_samples(clip, f"{name}[{i}]") for i, clip in enumerate(found)]
        for name, found in zip(names, clips, strict=True)
    ]
    _check_lengths(names, checked, recipe)
    return checked


def _check_lengths(names, clips, recipe):
    shortest = min(len(clip) for clip in clips[0])
    if shortest < recipe.n_samples:
        raise ValueError(
            f"backgrounds: expected at least {recipe.n_samples} samples each, the recipe's "
            f"n_samples; the shortest has {shortest}"
        )
    room = recipe.n_samples - _reserve(recipe)
    for name, found in zip(names[1:], clips[1:], strict=True):
        longest = max((len(clip) for clip in found), default=0)
        if longest > room:
            raise ValueError(
                f"{name}: expected at most {room} samples each, what a recording holds before the "
                f"last {recipe.ones + 1} label steps; the longest has {longest}"
            )


def _check_recipe(recipe):
    for name in ("activates", "negatives"):
        least, most = getattr(recipe, name)
        if not 0 <= least <= most:
            raise ValueError(f"{name}: expected 0 <= fewest <= most; got ({least}, {most})")
    if not 1 <= recipe.ones < recipe.n_steps - 1:
        raise ValueError(
            f"ones: expected 1 to {recipe.n_steps - 2}, for n_steps is {recipe.n_steps}; got "
            f"{recipe.ones}"
        )
