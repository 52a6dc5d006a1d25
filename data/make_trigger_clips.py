"""Make the clips in `trigger_clips`: a spoken trigger word, other words, and backgrounds.

    python data/make_trigger_clips.py [FOLDER]

Nobody speaks here. A voice is a pitch, the length of a vocal tract and a pace; a word is a row of
sounds. Vowels and nasals are the harmonics of the pitch, each as loud as the resonances of the
vocal tract (the formants) let it through; fricatives and the bursts of stops are noise in a band of
frequencies. Every clip has random numbers of its own, drawn from its name, so each can be made
again alone, byte for byte.

Reference:
    Formants of the vowels: Peterson and Barney, "Control methods used in a study of the vowels",
    1952, table II (men). Synthesis from formants: Klatt, "Software for a cascade/parallel formant
    synthesizer", 1980.
"""

import sys
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import signal

from dlcourse.audio import matched_level, write_wav

__all__ = ["RATE", "background", "clip_names", "make_clip", "say"]

RATE = 8000  # samples per second
TRIGGER = "sesami"
# the first of the others is the trigger word with its syllables in reverse
TRAINING_WORDS = ("misase", "tomato", "kofi", "sasa")
UNSEEN_WORDS = ("misase", "sofa", "semina", "shima")
BACKGROUNDS = {"train": ("crowd", "hum", "rain", "street"), "test": ("wind",)}
BACKGROUND_SECONDS = 2.6
WORD_LEVEL, BACKGROUND_LEVEL = -20, -35  # dBFS


class Voice(NamedTuple):
    """Who speaks.

    Args:
        pitch: Hz.
        tract: formants are multiplied by this; above 1 for a short vocal tract.
        pace: 1 is normal, 2 twice as fast.
        breath: noise in the vowels, from 0 to 1.
    """

    pitch: float
    tract: float
    pace: float
    breath: float


VOICES = {
    "train": (
        *(Voice(100, 0.98, 0.95, 0.02), Voice(118, 1.02, 1.10, 0.05), Voice(135, 0.94, 1.00, 0.03)),
        *(Voice(160, 1.08, 1.15, 0.02), Voice(190, 1.12, 0.90, 0.06), Voice(215, 1.17, 1.05, 0.03)),
        Voice(240, 1.20, 1.20, 0.04),
    ),
    "test": (
        *(Voice(109, 0.96, 1.08, 0.04), Voice(148, 1.05, 0.93, 0.03)),
        Voice(202, 1.15, 1.12, 0.05),
    ),
}


class Sound(NamedTuple):
    """One sound of a word.

    Args:
        ms: duration.
        formants: the three lowest resonances in Hz.
        voiced: loudness of the harmonics, from 0 to 1.
        noise: loudness of the noise.
        band: lower and upper limit of the noise, Hz.
    """

    ms: float
    formants: tuple
    voiced: float = 0.0
    noise: float = 0.0
    band: tuple = (200, 3800)


BANDWIDTHS = 60, 90, 130  # Hz, of the three formants
GLIDE = 0.022  # seconds from one sound to the next
HASTE = 1.2  # everybody speaks so much faster than SOUNDS says, which keeps the files small
NEUTRAL = (500, 1500, 2500)
SOUNDS = {
    "a": [Sound(110, (730, 1090, 2440), 1.0)],
    "e": [Sound(100, (530, 1840, 2480), 0.9)],
    "i": [Sound(95, (270, 2290, 3010), 0.8)],
    "o": [Sound(105, (570, 840, 2410), 0.9)],
    "m": [Sound(65, (250, 1000, 2200), 0.35)],
    "n": [Sound(60, (250, 1500, 2500), 0.35)],
    "s": [Sound(90, (300, 1700, 2600), 0, 0.35, (2900, 3900))],
    "sh": [Sound(90, (300, 1800, 2500), 0, 0.4, (1700, 3300))],
    "f": [Sound(80, (300, 1100, 2300), 0, 0.14, (900, 3900))],
    "t": [Sound(45, (400, 1700, 2600)), Sound(18, (400, 1700, 2600), 0, 0.5, (2300, 3900))],
    "k": [Sound(50, (300, 1900, 2400)), Sound(22, (300, 1900, 2400), 0, 0.5, (1300, 2300))],
}


def sounds_of(word):
    """The sounds of a word, letter by letter; "sh" is one sound."""
    letters = word.replace("sh", "S")
    return [s for letter in letters for s in SOUNDS["sh" if letter == "S" else letter]]


