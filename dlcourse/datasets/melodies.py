"""Melodies as words: composed by a grammar of chords, and a few old tunes."""

import numpy as np

__all__ = ["TUNES", "composed_melodies"]

# Beginnings of tunes that are in the public domain, in C major. A note is its name, its octave and
# how many quarters it lasts.
TUNES = {
    # Beethoven, Ninth Symphony, 1824
    "ode to joy": """E4:1 E4:1 F4:1 G4:1 G4:1 F4:1 E4:1 D4:1 C4:1 C4:1 D4:1 E4:1 E4:1 D4:1 D4:2
        E4:1 E4:1 F4:1 G4:1 G4:1 F4:1 E4:1 D4:1 C4:1 C4:1 D4:1 E4:1 D4:1 C4:1 C4:2""",
    # France, 18th century
    "frere jacques": "C4:1 D4:1 E4:1 C4:1 C4:1 D4:1 E4:1 C4:1 E4:1 F4:1 G4:2 E4:1 F4:1 G4:2",
    # "Ah! vous dirai-je, maman", France, 18th century
    "twinkle": "C4:1 C4:1 G4:1 G4:1 A4:1 A4:1 G4:2 F4:1 F4:1 E4:1 E4:1 D4:1 D4:1 C4:2",
}  # fmt: skip
TUNES = {name: tuple(notes.split()) for name, notes in TUNES.items()}

_SCALE = "C4 D4 E4 F4 G4 A4 B4 C5 D5 E5".split()
_CHORDS = {"C": "CEG", "F": "FAC", "G": "GBD", "Am": "ACE"}
_FOLLOWS = {"C": ("F", "G", "Am"), "F": ("G", "C"), "G": ("C", "Am"), "Am": ("F", "G")}
_RHYTHMS = ((1, 1, 1, 1), (2, 1, 1), (1, 1, 2), (2, 2))  # of a bar of four quarters
_STEPS = (-1, -1, 0, 1, 1)  # to the next note, on the scale
_BARS = 4  # in a phrase; the melody is two phrases, and the second begins as the first


def composed_melodies(count=300, seed=0):
    """Compose melodies of eight bars, chords and notes in one row.

    A bar is a chord, such as "F", and notes that last four quarters together, such as "A4:2". The
    first note is the chord's nearest to the note before, the others go on by steps of the scale. A
    phrase has four bars and begins with the chord C; the second phrase repeats the first three
    bars of the first, which closes with a bar of G, and closes with C and the tonic.

    Args:
        count: how many, 1 to 10000.
        seed: of the random numbers.

    Returns:
        Tuple of tuples of str, all different.

    Raises:
        ValueError: count is out of its range.

    Example:
        >>> " ".join(composed_melodies(1)[0][:9])
        'C G4:1 G4:1 F4:2 F F4:1 E4:1 D4:1 E4:1'
    """
    if not 1 <= count <= 10_000:
        raise ValueError(f"count: expected 1 to 10000 melodies, got {count}")
    rng = np.random.default_rng(seed)
    found = {}
    while len(found) < count:
        found[_melody(rng)] = True
    return tuple(found)


def _melody(rng):
    chord, note, bars = "C", rng.integers(5), []
    for _ in range(_BARS - 1):
        bar, note = _bar(chord, note, rng)
        bars.append(bar)
        chord = rng.choice(_FOLLOWS[chord])
    open_end, note = _bar("G", note, rng)
    close = "C", "C4:4" if note < len(_SCALE) // 2 else "C5:4"
    opening = sum(bars, ())
    return (*opening, *open_end, *opening, *close)


def _bar(chord, note, rng):
    """Notes from the chord's nearest one on; the place on the scale of the last."""
    inside = [place for place, name in enumerate(_SCALE) if name[0] in _CHORDS[chord]]
    note = min(inside, key=lambda place: abs(place - note))
    notes = []
    for quarters in _RHYTHMS[rng.integers(len(_RHYTHMS))]:
        notes.append(f"{_SCALE[note]}:{quarters}")
        last, note = note, int(np.clip(note + rng.choice(_STEPS), 0, len(_SCALE) - 1))
    return (str(chord), *notes), last