def say(word, voice, rng):
    """Synthesize a word.

    Args:
        word: letters of SOUNDS.
        voice: Voice.
        rng: np.random.Generator, for noise and for how this time differs from other times.

    Returns:
        float64 samples (n,) at RATE, without a level yet.
    """
    sounds = sounds_of(word)
    seconds = np.array([s.ms / 1000 for s in sounds]) / (HASTE * voice.pace)
    seconds *= rng.uniform(0.88, 1.12, len(sounds))
    ends = np.cumsum(seconds)
    t = np.arange(int((ends[-1] + 2 * GLIDE) * RATE)) / RATE

    def track(values):
        """A value for each sample: constant within a sound, in a glide from one to the next."""
        borders = np.column_stack([ends - seconds + GLIDE / 2, ends - GLIDE / 2]).ravel()
        borders = np.maximum.accumulate(borders)  # a burst may be shorter than a glide
        knots = [-GLIDE / 2, *borders, ends[-1] + GLIDE / 2]
        return np.interp(t - GLIDE, knots, [0, *np.repeat(values, 2), 0])

    tract = voice.tract * rng.uniform(0.98, 1.02)
    formants = [track([s.formants[i] * tract for s in sounds]) for i in range(3)]
    # before the first and behind the last sound the tracks go to 0, where nothing resonates
    formants = [np.maximum(f, rest / 3) for f, rest in zip(formants, NEUTRAL, strict=True)]
    spoken = track([s.voiced for s in sounds]) * _harmonics(_melody(t, voice, rng), formants, t)
    spoken *= 1 + voice.breath * rng.normal(size=len(t))
    for band in {s.band: None for s in sounds if s.noise}:
        loudness = track([s.noise * (s.band == band) for s in sounds])
        spoken += loudness * _noise(len(t), band, rng)
    return spoken


def _melody(t, voice, rng):
    """Pitch at every sample: it falls, with a slow wave."""
    fall = rng.uniform(-0.25, 0.05) * t / t[-1]
    wave = 0.04 * np.sin(2 * np.pi * (rng.uniform(2, 4) * t + rng.uniform()))
    return voice.pitch * rng.uniform(0.95, 1.05) * (1 + fall + wave)


def _harmonics(pitch, formants, t):
    """Sum of the harmonics below 3800 Hz, each as loud as the formants let it through."""
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    orders = np.arange(1, int(3800 / pitch.min()) + 1)[:, None]
    f = orders * pitch
    # the glottis takes 6 dB per octave; formants above the third would give 3 dB of it back
    gain = np.where(f < 3800, orders**-0.5, 0)
    for formant, width in zip(formants, BANDWIDTHS, strict=True):
        ratio = f / formant
        gain = gain / np.hypot(1 - ratio**2, ratio * width / formant)
    return np.sum(gain * np.sin(orders * phase), axis=0) / 3


def _noise(n, band, rng):
    sos = signal.butter(4, band, "bandpass", fs=RATE, output="sos")
    noise = signal.sosfilt(sos, rng.normal(size=n))
    return noise / np.std(noise)


def background(kind, n, rng):
    """Synthesize n samples of "crowd", "hum", "rain", "street" or "wind", without a level yet."""
    t, white = np.arange(n) / RATE, rng.normal(size=n)
    if kind == "crowd":  # syllables in the bands of the first and second formants
        bands = (200, 900), (300, 1200), (800, 2300)
        return sum(_syllables(t, rng) * _noise(n, band, rng) for band in bands) + 0.2 * white
    if kind == "hum":  # of a machine
        tones = sum(np.sin(2 * np.pi * 100 * k * t + k) / k for k in range(1, 6))
        return tones + 0.5 * white
    if kind == "rain":
        drops = (rng.random(n) < 0.004) * rng.exponential(2, n)
        return _noise(n, (1000, 3800), rng) + signal.lfilter([1], [1, -0.6, 0.5], drops)
    if kind == "street":  # low rumble, and cars that come and go
        cars = 1 + np.sin(2 * np.pi * 0.4 * t) ** 2
        return cars * signal.lfilter([1], [1, -0.95], white) + white
    gusts = 1.2 + np.sin(2 * np.pi * 0.7 * t) * np.sin(2 * np.pi * 0.3 * t + 1)
    return gusts * _noise(n, (150, 900), rng) + 0.2 * white


def _syllables(t, rng):
    """Loudness of people who talk, about four syllables per second."""
    phase = 2 * np.pi * (rng.uniform(3, 5) * t + rng.uniform())
    return np.sin(phase + 2 * np.sin(phase / 3)) ** 2


def clip_names():
    """Name of every clip: folder/word_voice_time, or folder/background_kind."""
    names = []
    for part, words in (("train", TRAINING_WORDS), ("test", UNSEEN_WORDS)):
        for number, _ in enumerate(VOICES[part], 1):
            # not everybody says everything, which keeps the files few
            said = words if part == "test" else [w for i, w in enumerate(words) if i != number % 4]
            said = (TRIGGER, TRIGGER, *said)
            times = (said[: i + 1].count(word) for i, word in enumerate(said))
            names += [f"{part}/{w}_voice{number}_{i}" for w, i in zip(said, times, strict=True)]
        names += [f"{part}/background_{kind}" for kind in BACKGROUNDS[part]]
    return names


def make_clip(name):
    """Samples of a clip, float64, at its level."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    part, _, rest = name.partition("/")
    what, who = rest.split("_")[:2]
    if what == "background":
        return matched_level(background(who, int(BACKGROUND_SECONDS * RATE), rng), BACKGROUND_LEVEL)
    voice = VOICES[part][int(who.removeprefix("voice")) - 1]
    return matched_level(say(what, voice, rng), WORD_LEVEL)


def main(folder=Path(__file__).parent / "trigger_clips"):
    """Write all clips below a folder."""
    for name in clip_names():
        path = Path(folder) / f"{name}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_wav(path, make_clip(name), RATE)


if __name__ == "__main__":
    main(*sys.argv[1:])
